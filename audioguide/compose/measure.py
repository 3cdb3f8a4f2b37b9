"""How long an exercise is within a session, and in which positions it begins and ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import faulty
from audioguide.listener.options import Options
from audioguide.routine.language import model
from audioguide.routine.language.document import Document, Setting
from audioguide.routine.language.positions import OPEN_EYES
from audioguide.routine.load import WHAT, Routine
from audioguide.routine.source import parse_source
from audioguide.routine.validation import validate
from audioguide.script.layout import Timeline
from audioguide.units import TICKS_PER_SECOND, format_length

# Between the bounds of a time: less is a tempo, or changes hardly anything.
LEAST_RANGE = 5 * TICKS_PER_SECOND
_NOT_PASSED_ON = ("rest", "growth", "pause", "switch")
HANDS_AND_KNEES = "hands and knees"
WHOLE = 5 * TICKS_PER_SECOND  # people hold for 15, 20 or 25 seconds
LEAST_STRETCH = 15 * TICKS_PER_SECOND  # ours: less does little
_ANY = "Rest a moment."  # words of the voice pack: with one that it lacks, another voice is measured
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


def bounds(document: Document, name: str, setting: Setting) -> tuple[str, str, str]:
    """Return between which bounds a session adjusts a setting, and its default there: low, default, high.

    A time takes whole 5 s where it can; a hold of a stretch is at least 15 s long where that is allowed.
    """
    low, default, high = (
        amount.value
        for amount in (setting.min or setting.default, setting.default, setting.max or setting.default)
    )
    if setting.default.kind != "time":
        return str(setting.min), str(setting.default), str(setting.max)
    if name != "hold":
        whole = -(-low // WHOLE) * WHOLE
        return format_length(whole if whole <= default else low), str(setting.default), str(setting.max)
    high = max(default, high // WHOLE * WHOLE)
    if document.phase == "stretch":
        low = max(low, min(LEAST_STRETCH, high))
    return tuple(format_length(each) for each in (low, max(low, default), high))  # type: ignore[return-value]


def positions(steps: Sequence[object]) -> Iterator[str]:
    """Yield the positions that steps lead to within a session, in their order."""
    for step in steps:
        if isinstance(step, model.Say) and step.into and not step.alone:
            yield step.into
        yield from positions(getattr(step, "steps", ()))


class Lengths(NamedTuple):
    """How long an exercise is within a session, in ticks: shortest, usual, longest, with few, long holds.

    `on_hands` is how long it takes on hands and knees in one go, at its shortest; `off_hands` is the least
    of its time elsewhere.
    """

    shortest: int
    usual: int
    longest: int
    held: int
    on_hands: int = 0
    off_hands: int = 0


def lengths(routine: Routine) -> Lengths:
    """Return how long an exercise is. Raises RoutineError where it cannot be compiled or laid out."""
    session = session_of(routine)
    settings = passed_on(routine.document)
    each = {name: bounds(routine.document, name, setting) for name, setting in settings.items()}
    low, usual, high = ({name: found[place] for name, found in each.items()} for place in range(3))
    held = {
        name: (high if setting.default.kind == "time" else low)[name] for name, setting in settings.items()
    }
    known: dict[tuple[str, ...], tuple[int, int]] = {}
    stances = _stances(routine.document.steps)
    for given in (low, usual, high, held):
        if (key := tuple(given.values())) not in known:
            laid = _laid(session, given)
            known[key] = _inner(laid), _on_hands(laid, stances)
    found = [known[tuple(given.values())] for given in (low, usual, high, held)]
    off_hands = min(length - on_hands for length, on_hands in found)
    first, second, third, fourth = (length for length, _ in found)
    return Lengths(first, second, third, fourth, found[0][1], off_hands)


def _laid(session: Routine, settings: Mapping[str, str]) -> Timeline:
    return estimated(compile(session, Options(settings=settings, beyond_bounds=True)))


def _inner(laid: Timeline) -> int:
    starts = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[1]")]
    after = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[2]")]
    return int(after[0] - starts[0])


def _stances(steps: Sequence[object]) -> Mapping[str, str]:
    """Return for each step, by its name within a session, the position in which it is followed."""
    place, found = "", {}
    for name, step in _flat(steps, "steps[1].include"):
        if isinstance(step, model.Say) and step.into and not step.alone:
            place = step.into
        found[name] = place
    return found


def _flat(steps: Sequence[object], where: str) -> Iterator[tuple[str, object]]:
    for index, step in enumerate(steps):
        yield (name := f"{where}.steps[{index}]"), step
        yield from _flat(getattr(step, "steps", ()), name)


def _on_hands(laid: Timeline, stances: Mapping[str, str]) -> int:
    """Return the longest time in one go on hands and knees, without the words that lead there."""
    return longest_run((timed.start, stances.get(timed.cue.step) == HANDS_AND_KNEES) for timed in laid.cues)


def longest_run(marked: Iterable[tuple[int, bool]]) -> int:
    """Return the longest time between a mark that is set and the next that is not."""
    longest, begun = 0, None
    for start, is_set in marked:
        if is_set and begun is None:
            begun = start
        elif not is_set and begun is not None:
            longest, begun = max(longest, start - begun), None
    return longest


def session_of(routine: Routine) -> Routine:
    """Return a session of this exercise alone, for a listener who is in its first position already."""
    place = next(positions(routine.document.steps), _STAY)
    lines = [
        "title: Measured", "safety: {notice: none, closing: none}", "chimes: {explain: false}", "steps:",
        f"  - {{say: {_ANY}, into: '{place}'}}", f"  - include: {json.dumps(routine.name)}",
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
        f"  - {{say: {_ANY}, into: back, settle: 0s}}\n  - {{say: {OPEN_EYES}, settle: 0s}}\n"
        "  - hold: 10s\n"
        "  - {say: You are halfway., settle: 0s}\n  - {say: This is the last exercise., settle: 0s}\n"
    )
    routine = _made(text, Path("measured.yaml"), {})
    return int(estimated(compile(routine)).length) - 10 * TICKS_PER_SECOND
