"""Which settings the length of a routine depends on, and what holds them in bounds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.fitting.ranges import FINE_STEP, WHOLE_STEP, SettingRange
from audioguide.routine.language import model
from audioguide.routine.language.base import Strict
from audioguide.routine.language.document import Setting
from audioguide.routine.language.marks import Marks
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.load import Routine
from audioguide.script.script import SOFT, Kind
from audioguide.units import LONGEST


def ranges_of(
    routine: Routine, values: Mapping[str, int], fixed: Collection[str], skip: Collection[str] = ()
) -> tuple[SettingRange, ...]:
    """Return a setting for each setting that may be turned; `values` are those of all settings.

    Left out are the `fixed` ones, those of weight 0 or without bounds, and those that a total does
    not depend on, also since the steps that they are for are among those to `skip`. The bounds of included
    routines that a setting is handed to hold as well.
    """
    uses = _uses(routine, values, skip)
    found = (
        _range_of(name, setting, uses[name])
        for name, setting in routine.document.settings.items()
        if name in uses and name not in fixed and setting.weight and not uses[name].rigid
    )
    return tuple(span for span in found if span.low <= span.start <= span.high and span.low < span.high)


def spoken_in(routine: Routine, values: Mapping[str, Amount]) -> frozenset[str]:
    """Return the settings whose times a text says."""
    uses = _uses(routine, {name: amount.value for name, amount in values.items()})
    return frozenset(name for name, use in uses.items() if use.spoken)


def given_pauses(routine: Routine, prefix: str = "") -> Iterator[tuple[str, Kind]]:
    """Yield step and kind of every soft time whose length a setting gives, its own or an included one's."""
    yield from _pauses_in(routine.document.steps, routine, prefix)


def _pauses_in(steps: Sequence[Strict], routine: Routine, prefix: str) -> Iterator[tuple[str, Kind]]:
    for index, step in enumerate(steps):
        name = f"{prefix}steps[{index}]"
        yield from ((name, kind) for kind in SOFT if isinstance(getattr(step, kind, None), Ref))
        if isinstance(step, model.Include):
            yield from given_pauses(routine.includes[step.include], f"{name}.include.")
        yield from _pauses_in(getattr(step, "steps", ()), routine, f"{name}.")


def _range_of(name: str, setting: Setting, use: _Use) -> SettingRange:
    start, kind = setting.default.value, setting.default.kind
    low = max(setting.min.value, use.low) if setting.min else start
    high = min(setting.max.value, use.high) if setting.max else start
    step = 1 if kind == "count" else WHOLE_STEP if use.spoken and not use.grows else FINE_STEP
    step = setting.step.value if setting.step else step
    span = SettingRange(
        name=name, kind=kind, start=start, low=low, high=high, step=step,
        weight=setting.weight, spoken=use.spoken,
    )  # fmt: skip
    if not use.step:
        return span
    low, high = (start + (end - start) // use.step * use.step for end in (low + use.step - 1, high))
    return replace(span, kind="count", step=use.step, anchor=start, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """What a routine does with a setting.

    `low` and `high` are bounds of included routines; a `step` comes from breathing for a time,
    which is a whole number of breaths, and what makes those breaths is `rigid`. What is `held`, or
    `grows` what is held, may be `spoken`: by name, or as {hold}.
    """

    low: int = 0
    high: int = LONGEST
    step: int = 0
    held: bool = False
    grows: bool = False
    spoken: bool = False
    rigid: bool = False

    def __and__(self, other: _Use) -> _Use:
        return _Use(
            low=max(self.low, other.low), high=min(self.high, other.high), step=self.step or other.step,
            held=self.held or other.held, grows=self.grows or other.grows,
            spoken=self.spoken or other.spoken,
            rigid=self.rigid or other.rigid or bool(self.step and other.step and self.step != other.step),
        )  # fmt: skip


def _uses(
    routine: Routine, values: Mapping[str, int], skip: Collection[str] = (), prefix: str = ""
) -> dict[str, _Use]:
    found: dict[str, _Use] = {}
    for name, use in _uses_in(routine.document.steps, _Among(routine, values, skip), prefix):
        found[name] = found[name] & use if name in found else use
    text = "\n".join(routine.source.lines)
    return {
        name: replace(
            use,
            spoken=use.spoken or f"{{{name}}}" in text or ((use.held or use.grows) and "{hold}" in text),
        )
        for name, use in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Among:
    """Where uses are looked for: in a routine with these values, but for what is left out."""

    routine: Routine
    values: Mapping[str, int]
    skip: Collection[str]


def _uses_in(steps: Sequence[Strict], among: _Among, prefix: str) -> Iterator[tuple[str, _Use]]:
    for index, step in enumerate(steps):
        place = f"{prefix}steps[{index}]"
        if place in among.skip:
            continue
        if isinstance(step, model.Include):
            yield from _handed(step, among, f"{place}.include.")
        elif isinstance(step, model.Breathe) and step.breathe.for_ is not None:
            yield from _breathed(step.breathe, among.values)
        else:
            use = _Use(held=isinstance(step, model.Hold))
            yield from ((name, use) for name in _references(step))
        if isinstance(step, model.Repeat):
            yield from ((name, _Use(grows=True)) for name in _references(step.grow))
        yield from _uses_in(getattr(step, "steps", ()), among, f"{place}.")


def _handed(step: model.Include, among: _Among, prefix: str) -> Iterator[tuple[str, _Use]]:
    included = among.routine.includes[step.include]
    settings = included.document.settings
    inner = {name: setting.default.value for name, setting in settings.items()}
    for name, value in step.settings.items():
        inner[name] = among.values[value.name] if isinstance(value, Ref) else value.value
    uses = _uses(included, inner, among.skip, prefix)
    for name, value in step.settings.items():
        if isinstance(value, Ref) and name in uses:
            low, high = settings[name].min, settings[name].max
            bounds = _Use(low=low.value if low else 0, high=high.value if high else LONGEST)
            yield value.name, uses[name] & bounds


def _breathed(breath: model.Breath, values: Mapping[str, int]) -> Iterator[tuple[str, _Use]]:
    phases = (breath.in_, breath.full, breath.out, breath.empty)
    yield from ((phase.name, _Use(rigid=True)) for phase in phases if isinstance(phase, Ref))
    if isinstance(breath.for_, Ref):
        length = sum(values[phase.name] if isinstance(phase, Ref) else phase for phase in phases)
        yield breath.for_.name, _Use(step=length)


def _references(value: object) -> Iterator[str]:
    if isinstance(value, Ref):
        yield value.name
    elif isinstance(value, Strict) and not isinstance(value, Marks):  # marks lengthen nothing
        for key, inner in value:
            if key != "steps":
                yield from _references(inner)
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _references(inner)
