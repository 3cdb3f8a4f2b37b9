"""All exercises of a listener with their facts, kept from call to call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from audioguide.compose.facts import (
    GROUPS,
    LEVELS,
    PHASES,
    Bend,
    Facts,
    SessionSetting,
    from_data,
    is_warning,
)
from audioguide.compose.measure import Lengths, bounds, frames, lengths, passed_on, positions
from audioguide.compose.preparing import ALL_READY, CHAIR, CHAIR_READY
from audioguide.errors import AudioguideError
from audioguide.listing.listed import Listed
from audioguide.listing.surroundings import surroundings
from audioguide.routine.language import model
from audioguide.routine.language.document import Document
from audioguide.routine.language.notices import asks_a_doctor
from audioguide.routine.library import Library
from audioguide.routine.load import Routine, load
from audioguide.script.sentences import sentences
from audioguide.script.text import one_line
from audioguide.storage.cache import Cache, key_of
from audioguide.vocabulary.vocabulary import vocabulary

FORMAT = "compose/11"
HEAT_AND_COLD = frozenset({"heat", "water", "ice", "heat and ice"})
# The vocabulary's name of each position that `into` may have.
PLACE_OF = {
    "back": "lying on your back", "back, knees bent": "lying on your back",
    "stomach": "lying on your stomach", "side": "lying on your side", "hands and knees": "on hands and knees",
    "heels": "kneeling", "kneeling": "kneeling", "floor": "sitting on the floor", "chair": "on a chair",
    "standing": "standing",
}  # fmt: skip
_READY = re.compile(r"Pause me\b")
_ANNOUNCES = re.compile(r"(?:Soon you|You) will (?:be|stand)\b")  # a position, which words lead to anyway


@dataclass(frozen=True, slots=True)
class Stock:
    """The `facts` of all routines, and the length in ticks of what stands around them, by closing."""

    facts: tuple[Facts, ...]
    frames: Mapping[str, int]

    @property
    def exercises(self) -> dict[str, str]:
        """Return the names of those that may be part of a session, with their titles."""
        return {each.name: each.title for each in self.facts if not each.excluded}


def stock(
    listed: Sequence[Listed],
    library: Library,
    cache: Cache,
    left_out: Callable[[str, AudioguideError], None],
    measuring: Callable[[int], None] | None = None,
) -> Stock:
    """Return the facts of every routine in a list, in its order; each is measured once for each version.

    One that cannot be measured is given to `left_out` with its name. `measuring` gets the number of those
    to measure, before that takes its time.
    """
    key = key_of(FORMAT, surroundings())
    data = cache.get(key)
    stored: dict[str, Any] = json.loads(data) if data else {"frames": frames(), "facts": {}}
    kept: dict[str, dict[str, Any]] = stored["facts"]
    found: dict[str, dict[str, Any]] = {}
    facts: list[Facts] = []
    if measuring and (new := sum(each.stamp not in kept for each in listed)):
        measuring(new)
    for each in listed:
        entry = kept.get(each.stamp)
        if entry is None:
            try:
                entry = facts_of(load(Path(each.path), library)).as_data()
            except AudioguideError as error:
                left_out(each.name, error)
                continue
        found[each.stamp] = entry
        facts.append(from_data(entry))
    if not data or any(stamp not in kept for stamp in found):
        cache.put(key, json.dumps({**stored, "facts": found}).encode())
    return Stock(tuple(facts), stored["frames"])


def facts_of(routine: Routine) -> Facts:
    """Return the facts of one exercise. Raises RoutineError where it cannot be compiled."""
    document, words = routine.document, vocabulary()
    places = list(positions(document.steps))
    named = words.kinds_of("position", document.position or "")
    excluded = _excluded(routine)
    measured = Lengths(0, 0, 0, 0) if excluded else lengths(routine)
    safety = document.safety
    bend = _bend(document.title, document.summary or "")
    return Facts(
        name=routine.name, title=document.title, summary=document.summary or "",
        body=_named("body", document.body), equipment=_named("equipment", document.equipment),
        places=tuple(dict.fromkeys(PLACE_OF[place] for place in places)) or named,
        level=document.level if document.level in LEVELS else "moderate",
        phase=document.phase if document.phase in PHASES else "move",
        cautions=_named("contraindication", safety.avoid_with), avoid_with=tuple(safety.avoid_with),
        rules=tuple(safety.rules), notice=safety.notice, bend=bend,
        first=places[0] if places else "", last=places[-1] if places else "",
        own_sound=_has_sound(document),
        falls_asleep=document.safety.closing == "sleep",
        ground=_ground(document, places), alike=words.alike(document.title),
        direction=words.direction(document.title) or bend, nature=words.nature(document.title),
        prepares=_prepared(document), settings=tuple(_settings(routine)),
        **measured._asdict(), excluded=excluded,
    )  # fmt: skip


def _ground(document: Document, places: Sequence[str]) -> Literal["", "bed", "floor"]:
    """Return what somebody lies on, where the words within a session say so."""
    if "bed" in _named("equipment", document.equipment):
        return "bed"
    if not any(GROUPS[place] in ("lying", "on the floor", "on the knees") for place in places):
        return ""
    return "floor" if any("floor" in text for text in _texts(document.steps)) else ""


def _texts(steps: Sequence[object]) -> Iterator[str]:
    """Yield what steps say within a session."""
    for step in steps:
        if isinstance(step, model.Say) and not step.alone:
            yield repr((step.say, step.short, step.first, step.last)).lower()
        yield from _texts(getattr(step, "steps", ()))


def _has_sound(document: Document) -> bool:
    own = document.voice.model_fields_set & {"name", "rate", "pitch", "warm"}
    return bool(own or document.model_fields_set & {"profile", "bed", "bed_volume"})


def _named(kind: Any, phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for phrase in phrases for name in vocabulary().kinds_of(kind, phrase)))


def _excluded(routine: Routine) -> str:
    document = routine.document
    if not _can_be_written(routine.name):
        return "a file name with signs that a session cannot name"
    if routine.includes:
        return "a session of its own"
    if document.safety.notice in HEAT_AND_COLD:
        return "heat or cold, which is used on its own"
    if not passed_on(document) and not any(_movements(document.steps)):
        return "a talk, not an exercise"
    sides = {name for group in _sides(document.steps) for name in group}
    if sides in ({"left"}, {"right"}):
        return "for one side only"
    return ""


def _can_be_written(name: str) -> bool:
    """Return whether an `include` in a session names this file, and nothing else."""
    read_otherwise = name.startswith("$") or "{" in name or "}" in name  # settings and placeholders
    return not read_otherwise and name == one_line(name)


def _sides(steps: Sequence[object]) -> Iterator[Sequence[str]]:
    for step in steps:
        if isinstance(step, model.Sides):
            yield step.sides
        yield from _sides(getattr(step, "steps", ()))


def _movements(steps: Sequence[object]) -> Iterator[object]:
    """Yield the steps that are more than words and pauses."""
    yield from (
        step for step in steps if isinstance(step, (model.Hold, model.Breathe, model.Counted, model.Repeat))
    )


def _bend(title: str, summary: str) -> Bend:
    """Return how an exercise bends the spine, from the words of its title, else of its summary."""
    for text in (title, summary):
        bends = vocabulary().movements(text)
        if bends:
            return "both" if len(bends) > 1 or "both" in bends else "back" if "back" in bends else "forward"
    return ""


def _prepared(document: Document) -> tuple[str, ...]:
    """Return what a session says at its start for this exercise, and a chair that it does not ask for."""
    said = tuple(_prepares(document.steps))
    named = {*_named("equipment", said)} | ({"wall"} if "corner" in document.equipment else set())
    lacking = [each for each in _named("equipment", document.equipment) if each not in (*named, "bed")]
    more = [CHAIR if each == "chair" else _needs(each) for each in lacking]
    ready = CHAIR_READY if lacking == ["chair"] else ALL_READY
    return (*more, ready, *said) if lacking else said


def _needs(thing: str) -> str:
    return f"You will need {'an' if thing[0] in 'aeiou' else 'a'} {thing}."


def _prepares(steps: Sequence[object]) -> Iterator[str]:
    """Yield what a session has to say at its start: what to bring, and when to stop.

    What has to be at hand comes before the first hold, where the player waits for it.
    """
    held = False
    for step in steps:
        if not isinstance(step, model.Say):
            held = True
        elif isinstance(step.say, str):
            said = sentences(step.say, "en")
            if not held and _makes_ready(said, alone=step.alone):
                yield from _together([each for each in said if not _ANNOUNCES.match(each)])
            else:
                warns = is_warning if step.alone else asks_a_doctor
                yield from (sentence for sentence in said if warns(sentence))


def _makes_ready(said: Sequence[str], *, alone: bool) -> bool:
    """Return whether sentences are about what has to be at hand."""
    if any(_READY.match(each) for each in said):
        return alone or any(vocabulary().kinds_of("equipment", each) for each in said)
    return alone and any(each.startswith("You will need ") for each in said)


def _together(said: Sequence[str]) -> Iterator[str]:
    """Yield sentences one by one; what is said of a thing that not everybody needs comes with it."""
    waiting = ""
    for sentence in said:
        alone = _READY.match(sentence) or sentence.startswith(("If ", "You will need "))
        if waiting and not alone:
            waiting = f"{waiting} {sentence}"
            continue
        if waiting:
            yield waiting
        waiting = sentence if sentence.startswith("If ") else ""
        if not waiting:
            yield sentence
    if waiting:
        yield waiting


def _settings(routine: Routine) -> Iterator[SessionSetting]:
    for name, setting in passed_on(routine.document).items():
        low, default, high = bounds(routine.document, name, setting)
        yield SessionSetting(
            name=name, kind=setting.default.kind, low=low, default=default, high=high,
            label=setting.label or name, source=setting.source or "", weight=setting.weight,
        )  # fmt: skip
