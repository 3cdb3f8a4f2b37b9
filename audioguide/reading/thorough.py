"""All rules at once, for a text that has more than plain words."""

from __future__ import annotations

import re
from collections.abc import Callable

from audioguide.reading import marks, numbers, shorthand
from audioguide.reading.foreign import foreign
from audioguide.reading.lexicon import Lexicon, as_said, read_way
from audioguide.reading.markup import bare, without_markup
from audioguide.reading.sanskrit import is_scholarly, sanskrit_ipa
from audioguide.reading.signs import signs
from audioguide.reading.times import times
from audioguide.reading.units import units
from audioguide.reading.verbs import verbs

Keep = Callable[[str], str]

_KEPT = "\ue000"  # stands for a mark while the rest is read; private, so no text has it
_KEPT_ONE = re.compile(f"{_KEPT}(\\d+){_KEPT}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOOSE = re.compile(r"\s+([,.;:!?\u2026])")
_STOPS = re.compile(r"([,;:])(?:\s*[,;:])+")
_FIRST = re.compile(r"^[\s,;:.!?\u2026\u2013\u2014-]+(?=\w)")
_AFTER_STOP = re.compile(r"(?<=[.!?\u2026])\s*[,;]+(?=\s|$)")
_BEFORE_STOP = re.compile(r"[,;:]+\s*(?=[.!?])")
_EMPTY = re.compile(r"\(\s*\)|\"\s*\"|\u201c\s*\u201d")


def read_thoroughly(text: str, lexicon: Lexicon, language: str = "en") -> str:
    """Return what a voice of `language` (a code such as "de") with `lexicon` is asked to say for `text`."""
    kept: list[str] = []

    def keep(said: str) -> str:
        kept.append(said)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = text.replace(_KEPT, " ")
    text = marks.replaced(text, lambda word, said: keep(_asked(word, said, english=lexicon.english)))
    plain = _outside(text)
    if not lexicon.english:
        plain = foreign(plain, language)
    # Where nothing was left out, stops and spaces are those of the language.
    if not lexicon.english and bare(plain) == plain == " ".join(text.split()):
        return _put_back(lexicon.said(plain), kept)
    if lexicon.english:
        plain = _scholarly(_english(plain), lexicon, keep)
    plain = lexicon.said(plain)
    plain = marks.replaced(plain, lambda word, said: keep(marks.mark(word, said)))
    return _put_back(_tidy(bare(plain)), kept)


def _put_back(text: str, kept: list[str]) -> str:
    return _KEPT_ONE.sub(lambda found: kept[int(found[1])], text)


def _asked(word: str, said: str, *, english: bool) -> str:
    """Return what is asked for in one place, `{word|said}`."""
    try:
        way = read_way(said)
    except ValueError:  # of a script that somebody edited; a routine is refused
        return _tidy(bare(without_markup(word)))
    return _tidy(as_said(word, way, english=english))


def _scholarly(text: str, lexicon: Lexicon, keep: Keep) -> str:
    if text.isascii():
        return text

    def said(found: re.Match[str]) -> str:
        word = found.group()
        if not is_scholarly(word) or lexicon.said(word) != word:
            return word
        ipa = sanskrit_ipa(word)
        return keep(marks.mark(word, ipa)) if ipa else word

    return _WORD.sub(said, text)


def _outside(text: str) -> str:
    """Return `text` without markup; the places of marks stay, though they are private characters."""
    if _KEPT not in text:
        return without_markup(text)
    parts = re.split(f"({_KEPT}\\d+{_KEPT})", text)
    return "".join(part if part.startswith(_KEPT) else _spaced(part) for part in parts)


def _spaced(part: str) -> str:
    plain = without_markup(part)
    left, right = part[:1].isspace(), part[-1:].isspace()
    return f"{' ' * left}{plain}{' ' * right}" if plain else " " * (left or right)


def _english(text: str) -> str:
    for change in (
        shorthand.capitals, numbers.decimals, shorthand.shorthand, times, numbers.how_often, numbers.ranges,
        shorthand.counted_sides,        units, numbers.fractions, shorthand.sides, signs, verbs,
    ):  # fmt: skip
        text = change(text)
    return text


def _tidy(text: str) -> str:
    text = _LOOSE.sub(r"\1", _EMPTY.sub(" ", " ".join(text.split())))
    text = _AFTER_STOP.sub("", _BEFORE_STOP.sub("", _STOPS.sub(r"\1", text)))
    return _FIRST.sub("", " ".join(text.split())).strip()
