"""What was begun and not written to its end: keys without a value, and names of sounds that are spoken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.routine.load import Routine
from audioguide.routine.walk import BARE_WORD, ROLES, is_sound
from audioguide.script.shipped import shipped

RULE = "no-effect"
SOFT_STEPS = frozenset({"rest", "settle", "switch", "gap"})  # a length of its own stands for each


def slips(subject: Subject) -> Iterator[Finding]:
    """Check the keys of each file as they are written."""
    for routine in subject.files:
        head = Place(routine=routine, keys=())
        for key, value in routine.source.data.items():
            yield from _steps(head, (key,), value) if key == "steps" else _inside(head, (key,), value)


def _steps(above: Place, keys: Keys, steps: Any) -> Iterator[Finding]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        place = Place(routine=above.routine, keys=(*above.keys, *keys, index))
        for key, value in step.items():
            if key == "steps":
                yield from _steps(place, (key,), value)
            elif not (key in SOFT_STEPS and value is None and next(iter(step)) == key):
                yield from _inside(place, (key,), value)


def _inside(place: Place, keys: Keys, value: Any) -> Iterator[Finding]:
    if value is None or (isinstance(value, Mapping | list) and not value):
        what = "no value" if value is None else "nothing in it"
        yield place.found(RULE, f"'{keys[-1]}' has {what}", *keys)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inside(place, (*keys, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _inside(place, (*keys, index), inner)
    elif "marks" in keys and isinstance(value, str) and (sound := _meant(value, place.routine, keys[-1])):
        yield place.found(RULE, f"'{value}' is spoken as words: for the sound, write {sound}", *keys)


def _meant(text: str, routine: Routine, key: object) -> str:
    """Return how to write the sound that `text` probably means, though it is spoken: "Bell", "Gong.wav"."""
    if key in ("say", "voice") or is_sound(text):
        return ""
    name = text.strip(" .!").lower()
    # "Halfway." is what a guide says there; nobody says "Bell."
    said = text[-1:] in (".", "!") and text[:1].isupper()
    roles = () if said else ROLES
    known = {each.lower(): each for each in (*shipped(), *roles, *routine.document.sounds)}
    return (
        f"`{known[name]}`"
        if name in known
        else f"{{chime: {text}}}"
        if BARE_WORD.fullmatch(text) and "." in text
        else ""
    )
