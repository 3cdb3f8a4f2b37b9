"""A hold and what is heard in it: chimes at its ends, marks at their moments, breaths."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from audioguide.routine.language.base import RoutineVoice
from audioguide.routine.language.marks import (
    BreathWords,
    Countdown,
    HoldChimes,
    Mark,
    MarkCue,
    Marks,
    RestChimes,
)
from audioguide.routine.language.model import BreathHold, Pace
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.walk import is_sound
from audioguide.script.script import BreathTone, Cue, OtherVoice, Phase
from audioguide.script.text import count_word
from audioguide.units import TICKS_PER_SECOND, format_seconds

Resolve = Callable[..., str]  # a text, and how many ticks are left where it is said
SHORTEST_EVERY = TICKS_PER_SECOND // 2  # a tick has rung, and the next one begins
MINUTE = 60 * TICKS_PER_SECOND
CLEARANCE = 10 * TICKS_PER_SECOND  # how far a mark of each minute, and of longer, stays away from any other
NEAR_END = 64  # ticks: a tick rings for 60
# With a shorter interval, and from marks of another interval: longer than what ships rings (2.4 s).
NEAR, NEAR_WORDS = 3 * TICKS_PER_SECOND, 5 * TICKS_PER_SECOND
# Words may be 2.7 LU louder than the voice for a moment, and 3 LU are promised: a whole tone adds 0.75.
UNDER_WORDS_DB = -4.0
PHASES: tuple[Phase, ...] = ("in", "full", "out", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """How marks are said: `words` fills a text, `voice` finds who was asked for, and `counter` counts.

    `stay` is what a message calls the time that the marks are in.
    """

    words: Resolve
    voice: Callable[[str | RoutineVoice], OtherVoice]
    counter: OtherVoice | None = None
    stay: Literal["hold", "rest"] = "hold"


def amount_of(value: int | Ref, values: Mapping[str, Amount]) -> int:
    """Return a time in ticks or a count, looked up among the settings where it is a reference."""
    return values[value.name].value if isinstance(value, Ref) else value


def phases(pace: Pace, values: Mapping[str, Amount]) -> list[tuple[Phase, int]]:
    """Return the phases of one breath that last, with their lengths in ticks."""
    lengths = (pace.in_, pace.full, pace.out, pace.empty)
    pairs = zip(PHASES, (amount_of(length, values) for length in lengths), strict=True)
    return [(phase, length) for phase, length in pairs if length]


def nearest_breaths(wanted: int, breath: int) -> int:
    """Return how many whole breaths come nearest to `wanted`, at least one; both in ticks."""
    return max(1, (2 * wanted + breath) // (2 * breath))


def phase_word(words: BreathWords, phase: Phase) -> str:
    """Return what is said at the start of `phase`."""
    return {"in": words.in_, "full": words.full, "out": words.out, "empty": words.empty}[phase]


def hold_length(hold: int | Ref | BreathHold, values: Mapping[str, Amount]) -> int:
    """Return the length of a hold in ticks."""
    if isinstance(hold, BreathHold):
        return amount_of(hold.breaths, values) * sum(length for _, length in phases(hold, values))
    return amount_of(hold, values)


def chimes_of(chime: str | HoldChimes | RestChimes, *, at_end: bool) -> tuple[str | None, str | None]:
    """Return the names of the start and the end chime; None for no chime. One name may be `at_end` alone."""
    if isinstance(chime, HoldChimes | RestChimes):
        names = chime.start, chime.end
    else:
        names = "none" if at_end else chime, chime
    first, last = (None if name == "none" else name for name in names)
    return first, last


def mark_cues(
    hold: int | Ref | BreathHold, marks: Marks, length: int, values: Mapping[str, Amount], saying: MarkWords,
    *, turn: int,
) -> Iterator[Cue]:  # fmt: skip
    """Yield the cues inside a hold of `length` ticks, each with its offset; `step` is left empty.

    Raises ValueError for a mark outside of it. Sounds keep their names. Of several marks in one place,
    the one of this `turn` is taken.
    """
    if marks.halfway is not None:
        yield replace(_mark(marks.halfway, length // 2, length, saying, turn), halfway=True)
    for offset, mark in marks.at.items():
        at = _inside(offset, length, f"a mark at {format_seconds(offset)}s", saying.stay)
        yield _mark(mark, at, length, saying, turn)
    yield from _every(marks, length, values, saying, turn)
    for before, mark in marks.before_end.items():
        what = f"a mark {format_seconds(before)}s before the end"
        at = _inside(length - before, length, what, saying.stay)
        yield replace(_mark(mark, at, length, saying, turn), from_end=before)
    if marks.countdown is not None:
        yield from _countdown(marks.countdown, length, values, saying)
    if isinstance(hold, BreathHold):
        yield from _breaths(hold, marks.breaths or "tone", values, saying.words)
    elif marks.breaths is not None:
        raise ValueError("marks at breaths need a hold in breaths, such as {breaths: 5, in: 4s, out: 6s}")


def beat(number: int, tempo: int) -> int:
    """Return when a beat is, in ticks from the first, number 0: to the nearest tick, so it never drifts."""
    return (2 * number * MINUTE + tempo) // (2 * tempo)


def beat_cues(marks: Marks, length: int, others: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues of a metronome in a hold of `length` ticks; `step` is left empty.

    They are left out where one of the `others` sounds: for 5 s from words, 3 s from a sound.
    """
    if marks.tempo is None:
        return
    taken = sorted(_heard(others))
    number = 1  # the first one is where the hold begins
    while (at := beat(number, marks.tempo.beats)) < length - NEAR_END:
        near = taken[bisect(taken, (at - NEAR_WORDS, True)) : bisect(taken, (at + NEAR_END, True))]
        if not any(at - moment < (NEAR_WORDS if words else NEAR) for moment, words in near):
            yield Cue(kind="mark", step="", sound=marks.tempo.chime, offset=at, beat=True)
        number += 1


