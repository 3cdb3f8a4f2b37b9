"""Moments: time to settle, a way out, no endless silence, no words over words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from audioguide.compiler.holds import CLEARANCE
from audioguide.compiler.late_chimes import LATE
from audioguide.lint.finding import Finding, Place
from audioguide.lint.subject import Subject
from audioguide.lint.way_out import way_out
from audioguide.reading.orders import is_restful
from audioguide.routine.language.model import Hold
from audioguide.script.layout import Timed
from audioguide.script.scenes import scene_at, scenes_of
from audioguide.units import TICKS_PER_SECOND, format_seconds, spoken_duration

SHORTEST_SETTLE = 2 * TICKS_PER_SECOND
LONGEST_SILENCE = 60 * TICKS_PER_SECOND
LONGEST_MARKED_SILENCE = 300 * TICKS_PER_SECOND
SLOWEST, FASTEST = 100, 130  # words a minute


def timing(subject: Subject) -> Iterator[Finding]:
    """Check the moments of the estimated timeline."""
    if subject.worded:
        yield from _settle(subject)
    if subject.script.guidance != "chimes":  # who asks for bells alone asks for silence
        yield from way_out(subject)
        yield from _silence(subject)
    yield from _overlaps(subject)
    yield from _pace(subject)


def _settle(subject: Subject) -> Iterator[Finding]:
    ordered: Timed | None = None
    for timed in subject.timeline.cues:
        cue = timed.cue
        if cue.kind == "say" and cue.step != "opening" and not is_restful(cue.text or ""):
            ordered = timed
        elif cue.kind == "hold":
            if ordered is not None and (time := timed.start - ordered.end) < SHORTEST_SETTLE:
                place = subject.places[ordered.cue.step]
                keys = ("settle",) if getattr(place.step, "settle", None) is not None else ()
                yield place.found("no-settle", f"the hold starts {format_seconds(time)} s after this", *keys)
            ordered = None


def _silence(subject: Subject) -> Iterator[Finding]:
    waits = [timed for timed in subject.timeline.cues if timed.cue.advances]
    starts = [timed.start for timed in waits]
    scenes = scenes_of(subject.timeline)
    for start, end in _gaps(subject):
        if scene_at(scenes, start).bed or scene_at(scenes, end - 1).bed:
            continue  # the background sound shows that it is still playing
        inside = waits[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        longest = max(inside, key=lambda timed: min(timed.end, end) - max(timed.start, start))
        place = subject.places[longest.cue.step]
        if end - start > _allowed_silence(place.step):
            whole = (end - start) // TICKS_PER_SECOND * TICKS_PER_SECOND
            yield place.found("long-silence", f"{spoken_duration(whole)} without a sound")


def _gaps(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield start and end of each silence that is too long, in ticks; who sleeps may sleep on."""
    end = 0
    ends = [] if subject.sleeps else [(subject.timeline.length, 0)]
    heard = [(each.start, subject.lengths[each.ref]) for each in subject.timeline.placements]
    # The last minutes of `sleep` have no chime, and a listener who may sleep by then.
    late = subject.timeline.length - (LATE if subject.script.scenes[-1].profile == "sleep" else 0)
    for start, length in heard + ends:
        if start - end > LONGEST_SILENCE and start <= late:
            yield end, start
        end = max(end, start + length)


def _allowed_silence(step: object) -> int:
    if isinstance(step, Hold) and step.marks.every:
        period = min(max(step.marks.every), LONGEST_MARKED_SILENCE)
        return max(LONGEST_SILENCE, period + CLEARANCE)
    return LONGEST_SILENCE


def _overlaps(subject: Subject) -> Iterator[Finding]:
    for clash in subject.clashes:
        for step, place in subject.places.items():
            if clash.startswith(shown := f"{subject.script.place(step)}: "):
                found = clash.removeprefix(shown).rpartition(": ")[0]  # the remedy is the check's
                yield place.found("mark-overlap", f"by estimate, {found}", "marks")


def _pace(subject: Subject) -> Iterator[Finding]:
    # What the listener asked for is not a fault of the file.
    routine, rate = subject.routine, subject.routine.document.voice.rate
    if rate is not None and not SLOWEST <= rate <= FASTEST:
        found = f"{rate} words a minute"
        yield Place(routine=routine, keys=("voice",)).found("spoken-pace", found, "rate")
