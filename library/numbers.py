"""Each number of a routine against what its sources say: the rule that `docs/library.md` rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioguide.routine.language import model
from audioguide.routine.language.document import Bounded, Document, Source
from audioguide.routine.language.values import Amount, Ref
from audioguide.units import TICKS_PER_SECOND, format_length
from library.stated import Stated, stated

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Stray:
    """A number that no source of the routine gives: of the setting or step `where`, and `why` not."""

    where: str
    why: str


def stray_numbers(document: Document) -> list[Stray]:
    """Return the numbers that are neither in what a source `says` nor ours; none where no source says any.

    A setting whose source begins with "ours" may be anything. One that says "ours" later on, such as "3 in
    the leaflet; a fourth is ours", has its default from the source, and bounds of its own.
    """
    if not any(source.says for source in document.sources):
        return []
    paces = _in_breaths(document.steps)
    found = [
        stray
        for name, setting in document.settings.items()
        for stray in _of_setting(name, setting, document.sources, breath=name in paces)
    ]
    everything = stated(source.says for source in document.sources if source.says)
    return found + list(_of_steps(document.steps, everything))


def _of_setting(name: str, setting: Bounded, sources: Sequence[Source], *, breath: bool) -> Iterator[Stray]:
    whose = (setting.source or "").strip()
    if not whose:
        yield Stray(name, "does not say whose number it is: write `source`, or `source: ours`")
        return
    if whose.lower().startswith(OURS):
        return
    named = [source for source in sources if source.name.lower() in whose.lower()]
    if not named:
        names = ", ".join(f'"{source.name}"' for source in sources)
        yield Stray(name, f'"{whose}" is not the name of a source of this routine ({names}), or "ours"')
        return
    says = [source.says for source in named if source.says]
    bounds = {"default": setting.default}
    if OURS not in whose.lower():
        bounds |= {end: amount for end, amount in (("min", setting.min), ("max", setting.max)) if amount}
    for end, amount in bounds.items():
        if not _is_given(stated(says), amount, breath=breath):
            yield Stray(name, f'{end} {amount} is not in what {named[0].name} says: "{"; ".join(says)}"')


def _is_given(source: Stated, amount: Amount, *, breath: bool) -> bool:
    time = amount.kind == "time"
    number = amount.value / TICKS_PER_SECOND if time else amount.value
    return source.allows(number, time=time) or (breath and bool(source.breaths))


def _in_breaths(steps: Sequence[model.Action]) -> set[str]:
    """Return the settings that say how long a part of a breath lasts."""
    return {
        each.name for pace in _paces(steps) for each in (pace.in_, pace.full, pace.out, pace.empty)
        if isinstance(each, Ref)
    }  # fmt: skip


def _paces(steps: Sequence[model.Action]) -> Iterator[model.Pace]:
    for step in _all(steps):
        if isinstance(step, model.Breathe):
            yield step.breathe
        elif isinstance(step, model.Hold) and isinstance(step.hold, model.BreathHold):
            yield step.hold


def _all(steps: Sequence[model.Action]) -> Iterator[model.Action]:
    for step in steps:
        yield step
        yield from _all(getattr(step, "steps", ()))


def _of_steps(steps: Sequence[model.Action], source: Stated) -> Iterator[Stray]:
    """Yield what is written into the steps: it cannot say that it is ours."""
    counts = [("repeat", each.repeat) for each in _all(steps) if isinstance(each, model.Repeat)]
    counts += [
        ("reps", each.reps) for each in _all(steps) if isinstance(each, model.Counted) and each.reps != 1
    ]
    times = [
        ("hold", each.hold) for each in _all(steps)
        if isinstance(each, model.Hold) and not isinstance(each.hold, model.BreathHold)
    ]  # fmt: skip
    for pace in _paces(steps):
        how_many = pace.breaths if isinstance(pace, model.BreathHold) else getattr(pace, "cycles", None)
        counts.append(("breathe", how_many or Ref("")))
        times.append(("breathe", getattr(pace, "for_", None) or Ref("")))
        parts = (pace.in_, pace.full, pace.out, pace.empty) if not source.breaths else ()
        times += [("breathe", part) for part in parts if part]
    yield from (stray for where, number in counts for stray in _written(where, number, source))
    yield from (stray for where, number in times for stray in _written(where, number, source, time=True))


def _written(where: str, number: int | Ref, source: Stated, *, time: bool = False) -> Iterator[Stray]:
    if isinstance(number, Ref) or source.allows(number / TICKS_PER_SECOND if time else number, time=time):
        return
    shown = format_length(number) if time else str(number)
    yield Stray(where, f"{shown} is written into a step and no source says so: make it a setting")
