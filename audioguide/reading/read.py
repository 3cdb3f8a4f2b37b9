"""From a written text to what a voice is asked to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from audioguide.reading import marks, numbers, shorthand
from audioguide.reading.language import language_of
from audioguide.reading.lexicon import NOTHING, Lexicon, SayAs, Saying, as_said, lexicon_of, read_way
from audioguide.reading.markup import bare, without_markup
from audioguide.reading.plain import needs_reading
from audioguide.reading.sanskrit import is_scholarly, sanskrit_ipa
from audioguide.reading.signs import signs
from audioguide.reading.times import times
from audioguide.reading.units import units
from audioguide.reading.verbs import verbs

Keep = Callable[[str], str]
Asked = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_MOST_KNOWN = 4096
_KEPT = "\ue000"  # stands for a mark while the rest is read; private, so no text has it
_KEPT_ONE = re.compile(f"{_KEPT}(\\d+){_KEPT}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOOSE = re.compile(r"\s+([,.;:!?\u2026])")
_STOPS = re.compile(r"([,;:])(?:\s*[,;:])+")
_FIRST = re.compile(r"^[\s,;:.!?\u2026\u2013\u2014-]+(?=\w)")
_AFTER_STOP = re.compile(r"(?<=[.!?\u2026])\s*[,;]+(?=\s|$)")
_BEFORE_STOP = re.compile(r"[,;:]+\s*(?=[.!?])")
_EMPTY = re.compile(r"\(\s*\)|\"\s*\"|\u201c\s*\u201d")


@dataclass(frozen=True)
class Reading:
    """How one voice reads: in its `language`, with the words of `lexicon`."""

    language: str = "en-us"
    engine: str = "pyttsx3"
    lexicon: Lexicon = field(default_factory=lambda: lexicon_of(NOTHING, "en-us", "pyttsx3"), repr=False)
    _known: dict[str, str] = field(
        default_factory=dict, compare=False, repr=False
    )  # texts come again and again

    @property
    def english(self) -> bool:
        """Tell whether the voice speaks English."""
        return self.language.split("-")[0] == "en"

    def __call__(self, text: str) -> str:
        """Return what the voice is asked to say for `text`; "" where nothing of it is spoken.

        A text that needs nothing comes back as it is. How a name is said is a mark (see `marks`) with IPA.
        """
        if (said := self._known.get(text)) is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            plain = self.english and not needs_reading(text, self.lexicon.first_words)
            said = self._known[text] = text if plain else self._read(text)
        return said

    def _read(self, text: str) -> str:
        kept: list[str] = []

        def keep(said: str) -> str:
            kept.append(said)
            return f"{_KEPT}{len(kept) - 1}{_KEPT}"

        text = text.replace(_KEPT, " ")
        text = marks.replaced(text, lambda word, said: keep(self._asked(word, said)))
        plain = _outside(text)
        if self.english:
            plain = self._scholarly(_english(plain), keep)
        plain = self.lexicon.said(plain)
        plain = marks.replaced(plain, lambda word, said: keep(marks.mark(word, said)))
        return _KEPT_ONE.sub(lambda found: kept[int(found[1])], _tidy(bare(plain)))

    def _asked(self, word: str, said: str) -> str:
        """Return what is asked for in one place, `{word|said}`."""
        try:
            way = read_way(said)
        except ValueError:  # of a script that somebody edited; a routine is refused
            return _tidy(bare(without_markup(word)))
        return _tidy(as_said(word, way, english=self.english))

    def _scholarly(self, text: str, keep: Keep) -> str:
        if text.isascii():
            return text

        def said(found: re.Match[str]) -> str:
            word = found.group()
            if not is_scholarly(word) or self.lexicon.said(word) != word:
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
        units, numbers.fractions, shorthand.sides, signs, verbs,
    ):  # fmt: skip
        text = change(text)
    return text


def _tidy(text: str) -> str:
    text = _LOOSE.sub(r"\1", _EMPTY.sub(" ", " ".join(text.split())))
    text = _AFTER_STOP.sub("", _BEFORE_STOP.sub("", _STOPS.sub(r"\1", text)))
    return _FIRST.sub("", " ".join(text.split())).strip()


def reading_for(voice: str, engine: str, say_as: SayAs = NOTHING) -> Reading:
    """Return how `voice` of `engine` reads, with what `say_as` asks for."""
    asked = tuple((word, tuple(saying.ways.items())) for word, saying in say_as.items())
    return _reading(language_of(voice), engine, asked)


@lru_cache(maxsize=64)
def _reading(language: str, engine: str, asked: Asked) -> Reading:
    say_as = {word: Saying(dict(ways)) for word, ways in asked}
    return Reading(language, engine, lexicon_of(say_as, language, engine))


def is_spoken(text: str) -> bool:
    """Tell whether anything is left of `text` to speak."""
    return any(char.isalnum() for char in text)
