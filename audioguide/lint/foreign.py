"""Voices of other languages: our own English phrases that they would read, and letters that they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.compiler.progress import HALF, LAST
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.lint.texts import Text
from audioguide.reading.language import language_of
from audioguide.routine.language import model
from audioguide.routine.language.marks import BreathWords
from audioguide.script.script import Cue
from audioguide.script.text import count_word
from audioguide.speech.languages import unread_letters
from audioguide.units import TICKS_PER_SECOND

_KEYS = {"opening": "notice", "closing": "closing"}
_ORDER = {"nth": ["first", "last"], "times": ["once", "twice"]}
_FILLED = re.compile(r"\{(\w+)\}")


def foreign(subject: Subject) -> Iterator[Finding]:
    """Check what a voice of another language would read that is English, and what it cannot read."""
    main = subject.script.voice.name
    if _is_foreign(main):
        yield from _notices(subject)
    yield from _in_steps(subject)
    for routine in subject.files:
        for text in subject.texts[str(routine.path)]:
            voice = _voice_of(text, main)
            yield from _filled(text) if _is_foreign(voice) else ()
            yield from _unread(text, voice)


def _is_foreign(voice: str) -> bool:
    return language_of(voice) not in ("", "en")


def _voice_of(text: Text, main: str) -> str:
    """Return the name of the voice that says `text`: that of the nearest `voice` around it."""
    routine = text.place.routine
    value: Any = routine.source.data
    name, key = main, None
    for key in (*text.place.keys, *text.keys):
        value = value[key]
        # How many breaths are spoken is a `voice`, too.
        asked = value.get("voice") if isinstance(value, Mapping) and key != "breathe" else None
        if isinstance(asked, str):
            role = routine.document.voices.get(asked)
            name = (role.name if role else None) or main
        elif isinstance(asked, Mapping):
            name = asked.get("name") or name
    return name


def _notices(subject: Subject) -> Iterator[Finding]:
    head = Place(routine=subject.routine, keys=())
    document = subject.routine.document
    own = document.welcome or document.title  # what the author wrote is in the author's language
    ours = (cue for cue in subject.script.cues if cue.step in _KEYS and cue.text)
    said = [cue for cue in ours if (cue.text or "").rstrip(".") not in own]
    if said:
        none = " and ".join(f"`{_KEYS[step]}: none`" for step in dict.fromkeys(cue.step for cue in said))
        remedy = f"write {none}, and say the same in a `say`"
        yield _found(head, list(dict.fromkeys(cue.text or "" for cue in said)), remedy, "safety")
    if progress := [text for text in (HALF, LAST) if any(cue.text == text for cue in subject.script.cues)]:
        yield _found(head, progress, "remove `progress`", "progress")
    if subject.player_check:
        yield _found(head, list(subject.player_check), "remove the player check", "voice")


def _in_steps(subject: Subject) -> Iterator[Finding]:
    said: dict[str, dict[str, Cue]] = {}
    for cue in subject.script.cues:
        own = subject.script.speaks(cue.voice).name
        if cue.text and cue.kind in ("breath", "mark") and _is_foreign(own):
            said.setdefault(cue.step, {}).setdefault(cue.text, cue)
    for name, cues in said.items():
        yield from _in_step(subject.places[name], cues)


def _in_step(place: Place, cues: Mapping[str, Cue]) -> Iterator[Finding]:
    step = place.step
    if isinstance(step, model.Breathe):
        yield from _breaths(place, cues, step.breathe.words, ("breathe", "words"))
    elif isinstance(step, model.Counted) and isinstance(step.count, int):
        yield _found(place, list(cues), "write the words yourself: `count: [eins, zwei]`", "count")
    elif isinstance(step, model.Hold | model.Rest):
        breaths = step.marks.breaths
        words = breaths if isinstance(breaths, BreathWords) else BreathWords.model_construct()
        if breaths is not None:
            yield from _breaths(place, cues, words, ("marks", "breaths"))
        counts = [text for text, cue in cues.items() if text == count_word(_seconds_left(cue))]
        if step.marks.countdown is not None and counts:
            remedy = "write `countdown: {from: 3, chime: tick}`, or words at `before_end`"
            yield _found(place, counts, remedy, "marks", "countdown")


def _seconds_left(cue: Cue) -> int:
    return (cue.from_end or 0) // TICKS_PER_SECOND


def _breaths(place: Place, cues: Mapping[str, Cue], words: BreathWords, keys: Keys) -> Iterator[Finding]:
    fields = BreathWords.model_fields
    ours = [str(field.default) for name, field in fields.items() if name not in words.model_fields_set]
    if said := [text for text in cues if text in ours]:
        yield _found(place, said, f"write your own: `{keys[-1]}: {{in: …, out: …}}`", *keys)


def _filled(text: Text) -> Iterator[Finding]:
    """Yield what fills a placeholder in English: the name of a side, a length of time."""
    settings = text.place.routine.document.settings
    for name in dict.fromkeys(_FILLED.findall(text.written)):
        if name in ("side", "other_side"):
            said, remedy = ["left", "right"], "write a text for each side: `{left: …, right: …}`"
        elif name in ("hold", "rest", "left"):
            said, remedy = ["20 seconds"], "write the length itself, or remove it"
        elif name in _ORDER and name not in settings:
            said, remedy = _ORDER[name], "write {rep}, or remove it"
        elif name in settings and settings[name].default.kind == "time":
            said, remedy = [settings[name].default.spoken], "write the length itself, or remove it"
        else:
            continue
        found = f"'{{{name}}}' is filled in English ({_list(said)}): {remedy}"
        yield text.place.found("english-phrases", found, *text.keys, word=f"{{{name}}}")


def _unread(text: Text, voice: str) -> Iterator[Finding]:
    letters = unread_letters(_FILLED.sub(" ", text.written), voice)
    if letters:
        found = f"the voice '{voice}' names the letters of {_list(letters)} one by one"
        yield text.place.found("unread-letters", found, *text.keys, word=letters[0])


def _found(place: Place, said: list[str], remedy: str, *keys: object) -> Finding:
    return place.found("english-phrases", f"in English: {_list(said)}: {remedy}", *keys)


def _list(texts: list[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