def _heard(cues: Sequence[Cue]) -> Iterator[tuple[int, bool]]:
    """Yield when each of `cues` begins that is not a breath tone alone, and whether it has words."""
    return ((cue.offset or 0, bool(cue.text)) for cue in cues if cue.text or cue.sound)


def random_cues(marks: Marks, length: int, chance: Random, others: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues of `random` marks in a hold of `length` ticks; `step` is left empty.

    They are whole seconds apart, and 10 s away from the end and from the `others` (3 s, and 5 s after words,
    where they may be less than 10 s apart).
    """
    if marks.random is None:
        return
    least, most = (-(-each // TICKS_PER_SECOND) for each in (marks.random.min, marks.random.max))
    clear = CLEARANCE if marks.random.min >= CLEARANCE else NEAR
    taken = [(moment, max(clear, NEAR_WORDS) if words else clear) for moment, words in _heard(others)]
    at = 0
    while (at := at + chance.randint(least, max(least, most)) * TICKS_PER_SECOND) <= length - clear:
        if all(at - moment >= after or moment - at >= clear for moment, after in taken):
            yield Cue(kind="mark", step="", sound=marks.random.chime, offset=at)


def _every(
    marks: Marks, length: int, values: Mapping[str, Amount], saying: MarkWords, turn: int
) -> Iterator[Cue]:
    for number, (period, offset) in enumerate(repeated(marks, length, values), turn):
        yield _mark(marks.every[period], offset, length, saying, number)


def repeated(marks: Marks, length: int, values: Mapping[str, Amount]) -> Iterator[tuple[int, int]]:
    """Yield interval and moment, both in ticks, of each `every` mark in a hold of `length` ticks.

    One that comes too close to another mark, or to the end, is left out: the other says more. A longer
    interval comes before a shorter one. Raises ValueError for an interval that is too short.
    """
    if min(marks.every, default=SHORTEST_EVERY) < SHORTEST_EVERY:
        short, least = format_seconds(min(marks.every)), format_seconds(SHORTEST_EVERY)
        raise ValueError(f"marks every {short} s overlap: use at least {least} s")
    once = [(offset, _speaks(mark)) for offset, mark in marks.at.items()]
    once += [(length - before, _speaks(mark)) for before, mark in marks.before_end.items()]
    once += [(length // 2, _speaks(marks.halfway))] if marks.halfway is not None else []
    end = length - TICKS_PER_SECOND * (amount_of(_from(marks.countdown), values) if marks.countdown else 0)
    taken: list[tuple[int, bool]] = []
    for period in sorted(marks.every, reverse=True):
        own, dense = _speaks(marks.every[period]), period < MINUTE
        last = end - min(period, _apart(own, dense=dense))
        found = [
            offset
            for offset in range(period, last + 1, period)
            if all(abs(offset - at) >= _apart(own or said, dense=dense) for at, said in once)
            and all(abs(offset - at) >= _apart(own or said, dense=True) for at, said in _near(taken, offset))
        ]
        taken = sorted([*taken, *((offset, own) for offset in found)])
        yield from ((period, offset) for offset in found)


def _near(taken: list[tuple[int, bool]], offset: int) -> list[tuple[int, bool]]:
    """Return what of `taken`, in order, may be too close to `offset`."""
    return taken[bisect(taken, (offset - NEAR_WORDS, False)) : bisect(taken, (offset + NEAR_WORDS, True))]


def _apart(said: bool, *, dense: bool) -> int:
    if not dense:
        return CLEARANCE
    return NEAR_WORDS if said else NEAR


def _speaks(mark: Mark) -> bool:
    if isinstance(mark, list):
        return any(_speaks(each) for each in mark)
    return mark.say is not None if isinstance(mark, MarkCue) else not is_sound(mark)


def _from(countdown: int | Ref | Countdown) -> int | Ref:
    return countdown.from_ if isinstance(countdown, Countdown) else countdown


def _inside(offset: int, length: int, what: str, stay: str) -> int:
    if not 0 <= offset < length:
        raise ValueError(f"{what} is outside a {stay} of {format_seconds(length)}s")
    return offset


def _mark(mark: Mark, offset: int, length: int, saying: MarkWords, turn: int) -> Cue:
    if isinstance(mark, list):
        mark = mark[turn % len(mark)]
    if isinstance(mark, str):
        mark = MarkCue(chime=mark) if is_sound(mark) else MarkCue(say=mark)
    text = saying.words(mark.say, length - offset) if mark.say else None
    voice = saying.voice(mark.voice) if mark.voice is not None else None
    return Cue(kind="mark", step="", text=text, sound=mark.chime, offset=offset, voice=voice)


def _countdown(
    countdown: int | Ref | Countdown, length: int, values: Mapping[str, Amount], saying: MarkWords
) -> Iterator[Cue]:
    chime = countdown.chime if isinstance(countdown, Countdown) else None
    asked = countdown.voice if isinstance(countdown, Countdown) else None
    voice = saying.counter if asked is None else saying.voice(asked)
    for number in range(amount_of(_from(countdown), values), 0, -1):
        before = number * TICKS_PER_SECOND
        offset = _inside(length - before, length, f"a countdown from {number}", saying.stay)
        text = None if chime else count_word(number)
        yield Cue(
            kind="mark", step="", text=text, sound=chime, offset=offset, from_end=before, voice=voice
        )  # fmt: skip


def _breaths(
    hold: BreathHold, style: str | BreathWords, values: Mapping[str, Amount], words: Resolve
) -> Iterator[Cue]:
    texts = style if isinstance(style, BreathWords) else BreathWords.model_validate({})
    spoken = isinstance(style, BreathWords) or style in ("voice", "both")
    offset = 0
    for _ in range(amount_of(hold.breaths, values) if style != "none" else 0):
        for phase, length in phases(hold, values):
            text = words(phase_word(texts, phase)) if spoken else None
            tone = _tone(phase, length, text) if style in ("tone", "both") else None
            if tone or text:
                # Words last as long as they are; only a tone is made to a length.
                yield Cue(
                    kind="mark", step="", text=text, tone=tone, length=length if tone else None, offset=offset
                )  # fmt: skip
            offset += length


def breath_cues(
    pace: Pace, values: Mapping[str, Amount], spoken: bool, tone: bool, texts: BreathWords, *, words: Resolve
) -> list[Cue]:
    """Return one breath as advancing cues of exact length; `step` is left empty. `words` fills a text."""
    cues: list[Cue] = []
    for phase, length in phases(pace, values):
        text = words(phase_word(texts, phase)) if spoken else None
        heard = _tone(phase, length, text) if tone else None
        cues.append(Cue(kind="breath", step="", length=length, text=text, tone=heard))
    return cues


def with_words(cue: Cue, text: str) -> Cue:
    """Return the phase of a breath with words over its tone."""
    return replace(cue, text=text, tone=cue.tone and replace(cue.tone, gain_db=UNDER_WORDS_DB))


def _tone(phase: Phase, length: int, text: str | None) -> BreathTone:
    return BreathTone(phase, length, UNDER_WORDS_DB if text else 0.0)
