"""What of a routine can be left out, by name, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from audioguide.errors import RoutineError, faulty
from audioguide.routine.belonging import belongings
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import Routine
from audioguide.routine.names import slug
from audioguide.routine.parts import NUMBER, Part, parts_of
from audioguide.routine.walk import nearest

MOST_SHOWN = 4  # names in a message


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The steps that are left out, as the script names them, with what belongs to them.

    `names` are what the parts are called in texts; `words` are the texts that go with them without having
    been named, each with its line; `meant` says what a short name was taken for.
    """

    steps: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


def left_out(routine: Routine, skip: Collection[str]) -> LeftOut:
    """Return what is left out of `routine` where the names in `skip` are.

    Raises RoutineError for a name that stands for nothing or for several parts, and where words could
    belong to what is left out and to what stays, or nothing would be left.
    """
    if not skip:
        return LeftOut()
    if wrong := nothing_to_skip(routine, skip):
        raise RoutineError(f"{routine.name}: " + "; ".join(wrong.values()))
    numbers = frozenset(name for name in skip if NUMBER.fullmatch(name))
    parts = parts_of(routine)
    meant = {name: _meant(name, parts) for name in skip if name not in numbers}
    steps = numbers.union(*(part.steps for each in meant.values() for part in each))
    found = belongings(routine, steps, numbers)
    if found.faults:
        raise faulty(str(routine.path), list(found.faults))
    if found.is_empty:
        several = ", ".join(skip) if len(skip) <= MOST_SHOWN else f"these {len(skip)} parts"
        raise RoutineError(f"{routine.name}: without {several}, no steps are left")
    names = (
        each
        for name, several in meant.items()
        for part in several
        for each in (part.title, part.name.replace("-", " "), name)
    )
    short = (
        f"{name} is read as {several[0].name}"
        for name, several in meant.items()
        if not any(part.is_called(name) for part in several)
    )
    return LeftOut(found.steps, tuple(dict.fromkeys(names)), found.words, tuple(short))


def nothing_to_skip(routine: Routine, skip: Collection[str]) -> dict[str, str]:
    """Map each name in `skip` that stands for no part of `routine`, or for several, to what is wrong."""
    parts = parts_of(routine) if skip else ()
    wrong = {name: _wrong(name, routine, parts) for name in skip}
    return {name: why for name, why in wrong.items() if why}


def whole_names(routine: Routine, skip: Collection[str]) -> tuple[str, ...]:
    """Return each name of a part as `routine` has it: "bridge-pose" for "Bridge". All must be there."""
    parts = parts_of(routine) if skip else ()
    return tuple(name if "/" in name else _meant(name, parts)[0].name for name in skip)


def names_to_skip(routine: Routine) -> list[str]:
    """Return the names of all parts, those of the routine itself before those inside of what it includes."""
    return [part.whole for part in sorted(parts_of(routine), key=lambda part: len(part.within))]


def instead_of_number(number: str, routine: Routine) -> str:
    """Say which names to write in place of the step number `number`."""
    parts = parts_of(routine)
    here = [part for part in parts if number in part.steps]
    if here:
        return f"write {' or '.join(dict.fromkeys(part.whole for part in here))}"
    known = _listed(parts)
    names = f"names there: {known}" if parts else f"no part of '{routine.name}' has a name"
    own = routine.path.parent != SHIPPED
    return f"{names} ({number} has none{f'; `id: NAME` in {routine.path.name} gives it one' if own else ''})"


def _meant(name: str, parts: Sequence[Part]) -> list[Part]:
    """Return the parts that `name` stands for: those that are called so, else those with its words."""
    called = [part for part in parts if part.is_called(name)]
    return called or [part for part in parts if part.is_meant(slug(name))]


def _wrong(name: str, routine: Routine, parts: Sequence[Part]) -> str:
    if NUMBER.fullmatch(name):
        return "" if name in set(_numbers(routine)) else f"there is no {name} in '{routine.name}'"
    meant = _meant(name, parts)
    several = list(dict.fromkeys(part.name for part in meant))
    if len(several) > 1 and not any(part.is_called(name) for part in meant):
        return f"'{name}' may be {' or '.join(several)}: write the whole name"
    if meant:
        return ""
    if not parts:
        how = f" (give a step `id: NAME` in {routine.path.name}, or begin chapters)"
        own = routine.path.parent != SHIPPED
        whole = "" if own else "; it is one exercise, and parts of a session can be skipped"
        return f"there is no '{name}' to skip: no part of '{routine.name}' has a name{how if own else whole}"
    known = list(dict.fromkeys(each for part in parts for each in (part.name, part.whole)))
    number = f": a step number is written steps[{name}]"
    near = number if name.isdecimal() else nearest(slug(name), known)
    return f"there is no '{name}' to skip{near} (here are: {_listed(parts)})"


def _listed(parts: Sequence[Part]) -> str:
    return ", ".join(part.whole for part in sorted(parts, key=lambda part: len(part.within)))


def _numbers(routine: Routine) -> Iterator[str]:
    yield from belongings(routine, frozenset()).all_steps
