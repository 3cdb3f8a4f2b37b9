"""Marks and chimes of which nothing is left in the script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from audioguide.compiler.chimes import sounded
from audioguide.compiler.compile import compile
from audioguide.compiler.holds import (
    CLEARANCE,
    MINUTE,
    MarkWords,
    beat_cues,
    chimes_of,
    hold_length,
    mark_cues,
    phases,
    random_cues,
    repeated,
)
from audioguide.compiler.pauses import REST
from audioguide.errors import RoutineError
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.silent import places_in, sounds_of
from audioguide.lint.subject import Subject, ends_asleep, place_of
from audioguide.routine.language import model
from audioguide.routine.language.document import Setting
from audioguide.routine.language.marks import Countdown, Mark, Marks
from audioguide.routine.language.values import Amount
from audioguide.routine.load import Routine
from audioguide.routine.walk import is_sound
from audioguide.script.script import Cue, OtherVoice
from audioguide.units import TICKS_PER_SECOND, amount, format_length, parse_duration

RULE = "lost-mark"
_MAY_BE_LOST = re.compile(r"""\b(?:every|random|tempo|exact|chime)["']?\s*:""")
_SEEDS = 20  # of random sounds that are tried
_CHOICES = 24  # holds between the shortest and the longest that are tried
_SHARED = "another exact time starts at the same moment, with its own sound"
_LATE = "`profile: sleep` removes every sound in its last five minutes, and so all of these"


def lost(subject: Subject) -> Iterator[Finding]:
    """Check the marks and chimes of the routine as it is written, whatever a listener asks for."""
    sleep = ends_asleep(subject.routine)
    lines = (line for each in subject.files for line in each.source.lines)
    if not sleep and not any(_MAY_BE_LOST.search(line) for line in lines):
        return
    steps: dict[tuple[str, Keys], list[Cue]] = defaultdict(list)
    places: dict[tuple[str, Keys], Place] = {}
    for cue in _as_written(subject):
        place = subject.places.get(cue.step) or place_of(subject, cue.step)
        key = (str(place.routine.path), place.keys)
        steps[key].append(cue)
        places[key] = place
    for key, place in places.items():
        if isinstance(place.step, model.Hold | model.Rest):
            yield from _repeated(place, place.step, steps[key])
            yield from _by_themselves(place, place.step, subject.routine, steps[key])
            if not sleep:
                yield from _ends(place, place.step, subject.routine, steps[key])
            else:
                yield from _late(place, place.step, subject.routine, steps[key])
        elif isinstance(place.step, model.Counted) and sleep:
            yield from _late_beats(place, place.step, subject.routine, steps[key])
    if sleep:
        own = str(subject.routine.path)
        heard = {
            keys for (path, keys), cues in steps.items() if path == own and any(cue.sound for cue in cues)
        }
        yield from _late_chimes(subject, heard)


def _as_written(subject: Subject) -> Sequence[Cue]:
    try:
        return [cue for cue in compile(subject.routine).cues if cue.step not in ("opening", "closing")]
    except RoutineError:  # it needs what the listener asks for
        return ()


def _ends(
    place: Place, step: model.Hold | model.Rest, session: Routine, cues: list[Cue]
) -> Iterator[Finding]:
    """Yield sounds at an end where another exact time begins with a sound of its own."""
    if "chime" not in step.model_fields_set:
        return
    ends = chimes_of(step.chime, at_end=isinstance(step, model.Rest))
    written = place.raw["chime"]
    for key, name in zip(("start", "end"), ends, strict=True):
        keys = ("chime", key) if isinstance(written, Mapping) else ("chime",)
        if isinstance(written, Mapping) and key not in written:
            continue
        if name and not _sounds(name, place, session, [cue for cue in cues if cue.kind == "chime"]):
            yield place.found(RULE, f"'{name}' is never heard: {_SHARED}", *keys)


