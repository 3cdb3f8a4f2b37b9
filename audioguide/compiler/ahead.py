"""What comes next, for texts that say it: {hold}, {rest} and {next}."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audioguide.compiler import holds, pauses
from audioguide.compiler.context import Coming, Context
from audioguide.reading.marks import shown
from audioguide.routine.language import model
from audioguide.routine.language.base import Strict
from audioguide.routine.language.values import Amount, Ref


def ahead(steps: Sequence[Strict], here: Context) -> Coming:
    """Return what comes next, where `steps` are left in this list: in these, else after them."""
    around, name = here.coming, _name(steps, here)
    return Coming(
        hold=_hold(steps, here.values) or around.hold,
        rest=_rest(steps, here.values) or around.rest,
        name=name or around.name,
    )


def around(step: model.Repeat, here: Context, *, last: bool) -> Coming:
    """Return what comes after the steps of a repeat: its rest, and but for the last rep its first part."""
    coming = here.coming
    rest = coming.rest if step.rest is None else _said(step.rest, here.values)
    name = coming.name if last else _name(step.steps, here) or coming.name
    return Coming(hold=coming.hold, rest=rest, name=name)


def _hold(steps: Sequence[Strict], values: Mapping[str, Amount]) -> str | None:
    step = next((step for step in steps if isinstance(step, model.Hold)), None)
    if step is None:
        return None
    if isinstance(step.hold, model.BreathHold):
        count = holds.amount_of(step.hold.breaths, values)
        return f"{count} breath{'s' * (count != 1)}"
    return _said(step.hold, values)


def _rest(steps: Sequence[Strict], values: Mapping[str, Amount]) -> str | None:
    step = next((step for step in steps if isinstance(step, model.Rest)), None)
    return None if step is None else _said(pauses.REST if step.rest is None else step.rest, values)


def _said(length: int | Ref, values: Mapping[str, Amount]) -> str:
    return Amount("time", holds.amount_of(length, values)).spoken


def _name(steps: Sequence[Strict], here: Context) -> str | None:
    for step in steps:
        if isinstance(step, model.Chapter):
            return shown(step.chapter) if "{" not in step.chapter else None
        if isinstance(step, model.Include):
            return here.routine.includes[step.include].document.title
        if isinstance(step, model.Action) and step.id is not None:
            return " ".join(step.id.replace("-", " ").replace("_", " ").split())
        if inner := _name(step.inside, here):
            return inner
    return None
