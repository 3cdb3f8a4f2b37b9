"""What engines know about this machine: the personal defaults set it, the environment overrides it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from audioguide.storage.places import user_folder

COMMAND_VARIABLE = "AUDIOGUIDE_VOICE_COMMAND"
RECORDINGS_VARIABLE = "AUDIOGUIDE_RECORDINGS"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """The `command` that speaks a text from its standard input; the folder of a teacher's `recordings`.

    Neither is ever read from a routine, an overlay or a timed script: these may come from somebody else.
    """

    command: str = ""
    recordings: Path | None = None


_CHOSEN = [EngineSettings()]


def configure(settings: EngineSettings) -> None:
    """Let engines that are used from now on work with `settings`."""
    _CHOSEN[0] = settings


def configured() -> EngineSettings:
    """Return the settings in force."""
    settings = _CHOSEN[0]
    if command := os.environ.get(COMMAND_VARIABLE):
        settings = replace(settings, command=command)
    if folder := os.environ.get(RECORDINGS_VARIABLE):
        settings = replace(settings, recordings=Path(folder))
    return settings


def recordings_folder() -> Path:
    """Return the folder that has a folder of takes for each recorded voice."""
    if chosen := configured().recordings:
        return chosen
    return user_folder(RECORDINGS_VARIABLE, "data") / "recordings"
