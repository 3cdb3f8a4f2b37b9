"""How a file should sound. One table; docs/sound.md says where the numbers come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The figures of a profile. `speech` in LUFS from/to; None: it falls from `first` down to `last`."""

    speech: tuple[float, float] | None = (-19.5, -18.5)
    first: tuple[float, float] = (-24.5, -18.5)
    last: tuple[float, float] = (-31.0, -29.0)
    softest_db: float = 0.0  # how far down it turns a sound at most
    true_peak_dbtp: float = -1.5
    over_speech_lu: float = 3.0  # the loudest 400 ms
    uneven_lu: float = 3.0  # one phrase against those around it
    clicks: int = 0
    offset_dbfs: float = -60.0
    between_dbfs: float = -80.0


TARGETS: Mapping[str, Targets] = {
    "standard": Targets(),
    "quiet": Targets(speech=(-24.5, -23.5), softest_db=-5.0),
    "sleep": Targets(speech=None, softest_db=-11.0),
}


def targets_for(profile: str) -> Targets:
    """Return the targets of a profile; those of `standard` for one that nobody here knows."""
    return TARGETS.get(profile, TARGETS["standard"])
