"""What is found, and where: a finding knows its check, its place in the file and the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from audioguide.errors import Fault
from audioguide.routine.language.checks import CHECKS, Level
from audioguide.routine.load import Routine

Keys = tuple[object, ...]

_WORD_LINES = 8  # how far below the start of a text a word of it is looked for


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check `rule` found: `fault` has the place, the reason and the remedy.

    `step` is the step of that file, such as "steps[2].steps[0]", or "" outside of the steps.
    """

    rule: str
    step: str
    fault: Fault

    @property
    def level(self) -> Level:
        """Return "warning" or "error"."""
        return CHECKS[self.rule].level

    @property
    def line(self) -> str:
        """Return the finding as one line."""
        fault = self.fault
        return f"{self.level}: {fault.file}:{fault.line}:{fault.column}: {self.rule}: {fault.found}"

    @property
    def as_fault(self) -> Fault:
        """Return the fault with level, check and step in what it says."""
        where = f" ({self.step})" if self.step else ""
        return replace(self.fault, found=f"{self.level}: {self.rule}: {self.fault.found}{where}")

    def __str__(self) -> str:
        """Show the place, the finding, the line with a marker, and the remedy."""
        return str(self.as_fault)

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON data."""
        fault = self.fault
        return {
            "rule": self.rule, "level": self.level, "file": fault.file, "line": fault.line,
            "column": fault.column, "step": self.step, "found": fault.found,
            "reason": CHECKS[self.rule].why, "remedy": CHECKS[self.rule].fix,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A step of a routine, which may be an included one."""

    routine: Routine
    keys: Keys

    @property
    def step(self) -> Any:
        """Return the step itself, as the model has it."""
        return step_at(self.routine, self.keys)

    @property
    def raw(self) -> Any:
        """Return the step as it stands in the file."""
        node: Any = self.routine.source.data
        for key in self.keys:
            node = node[key]
        return node

    def found(self, rule: str, found: str, *more: object, word: str = "") -> Finding:
        """Make a finding here, or at the key `more` of this step; `word` narrows the marker to it."""
        why = f"{CHECKS[rule].why}: {CHECKS[rule].fix}"
        fault = self.routine.source.fault((*self.keys, *more), found, why)
        return Finding(rule, _shown(self.keys), _narrowed(fault, self.routine, word) if word else fault)


def step_at(routine: Routine, keys: Sequence[object]) -> Any:
    """Return what `keys` lead to in the document of `routine`."""
    node: Any = routine.document
    for key in keys:
        node = node[key] if isinstance(key, int) else getattr(node, str(key))
    return node


def _shown(keys: Keys) -> str:
    if not keys or keys[0] != "steps":
        return ""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _narrowed(fault: Fault, routine: Routine, word: str) -> Fault:
    lines = routine.source.lines
    for number in range(fault.line - 1, min(len(lines), fault.line - 1 + _WORD_LINES)):
        column = lines[number].find(word, fault.column - 1 if number == fault.line - 1 else 0)
        if column >= 0:
            return replace(fault, line=number + 1, column=column + 1, width=len(word), source=lines[number])
    return fault
