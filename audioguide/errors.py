"""The one family of errors. Each knows the exit code that the command line ends with."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LINE = 160  # characters; of a longer one, only what stands around the fault is shown


class AudioguideError(Exception):
    """Any failure that a person can understand and fix.

    `message` holds for everybody; `hint` says what to type on the command line, and is useless on the page.
    `code` names the kind of error for programs.
    """

    exit_code = 1
    code = "proof"

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message and the hint."""
        return "; ".join(filter(None, (self.message, self.hint)))


class UsageError(AudioguideError, ValueError):
    """The call itself asks for something that does not exist or does not fit together."""

    exit_code = 2
    code = "usage"


class RoutineError(AudioguideError, ValueError):
    """A routine, a timed script or a setting is invalid; carries every fault that was found."""

    exit_code = 3
    code = "routine"

    def __init__(self, message: str, faults: tuple[Fault, ...] = (), *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.faults = faults


class EngineError(AudioguideError, RuntimeError):
    """The voice cannot be had, or a phrase could not be spoken."""

    exit_code = 4
    code = "voice"


class OutputError(AudioguideError, OSError):
    """A file could not be read, encoded or written."""

    exit_code = 5
    code = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong in one place of one file; `line` and `column` count from 1.

    `hint` is that of `AudioguideError`.
    """

    file: str
    line: int
    column: int
    found: str
    allowed: str = ""
    source: str = ""
    width: int = 1
    hint: str = ""

    def __str__(self) -> str:
        """Show the place, what was found, the line with a marker, and what is allowed."""
        shown = [f"{self.file}:{self.line}:{self.column}: {self.found}"]
        if self.source.strip():
            text, before, width = _window(self.source, self.column - 1, self.width)
            marker = " " * before + "^" + "~" * (width - 1)
            shown += [f"{self.line:>5} | {text}", f"{' ' * 5} | {marker}"]
        shown += [f"      = {advice}" for advice in (self.allowed, self.hint) if advice]
        return "\n".join(shown)


def _window(source: str, start: int, width: int) -> tuple[str, int, int]:
    """Return what to show of a line, how much of it stands before the marker, and how wide that is."""
    if len(source) <= LONGEST_LINE:
        return source, start, width
    first = max(0, start - LONGEST_LINE // 3)
    text = source[first : first + LONGEST_LINE]
    before = start - first + 3 * bool(first)
    shown = f"{'...' * bool(first)}{text}{'...' * (first + LONGEST_LINE < len(source))}"
    return shown, before, max(1, min(width, len(shown) - before))


def faulty(what: str, faults: list[Fault]) -> RoutineError:
    """Gather `faults` into one error, in the order of the file."""
    ordered = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.column)))
    count = "1 fault" if len(ordered) == 1 else f"{len(ordered)} faults"
    shown = "\n".join(str(fault) for fault in ordered)
    return RoutineError(f"{what}: {count}\n{shown}", ordered)
