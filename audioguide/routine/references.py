"""What one part of a routine says of another: settings, sounds, sides, placeholders, routines.

Walks the raw data, so that these faults are found together with those of shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from audioguide.errors import AudioguideError, Fault
from audioguide.routine.language.checks import CHECKS
from audioguide.routine.language.notices import CLOSINGS, OPENINGS
from audioguide.routine.language.values import (
    Amount,
    Ref,
    listed_sides,
    read_amount,
    read_change,
    read_side,
)
from audioguide.routine.placeholders import check_text, unfilled, unfilled_in
from audioguide.routine.source import YamlSource
from audioguide.routine.walk import ROLES, SoundCheck, Walk, is_sound, nearest
from audioguide.script.choices import NO_BED
from audioguide.script.script import SIDES

COUNT_KEYS = frozenset({"repeat", "cycles", "breaths", "countdown", "from", "reps"})


def check_references(source: YamlSource, find_sound: SoundCheck, find_bed: SoundCheck) -> list[Fault]:
    """Return every fault in what the routine refers to.

    `find_sound` and `find_bed` raise for what they do not find.
    """
    data = source.data
    if not isinstance(data, Mapping):
        return []
    sounds = data.get("sounds")
    walk = Walk(
        source,
        _amounts(data),
        sounds if isinstance(sounds, Mapping) else {},
        find_sound,
        find_bed=find_bed,
        voice=_voice(data),
        names=_names(data.get("steps")),
        voices=_named_voices(data),
    )
    faults = list(_steps(data.get("steps"), walk.at("steps")))
    faults += _notices(data.get("safety"), walk.at("safety"))
    faults += _voices(data, walk)
    faults += _doses(data, walk)
    faults += unfilled(source, (key for key in data if key != "steps"))
    faults += _allowed(data.get("allow"), source)
    faults += _bed(data.get("bed"), walk.at("bed"))
    for name, sound in walk.sounds.items():
        faults += _own_sound(name, sound, walk.at("sounds", name))
    return faults


def _bed(bed: object, walk: Walk) -> Iterator[Fault]:
    if isinstance(bed, str) and bed != NO_BED:
        try:
            walk.find_bed(bed)
        except AudioguideError as error:
            yield walk.fault(str(error))


def _names(steps: object) -> bool:
    """Return whether any step has a name that {next} can say."""
    each = [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []
    return any({"id", "chapter", "include"} & step.keys() or _names(step.get("steps")) for step in each)


def _voice(data: Mapping[str, Any]) -> str:
    return _name_of(data.get("voice")) or _named_voices(data).get("guide") or "en-us"


def _named_voices(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the name of the voice of each role; "" where it is that of the guide."""
    voices = data.get("voices")
    return (
        {str(role): _name_of(voice) for role, voice in voices.items()} if isinstance(voices, Mapping) else {}
    )


def _name_of(voice: object) -> str:
    name = voice.get("name") if isinstance(voice, Mapping) else None
    return name if isinstance(name, str) else ""


def _amounts(data: Mapping[str, Any]) -> dict[str, Amount | None]:
    # A setting that is wrong in itself is known, but of no known kind: its own fault says enough.
    settings = data.get("settings")
    amounts: dict[str, Amount | None] = {}
    for name, setting in settings.items() if isinstance(settings, Mapping) else ():
        try:
            amounts[str(name)] = read_amount(setting["default"])
        except (ValueError, KeyError, TypeError):
            amounts[str(name)] = None
    return amounts


def _notices(safety: object, walk: Walk) -> Iterator[Fault]:
    for key, known in (("notice", OPENINGS), ("closing", CLOSINGS)):
        name = safety.get(key) if isinstance(safety, Mapping) else None
        if isinstance(name, str) and name not in known:
            found = f"no {key} is called '{name}'{nearest(name, list(known))}"
            yield walk.at(key).fault(found, "allowed: " + ", ".join(known))


def _allowed(allow: object, source: YamlSource) -> Iterator[Fault]:
    for name in allow if isinstance(allow, Mapping) else ():
        known = [each for each, check in CHECKS.items() if check.level != "error"]
        if name in CHECKS and name not in known:
            yield source.fault_at_key(allow, name, f"the check '{name}' cannot be switched off")
        elif name not in known:
            found = f"no check is called '{name}'{nearest(name, known)}"
            yield source.fault_at_key(allow, name, found, "checks: " + ", ".join(known))


def _doses(data: Mapping[str, Any], walk: Walk) -> Iterator[Fault]:
    doses = data.get("doses")
    for dose, values in doses.items() if isinstance(doses, Mapping) else ():
        for name, value in values.items() if isinstance(values, Mapping) else ():
            yield from _dose(value, name, walk.at("doses", dose, name))


