"""What one part of a routine says of another: settings, sounds, sides, placeholders, routines.

Walks the raw data, so that these faults are found together with those of shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from string import Formatter
from typing import Any, get_args

from audioguide.errors import AudioguideError, EngineError, Fault
from audioguide.reading.language import language_of
from audioguide.reading.lexicon import wrong_sayings
from audioguide.reading.marks import marked, shown
from audioguide.reading.pausing import pause_tags
from audioguide.reading.read import is_spoken, reading_for
from audioguide.routine.language.checks import CHECKS
from audioguide.routine.language.notices import CLOSINGS, OPENINGS
from audioguide.routine.language.values import Amount, read_amount
from audioguide.routine.source import YamlSource
from audioguide.script.script import Side
from audioguide.script.sentences import sentences
from audioguide.speech.text import clean

SIDE_PLACEHOLDERS = ("side", "other_side")
REP_PLACEHOLDERS = ("rep", "reps", "nth", "times")
COUNT_KEYS = frozenset({"repeat", "cycles", "breaths", "countdown", "from"})
ROLES = {"start": "bell", "end": "bowl", "open": "chime", "close": "bowl", "halfway": "chime"}
BARE_WORD = re.compile(
    r"[a-z][a-z0-9_-]*|\S.*\.(wav|flac|ogg|mp3|aiff?|m4a|aac|mp4|wma|opus|caf|amr|mov|webm|3gp)",
    re.IGNORECASE,
)

_NAMED = re.compile(r"\{\s*[A-Za-z_]\w*\s*\}")  # a placeholder, where none is filled

Path = tuple[object, ...]
SoundCheck = Callable[[str], object]


def is_sound(mark: str) -> bool:
    """Tell whether a mark names a sound (one small word, a file) or says something."""
    return bool(BARE_WORD.fullmatch(mark)) and not mark[:1].isupper()


def nearest(name: object, known: list[str]) -> str:
    """Return "; did you mean 'x'?" where something like `name` is known."""
    close = get_close_matches(str(name).lower(), known, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


@dataclass(frozen=True, slots=True)
class _Walk:
    source: YamlSource
    amounts: Mapping[str, Amount | None]
    sounds: Mapping[str, object]
    find_sound: SoundCheck
    sides: tuple[str, ...] = ()
    repeats: bool = False
    voice: str = "en-us"
    spoken: bool = True  # or only shown
    path: Path = ()

    def at(self, *parts: object) -> _Walk:
        return replace(self, path=(*self.path, *parts))

    def fault(self, found: str, allowed: str = "", *, part: str = "") -> Fault:
        return self.source.fault(self.path, found, allowed, part=part)


def check_references(source: YamlSource, find_sound: SoundCheck) -> list[Fault]:
    """Return every fault in what the routine refers to. `find_sound` raises for an unknown sound."""
    data = source.data
    if not isinstance(data, Mapping):
        return []
    sounds = data.get("sounds")
    walk = _Walk(
        source,
        _amounts(data),
        sounds if isinstance(sounds, Mapping) else {},
        find_sound,
        voice=_voice(data),
    )
    faults = list(_steps(data.get("steps"), walk.at("steps")))
    faults += _notices(data.get("safety"), walk.at("safety"))
    faults += _doses(data, walk)
    faults += unfilled(source, (key for key in data if key != "steps"))
    faults += _allowed(data.get("allow"), source)
    for name, sound in walk.sounds.items():
        faults += _own_sound(name, sound, walk.at("sounds", name))
    return faults


def _voice(data: Mapping[str, Any]) -> str:
    voice = data.get("voice")
    name = voice.get("name") if isinstance(voice, Mapping) else None
    return name if isinstance(name, str) else "en-us"


def unfilled(source: YamlSource, keys: Iterable[object]) -> list[Fault]:
    """Return a fault for each placeholder under `keys` of a file: only texts of steps are filled."""
    return [fault for key in keys for fault in _unfilled(source, (key,), source.data[key])]


def _unfilled(source: YamlSource, path: Path, value: object) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str) and (match := _NAMED.search(key)):
                yield source.fault_at_key(value, key, *_not_filled(match, key))
            yield from _unfilled(source, (*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unfilled(source, (*path, index), inner)
    elif isinstance(value, str) and (match := _NAMED.search(value)):
        found, allowed = _not_filled(match, f"`{path[-1]}`" if isinstance(path[-1], str) else "here")
        yield source.fault(path, found, allowed, part=match.group())


def _not_filled(match: re.Match[str], where: str) -> tuple[str, str]:
    found = f"'{match.group()}' is not filled in {where}"
    return (
        found,
        "write the words; placeholders are filled in say, marks, chapters and the words of breaths",
    )


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


def _notices(safety: object, walk: _Walk) -> Iterator[Fault]:
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


def _doses(data: Mapping[str, Any], walk: _Walk) -> Iterator[Fault]:
    doses = data.get("doses")
    for dose, values in doses.items() if isinstance(doses, Mapping) else ():
        for name, value in values.items() if isinstance(values, Mapping) else ():
            yield from _dose(value, name, walk.at("doses", dose, name))


def _dose(value: object, name: str, walk: _Walk) -> Iterator[Fault]:
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


def _steps(steps: object, walk: _Walk) -> Iterator[Fault]:
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            yield from _step(step, walk.at(index))


def _step(step: Mapping[str, Any], walk: _Walk) -> Iterator[Fault]:
    inner = walk
    if isinstance(step.get("sides"), list):
        if walk.sides:
            yield walk.at("sides").fault("sides inside of sides", "one `sides` around these steps is enough")
        inner = replace(walk, sides=tuple(str(side) for side in step["sides"] if side in get_args(Side)))
    if "repeat" in step:
        inner = replace(inner, repeats=True)
    for key, value in step.items():
        if key == "steps":
            yield from _steps(value, inner.at(key))
        elif key == "chime" and "hold" in step:
            yield from _sounds_in(value, inner.at(key), silent=True)
        elif key in _CHECKS:
            yield from _CHECKS[key](value, walk.at(key))
        elif key != "sides":
            yield from _values(key, value, walk.at(key))


def _values(key: str, value: object, walk: _Walk) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _values("any" if key == "settings" else str(name), inner, walk.at(name))
    elif isinstance(value, str) and value.strip().startswith("$"):
        yield from _reference(key, value.strip()[1:], walk)
    elif key != "include":  # a name that nobody knows has its own fault
        yield from _unfilled(walk.source, walk.path, value)


def _reference(key: str, name: str, walk: _Walk) -> Iterator[Fault]:
    if name not in walk.amounts:
        known = list(walk.amounts)
        found = f"no setting is called '{name}'{nearest(name, known)}"
        yield walk.fault(found, "settings of this routine: " + (", ".join(known) or "none"))
        return
    amount = walk.amounts[name]
    wanted = "count" if key in COUNT_KEYS else "time"
    if amount is not None and key != "any" and amount.kind != wanted:
        yield walk.fault(f"the setting '{name}' is a {amount.kind} ({amount}), and `{key}` takes a {wanted}")


def _breathe(value: object, walk: _Walk) -> Iterator[Fault]:
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if key == "words" and isinstance(inner, Mapping):
            for phase, text in inner.items():
                yield from _text(text, walk.at(key, phase), whole=False)
        else:
            yield from _values(str(key), inner, walk.at(key))


def _growth(value: object, walk: _Walk) -> Iterator[Fault]:
    for name, growth in value.items() if isinstance(value, Mapping) else ():
        if name not in walk.amounts:
            found = f"no setting is called '{name}'{nearest(name, list(walk.amounts))}"
            yield walk.at(name).fault(
                found, "settings of this routine: " + (", ".join(walk.amounts) or "none")
            )
        elif (amount := walk.amounts[name]) and amount.kind != "time":
            yield walk.at(name).fault(f"the setting '{name}' is a count, and only times grow")
        yield from _values("grow", growth, walk.at(name))


def _marks(marks: object, walk: _Walk) -> Iterator[Fault]:
    for key, value in marks.items() if isinstance(marks, Mapping) else ():
        if key in ("before_end", "at", "every") and isinstance(value, Mapping):
            for offset, mark in value.items():
                yield from _mark(mark, walk.at(key, offset))
        elif key == "countdown" and isinstance(value, Mapping):
            yield from _values("countdown", value.get("from"), walk.at(key, "from"))
            yield from _sounds_in(value.get("chime"), walk.at(key, "chime"))
        elif key == "countdown":
            yield from _values(key, value, walk.at(key))
        elif key == "halfway":
            yield from _mark(value, walk.at(key))
        elif key == "breaths" and isinstance(value, Mapping):
            for phase, text in value.items():
                yield from _text(text, walk.at(key, phase), whole=False)


def _mark(mark: object, walk: _Walk) -> Iterator[Fault]:
    if isinstance(mark, list):
        for index, each in enumerate(mark):
            yield from _mark(each, walk.at(index))
    elif isinstance(mark, Mapping):
        yield from _text(mark.get("say"), walk.at("say"), whole=False)
        yield from _sounds_in(mark.get("chime"), walk.at("chime"))
    elif isinstance(mark, str) and is_sound(mark):
        yield from _sound(mark, walk, hint=f"; to speak it, write {{say: {mark}}}")
    else:
        yield from _text(mark, walk, whole=False)


def _sounds_in(value: object, walk: _Walk, *, silent: bool = False) -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for key, sound in value.items():
            yield from _sounds_in(sound, walk.at(key), silent=silent)
    elif not (silent and value == "none"):
        yield from _sound(value, walk)


def _own_sound(name: str, sound: object, walk: _Walk) -> Iterator[Fault]:
    if not isinstance(sound, Mapping):
        yield from _sound(sound, walk, aliases=False)
    elif sound.get("file") is not None:
        yield from _sound(sound["file"], walk.at("file"), aliases=False)
    elif name not in ROLES:  # a volume alone: for what ships, or for a role
        yield from _sound(name, walk, aliases=False, hint="; to give it a file, write {file: my/gong.wav}")


def _sound(sound: object, walk: _Walk, *, aliases: bool = True, hint: str = "") -> Iterator[Fault]:
    if not isinstance(sound, str) or (aliases and (sound in walk.sounds or sound in ROLES)):
        return
    if sound == "none":
        yield walk.fault("`none` is no sound", "leave it out; at a hold, `chime: none` leaves out its chimes")
        return
    try:
        walk.find_sound(sound)
    except AudioguideError as error:
        yield walk.fault(str(error) + hint)


def _text(value: object, walk: _Walk, *, whole: bool) -> Iterator[Fault]:
    if isinstance(value, list):
        for index, text in enumerate(value):
            yield from _text(text, walk.at(index), whole=whole)
    elif isinstance(value, Mapping):
        yield from _side_texts(value, walk, whole=whole)
        for side, text in value.items():
            yield from _placeholders(text, walk.at(side), sides=(str(side),))
    else:
        yield from _placeholders(value, walk, sides=walk.sides)


def _side_texts(value: Mapping[str, Any], walk: _Walk, *, whole: bool) -> Iterator[Fault]:
    if not walk.sides:
        yield walk.fault(
            "texts for sides stand outside of `sides`", "put the step into `sides: [left, right]`"
        )
    missing = [side for side in walk.sides if not value.get(side)]
    if whole and missing:
        yield walk.fault(
            f"no text for the side '{missing[0]}'", "a text for each of: " + ", ".join(walk.sides)
        )


def _placeholders(text: object, walk: _Walk, *, sides: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(text, str):
        return
    for tag in pause_tags(text):
        yield walk.fault(f"'{tag}' is a pause tag of another program", _pause_step(tag), part=tag)
    for written, why in wrong_sayings(text):
        how = "a respelling, syllables such as shah-VAH-sah-nah, or /IPA/"
        yield walk.fault(why, how, part=written)
    try:
        names = [name for _, name, _, _ in Formatter().parse(marked(text)) if name is not None]
    except ValueError:
        yield walk.fault("a brace without its partner", "write {{ and }} for braces that are spoken")
        return
    for name in names:
        if not pause_tags(f"{{{name}}}"):
            yield from _placeholder(name, walk, sides)
    if not names and text.strip():
        yield from _unspeakable(text, walk)


def _pause_step(tag: str) -> str:
    seconds = re.search(r"\d+(?:[.,]\d+)?", tag)
    milli = re.search(r"\bms\b|\dms|slnc|msec|\\pau", tag, re.IGNORECASE)
    length = float(seconds.group().replace(",", ".")) / (1000 if milli else 1) if seconds else 3
    return f"end the text here, and write the step `- gap: {length:g}s` after it"


def _unspeakable(text: str, walk: _Walk) -> Iterator[Fault]:
    reads, language = reading_for(walk.voice, "pyttsx3"), language_of(walk.voice)
    for sentence in sentences(marked(text).replace("{{", "{").replace("}}", "}"), language):
        try:
            said = reads(sentence) if walk.spoken else sentence
            clean(said if is_spoken(said) or not is_spoken(sentence) else "")
        except EngineError as error:
            yield walk.fault(str(error).replace("''", repr(shown(sentence))))


def _placeholder(name: str, walk: _Walk, sides: tuple[str, ...]) -> Iterator[Fault]:
    known = [*SIDE_PLACEHOLDERS, *REP_PLACEHOLDERS, "hold", *walk.amounts]
    written = f"{{{name}}}"
    if name not in known:
        found = f"no placeholder is called '{written}'{nearest(name, known)}"
        allowed = "allowed: " + ", ".join(f"{{{each}}}" for each in dict.fromkeys(known))
        yield walk.fault(found, allowed, part=written)
    elif name in SIDE_PLACEHOLDERS and not sides:
        found = f"{written} stands outside of `sides`"
        yield walk.fault(found, "put the step into `sides: [left, right]`", part=written)
    elif name in SIDE_PLACEHOLDERS and "both" in sides:
        found = f"{written} makes no sense on the side 'both'"
        yield walk.fault(found, "write a text for each side", part=written)
    elif name in REP_PLACEHOLDERS and not walk.repeats and name not in walk.amounts:
        found = f"{written} stands outside of `repeat`"
        yield walk.fault(found, "put the step into `repeat: 3`", part=written)


_CHECKS: dict[str, Callable[[Any, _Walk], Iterator[Fault]]] = {
    "say": lambda value, walk: _text(value, walk, whole=True),
    "short": lambda value, walk: _text(value, walk, whole=False),
    "minimal": lambda value, walk: _text(value, walk, whole=False),
    "chapter": lambda value, walk: _text(value, replace(walk, spoken=False), whole=False),
    "breathe": _breathe,
    "chime": _sounds_in,
    "marks": _marks,
    "grow": _growth,
}
