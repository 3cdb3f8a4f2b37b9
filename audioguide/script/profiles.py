"""How loud a file is from its first word to its last: the profiles. Pure.

A clip is turned down as a whole, by what its start says: it never changes its level inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audioguide.script.choices import Profile
from audioguide.units import TICKS_PER_SECOND

# Speech has -19 LUFS in `standard`; all else keeps its distance to it.
QUIET_DB = -5.0  # speech at -24 LUFS
LOWEST_DB = -11.0  # speech at -30 LUFS, where `sleep` ends
STEP_DB = 0.5  # less than the least change of level that is heard from one phrase to the next
FADE_OUT = 10 * TICKS_PER_SECOND  # what still sounds in the last 10 s of `sleep` fades to silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The gain of a profile over a file of `length` ticks; `sleep` falls from tick `first` to tick `last`."""

    profile: Profile
    first: int = 0
    last: int = 0
    length: int = 0

    @property
    def falls(self) -> bool:
        """Tell whether the gain depends on the place in the file."""
        return self.profile == "sleep"

    @property
    def fade_from(self) -> int:
        """Return the tick from which all fades to silence: the end, but for `sleep`."""
        return max(0, self.length - FADE_OUT) if self.falls else self.length

    def gain_db(self, tick: int) -> float:
        """Return the gain in dB of a clip that starts at `tick`, in steps of 0.5 dB."""
        if not self.falls:
            return QUIET_DB if self.profile == "quiet" else 0.0
        way = min(max(tick - self.first, 0), self.last - self.first)
        return round(LOWEST_DB * way / max(1, self.last - self.first) / STEP_DB) * STEP_DB


def told(profile: Profile) -> str:
    """Say in a few words what a profile does."""
    return {
        "standard": "standard, speech at -19 LUFS",
        "quiet": "quiet, speech at -24 LUFS",
        "sleep": "sleep, speech from -19 LUFS down to -30, no chime in the last 5 minutes",
    }[profile]


def level_of(profile: Profile, starts: Iterable[int], length: int) -> Level:
    """Return the gain over a file of `length` ticks whose words begin at `starts`, sorted.

    `sleep` falls from the first word to the last one, in equal time by equal dB; where the last
    comes early, to the middle of the file, so that it never falls in a hurry.
    """
    words = tuple(starts) or (0,)
    return Level(profile=profile, first=words[0], last=max(words[-1], length // 2), length=length)
