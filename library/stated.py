"""The numbers that a source gives, read from what it says: times in seconds, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from audioguide.draft.numbers import RANGE, Range, range_of
from audioguide.draft.times import times

_SENTENCE = re.compile(r"(?<=[.;!?]) |; ")
_ONCE = re.compile(r"\b(?P<once>once|one time)\b|\b(?P<twice>twice)\b|\b(?P<thrice>thrice)\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\w.])(?:{RANGE})(?![\w.]*\d)", re.IGNORECASE)
# What is counted in days, or measured in something else, does not say how many repetitions.
_OFTEN = re.compile(
    r"[ -]?(?:times? )?(?:(?:a|an|per|each|every|in a) (?:single )?(?:day|week|month|hour|morning|evening)\b|"
    r"(?:day|week|month|year|hour)s?\b|daily|weekly|/ ?(?:day|week))",
    re.IGNORECASE,
)
_OR_MORE_OFTEN = re.compile(rf"(?: (?:or|to) (?:twice|\\w+ times))?{_OFTEN.pattern}", re.IGNORECASE)
_MEASURE = re.compile(r" ?(?:%|°|degrees?|cm|mm|m\b|inch(?:es)?|kg|lb|pounds?|percent)", re.IGNORECASE)
_RATE = re.compile(
    rf"{RANGE} (?:\w+ )?(?:breaths?|cycles?|times) ?(?:a|per|each|every|/) ?minute", re.IGNORECASE
)
# 4-7-8, 4:6, 5.5: how long each part of a breath lasts.
_PACE = re.compile(r"(?<![\w.-])(\d{1,2})((?:[-:\u2013]\d{1,2}){2,3})(?![\w-])")
_BREATH = re.compile(r"\b(?:breath\w*|inhal\w+|exhal\w+|in for|out for|count)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """All values from `low` to `high`."""

    low: float
    high: float

    def has(self, number: float) -> bool:
        """Return whether `number` is in it."""
        return self.low - 1e-6 <= number <= self.high + 1e-6


@dataclass(frozen=True, slots=True)
class Stated:
    """What sources say: `seconds` of time, `counts`, and `breaths` a minute."""

    seconds: tuple[Span, ...] = ()
    counts: tuple[Span, ...] = ()
    breaths: tuple[Span, ...] = ()

    def allows(self, number: float, *, time: bool) -> bool:
        """Return whether a source gives this number: seconds where it is a `time`, else a count."""
        return any(span.has(number) for span in (self.seconds if time else self.counts))


def stated(texts: Iterable[str]) -> Stated:
    """Read what sources say."""
    sentences = [part for text in texts for part in _SENTENCE.split(_plain(text))]
    return Stated(
        seconds=tuple(span for each in sentences for span in _seconds(each)),
        counts=tuple(span for each in sentences for span in _counts(each)),
        breaths=tuple(_span(range_of(found)) for each in sentences for found in _RATE.finditer(each)),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2013", "-").replace("\u2014", ", ").replace("\u00bd", "1/2").split())


def _span(found: Range) -> Span:
    low, high = found.low, found.high
    return Span(0.0 if low is None else low, inf if high is None else high)


def _seconds(sentence: str) -> Iterator[Span]:
    found = [each for each in times(sentence) if not _OFTEN.match(sentence, each.end)]
    yield from (_span(each.seconds) for each in found)
    # "Breathe in for 4 and out for 6": the numbers of a breath are seconds, whether it says so or not.
    for pace in _PACE.finditer(sentence):
        yield from (Span(float(each), float(each)) for each in re.findall(r"\d+", pace.group()))
    if _BREATH.search(sentence):
        yield from _counts(sentence)


def _counts(sentence: str) -> Iterator[Span]:
    taken = [(each.start, each.end) for each in times(sentence)]
    taken += [each.span() for each in _PACE.finditer(sentence)] + [
        each.span() for each in _RATE.finditer(sentence)
    ]
    for match in _COUNT.finditer(sentence):
        start, end = match.span("low")[0], match.end()
        inside = any(start < last and first < end for first, last in taken)
        if not inside and not _OFTEN.match(sentence, end) and not _MEASURE.match(sentence, end):
            yield _span(range_of(match))
    for match in _ONCE.finditer(sentence):
        if not _OR_MORE_OFTEN.match(sentence, match.end()):
            number = {"once": 1.0, "twice": 2.0, "thrice": 3.0}[match.lastgroup or ""]
            yield Span(number, number)
