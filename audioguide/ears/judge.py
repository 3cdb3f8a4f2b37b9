"""Which differences are faults of the voice or the file, and which are slips of the recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audioguide.ears.compare import Comparison, Run, compare
from audioguide.ears.recogniser import HeardWord
from audioguide.ears.sounds import SoundsOf
from audioguide.ears.words import Word, plain_words, without_fillers, words_of
from audioguide.reading.read import Reading

Kind = Literal["missing", "added", "cut", "misheard"]

# Where more than this share of the sounds differ, other words were heard; below it, the recogniser misspelt
# one word ("hip" for "hips"). Several words in a row are not a slip ("and lit" for "ends it").
OTHER, OTHER_WORDS = 0.4, 0.2
_ARTICLES = frozenset({"a", "an", "the"})  # so short that a recogniser guesses them
# A cut word keeps one of its ends.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class WordFault:
    """One run of words that is wrong, from `start` to `end` in seconds from the phrase's first sample."""

    kind: Kind
    written: str
    heard: str
    length: int
    start: float
    end: float

    @property
    def as_text(self) -> str:
        """Return it in words."""
        if self.kind == "missing":
            return f"'{self.written}' is missing"
        if self.kind == "added":
            return f"'{self.heard}' is added"
        if self.kind == "cut":
            return f"'{self.written}' is cut to '{self.heard}'"
        return f"'{self.written}' sounds like '{self.heard}'"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was `heard` of a phrase, how many of its words differ, and what of that is wrong."""

    heard: str
    comparison: Comparison
    findings: tuple[WordFault, ...]

    @property
    def longest(self) -> int:
        """Return the number of words in the longest run that is wrong; 0 where all is understood."""
        return max((finding.length for finding in self.findings), default=0)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return how bad it is: the lowest is the best."""
        return self.longest, len(self.findings), self.comparison.differing


def judge(
    text: str, heard: str, reads: Reading, sounds: SoundsOf, times: Sequence[HeardWord] = ()
) -> Judgement:
    """Compare `text`, with the marks of its names, with what was `heard`. Raises EngineError."""
    written = words_of(text, reads, sounds)
    found = compare(written, without_fillers(words_of(heard, reads, sounds)))
    spans = _spans(found.heard, times)
    findings = tuple(
        WordFault(kind, _text(run.written), _text(run.heard), run.length, *_when(run, spans))
        for run in found.runs
        if (kind := kind_of(run)) is not None
    )
    return Judgement(heard, found, findings)


def kind_of(run: Run) -> Kind | None:
    """Return what is wrong with `run`, or None for what a recogniser misspells."""
    if not run.heard:
        return None if {word.text for word in run.written} <= _ARTICLES else "missing"
    if not run.written:
        return None if {word.text for word in run.heard} <= _ARTICLES else "added"
    if run.apart <= (OTHER if run.length == 1 else OTHER_WORDS):
        return None
    if len(run.written) == 1 and len(run.heard) == 1 and _is_cut(*run.written, *run.heard):
        return "cut"
    return "misheard"


def _is_cut(written: Word, heard: Word) -> bool:
    one, other = written.phones, heard.phones
    if not _KEPT <= len(other) < len(one):
        return False
    return one[: len(other)] == other or one[-len(other) :] == other


def _spans(words: Sequence[Word], times: Sequence[HeardWord]) -> list[tuple[float, float]]:
    """Return from when to when each of `words` was heard; they may be written otherwise than `times` are."""
    spans = [(each.start, each.end) for each in times for _ in plain_words(each.text) or [""]]
    if not spans or not words:
        return []
    share = len(spans) / len(words)
    return [spans[min(len(spans) - 1, int(place * share))] for place in range(len(words))]


def _when(run: Run, spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    first, last = run.start, run.start + len(run.heard)
    if run.heard and last <= len(spans):
        return spans[first][0], spans[last - 1][1]
    before = spans[first - 1][1] if 0 < first <= len(spans) else 0.0
    after = spans[first][0] if first < len(spans) else before
    return before, max(before, after)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