def _repeated(place: Place, step: model.Hold | model.Rest, cues: list[Cue]) -> Iterator[Finding]:
    if not step.marks.every:
        return
    values, lengths = _defaults(place), _lengths(cues)
    kept = {
        period
        for length in _possible(place, step, cues)
        for period, _ in repeated(step.marks, length, values)
    }
    said = " ".join(cue.text.lower() for cue in cues if cue.kind == "mark" and cue.text)
    for written, mark in place.raw["marks"]["every"].items():
        period = parse_duration(written)
        if period in kept:
            few = _few(step.marks, period, max(lengths, default=0), values)
            if few and _words(mark) not in said:
                found = f"{few} of the marks every {format_length(period)} are left beside the others"
                yield place.found(RULE, found, "marks", "every", written)
        elif _words(mark) not in said:  # else a mark beside it says the same, and more
            near = " beside the others" if max(lengths, default=0) - period >= CLEARANCE else ""
            found = f"the mark every {format_length(period)} is never heard in {_stay(step, lengths)}{near}"
            yield place.found(RULE, found, "marks", "every", written)


def _few(marks: Marks, period: int, length: int, values: Mapping[str, Amount]) -> str:
    """Return "1 of 5" where marks of other intervals leave fewer than half of one interval's marks."""
    alone = Marks().model_copy(update={"every": {period: marks.every[period]}, "countdown": marks.countdown})
    asked = sum(1 for _ in repeated(alone, length, values))
    kept = sum(each == period for each, _ in repeated(marks, length, values))
    return f"{kept} of {asked}" if 0 < 2 * kept < asked else ""


def _by_themselves(
    place: Place, step: model.Hold | model.Rest, session: Routine, cues: list[Cue]
) -> Iterator[Finding]:
    """Yield a metronome and random sounds of which nothing is heard."""
    marks = step.marks
    if not (marks.tempo or marks.random):
        return
    possible = _possible(place, step, cues)
    where = _stay(step, _lengths(cues))
    beside = {length: _others(place, step, length) for length in possible}
    fits = {length: others for length, others in beside.items() if others is not None}
    beats = (each for length, others in fits.items() for each in beat_cues(marks, length, others))
    if marks.tempo and not any(True for _ in beats):
        near = " beside the others" if 2 * MINUTE // marks.tempo.beats < max(possible) else ""
        yield place.found(RULE, f"no beat is heard in {where}{near}", "marks", "tempo")
    own = [cue for cue in cues if cue.kind == "mark"]
    if marks.random and not _sounds(marks.random.chime, place, session, own):
        longest = max(possible)
        others = fits.get(longest, [])
        tries = (Random(seed) for seed in range(_SEEDS))  # noqa: S311
        later = any(True for chance in tries for _ in random_cues(marks, longest, chance, others))
        hint = "; use a longer hold or another `seed`" if later else ""
        yield place.found(RULE, f"no random sound is heard in {where}{hint}", "marks", "random")


def _sounds(name: str, place: Place, session: Routine, cues: list[Cue]) -> bool:
    """Return whether the sound called `name` is among `cues`, as its routine or the session has it."""
    ways = {name, *(sounded(name, place.routine, around).sound for around in ((), (session,)))}
    return any(cue.sound in ways for cue in cues)


