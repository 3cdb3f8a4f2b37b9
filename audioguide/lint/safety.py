"""Bounds of general guidance, and the safety rules that ice, heat and yoga need. Warns; never diagnoses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from audioguide.compiler import holds
from audioguide.lint.finding import Finding, Place
from audioguide.lint.kinds import RULE, described, kinds_of, longest_wait, speaks, spells
from audioguide.lint.subject import Subject
from audioguide.routine.language import model
from audioguide.routine.language.safety import RULES
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.load import Routine
from audioguide.routine.settings import choose
from audioguide.units import TICKS_PER_SECOND, format_seconds, spoken_duration

MINUTE = 60 * TICKS_PER_SECOND
LONGEST_STRETCH = 60 * TICKS_PER_SECOND
SHORTEST_STRETCH = 5 * TICKS_PER_SECOND
SHORTEST_BACK = 2 * TICKS_PER_SECOND  # leaflets for stiff backs: short and often
MOST_PER_SIDE = 120 * TICKS_PER_SECOND
SLOWEST_BREATHS, FASTEST_BREATHS = 4.5, 7.0  # a minute
MINUTES = {"ice": (15, 20), "heat": (20, 30)}  # warned above, refused above
APPLIED = MINUTE  # shorter waits do not count as time with ice or heat

STRETCHING = frozenset({"stretch", "back", "yoga"})
_RESTING = re.compile(
    r"\b(?:attention|close your eyes|corpse|drift|ease|float|heavy|let|meditat\w*|melt|relax|rest|"
    r"s(?:h)?avasana|sink|"
    r"sleep|soften|still|surrender|walk)\b",
    re.IGNORECASE,
)


_NEAR = 3  # sentences before a hold; what was said earlier was about something else


def safety(subject: Subject) -> Iterator[Finding]:
    """Check lengths and paces against general guidance, and the safety rules against the words."""
    yield from _stretches(subject)
    yield from _minutes(subject)
    yield from _bedtime(subject)
    for routine in subject.files:
        yield from _breaths(subject, routine)
        yield from _rules(subject, routine)


def _stretches(subject: Subject) -> Iterator[Finding]:
    stretching = {str(routine.path) for routine in subject.files if _is_stretch(subject, routine)}
    totals: Counter[tuple[str, str | None]] = Counter()
    said: list[str] = []
    for cue in subject.script.cues:
        place = subject.places[cue.step]
        if cue.kind == "say" and cue.step != "opening":
            said.append(cue.text or "")
        if cue.kind != "hold":
            continue
        length, resting = cue.length or 0, not subject.worded or any(map(_RESTING.search, said[-_NEAR:]))
        said = []
        if str(place.routine.path) not in stretching:
            continue
        if _sourced(place, length):
            continue
        yield from _stretch(place, length, resting=resting)
        if cue.side in ("left", "right") and not (resting and length > LONGEST_STRETCH):
            before, totals[cue.step, cue.side] = (
                totals[cue.step, cue.side],
                totals[cue.step, cue.side] + length,
            )
            if before <= MOST_PER_SIDE < before + length:
                yield place.found("side-total", f"more than 120 s in total on the {cue.side}", "hold")


def _is_stretch(subject: Subject, routine: Routine) -> bool:
    document = routine.document
    asked = document.safety.notice in STRETCHING or "stretch" in document.title.lower()
    return asked and not kinds_of(subject, routine) & {"ice", "heat"}


def _sourced(place: Place, length: int) -> bool:
    """Return whether `length` is in the bounds of a setting, and these come from another than the author."""
    hold = place.step.hold if isinstance(place.step, model.Hold) else None
    setting = place.routine.document.settings.get(hold.name) if isinstance(hold, Ref) else None
    if setting is None or setting.min is None or setting.max is None or setting.source is None:
        return False
    if not setting.min.value <= length <= setting.max.value:
        return False
    return not setting.source.lower().startswith("ours")


def _stretch(place: Place, length: int, *, resting: bool) -> Iterator[Finding]:
    shortest = SHORTEST_BACK if place.routine.document.safety.notice == "back" else SHORTEST_STRETCH
    if length < shortest or (length > LONGEST_STRETCH and not resting):
        yield place.found("hold-length", f"a stretch held for {spoken_duration(length)}", "hold")


def _minutes(subject: Subject) -> Iterator[Finding]:
    for spell in spells(subject):
        if spell.kind is None or spell.place is None:
            continue
        warned, refused = MINUTES[spell.kind]
        found = f"{spoken_duration(spell.length)} of {spell.kind}"
        if spell.length > refused * MINUTE:
            yield spell.place.found(f"{spell.kind}-limit", found)
        elif spell.length > warned * MINUTE and not _sourced(spell.place, spell.length):
            yield spell.place.found(f"{spell.kind}-minutes", found)


def _bedtime(subject: Subject) -> Iterator[Finding]:
    if not subject.sleeps:
        return
    for routine in subject.files:
        kinds = kinds_of(subject, routine) - {"yoga"}
        if kinds and longest_wait(subject, routine) >= APPLIED:
            found = f"sleep after {' and '.join(sorted(kinds))} ({routine.document.title})"
            yield Place(routine=subject.routine, keys=("safety",)).found("bedtime-heat", found, "closing")


def _breaths(subject: Subject, routine: Routine) -> Iterator[Finding]:
    values = _values(subject, routine)
    for place, pace, key in _paces(routine, routine.document.steps, ("steps",)):
        cycle = sum(length for _, length in holds.phases(pace, values))
        rate = MINUTE / cycle if cycle else 0.0
        if not SLOWEST_BREATHS <= rate <= FASTEST_BREATHS:
            yield place.found("breath-pace", f"{rate:.1f} breaths a minute", key)
        breath_in, breath_out = (holds.amount_of(each, values) for each in (pace.in_, pace.out))
        if breath_out < breath_in:
            found = f"in {format_seconds(breath_in)} s, out {format_seconds(breath_out)} s"
            yield place.found("breath-out", found, key, "out")


def _values(subject: Subject, routine: Routine) -> Mapping[str, Amount]:
    # What an including routine sets is held to the same bounds; its defaults stand for it here.
    settings = routine.document.settings
    asked = subject.script.settings if routine is subject.routine else {}
    return choose(settings, {name: str(value) for name, value in asked.items()}, beyond_bounds=True).values


def _paces(
    routine: Routine, steps: list[model.Step], keys: tuple[object, ...]
) -> Iterator[tuple[Place, model.Pace, str]]:
    for index, step in enumerate(steps):
        place = Place(routine=routine, keys=(*keys, index))
        if isinstance(step, model.Breathe):
            yield place, step.breathe, "breathe"
        elif isinstance(step, model.Hold) and isinstance(step.hold, model.BreathHold):
            yield place, step.hold, "hold"
        elif isinstance(step, model.Sides | model.Repeat):
            yield from _paces(routine, step.steps, (*place.keys, "steps"))


def _rules(subject: Subject, routine: Routine) -> Iterator[Finding]:
    place = Place(routine=routine, keys=("safety",))
    for index, rule in enumerate(routine.document.safety.rules):
        if rule not in RULES:
            yield place.found("unknown-safety-rule", f"no safety rule is called '{rule}'", "rules", index)
    for kind in sorted(described(subject, routine)):
        if not speaks(subject, kind):
            # Only one notice opens a file, and that is not the one of what it includes.
            opening = Place(routine=subject.routine, keys=("safety",))
            found = f"{kind} ({routine.document.title}), and nothing says {RULE[kind]}"
            yield opening.found(f"{kind}-rule", found)
