"""Who listens on this machine: their defaults, and the library with their own folders. Read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audioguide.errors import RoutineError
from audioguide.listener.config import routines_folder
from audioguide.listener.files import Defaults, read_defaults
from audioguide.listener.layers import ENVIRONMENT, Layer, place_of
from audioguide.listener.options import Options, allowed_in
from audioguide.routine.library import Library
from audioguide.script.choices import NO_BED
from audioguide.speech.settings import configure
from audioguide.storage.places import expanded

FOLDERS_VARIABLE = "AUDIOGUIDE_ROUTINES"


@dataclass(frozen=True, slots=True)
class Listener:
    """The listener's `defaults` and `library`."""

    defaults: Defaults
    library: Library

    @property
    def layers(self) -> list[Layer]:
        """Return what is asked for before any call: the defaults, then the environment."""
        path = self.defaults.path
        return [layer(str(path), self.defaults.options, path.parent), environment()]


def this_listener() -> Listener:
    """Read the defaults file and AUDIOGUIDE_ROUTINES. Raises RoutineError and UsageError.

    After the folders that these name comes the one that needs no setting up.
    """
    chosen = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    defaults = read_defaults()
    configure(defaults.engines)
    named = [expanded(name, FOLDERS_VARIABLE) for name in chosen if name]
    usual = routines_folder()
    return Listener(defaults, Library((*named, *defaults.folders, *([usual] if usual else []))))


def environment() -> Layer:
    """Return the options that environment variables set."""
    found: dict[str, Any] = {
        name: os.environ.get(info.variable) or None
        for name, info in allowed_in("call").items()
        if info.variable
    }
    return Layer(ENVIRONMENT, Options(**{name: value for name, value in found.items() if value}))


def layer(origin: str, options: Options, base: Path) -> Layer:
    """Return `options` as a layer, with the whole path of a bed that counts from `base`.

    Raises RoutineError, with the origin in front, for a bed that cannot be found.
    """
    try:
        return Layer(origin, replace(options, bed=whole_bed(options, base)))
    except RoutineError as error:
        raise RoutineError(f"{place_of(origin, 'bed')}: {error.message}", hint=error.hint) from error


def whole_bed(options: Options, base: Path) -> str | None:
    """Return the bed that is asked for, with the whole path of one that counts from `base`.

    Raises RoutineError for one that cannot be found.
    """
    if options.bed is None or options.bed == NO_BED:
        return options.bed
    from audioguide.script.beds import find_bed

    return find_bed(options.bed, base)
