"""How long an exercise is within a session, and in which positions it begins and ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import faulty
from audioguide.listener.options import Options
from audioguide.routine.language import model
from audioguide.routine.language.document import Document, Setting
from audioguide.routine.load import WHAT, Routine
from audioguide.routine.source import parse_source
from audioguide.routine.validation import validate
from audioguide.script.layout import Timeline
from audioguide.units import TICKS_PER_SECOND

# Between the bounds of a time: less is a tempo, or changes hardly anything.
LEAST_RANGE = 5 * TICKS_PER_SECOND
_NOT_PASSED_ON = ("rest", "growth", "pause", "switch")
_STAY = "chair"  # where an exercise without a position of its own is measured


def passed_on(document: Document) -> dict[str, Setting]:
    """Return the settings that a session may change: how long and how often, not how fast."""
    return {
        name: setting
        for name, setting in document.settings.items()
        if setting.weight and name not in _NOT_PASSED_ON and not name.startswith("breath_")
        if (span := _range(setting)) and (setting.default.kind == "count" or span >= LEAST_RANGE)
    }


def _range(setting: Setting) -> int:
    return 0 if setting.min is None or setting.max is None else setting.max.value - setting.min.value


def positions(steps: Sequence[object]) -> Iterator[str]:
    """Yield the positions that steps lead to within a session, in their order."""
    for step in steps:
        if isinstance(step, model.Say) and step.into and not step.alone:
            yield step.into
        yield from positions(getattr(step, "steps", ()))


def lengths(routine: Routine) -> tuple[int, int, int]:
    """Return the shortest, usual and longest length within a session, in ticks.

    Raises RoutineError where the exercise cannot be compiled or laid out at one of them.
    """
    session = _session(routine)
    settings = passed_on(routine.document)
    low = {name: str(setting.min) for name, setting in settings.items()}
    high = {name: str(setting.max) for name, setting in settings.items()}
    shortest, usual, longest = (_inner(_laid(session, values)) for values in (low, {}, high))
    return shortest, usual, longest


def _laid(session: Routine, settings: Mapping[str, str]) -> Timeline:
    return estimated(compile(session, Options(settings=settings, beyond_bounds=True)))


def _inner(laid: Timeline) -> int:
    starts = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[1]")]
    after = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[2]")]
    return int(after[0] - starts[0])


def _session(routine: Routine) -> Routine:
    """Return a session of this exercise alone, for a listener who is in its first position already."""
    place = next(positions(routine.document.steps), _STAY)
    lines = [
        "title: Measured", "safety: {notice: none, closing: none}", "chimes: {explain: false}", "steps:",
        f"  - {{say: Here., into: '{place}'}}", f"  - include: {json.dumps(routine.name)}",
    ]  # fmt: skip
    settings = passed_on(routine.document)
    if settings:
        lines.insert(3, "settings:")
        for number, (name, setting) in enumerate(settings.items()):
            lines.insert(4 + number, f"  {name}: {{default: {setting.default}}}")
        lines.append("    settings: {" + ", ".join(f"{name}: ${name}" for name in settings) + "}")
    lines.append("  - rest: 1s")
    return _made("\n".join(lines) + "\n", routine.path, {routine.name: routine})


def _made(text: str, path: Path, includes: Mapping[str, Routine]) -> Routine:
    source = parse_source(text, str(path))
    document, faults = validate(source, Document, WHAT)
    if document is None:
        raise faulty(str(path), faults)
    return Routine("measured", path, document, source, includes)


def frames() -> dict[str, int]:
    """Return how long all but the exercises of a session is, in ticks, by its closing."""
    return {closing: _frame(closing) for closing in ("gentle", "day", "sleep")}


def _frame(closing: str) -> int:
    """Measure a session with a hold of 10 s: the longest notice, the way up, what is said on the way."""
    text = (
        f"title: Measured\nwelcome: Welcome.\nsafety: {{notice: yoga, closing: {closing}}}\nsteps:\n"
        "  - {say: Lie down., into: back, settle: 0s}\n  - {say: Close your eyes., settle: 0s}\n"
        "  - hold: 10s\n"
        "  - {say: You are halfway., settle: 0s}\n  - {say: This is the last exercise., settle: 0s}\n"
    )
    routine = _made(text, Path("measured.yaml"), {})
    return int(estimated(compile(routine)).length) - 10 * TICKS_PER_SECOND
