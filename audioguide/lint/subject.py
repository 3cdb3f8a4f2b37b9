"""What is checked: a routine, its texts, its script, and the moments by estimate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import RoutineError
from audioguide.lint.finding import Keys, Place, step_at
from audioguide.lint.texts import Text, texts
from audioguide.reading.language import language_of
from audioguide.routine.language.model import Chapter
from audioguide.routine.load import Routine
from audioguide.routine.said import files_of
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import PLAYER_CHECK, ClipRef, Script

_PART = re.compile(r"\[(\d+)\]|(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A routine with its script as it will be rendered, laid out with estimated lengths."""

    routine: Routine
    files: tuple[Routine, ...]  # the routine and all that it includes, each file once
    texts: Mapping[str, tuple[Text, ...]]  # by the path of the file
    script: Script
    timeline: Timeline
    lengths: Mapping[ClipRef, int]
    clashes: tuple[str, ...]
    places: Mapping[str, Place]
    player_check: tuple[str, ...] = ()  # what is said there

    @property
    def sleeps(self) -> bool:
        """Return whether the listener is to fall asleep."""
        return "sleep" in (self.script.scenes[-1].profile, self.routine.document.safety.closing)

    @property
    def worded(self) -> bool:
        """Return whether words can be understood here: they are spoken, and in English."""
        return self.script.guidance != "chimes" and not self.foreign

    @property
    def foreign(self) -> bool:
        """Return whether the voice speaks another language than English."""
        return language_of(self.script.voice.name) not in ("", "en")


def ends_asleep(routine: Routine) -> bool:
    """Return whether a routine ends in the profile `sleep` as it is written."""
    found = [routine.document.profile]
    steps: list[Any] = list(routine.document.steps)
    for step in steps:
        if isinstance(step, Chapter) and step.profile:
            found.append(step.profile)
        steps.extend(getattr(step, "steps", ()))
    return "sleep" in found


def subject_of(routine: Routine, script: Script) -> Subject:
    """Gather what the checks need. Raises RoutineError for a sound that cannot be loaded."""
    # What tries the player is not part of the routine.
    checked = tuple(cue.text for cue in script.cues if cue.step == PLAYER_CHECK and cue.text)
    script = replace(script, cues=tuple(cue for cue in script.cues if cue.step != PLAYER_CHECK))
    lengths = estimated_lengths(script)
    clashes: tuple[str, ...] = ()
    try:
        timeline = lay_out(script, lengths)
    except RoutineError as error:
        clashes = tuple(str(error).splitlines())
        # With marks of no length nothing clashes, and the other checks still see each moment.
        marks = {ref for cue in script.cues if cue.kind in ("mark", "breath") for ref in cue.clips}
        timeline = lay_out(script, {ref: 0 if ref in marks else length for ref, length in lengths.items()})
    files = files_of(routine)
    places = {step: _place(routine, step, files) for step in dict.fromkeys(cue.step for cue in script.cues)}
    return Subject(
        routine=routine, files=tuple(files.values()), script=script, timeline=timeline,
        lengths=lengths, clashes=clashes, player_check=checked,
        texts={str(each.path): tuple(texts(each)) for each in files.values()},
        places=places,
    )  # fmt: skip


def place_of(subject: Subject, step: str) -> Place:
    """Return the step that a cue of another script of the same routine names."""
    return _place(subject.routine, step, {each.path.resolve(): each for each in subject.files})


def _place(routine: Routine, step: str, files: Mapping[Path, Routine]) -> Place:
    """Find the step that a cue names, such as "steps[3].include.steps[0]"."""
    *above, last = (_keys(part) for part in step.split(".include."))
    for keys in above:
        routine = routine.includes[step_at(routine, keys).include]
    words: dict[Keys, Keys] = {("opening",): ("safety", "notice"), ("closing",): ("safety", "closing")}
    return Place(routine=files[routine.path.resolve()], keys=words.get(last, last))


def _keys(shown: str) -> Keys:
    return tuple(int(number) if number else name for number, name in _PART.findall(shown))
