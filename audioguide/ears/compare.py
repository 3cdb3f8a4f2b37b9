"""What was heard against what was written: the same words, or runs of words that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioguide.ears.sounds import apart
from audioguide.ears.words import Word

# Two words that sound like this are one: homophones, and "navel" for "naval".
SAME = 0.0
# A name of the lexicon is written by a recogniser as it pleases: "shiv asana" for Savasana.
SAME_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were `written` and, in their place, those that were `heard`; one of the two may be empty.

    `start` and `end` count the heard words: where they stand among them.
    """

    written: tuple[Word, ...]
    heard: tuple[Word, ...]
    start: int = 0

    @property
    def length(self) -> int:
        """Return how many words differ."""
        return max(len(self.written), len(self.heard))

    @property
    def apart(self) -> float:
        """Return how far their sounds are apart, from 0 to 1."""
        return apart(_joined(self.written), _joined(self.heard))

    @property
    def as_text(self) -> str:
        """Return it in words."""
        written, heard = _text(self.written), _text(self.heard)
        if not heard:
            return f"'{written}' is missing"
        return f"'{heard}' for '{written}'" if written else f"'{heard}' is added"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The `runs` that differ between `written` and `heard` words."""

    written: tuple[Word, ...]
    heard: tuple[Word, ...]
    runs: tuple[Run, ...]

    @property
    def differing(self) -> int:
        """Return how many words are wrong, missing or added."""
        return sum(run.length for run in self.runs)

    @property
    def longest(self) -> int:
        """Return the length of the longest run."""
        return max((run.length for run in self.runs), default=0)


def compare(written: Sequence[Word], heard: Sequence[Word]) -> Comparison:
    """Align `heard` with `written`; words that sound the same are the same, where their borders are."""
    runs = tuple(run for run in _runs(written, heard) if not _sounds_same(run))
    return Comparison(tuple(written), tuple(heard), runs)


def _sounds_same(run: Run) -> bool:
    names = bool(run.heard) and any(word.name for word in run.written)
    return run.apart <= (SAME_NAME if names else SAME)


def _runs(written: Sequence[Word], heard: Sequence[Word]) -> Iterator[Run]:
    """Yield each stretch in which the words are not the same, one for one."""
    mine: list[Word] = []
    other: list[Word] = []
    start = 0
    for one, two, place in [*_aligned(written, heard), (None, None, len(heard))]:
        same = one is not None and two is not None and _cost(one, two) <= SAME
        if same or (one is None and two is None):
            if mine or other:
                yield Run(tuple(mine), tuple(other), start)
            mine, other, start = [], [], place + 1
            continue
        mine += [one] if one else []
        other += [two] if two else []


def _aligned(written: Sequence[Word], heard: Sequence[Word]) -> list[tuple[Word | None, Word | None, int]]:
    """Return pairs of words, with None where one has no partner, and the place among the heard ones."""
    costs = [[0.0] * (len(heard) + 1) for _ in range(len(written) + 1)]
    for row in range(len(written) + 1):
        for column in range(len(heard) + 1):
            costs[row][column] = min(_ways(costs, written, heard, row, column), default=0.0)
    pairs: list[tuple[Word | None, Word | None, int]] = []
    row, column = len(written), len(heard)
    while row or column:
        here = costs[row][column]
        if row and column and here == costs[row - 1][column - 1] + _cost(written[row - 1], heard[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((written[row], heard[column], column))
        elif row and here == costs[row - 1][column] + 1:
            row -= 1
            pairs.append((written[row], None, column - 1))
        else:
            column -= 1
            pairs.append((None, heard[column], column))
    return pairs[::-1]


def _ways(
    costs: list[list[float]], written: Sequence[Word], heard: Sequence[Word], row: int, column: int
) -> Iterator[float]:
    if row and column:
        yield costs[row - 1][column - 1] + _cost(written[row - 1], heard[column - 1])
    if row:
        yield costs[row - 1][column] + 1
    if column:
        yield costs[row][column - 1] + 1


def _cost(one: Word, two: Word) -> float:
    if one.text == two.text:
        return 0.0
    # Words that sound alike are partners rather than one missing and one added.
    return apart(one.phones, two.phones) * 1.5


def _joined(words: Sequence[Word]) -> tuple[str, ...]:
    # Where two words meet in the same sound, it is heard once.
    row: list[str] = []
    for word in words:
        row += word.phones[1:] if row and word.phones and row[-1] == word.phones[0] else word.phones
    return tuple(row)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