def _dose(value: object, name: str, walk: Walk) -> Iterator[Fault]:
    if name not in walk.amounts:
        known = ", ".join(walk.amounts) or "none"
        yield walk.fault(
            f"no setting is called '{name}'{nearest(name, list(walk.amounts))}", f"settings: {known}"
        )
        return
    amount = walk.amounts[name]
    try:
        given = read_amount(value)
    except ValueError:
        return  # its own fault says enough
    if amount is not None and amount.kind != given.kind:
        yield walk.fault(f"the setting '{name}' is a {amount.kind} ({amount}), and {given} is none")


def _steps(steps: object, walk: Walk) -> Iterator[Fault]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            yield from _step(step, walk.at(index))


def _step(step: Mapping[str, Any], walk: Walk) -> Iterator[Fault]:
    inner = walk
    if "sides" in step:
        if walk.sides:
            yield walk.at("sides").fault("`sides` inside `sides`", "keep one `sides` around these steps")
        inner = replace(walk, sides=_sides(step["sides"]))
    if "repeat" in step:
        inner = replace(inner, repeats=True)
    inner = _in_voice(step.get("voice"), inner)
    for key, value in step.items():
        if key == "steps":
            yield from _steps(value, inner.at(key))
        elif key == "chime" and {"hold", "rest", "count"} & step.keys():
            yield from _sounds_in(value, inner.at(key), silent=True)
        elif key in _CHECKS:
            inside = replace(walk, pauses="say" in step, within="marks" if key == "marks" else "")
            yield from _CHECKS[key](value, inside.at(key))
        elif key == "sides":
            yield from _slips(value, walk.at(key))
        else:
            yield from _values(key, value, walk.at(key))


def _in_voice(voice: object, walk: Walk) -> Walk:
    name = walk.voices.get(voice, "") if isinstance(voice, str) else _name_of(voice)
    return replace(walk, voice=name) if name else walk


def _sides(value: object) -> tuple[str, ...]:
    found = []
    for each in listed_sides(value):
        try:
            found.append(read_side(each))
        except ValueError:  # a fault by itself
            continue
    return tuple(found)


def _slips(value: object, walk: Walk) -> Iterator[Fault]:
    """Yield sides that are left or right with a slip: where one of the two is there, too."""
    sides = _sides(value)
    for index, side in enumerate(sides if set(sides) & set(SIDES) else ()):
        if side not in SIDES and (near := get_close_matches(side.lower(), SIDES, n=1, cutoff=0.75)):
            place = walk.at(index) if isinstance(value, list) else walk
            yield place.fault(f"found '{side}'; did you mean '{near[0]}'?")


def _values(key: str, value: object, walk: Walk) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _values("any" if key == "settings" else str(name), inner, walk.at(name))
    elif isinstance(value, str) and value.strip().startswith("$"):
        yield from _reference(key, value.strip()[1:], walk)
    elif key != "include":  # a name that nobody knows has its own fault
        yield from unfilled_in(walk.source, walk.path, value)


def _reference(key: str, name: str, walk: Walk) -> Iterator[Fault]:
    if name not in walk.amounts:
        known = list(walk.amounts)
        found = f"no setting is called '{name}'{nearest(name, known)}"
        yield walk.fault(found, "settings of this routine: " + (", ".join(known) or "none"))
        return
    amount = walk.amounts[name]
    wanted = "count" if key in COUNT_KEYS else "time"
    if amount is not None and key != "any" and amount.kind != wanted:
        yield walk.fault(f"the setting '{name}' is a {amount.kind} ({amount}), and `{key}` takes a {wanted}")


def _breathe(value: object, walk: Walk) -> Iterator[Fault]:
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if key == "words" and isinstance(inner, Mapping):
            for phase, text in inner.items():
                yield from check_text(text, walk.at(key, phase), whole=False)
        else:
            yield from _values(str(key), inner, walk.at(key))


def _growth(value: object, walk: Walk) -> Iterator[Fault]:
    for name, growth in value.items() if isinstance(value, Mapping) else ():
        if name not in walk.amounts:
            found = f"no setting is called '{name}'{nearest(name, list(walk.amounts))}"
            yield walk.at(name).fault(
                found, "settings of this routine: " + (", ".join(walk.amounts) or "none")
            )
            continue
        amount = walk.amounts[name]
        changes = growth.items() if isinstance(growth, Mapping) else enumerate(growth or ())
        if amount is None or not isinstance(growth, Mapping | list):
            continue
        for key, change in changes:
            yield from _change(change, amount, name, walk.at(name, key))


def _change(change: object, amount: Amount, name: str, walk: Walk) -> Iterator[Fault]:
    """Yield what is wrong with a change of a setting that is a time or a count."""
    try:
        found = read_change(change)
    except ValueError:
        return  # its own fault says enough
    if isinstance(found, Ref):
        yield from _reference("repeat" if amount.kind == "count" else "grow", found.name, walk)
    elif found.of(amount.kind) is None:
        example = "a whole number such as 1 or -1" if amount.kind == "count" else "a time such as 10s or -10s"
        said = f"the setting '{name}' is a {amount.kind} ({amount}), and {found.written} is not"
        yield walk.fault(said, f"write {example}")


