"""Marks inside a text: a word together with how it is said, as `⟦word|said⟧`.

Authors write `{word|said}`; in a script it is a mark. Towards an engine, what is said is IPA.
"""

from __future__ import annotations

import re
from collections.abc import Callable

OPEN, CLOSE = "\u27e6", "\u27e7"
MARK = re.compile(rf"{OPEN}([^{OPEN}{CLOSE}|]*)\|([^{OPEN}{CLOSE}|]*){CLOSE}")
# Single braces around two parts; `{{` and `}}` are braces that are spoken.
_OF_A_NAME = re.compile(r"^['\u2019]s\b")
INLINE = re.compile(r"(?<!\{)((?:\{\{)*)\{([^{}|]*)\|([^{}|]*)\}")


def mark(word: str, said: str) -> str:
    """Return the mark of a `word` that is said as `said`."""
    return f"{OPEN}{word}|{said}{CLOSE}"


def has_marks(text: str) -> bool:
    """Return whether there is a mark in `text`."""
    return OPEN in text and MARK.search(text) is not None


def marked(text: str) -> str:
    """Return `text` with a mark for each `{word|said}`."""
    if "|" not in text:
        return text
    return INLINE.sub(lambda found: found[1] + mark(found[2].strip(), found[3].strip()), text)


def shown(text: str) -> str:
    """Return `text` as people read it: of each mark, the word."""
    return replaced(text, lambda word, _: word)


def replaced(text: str, change: Callable[[str, str], str]) -> str:
    """Return `text` with each mark replaced by what `change` makes of its word and of how it is said."""
    return MARK.sub(lambda found: change(found[1], found[2]), text) if OPEN in text else text


def pieces(text: str) -> list[tuple[str, str | None]]:
    """Take `text` apart: (words, None) between marks, and (word, said) for each mark."""
    parts: list[tuple[str, str | None]] = []
    end = 0
    for found in MARK.finditer(text):
        parts += [(text[end : found.start()], None), (found[1], found[2])]
        end = found.end()
    parts.append((text[end:], None))
    return [part for part in parts if part[0] or part[1]]


def sounds(text: str) -> list[tuple[str, str | None]]:
    """Return the `pieces` of `text`, read already; the "s" of "Anna's" belongs to the sounds of the name."""
    parts: list[tuple[str, str | None]] = []
    for words, said in pieces(text):
        found = _OF_A_NAME.match(words) if said is None and parts else None
        if found:
            name, ipa = parts.pop()
            parts.append((name, f"{ipa}z"))
        parts.append((words[found.end() :] if found else words, said))
    return parts


def whole(sentences: list[str]) -> list[str]:
    """Return `sentences` with those joined again that were split inside a mark."""
    joined: list[str] = []
    for sentence in sentences:
        if joined and joined[-1].count(OPEN) > joined[-1].count(CLOSE):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined
