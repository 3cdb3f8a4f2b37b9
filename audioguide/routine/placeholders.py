"""The texts of a routine: placeholders that are filled there, sides, and what a voice can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from audioguide.errors import EngineError, Fault
from audioguide.reading.language import language_of
from audioguide.reading.lexicon import wrong_sayings
from audioguide.reading.marks import marked, shown
from audioguide.reading.pausing import pause_seconds, pause_tags
from audioguide.reading.read import is_spoken, reading_for
from audioguide.reading.speakable import clean
from audioguide.routine.language.values import read_side
from audioguide.routine.source import YamlSource
from audioguide.routine.walk import Path, Walk, nearest
from audioguide.script.pause_marks import pause_of, without_pause_marks
from audioguide.script.script import SIDES
from audioguide.script.sentences import sentences
from audioguide.script.text import other_side

SIDE_PLACEHOLDERS = ("side", "other_side")
REP_PLACEHOLDERS = ("rep", "reps", "nth", "times")
TIME_PLACEHOLDERS = ("hold", "rest", "left", "next")
_NAMED = re.compile(r"\{\s*[A-Za-z_]\w*\s*\}")  # a placeholder, where none is filled


# As other programs write them: $hold, ${hold}, %hold%, {{hold}}, %(hold)s, [hold], <hold>, full-width braces.
_FOREIGN = re.compile(
    r"(?<![\w$])\$(?:\{\s*(\w+)\s*\}|([A-Za-z_]\w*))|%([A-Za-z_]\w*)%|\{\{\s*(\w+)\s*\}\}|"
    r"%\((\w+)\)[sd]?|\[\s*(\w+)\s*\]|<\s*(\w+)\s*>|\uff5b\s*(\w+)\s*\uff5d"
)


def unfilled(source: YamlSource, keys: Iterable[object]) -> list[Fault]:
    """Return a fault for each placeholder under `keys` of a file: only texts of steps are filled."""
    return [fault for key in keys for fault in unfilled_in(source, (key,), source.data[key])]


def unfilled_in(source: YamlSource, path: Path, value: object) -> Iterator[Fault]:
    """Yield a fault for each placeholder in `value`, where none is filled."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str) and (match := _NAMED.search(key)):
                yield source.fault_at_key(value, key, *_not_filled(match, key))
            yield from unfilled_in(source, (*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from unfilled_in(source, (*path, index), inner)
    elif isinstance(value, str) and (match := _named(value)):
        found, allowed = _not_filled(match, f"`{path[-1]}`" if isinstance(path[-1], str) else "here")
        yield source.fault(path, found, allowed, part=match.group())


def _named(text: str) -> re.Match[str] | None:
    found = _FOREIGN.search(text)
    return _NAMED.search(text) or (found if found and found[1] else None)


def _not_filled(match: re.Match[str], where: str) -> tuple[str, str]:
    found = f"'{match.group()}' is not filled in {where}"
    return (
        found,
        "write the words; placeholders work in say, marks, chapters and the words of breaths",
    )


# What a step has next to its text, and people look for inside of it.
_FORMS = ("full", "short", "minimal", "first", "last")


def check_text(value: object, walk: Walk, *, whole: bool) -> Iterator[Fault]:
    """Yield what is wrong with a text, a list of texts, or texts by side: for all sides if `whole`."""
    if isinstance(value, list):
        for index, text in enumerate(value):
            yield from check_text(text, walk.at(index), whole=whole)
    elif isinstance(value, Mapping):
        yield from _side_texts(value, walk, whole=whole)
        for side, text in value.items():
            yield from _placeholders(text, walk.at(side), sides=(_side(side),))
    else:
        yield from _placeholders(value, walk, sides=walk.sides)


def _side_texts(value: Mapping[str, Any], walk: Walk, *, whole: bool) -> Iterator[Fault]:
    if not walk.sides:
        if forms := [key for key in value if key in _FORMS]:
            found = f"{' and '.join(f'`{key}`' for key in forms)} cannot be inside a text"
            yield walk.fault(found, 'write other forms of it next to it: {say: "Lie down.", short: "Lie."}')
        else:
            yield walk.fault("texts for sides are outside `sides`", "put the step in `sides: [left, right]`")
    written = {_side(side) for side in value}
    for side in value if walk.sides else ():
        if _side(side) not in (*SIDES, *walk.sides):
            found = f"no side here is called '{side}'{nearest(side, list(dict.fromkeys(walk.sides)))}"
            yield walk.source.fault_at_key(
                value, side, found, "sides: " + ", ".join(dict.fromkeys(walk.sides))
            )
    missing = [side for side in walk.sides if side not in written]
    if whole and missing:
        yield walk.fault(
            f"no text for the side '{missing[0]}'", "a text for each of: " + ", ".join(walk.sides)
        )


def _side(name: object) -> str:
    try:
        return read_side(name)
    except ValueError:
        return str(name)


def _placeholders(text: object, walk: Walk, *, sides: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(text, str):
        return
    tags = pause_tags(text)
    yield from _pauses(tags, walk)
    if slips := list(_slips(text, walk)):
        yield from slips
        return
    for written, why in wrong_sayings(text):
        how = "a respelling, syllables such as shah-VAH-sah-nah, or /IPA/"
        yield walk.fault(why, how, part=written)
    names = _names(text)
    if names is None:
        yield walk.fault("an unmatched brace", "write {{ and }} for braces that are spoken")
        return
    for name in names:
        if not pause_tags(f"{{{name}}}"):
            yield from _placeholder(name, walk, sides)
    if not names and text.strip() and all(pause_of(tag) for tag in tags):
        yield from _unspeakable(text, walk)


def _pauses(tags: list[str], walk: Walk) -> Iterator[Fault]:
    for tag in tags:
        if not pause_of(tag):
            yield walk.fault(f"'{tag}' is a pause tag of another program", _pause_step(tag), part=tag)
        elif not walk.pauses:
            yield walk.fault(f"the pause {tag} is outside a `say` step", "leave it out", part=tag)


def _names(text: str) -> list[str] | None:
    """Return the names in braces; None for an unmatched brace."""
    try:
        return [
            f"{name}{'!' if way else ''}{way or ''}{':' if form else ''}{form}"  # {hold:d} is not a name
            for _, name, form, way in Formatter().parse(marked(text)) if name is not None
        ]  # fmt: skip
    except ValueError:
        return None


def _slips(text: str, walk: Walk) -> Iterator[Fault]:
    """Yield a fault for each placeholder that is spelt as in other programs."""
    for match in _FOREIGN.finditer(text):
        name = next(group for group in match.groups() if group)
        if name in _known(walk):
            hint = f"write {{{name}}}: in a text, a placeholder has single braces"
            yield walk.fault(f"'{match.group()}' is not filled in a text", hint, part=match.group())


def _pause_step(tag: str) -> str:
    return f"end the text here, and add the step `- gap: {pause_seconds(tag):g}s` after it"


def _unspeakable(text: str, walk: Walk) -> Iterator[Fault]:
    reads, language = reading_for(walk.voice, "pyttsx3"), language_of(walk.voice)
    words = without_pause_marks(text) if walk.pauses else text
    for sentence in sentences(marked(words).replace("{{", "{").replace("}}", "}"), language):
        try:
            said = reads(sentence) if walk.spoken else sentence
            clean(said if is_spoken(said) or not is_spoken(sentence) else "")
        except EngineError as error:
            yield walk.fault(str(error).replace("''", repr(shown(sentence))))


def _known(walk: Walk) -> list[str]:
    return [*SIDE_PLACEHOLDERS, *REP_PLACEHOLDERS, *TIME_PLACEHOLDERS, *walk.amounts]


def _placeholder(name: str, walk: Walk, sides: tuple[str, ...]) -> Iterator[Fault]:
    known = _known(walk)
    written = f"{{{name}}}"
    if name not in known:
        found = f"no placeholder is called '{written}'{nearest(name, known)}"
        allowed = "allowed: " + ", ".join(f"{{{each}}}" for each in dict.fromkeys(known))
        yield walk.fault(found, allowed, part=written)
    elif name in SIDE_PLACEHOLDERS and not sides:
        found = f"{written} is outside `sides`"
        yield walk.fault(found, "put the step in `sides: [left, right]`", part=written)
    elif name in SIDE_PLACEHOLDERS and "both" in sides:
        found = f"{written} makes no sense on the side 'both'"
        yield walk.fault(found, "write a text for each side", part=written)
    elif name == "other_side" and walk.sides and other_side(sides[0], walk.sides) is None:
        found = f"{written} is not one side here"
        yield walk.fault(found, "write a text for each side", part=written)
    elif name in walk.amounts:
        return
    elif name == "left" and walk.within != "marks":
        yield walk.fault(
            f"{written} is outside `marks`", "it means the time left in a hold or a rest", part=written
        )
    elif name == "next" and not walk.names:
        found = f"{written} has nothing to name"
        yield walk.fault(
            found, "give the steps that follow an `id`, or start them with a `chapter`", part=written
        )
    elif name in REP_PLACEHOLDERS and not walk.repeats and name not in walk.amounts:
        found = f"{written} is outside `repeat`"
        yield walk.fault(found, "put the step in `repeat: 3`", part=written)
