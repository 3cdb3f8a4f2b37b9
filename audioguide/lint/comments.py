"""Comments that cut off a text: in YAML, a space and # end it, and nothing says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audioguide.errors import Fault
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.routine.slip import quoted
from audioguide.routine.source import YamlSource
from audioguide.routine.walk import is_sound

# "#3" and "# 3"; "# a comment" is one.
_COMMENT = re.compile(r"\s+(#(?=\S|\s\d).*)")
_REAL = re.compile(r"\s+#\s(?!\d)")  # a comment after what was meant for text
_LINES = 8  # a text may be written over so many
_NUMBER = re.compile(r"[-+\d.:]+ ?\w*|\$\w+")  # a time, a count, a volume, a setting: no text

_WORDS = frozenset({
    "title", "summary", "welcome", "label", "name", "says", "note", "source", "chapter", "id", "say", "short",
    "minimal", "first", "last", "body", "equipment", "position", "avoid_with",
})  # fmt: skip


def comments(subject: Subject) -> Iterator[Finding]:
    """Check whether a file goes on with a comment where a text ends."""
    for routine in subject.files:
        for keys, found, word, _ in cut_texts(routine.source):
            place = Place(routine=routine, keys=_step(keys))
            yield place.found("cut-text", found, *keys[len(_step(keys)) :], word=word)


def cut_texts(source: YamlSource) -> Iterator[tuple[Keys, str, str, Fault]]:
    """Yield each text of a file that a comment cuts off: its place, what is wrong, and the comment."""
    for keys, text in _texts(source.data, ()):
        fault = source.fault(keys, "")
        if cut := _cut(source.lines, fault, text):
            line, rest = cut
            meant = _REAL.split(rest)[0]
            found = f"“{rest}” is a comment: put the text into quotes: {quoted(f'{text} {meant}')}"
            yield keys, found, rest if line == fault.line else "", fault


def _cut(lines: Sequence[str], fault: Fault, text: str) -> tuple[int, str] | None:
    """Return the line, from 1, and the comment that follows the plain text which begins at `fault`."""
    words = " ".join(text.split())
    for number in range(fault.line - 1, min(len(lines), fault.line - 1 + _LINES)):
        line = lines[number][fault.column - 1 :] if number == fault.line - 1 else lines[number].strip()
        match = _COMMENT.search(line)
        if match and words.endswith(before := " ".join(line[: match.start()].split())) and before:
            return number + 1, match[1].strip()
        if number == fault.line - 1 and not words.startswith(" ".join(line.split())):
            return None  # it is in quotes, or ends here
    return None


def _texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*keys, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*keys, index))
    elif isinstance(value, str) and not _NUMBER.fullmatch(value) and (_is_text(keys) or not is_sound(value)):
        yield keys, value


def _is_text(keys: Keys) -> bool:
    """Return whether any words may stand at `keys`: one small word is the name of something elsewhere."""
    names = [key for key in keys if isinstance(key, str)]
    return names[-1] in _WORDS or names[0] in ("allow", "say_as")


def _step(keys: Keys) -> Keys:
    """Return the part of `keys` that leads to a step; none of it outside of the steps."""
    end = 0
    while keys[end : end + 1] == ("steps",):
        end += 2
    return keys[:end]
