"""What a listener asks for that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.listener.config import CONFIG
from audioguide.listener.options import Options
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.load import Routine
from audioguide.routine.said import files_of, said_in
from audioguide.routine.usage import unused_settings
from audioguide.script.script import Script

Keys = tuple[str, ...]


def idle(
    routine: Routine, options: Options, script: Script, origins: Mapping[str, str]
) -> Iterator[tuple[Keys, str]]:
    """Yield the keys, as an overlay has them, of what changes nothing in `script`, and why.

    Personal defaults are for all routines, so they may.
    """

    def asked(name: str) -> bool:
        return name in origins and Path(origins[name]).name != CONFIG

    for name in filter(asked, options.settings):
        if name in unused_settings(routine):
            yield ("settings", name), f"no step of '{routine.name}' uses the setting '{name}'"
        elif options.skip and _same_without(name, routine, options):
            yield ("settings", name), f"what uses the setting '{name}' is skipped"
    if (
        options.bed_volume is not None
        and not any(scene.bed for scene in script.scenes)
        and asked("bed_volume")
    ):
        yield ("bed_volume",), "there is no bed to make softer or louder: choose a `bed`"
    if (
        options.explain_chimes
        and not OPENINGS[routine.document.safety.notice].sentences
        and asked("explain_chimes")
    ):
        yield ("explain_chimes",), f"'{routine.name}' has no opening words to explain them in"
    words = [word for word in options.say_as if asked(f"say {word}")]
    for word in _unsaid(words, routine, script):
        yield ("say_as", word), f"no text in '{routine.name}' contains '{word}'"


def _same_without(name: str, routine: Routine, options: Options) -> bool:
    settings = {each: value for each, value in options.settings.items() if each != name}
    try:
        without = compile(routine, replace(options, settings=settings))
        with_it = compile(routine, options)
    except RoutineError:
        return False
    return without.settings != with_it.settings and without.cues == with_it.cues


def _unsaid(words: list[str], routine: Routine, script: Script) -> list[str]:
    if not words:
        return []
    from audioguide.reading.lexicon import is_in  # few files have `say_as`

    said = [said.text for each in files_of(routine).values() for said in said_in(each)]
    said += [cue.text for cue in script.cues if cue.text]
    return [word for word in words if not any(is_in(text, word) for text in said)]
