"""How loud a file is from its first word to its last: the profiles. Pure.

A clip is turned down as a whole, by what its start says: it never changes its level inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from audioguide.script.choices import Profile
from audioguide.script.scenes import Scenes, fades
from audioguide.units import TICKS_PER_SECOND

# Speech has -19 LUFS in `standard`; all else keeps its distance to it.
QUIET_DB = -5.0  # speech at -24 LUFS
LOWEST_DB = -11.0  # speech at -30 LUFS, where `sleep` ends
STEP_DB = 0.5  # less than the least change of level that is heard from one phrase to the next
FADE_OUT = 10 * TICKS_PER_SECOND  # what still sounds in the last 10 s of `sleep` fades to silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The gain of a profile over a file of `length` ticks; `sleep` falls from tick `first` to tick `last`.

    Before that profile, the gain is so many dB up to each tick of `earlier`.
    """

    profile: Profile
    first: int = 0
    last: int = 0
    length: int = 0
    earlier: tuple[tuple[int, float], ...] = ()

    @property
    def falls(self) -> bool:
        """Return whether it falls towards the end of the file."""
        return self.profile == "sleep"

    @property
    def fade_from(self) -> int:
        """Return the tick from which all fades to silence: the end, but for `sleep`."""
        return max(0, self.length - FADE_OUT) if self.falls else self.length

    def gain_db(self, tick: int) -> float:
        """Return the gain in dB of a clip that starts at `tick`, in steps of 0.5 dB."""
        for until, db in self.earlier:
            if tick < until:
                return db
        if not self.falls:
            return flat_db(self.profile)
        way = min(max(tick - self.first, 0), self.last - self.first)
        begin = self._falls_from
        return round((begin + (LOWEST_DB - begin) * way / max(1, self.last - self.first)) / STEP_DB) * STEP_DB

    @property
    def varies(self) -> bool:
        """Return whether the gain depends on the place in the file."""
        return self.falls or bool(self.earlier)

    @property
    def _falls_from(self) -> float:
        return self.earlier[-1][1] if self.earlier else 0.0

    def course(self) -> list[tuple[int, float]]:
        """Return ticks with the gain in dB that a bed has there; between them it changes evenly."""
        last = self._falls_from if self.falls else flat_db(self.profile)
        after = [*(db for _, db in self.earlier[1:]), last] if self.earlier else []
        borders = fades((0, *(until for until, _ in self.earlier)), self.length)
        points: list[tuple[int, float]] = []
        for (start, end), (_, before), db in zip(borders, self.earlier, after, strict=True):
            points += [(start, before), (end, db)]
        if self.falls:
            first = max(self.first, points[-1][0] if points else 0)
            points += [(first, self._falls_from), (max(self.last, first + 1), LOWEST_DB)]
        return points or [(0, flat_db(self.profile))]


def profile_text(profile: Profile) -> str:
    """Say in a few words what a profile does."""
    return {
        "standard": "standard, speech at -19 LUFS",
        "quiet": "quiet, speech at -24 LUFS",
        "sleep": "sleep, speech from -19 LUFS down to -30, no chime in the last 5 minutes",
    }[profile]


def flat_db(profile: Profile) -> float:
    """Return the gain of a profile in dB where it begins."""
    return QUIET_DB if profile == "quiet" else 0.0


def level_over(scenes: Scenes, starts: Iterable[int], length: int) -> Level:
    """Return the gain over a file whose profile changes with its `scenes`, as `level_of` does for one.

    `sleep` is the last one, and falls from the level before it.
    """
    changes = [(start, scene.profile) for start, scene in scenes]
    changes = [each for index, each in enumerate(changes) if not index or each[1] != changes[index - 1][1]]
    earlier = tuple((until, flat_db(profile)) for (_, profile), (until, _) in pairwise(changes))
    begin, profile = changes[-1]
    words = [start for start in starts if start >= begin]
    level = level_of(profile, words or (begin,), length)
    return replace(level, last=max(level.last, (begin + length) // 2), earlier=earlier) if earlier else level


def level_of(profile: Profile, starts: Iterable[int], length: int) -> Level:
    """Return the gain over a file of `length` ticks whose words begin at `starts`, sorted.

    `sleep` falls from the first word to the last one, in equal time by equal dB; where the last
    comes early, to the middle of the file, so that it never falls in a hurry.
    """
    words = tuple(starts) or (0,)
    return Level(profile=profile, first=words[0], last=max(words[-1], length // 2), length=length)
