"""What a reader hands on: blocks of text that know their lines, and passages of one exercise each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from audioguide.script.sentences import sentences

Kind = Literal["heading", "item", "text"]

_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": " - ",
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00d7": "x",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\u00bd": " 1/2",
        "\u2026": "...",
    }
)
_ABBREVIATED = re.compile(r"\b(secs?|mins?|reps?)\.(?= ?[a-z,;)(])")
LONGEST_SENTENCE = 600  # characters
_CUTS = re.compile(r"[,;:] |(?= (?:and|then|so|but)\b)| (?=[A-Z])")
_GLUED_SENTENCE = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* )")  # "on your knees.Turn your head"
_GLUED_RANGE = re.compile(r"(?<=\d)\s+-\s+(?=\d)")


def plain(text: str) -> str:
    """Return `text` in one line, with straight quotation marks, short dashes and single spaces."""
    text = _GLUED_SENTENCE.sub(" ", text)
    text = _ABBREVIATED.sub(r"\1", " ".join(text.translate(_PLAIN).split()))
    return _GLUED_RANGE.sub("-", text)


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[str, ...]:
    return tuple(part for each in sentences(text) for part in _short(each))


def _short(sentence: str) -> Iterator[str]:
    """Cut a sentence that nobody could say in one breath; every pattern is quick on what is left."""
    while len(sentence) > LONGEST_SENTENCE:
        ends = [found.end() for found in _CUTS.finditer(sentence, 0, LONGEST_SENTENCE)]
        end = next((each for each in reversed(ends) if each > LONGEST_SENTENCE // 3), LONGEST_SENTENCE)
        yield sentence[:end].strip()
        sentence = sentence[end:].strip()
    yield sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and the line of the source in which it begins, counted from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list, in one line of text.

    `starts` are the offsets in `text` at which the source lines `lines` begin. `level` is that of a
    heading, 1 for the largest, or how deep an item is. `mark` is the number of an item, or "" for a bullet.
    """

    text: str
    lines: tuple[int, ...]
    kind: Kind = "text"
    level: int = 0
    mark: str = ""
    starts: tuple[int, ...] = (0,)
    lead: str = ""  # what is printed in bold at its start

    @property
    def line(self) -> int:
        """Return the line in which it begins."""
        return self.lines[0]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return its sentences, each with its line."""
        found, place = [], 0
        for each in _split(self.text):
            here = self.text.find(each, place)
            place = place if here < 0 else here
            found.append(Sentence(each, self.lines[max(0, bisect_right(self.starts, place) - 1)]))
            place += len(each)
        return tuple(found)


def block(lines: list[tuple[int, str]], kind: Kind = "text", level: int = 0, mark: str = "") -> Block:
    """Join source lines (number, text) to one block."""
    text, starts, numbers = "", [], []
    for number, line in lines:
        words = plain(line)
        if words:
            starts.append(len(text) + bool(text))
            numbers.append(number)
            text = f"{text} {words}" if text else words
    return Block(
        text, tuple(numbers) or (lines[0][0] if lines else 1,), kind, level, mark, tuple(starts) or (0,)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The text of one exercise: its title, its blocks, and what the source states in fields of its own.

    `general` are sentences that hold for every exercise of the text. `sure` says that the source itself
    calls it an exercise, as a data base does; `titled`, that its title is a heading.
    """

    title: str
    blocks: tuple[Block, ...]
    line: int = 1
    sure: bool = False
    titled: bool = False
    equipment: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    general: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = tuple(each for block in self.blocks for each in block.sentences)
        object.__setattr__(self, "sentences", found)
