"""Turning the settings of a routine: what the listener asks for, held to the author's bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audioguide.errors import RoutineError
from audioguide.routine.language.document import Bounded, Document, Setting
from audioguide.routine.language.values import Amount, read_setting
from audioguide.routine.walk import nearest


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value of each setting, and the names of those that lie beyond their bounds."""

    values: Mapping[str, Amount]
    beyond: tuple[str, ...] = ()


def out_of_bounds(setting: Bounded, amount: Amount) -> str:
    """Say what is wrong with `amount`, or return "" where it lies inside the bounds."""
    low, high = setting.min, setting.max
    if low and amount.value < low.value:
        return f"{amount} is less than {low}"
    if high and amount.value > high.value:
        return f"{amount} is more than {high}"
    return ""


def choose(
    settings: Mapping[str, Setting], asked: Mapping[str, str], *, beyond_bounds: bool = False
) -> Chosen:
    """Return the value of every setting: as asked, else its default.

    Raises RoutineError with all that is wrong: an unknown name, a value of the wrong kind, a
    value outside the bounds (unless `beyond_bounds`).
    """
    values = {name: setting.default for name, setting in settings.items()}
    wrong: list[str] = []
    beyond: list[str] = []
    for name, text in asked.items():
        setting = settings.get(name)
        if setting is None:
            known = ", ".join(settings) or "none"
            wrong.append(f"no setting is called '{name}'{nearest(name, list(settings))} (settings: {known})")
            continue
        try:
            values[name] = read_setting(text, setting.default.kind)
        except ValueError as error:
            wrong.append(f"{name}: {error}")
            continue
        if excess := out_of_bounds(setting, values[name]):
            beyond.append(name)
            if not beyond_bounds:
                wrong.append(f"{name}: {excess} ({bounds_of(setting)})")
    if wrong:
        raise RoutineError("; ".join(wrong), hint="use --beyond-bounds to allow it" if beyond else "")
    return Chosen(values, tuple(beyond))


def dose_of(document: Document, dose: str | None) -> dict[str, str]:
    """Return the settings of a named dose. Raises RoutineError for an unknown one."""
    if dose is None:
        return {}
    if dose not in document.doses:
        known = ", ".join(document.doses) or "none"
        raise RoutineError(
            f"no dose is called '{dose}'{nearest(dose, list(document.doses))} (doses: {known})"
        )
    return {name: str(amount) for name, amount in document.doses[dose].items()}


def taken(name: str, setting: Setting, routine: str) -> str:
    """Say what the setting `name` of an included `routine` takes."""
    default = setting.default
    within = f" from {setting.min} to {setting.max}" if setting.min and setting.max else ""
    what = f"a time{within}, with its unit" if default.kind == "time" else f"a whole number{within}"
    either = f"{what}, such as {default}; or a setting of this routine, such as ${name}"
    return f"`{name}` of '{routine}' takes {either}"


def bounds_of(setting: Bounded) -> str:
    """Say between which bounds a value lies, and who says so."""
    low, high = setting.min or "any", setting.max or "any"
    source = setting.source or ""
    if source.partition(":")[0] == "ours":
        said = f", the author's own{source.removeprefix('ours')}"
    else:
        said = f", by {source}" if source else ""
    return f"bounds {low} to {high}{said}"
