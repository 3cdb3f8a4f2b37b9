"""Small files about a person: an overlay over a routine, and the listener's own defaults."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import Field

from audioguide.errors import RoutineError, faulty
from audioguide.listener.wishes import Wishes
from audioguide.routine.language.model import Line, SettingKey, SoundName, Strict
from audioguide.routine.language.values import SettingValue, Volume
from audioguide.routine.source import YamlSource, read_source
from audioguide.routine.validation import Model, validate
from audioguide.speech.settings import EngineSettings
from audioguide.timeline.choices import LOUDEST_BED, QUIETEST_BED, Guidance, Profile

CONFIG = "config.yaml"
CONFIG_VARIABLE = "AUDIOGUIDE_CONFIG_DIR"


class _Wished(Strict):
    """What a person may wish of any routine."""

    voice: Line | None = Field(None, description="who speaks")
    rate: int | None = Field(None, ge=80, le=450, description="words a minute")
    pitch: int | None = Field(None, ge=0, le=99)
    warm: bool | None = Field(None, description="a softer voice, in a small room")
    guidance: Guidance | None = None
    bed: SoundName | None = None
    bed_volume: float | None = Field(
        None, ge=QUIETEST_BED, le=LOUDEST_BED, description="dB by which the bed is softer or louder"
    )
    chime_volume: Volume | None = Field(None, description="how much louder or softer all chimes are")
    profile: Profile | None = Field(None, description="how loud: standard, quiet, sleep")
    player_check: bool | None = Field(None, description="open with two bells that try the player")


class Defaults(_Wished):
    """What a listener always wants."""

    engine: Line | None = None
    voice_command: Line | None = Field(None, description="what the engine `command` runs: text in, WAV out")
    recordings: Line | None = Field(None, description="the folder with the takes of the engine `recorded`")
    routines: list[Line] = Field([], description="folders of own routines, found before those that ship")


class Overlay(_Wished):
    """A person's version of a routine, so that it need not be copied."""

    routine: SoundName | None = Field(None, description="the routine it is for: a name, or a path from here")
    settings: dict[SettingKey, SettingValue] = Field({}, description="values for its settings")
    skip: list[Line] = Field([], description="included routines, or steps such as steps[2], to leave out")
    dose: Line | None = None
    fit: Line | None = Field(None, description="the total length, such as 12m")
    note: Line | None = Field(None, description="for the receipt: why it is so")


def config_folder() -> Path:
    """Return the user's folder of settings; the variable AUDIOGUIDE_CONFIG_DIR overrides it."""
    chosen = os.environ.get(CONFIG_VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_config_dir("audioguide", appauthor=False))


def read_defaults() -> tuple[Defaults, Path]:
    """Return the listener's defaults and the path of their file, which need not exist.

    Raises RoutineError with every fault of the file.
    """
    path = config_folder() / CONFIG
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Defaults.model_construct(), path
    except OSError as error:
        hint = f"{CONFIG_VARIABLE} names another folder for it"
        raise RoutineError(f"cannot read {path}: {error.strerror or error} ({hint})") from error
    return _read(path, Defaults, "personal defaults are a mapping such as `rate: 110`"), path


def engine_settings(defaults: Defaults, base: Path) -> EngineSettings:
    """Return what `defaults` say of engines; the path of a folder counts from `base`."""
    folder = defaults.recordings and base / Path(defaults.recordings).expanduser()
    return EngineSettings(command=defaults.voice_command or "", recordings=folder or None)


def read_overlay(path: Path) -> Overlay:
    """Read the overlay at `path`. Raises RoutineError with every fault."""
    return _read(path, Overlay, "an overlay is a mapping such as `settings: {hold: 25s}`")


def wishes_of(document: Defaults | Overlay) -> Wishes:
    """Return what a file wishes."""
    given: dict[str, Any] = {
        each.name: getattr(document, each.name) for each in fields(Wishes) if hasattr(document, each.name)
    }
    if isinstance(document, Overlay):
        given["settings"] = {name: str(amount) for name, amount in document.settings.items()}
        given["skip"] = tuple(document.skip)
    return Wishes(**given)


def _read(path: Path, model: type[Model], what: str) -> Model:
    source: YamlSource = read_source(path)
    if source.data is None:  # empty, or all comments: nothing is wished
        return model.model_validate({})
    document, faults = validate(source, model, what)
    if faults or document is None:
        raise faulty(str(path), faults)
    return document
