"""Small files of a person: an overlay over a routine, and the listener's own defaults."""

from __future__ import annotations

import types
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, Field, create_model

from audioguide.errors import Fault, RoutineError, faulty
from audioguide.listener.config import CONFIG_VARIABLE, config_file
from audioguide.listener.options import NOTHING, Options, allowed_in
from audioguide.routine.language.base import Line, SettingKey, SoundName, Strict
from audioguide.routine.language.values import Said, SaidWord, SettingValue, Volume
from audioguide.routine.placeholders import unfilled
from audioguide.routine.source import YamlSource, read_source
from audioguide.routine.twice import written_twice
from audioguide.routine.validation import validate
from audioguide.speech.settings import EngineSettings
from audioguide.storage.places import expanded

Kind = Literal["overlay", "defaults"]
OVERLAY = "an overlay is a mapping such as `settings: {hold: 25s}`"

# A length to fit to: YAML reads 10 as a number.
Total = Annotated[Line, BeforeValidator(lambda value: str(value) if type(value) in (int, float) else value)]

# Options whose value is written in a file in a form of its own.
_WRITTEN: dict[str, Any] = {
    "settings": dict[SettingKey, SettingValue], "skip": list[Line], "bed": SoundName | None,
    "chime_volume": Volume | None, "fit": Total | None, "say_as": dict[SaidWord, Said],
}  # fmt: skip

# The keys of each file that are not options.
_OWN: dict[Kind, dict[str, Any]] = {
    "overlay": {
        "routine": (
            SoundName | None,
            Field(None, description="the routine it is for: a name, or a path relative to this file"),
        ),
        "made_for": (
            Line | None,
            Field(None, description="the version of the routine that the step numbers in `skip` refer to"),
        ),
    },
    "defaults": {
        "routines": (
            list[Line],
            Field([], description="folders with your own routines, searched before the included ones"),
        ),
        "voice_command": (
            Line | None,
            Field(None, description="command for the engine `command`: text in, WAV out"),
        ),
        "recordings": (
            Line | None,
            Field(None, description="folder with the recordings for the engine `recorded`"),
        ),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A person's version of a routine, so that it need not be copied; `routine` is the one it is for.

    `made_for` is the fingerprint of the text that step numbers in it stand for.
    """

    path: Path
    routine: str | None
    options: Options
    source: YamlSource
    made_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a listener always wants, and where their own routines are; `path` need not exist."""

    path: Path
    folders: tuple[Path, ...] = ()
    options: Options = NOTHING
    engines: EngineSettings = field(default_factory=EngineSettings)


def read_defaults() -> Defaults:
    """Return the listener's defaults. Raises RoutineError with every fault of their file."""
    path = config_file()
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Defaults(path=path)
    except OSError as error:
        hint = f"set {CONFIG_VARIABLE} to use another folder"
        raise RoutineError(f"cannot read {path}: {error.strerror or error} ({hint})") from error
    document, _ = _read(path, "defaults", "personal defaults are a mapping such as `rate: 110`")
    folders = tuple(path.parent / expanded(name, f"{path}: routines") for name in document.routines)
    return Defaults(
        path=path, folders=folders, options=_options(document, "defaults"), engines=_engines(document, path)
    )


def _engines(document: Any, path: Path) -> EngineSettings:
    folder = document.recordings and path.parent / Path(document.recordings).expanduser()
    return EngineSettings(command=document.voice_command or "", recordings=folder or None)


def read_overlay(path: Path) -> Overlay:
    """Read the overlay at `path`. Raises RoutineError with every fault."""
    document, source = _read(path, "overlay", OVERLAY)
    return _overlay(document, path, source)


def checked_overlay(source: YamlSource, path: Path) -> tuple[Overlay | None, list[Fault]]:
    """Check data that were read already as an overlay of `path`; return it, or None, and every fault."""
    document, faults = validate(source, _model("overlay"), OVERLAY)
    faults += [*unfilled(source, source.data), *written_twice(source)]
    return (None if faults or document is None else _overlay(document, path, source)), faults


def _overlay(document: Any, path: Path, source: YamlSource) -> Overlay:
    return Overlay(
        path=path, routine=document.routine, options=_options(document, "overlay"), source=source,
        made_for=document.made_for,
    )  # fmt: skip


def overlay_keys() -> frozenset[str]:
    """Return every key that an overlay may have."""
    return frozenset(_model("overlay").model_fields)


def _options(document: Any, kind: Kind) -> Options:
    given: dict[str, Any] = {name: getattr(document, name) for name in allowed_in(kind)}
    if kind == "overlay":
        given["settings"] = {name: str(amount) for name, amount in given["settings"].items()}
        given["skip"] = tuple(given["skip"])
    return Options(**given)


def _read(path: Path, kind: Kind, what: str) -> tuple[Any, YamlSource]:
    source = read_source(path)
    model = _model(kind)
    if source.data is None:  # empty, or all comments: nothing is asked for
        return model.model_validate({}), source
    document, faults = validate(source, model, what)
    faults += [*unfilled(source, source.data), *written_twice(source)]
    if faults or document is None:
        raise faulty(str(path), faults)
    if empty := _without_value(source):
        raise faulty(str(path), empty)
    return document, source


def _without_value(source: YamlSource) -> list[Fault]:
    """Return a fault for each key with nothing behind its colon."""
    return [
        source.fault_at_key(source.data, key, f"'{key}' has no value", "write one, or remove the line")
        for key, value in source.data.items()
        if value is None
    ]


@cache
def _model(kind: Kind) -> type[Strict]:
    """Return the model of such a file: its own keys, and the options that can be written there."""
    own: dict[str, Any] = dict(_OWN[kind])
    empty: dict[str, Any] = {"settings": {}, "skip": [], "say_as": {}}
    types_of = {each.name: each.type for each in fields(Options)}
    for name, info in allowed_in(kind).items():
        about = Field(empty.get(name), description=info.help, ge=info.low, le=info.high)
        own[name] = (_WRITTEN.get(name) or _strict(types_of[name]), about)
    model: type[Strict] = create_model(kind.capitalize(), __base__=Strict, **own)
    return model


def _strict(annotation: Any) -> Any:
    """Return `annotation` as a file has it: a text is one line, without spaces around it."""
    if get_origin(annotation) in (Union, types.UnionType) and str in get_args(annotation):
        return Line | None
    return annotation