def _counted(value: object, walk: Walk) -> Iterator[Fault]:
    for index, word in enumerate(value if isinstance(value, list) else ()):
        if word != "none":
            yield from check_text(word, replace(walk, repeats=True).at(index), whole=False)


def _role(value: object, walk: Walk) -> Iterator[Fault]:
    known = [*dict.fromkeys(("guide", *walk.voices))]
    if isinstance(value, str) and value not in known:
        found = f"no voice is called '{value}'{nearest(value, known)}"
        yield walk.fault(found, f"voices of this routine: {', '.join(known)}; or write {{name: {value}}}")
    yield from unfilled_in(walk.source, walk.path, value)


def _voices(data: Mapping[str, Any], walk: Walk) -> Iterator[Fault]:
    if "guide" in walk.voices and data.get("voice"):
        yield walk.at("voices", "guide").fault(
            "`guide` is the main voice, which `voice` already defines", "remove one of the two"
        )


def _in_rep(value: object, walk: Walk) -> Iterator[Fault]:
    if not walk.repeats:
        yield walk.fault(f"`{walk.path[-1]}` is outside `repeat`", "put the step in `repeat: 3`")
    yield from check_text(value, walk, whole=False)


def _marks(marks: object, walk: Walk) -> Iterator[Fault]:
    for key, value in marks.items() if isinstance(marks, Mapping) else ():
        if key in ("before_end", "at", "every") and isinstance(value, Mapping):
            for offset, mark in value.items():
                yield from _mark(mark, walk.at(key, offset))
        elif key == "countdown" and isinstance(value, Mapping):
            yield from _values("countdown", value.get("from"), walk.at(key, "from"))
            yield from _sounds_in(value.get("chime"), walk.at(key, "chime"))
            yield from _role(value.get("voice"), walk.at(key, "voice"))
        elif key == "countdown":
            yield from _values(key, value, walk.at(key))
        elif key in ("tempo", "random") and isinstance(value, Mapping):
            yield from _sounds_in(value.get("chime"), walk.at(key, "chime"))
        elif key == "halfway":
            yield from _mark(value, walk.at(key))
        elif key == "breaths" and isinstance(value, Mapping):
            for phase, text in value.items():
                yield from check_text(text, walk.at(key, phase), whole=False)


def _mark(mark: object, walk: Walk) -> Iterator[Fault]:
    if isinstance(mark, list):
        for index, each in enumerate(mark):
            yield from _mark(each, walk.at(index))
    elif isinstance(mark, Mapping):
        said = _in_voice(mark.get("voice"), walk)
        yield from check_text(mark.get("say"), said.at("say"), whole=False)
        yield from _role(mark.get("voice"), walk.at("voice"))
        yield from _sounds_in(mark.get("chime"), walk.at("chime"))
    elif isinstance(mark, str) and is_sound(mark):
        yield from _sound(mark, walk, hint=f"; to speak it, write {{say: {mark}}}")
    else:
        yield from check_text(mark, walk, whole=False)


def _sounds_in(value: object, walk: Walk, *, silent: bool = False) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for key, sound in value.items():
            yield from _sounds_in(sound, walk.at(key), silent=silent)
    elif not (silent and value == "none"):
        yield from _sound(value, walk)


def _own_sound(name: str, sound: object, walk: Walk) -> Iterator[Fault]:
    if not isinstance(sound, Mapping):
        yield from _sound(sound, walk, aliases=False)
    elif sound.get("file") is not None:
        yield from _sound(sound["file"], walk.at("file"), aliases=False)
    elif name not in ROLES:  # a volume alone: for what ships, or for a role
        yield from _sound(name, walk, aliases=False, hint="; to give it a file, write {file: my/gong.wav}")


def _sound(sound: object, walk: Walk, *, aliases: bool = True, hint: str = "") -> Iterator[Fault]:
    if not isinstance(sound, str) or (aliases and (sound in walk.sounds or sound in ROLES)):
        return
    if sound == "none":
        yield walk.fault(
            "`none` is not a sound", "remove it; in a hold, `chime: none` switches its chimes off"
        )
        return
    try:
        walk.find_sound(sound)
    except AudioguideError as error:
        yield walk.fault(str(error) + hint)


_CHECKS: dict[str, Callable[[Any, Walk], Iterator[Fault]]] = {
    "say": lambda value, walk: check_text(value, walk, whole=True),
    "short": lambda value, walk: check_text(value, walk, whole=False),
    "minimal": lambda value, walk: check_text(value, walk, whole=False),
    "count": _counted,
    "voice": _role,
    "bed": _bed,
    "first": _in_rep,
    "last": _in_rep,
    "chapter": lambda value, walk: check_text(value, replace(walk, spoken=False), whole=False),
    "breathe": _breathe,
    "chime": _sounds_in,
    "marks": _marks,
    "grow": _growth,
}
