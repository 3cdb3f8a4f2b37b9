"""What of a routine can be left out, by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from audioguide.routine.language import model
from audioguide.routine.language.base import Strict
from audioguide.routine.load import Routine
from audioguide.routine.references import nearest


def nothing_to_skip(routine: Routine, skip: Collection[str]) -> dict[str, str]:
    """Map each name in `skip` that stands for nothing in `routine` to what is wrong with it."""
    if not skip:
        return {}
    known = list(dict.fromkeys(_names(routine.document.steps, routine)))
    listed = ", ".join(known)
    return {
        name: f"there is no '{name}' to skip{nearest(name, known)} (here are: {listed})"
        for name in skip
        if name not in known
    }


def _names(steps: Sequence[Strict], routine: Routine, prefix: str = "") -> Iterator[str]:
    """Yield the names of all steps as the script has them, "steps[2].steps[0]", and what is included."""
    for index, step in enumerate(steps):
        name = f"{prefix}steps[{index}]"
        yield name
        if isinstance(step, model.Include):
            yield step.include
            included = routine.includes[step.include]
            yield from _names(included.document.steps, included, f"{name}.include.")
        yield from _names(getattr(step, "steps", ()), routine, f"{name}.")
