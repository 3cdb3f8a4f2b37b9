"""Which settings of a routine its steps use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.reading.marks import marked
from audioguide.routine.load import Routine
from audioguide.routine.placeholders import REP_PLACEHOLDERS, SIDE_PLACEHOLDERS

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def unused_settings(routine: Routine) -> list[str]:
    """Return the settings that no step of `routine` uses: as `$name`, or in words as `{name}`.

    What only grows is not used. {hold} before a hold, and {reps} inside a repeat, are not settings.
    """
    used = set(_in_steps(routine.source.data.get("steps"), held=False, repeated=False))
    return [name for name in routine.document.settings if name not in used]


def used_in(steps: Any) -> set[str]:
    """Return the settings that the raw `steps` of a repeat use."""
    return set(_in_steps(steps, held=False, repeated=True))


def _in_steps(steps: Any, *, held: bool, repeated: bool) -> Iterator[str]:
    for index, step in enumerate(steps or ()):
        after = held or any("hold" in each for each in steps[index + 1 :])
        for key, value in step.items():
            if key == "steps":
                yield from _in_steps(value, held=after, repeated=repeated or "repeat" in step)
            elif key == "grow":
                yield from (name for growth in value.values() for name in _named(growth, set()))
            else:
                hidden = {
                    *SIDE_PLACEHOLDERS,
                    *(("hold",) if after else ()),
                    *(REP_PLACEHOLDERS if repeated or key == "count" else ()),
                }
                yield from _named(value, hidden)


def _named(value: Any, hidden: set[str]) -> Iterator[str]:
    """Yield the settings that `value` names; `hidden` placeholders stand for something else."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _named(inner, hidden)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, hidden)
    elif isinstance(value, str) and value.strip().startswith("$"):
        yield value.strip()[1:]
    elif isinstance(value, str):
        found = _PLACEHOLDER.findall(marked(value).replace("{{", "").replace("}}", ""))
        yield from (name for name in found if name not in hidden)
