"""Which sound a name stands for, and how loud it is to be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from audioguide.routine.language.document import Document, OwnSound
from audioguide.routine.references import ROLES
from audioguide.script.script import Script, Sounded
from audioguide.sound.names import is_path
from audioguide.units import volume_within


def sounded(name: str, document: Document, folder: Path) -> Sounded:
    """Return what `name` stands for in a routine of `folder`: a role, a sound that ships, one's own.

    The volumes of the name, of the sound that it leads to, and of all chimes of the routine add up,
    and stay between -24 and +6 dB.
    """
    file, volume = _own(name, document.sounds)
    known = file or name
    known = ROLES.get(known, known)
    if known != name:
        # A volume for `bell` counts wherever the bell is heard, be it as `start`.
        other, more = _own(known, document.sounds)
        volume += 0 if other else more
    return Sounded(whole_path(known, folder), volume_within(document.chimes.volume + volume))


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