def _others(place: Place, step: model.Hold | model.Rest, length: int) -> list[Cue] | None:
    """Return the marks that are written for a step of `length` ticks; None where it is too short for them."""
    saying, values = MarkWords(words=lambda text, *_: text, voice=lambda _: OtherVoice()), _defaults(place)
    stay = step.hold if isinstance(step, model.Hold) else length
    if isinstance(stay, model.BreathHold):
        one = sum(ticks for _, ticks in phases(stay, values)) or 1
        stay = stay.model_copy(update={"breaths": length // one})
    try:
        return list(mark_cues(stay, step.marks, length, values, saying, turn=0))
    except ValueError:
        return None


def _defaults(place: Place) -> dict[str, Amount]:
    return {name: setting.default for name, setting in place.routine.document.settings.items()}


def _lengths(cues: list[Cue]) -> list[int]:
    return sorted({cue.length or 0 for cue in cues if cue.is_stay})


def _possible(place: Place, step: model.Hold | model.Rest, cues: list[Cue]) -> set[int]:
    """Return lengths that a listener may choose: a mark for one of them has its use."""
    long = step.hold if isinstance(step, model.Hold) else REST if step.rest is None else step.rest
    return {*_lengths(cues), *(hold_length(long, each) for each in _choices(place.routine.document.settings))}


def _stay(step: model.Hold | model.Rest, lengths: list[int]) -> str:
    what = "hold" if isinstance(step, model.Hold) else "rest"
    return f"a {what} of " + " or ".join(amount(length) for length in lengths[:2])


def _choices(settings: Mapping[str, Setting]) -> Iterator[dict[str, Amount]]:
    """Yield values of all settings, from the least of each to the most, in whole seconds."""
    for part in range(_CHOICES + 1):
        yield {name: _choice(setting, part) for name, setting in settings.items()}


def _choice(setting: Setting, part: int) -> Amount:
    low, high = (setting.min or setting.default).value, (setting.max or setting.default).value
    value = low + (high - low) * part // _CHOICES
    step = TICKS_PER_SECOND if setting.default.kind == "time" and 0 < part < _CHOICES else 1
    return Amount(setting.default.kind, max(low, value // step * step))


def _words(mark: Any) -> str:
    """Return the words of a mark, or what no text has."""
    text = mark.get("say") if isinstance(mark, Mapping) else mark
    if not isinstance(text, str) or (text is mark and is_sound(text)):
        return "\0"
    return text.strip().rstrip(".!?").lower()


def _late(
    place: Place, step: model.Hold | model.Rest, session: Routine, cues: list[Cue]
) -> Iterator[Finding]:
    marks = [cue for cue in cues if cue.kind == "mark"]
    loud = {cue.sound for cue in cues if cue.sound}
    for keys, mark in _written(step.marks):
        sounds = {
            sounded(name, place.routine, around).sound
            for name in sounds_of(mark)
            for around in ((), (session,))
        }
        # Of several, another session may have the sound: it is lost where none sounds at all.
        gone = not loud if isinstance(mark, list) else not any(_is_at(cue, keys, sounds) for cue in marks)
        if sounds and gone:
            yield place.found(RULE, _LATE, "marks", *_spelt(place, keys))
    for key, name in _by_name(step.marks):
        if name and not _sounds(name, place, session, marks):
            yield place.found(RULE, _LATE, "marks", key)
    written_chime = "chime" in step.model_fields_set and any(
        chimes_of(step.chime, at_end=isinstance(step, model.Rest))
    )
    if written_chime and not any(cue.kind == "chime" for cue in cues):
        yield place.found(RULE, _LATE, "chime")


def _written(marks: Marks) -> Iterator[tuple[Keys, Mark]]:
    if marks.halfway is not None:
        yield ("halfway",), marks.halfway
    for key in ("at", "before_end", "every"):
        yield from (((key, ticks), mark) for ticks, mark in getattr(marks, key).items())


def _by_name(marks: Marks) -> Iterator[tuple[str, str | None]]:
    if marks.tempo:
        yield "tempo", marks.tempo.chime
    if isinstance(marks.countdown, Countdown):
        yield "countdown", marks.countdown.chime


def _is_at(cue: Cue, keys: Keys, sounds: set[str]) -> bool:
    """Return whether `cue` is a mark of these `keys`, as one of `sounds`."""
    if cue.sound not in sounds:
        return False
    if keys == ("halfway",):
        return cue.halfway
    key, ticks = keys
    found = {"at": cue.offset == ticks, "before_end": cue.from_end == ticks}
    return found[str(key)] if key in found else bool(cue.offset) and cue.offset % int(str(ticks)) == 0  # type: ignore[operator]


def _spelt(place: Place, keys: Keys) -> Keys:
    """Return `keys` as they are written: a moment may be spelt in many ways."""
    if len(keys) == 1:
        return keys
    key, ticks = keys
    return key, next(each for each in place.raw["marks"][key] if parse_duration(each) == ticks)


def _late_beats(place: Place, step: model.Counted, session: Routine, cues: list[Cue]) -> Iterator[Finding]:
    if step.chime != "none" and not _sounds(step.chime, place, session, cues):
        yield place.found(RULE, _LATE, "chime")


def _late_chimes(subject: Subject, heard: set[Keys]) -> Iterator[Finding]:
    for place in places_in(subject.routine, subject.routine.document.steps, ()):
        if isinstance(place.step, model.Chime) and place.keys not in heard:
            yield place.found(RULE, _LATE, "chime")
