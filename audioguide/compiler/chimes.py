"""Which sound a name stands for, and how loud it is to be."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from audioguide.routine.language.document import OwnSound
from audioguide.routine.load import Routine
from audioguide.routine.walk import ROLES
from audioguide.script.names import is_path
from audioguide.script.script import Script, Sounded
from audioguide.script.shipped import shipped
from audioguide.units import volume_within


def sounded(name: str, routine: Routine, around: Sequence[Routine] = ()) -> Sounded:
    """Return what `name` stands for in `routine`: a role, a sound that ships, one's own.

    A role or a sound that ships, of which `routine` itself says nothing, is as the routines `around` it have
    it, the nearest first: a session's own bell is heard in all that it includes. The volumes of the name, of
    the sound that it leads to, and of all chimes of the routine add up, and stay between -24 and +6 dB.
    """
    home = next((each for each in (routine, *around) if _says(each, name)), routine)
    loud = next((each for each in (routine, *around) if "volume" in _chimes(each)), routine)
    found = _sounded(name, home.document.sounds, home.path.parent)
    return replace(found, gain_db=volume_within(found.gain_db + loud.document.chimes.volume))


def kept_sounds(routine: Routine, around: Sequence[Routine]) -> list[str]:
    """Return the roles for which `routine` has sounds of its own, and a routine `around` it has others."""
    theirs = {name for each in around for name in each.document.sounds}
    return [name for name in ROLES if name in routine.document.sounds and _names({name}, theirs)]


def _says(routine: Routine, name: str) -> bool:
    return (
        _names({name}, set(routine.document.sounds)) if _is_common(name) else name in routine.document.sounds
    )


def _names(wanted: set[str], sounds: set[str]) -> bool:
    """Return whether `sounds` has one of `wanted`, or what its role stands for."""
    return bool((wanted | {ROLES[name] for name in wanted if name in ROLES}) & sounds)


def _is_common(name: str) -> bool:
    """Return whether `name` means the same in every routine: a role, or a sound that ships."""
    return name in ROLES or name in shipped()


def _chimes(routine: Routine) -> set[str]:
    return routine.document.chimes.model_fields_set


def _sounded(name: str, sounds: Mapping[str, str | OwnSound], folder: Path) -> Sounded:
    file, volume = _own(name, sounds)
    known = file or name
    known = ROLES.get(known, known)
    if known != name:
        # A volume for `bell` counts where the bell is heard, be it as `start`.
        other, more = _own(known, sounds)
        volume += 0 if other else more
    return Sounded(whole_path(known, folder), volume)


def _own(name: str, sounds: Mapping[str, str | OwnSound]) -> tuple[str | None, float]:
    found = sounds.get(name)
    return (found.file, found.volume) if isinstance(found, OwnSound) else (found, 0.0)


def whole_path(sound: str, folder: Path) -> str:
    """Return the name of a sound that ships, or the whole path of a user's own file."""
    return os.path.abspath(folder / Path(sound).expanduser()) if is_path(sound) else sound


def with_chime_volume(script: Script, volume: float | None) -> Script:
    """Return `script` with every chime louder by `volume` dB, as far as -24 to +6 dB allow."""
    if not volume:
        return script
    cues = (
        replace(cue, gain_db=volume_within(cue.gain_db + volume)) if cue.sound else cue for cue in script.cues
    )
    return replace(script, cues=tuple(cues))
