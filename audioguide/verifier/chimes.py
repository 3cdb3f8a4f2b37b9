"""Every sound with a name found again: first near its place, and, where it is not there, further away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.errors import AudioguideError
from audioguide.script.names import is_path
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES
from audioguide.verifier.measure.decode import blocks
from audioguide.verifier.measure.match import CLEAN, Heard, Original, locate
from audioguide.verifier.measure.stretches import Window, Windows
from audioguide.verifier.originals import original
from audioguide.verifier.promise import Promise, PromisedSound
from audioguide.verifier.targets import targets_for

NEAR = SAMPLE_RATE // 4
# A steady tone is the same again after each round (2.3 ms), and the tones around it have its pitch. So its
# place is reported within a round, and where it begins and ends by these.
STEADY = SAMPLE_RATE // 1000
FAR = 20 * SAMPLE_RATE
MOST_FAR = 24  # of a file with more sounds missing, those behind are not searched for
ELSEWHERE = SAMPLE_RATE // 2  # around the place of another one of the same name, it is the other one


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of a promised sound: `off` in samples from its place; None where it was not heard.

    `agreement` is that of `match.Heard`. `unknown` says why it could not even be looked for.
    """

    sound: PromisedSound
    off: float | None = None
    gain_db: float = 0.0
    agreement: float = 0.0
    unknown: str = ""

    @property
    def clean(self) -> bool:
        """Return whether nothing else sounds with it."""
        return self.agreement > CLEAN

    @property
    def tolerance(self) -> int:
        """Return by how many samples it may be off: alone by none, under other sounds by one.

        A steady tone has only its phase to tell its place by, which words over a bed turn by up to 5 samples.
        """
        if self.clean:
            return 0
        return STEADY // 4 if self.sound.is_steady else 1

    @property
    def stands(self) -> bool:
        """Return whether it sounds where it should."""
        return self.off is not None and abs(round(self.off)) <= self.tolerance


class ChimeSearch:
    """The sounds that a script promises, and what was heard of them so far."""

    def __init__(self, promise: Promise) -> None:
        self._originals: dict[tuple[str, int, int | None], Original] = {}
        self._places: dict[str, list[int]] = {}
        self.found: dict[int, Found] = {}
        self._softest_db = min(targets_for(profile).softest_db for _, profile in promise.profiles)
        self._sounds: list[PromisedSound] = []
        for sound in promise.sounds:
            self._places.setdefault(sound.name, []).append(sound.start * TICK_SAMPLES)
            try:
                self._known(sound, promise.folder)
                self._sounds.append(sound)
            except AudioguideError as error:
                self.found[sound.cue] = Found(sound=sound, unknown=str(error))

    def wanted(self) -> list[Window]:
        """Return the stretches in which to look for each sound first."""
        return [self._stretch(number, sound, self._reach(sound)) for number, sound in enumerate(self._sounds)]

    def hear(self, number: int, wave: Wave) -> None:
        """Look for a sound in one of the `wanted` stretches."""
        sound = self._sounds[number]
        heard = self._levelled(sound, locate(wave, self._of(sound)))
        self.found[sound.cue] = _found(sound, heard, heard.place - self._reach(sound))

    def look_further(self, mp3: Path) -> None:
        """Decode the file again for sounds that were not at their places, up to 20 s away."""
        lost = [number for number, sound in enumerate(self._sounds) if self._is_lost(sound)][:MOST_FAR]
        if not lost:
            return
        stretches = Windows([self._stretch(number, self._sounds[number], FAR) for number in lost])
        for block in blocks(mp3):
            for number, wave in stretches.feed(block):
                self._hear_far(self._sounds[number], wave)
        for number, wave in stretches.finish():
            self._hear_far(self._sounds[number], wave)

    def settle(self) -> Sequence[Found]:
        """Return all that was found, in the order of the script.

        Where a user's own sound begins is known within 10 ms, as it is trimmed: what all its places have in
        common is the trim, and no fault.
        """
        for name in {sound.name for sound in self._sounds}:
            own = [each for each in self.found.values() if each.sound.name == name and each.off is not None]
            trim = float(np.median([each.off for each in own if each.off is not None])) if own else 0.0
            if is_path(name) and len(own) > 1 and 0.5 < abs(trim) < SAMPLE_RATE // 100:
                for each in own:
                    self.found[each.sound.cue] = replace(each, off=(each.off or 0.0) - trim)
        return [self.found[cue] for cue in sorted(self.found)]

    def _hear_far(self, sound: PromisedSound, wave: Wave) -> None:
        start = sound.start * TICK_SAMPLES - FAR
        others = tuple(
            place - start for place in self._places[sound.name] if place != sound.start * TICK_SAMPLES
        )
        whole = locate(wave, self._of(sound), others, ELSEWHERE)
        # Where it may be is known now; whether it is, a shorter stretch tells better.
        first = max(0, round(whole.place) - NEAR)
        count = len(self._of(sound).wave)
        shorter, others = wave[first : first + count + 2 * NEAR], tuple(each - first for each in others)
        close = self._levelled(sound, locate(shorter, self._of(sound), others, ELSEWHERE))
        found, near = _found(sound, close, first + close.place - FAR), self.found[sound.cue]
        # What was heard near its place may have been no more than the edge of it.
        self.found[sound.cue] = max(near, found, key=lambda each: each.agreement)

    def _levelled(self, sound: PromisedSound, heard: Heard) -> Heard:
        """Return what was heard against the lowest level that the script gives the sound."""
        lowest = sound.gain_db + self._softest_db
        return replace(heard, gain_db=heard.gain_db - min(0.0, lowest))

    def _is_lost(self, sound: PromisedSound) -> bool:
        off = self.found[sound.cue].off
        return not sound.is_steady and (off is None or abs(round(off)) > 1)

    def _reach(self, sound: PromisedSound) -> int:
        """Return how far from its place to look: less than half the way to the next one of that name."""
        if sound.is_steady:
            return STEADY
        place = sound.start * TICK_SAMPLES
        others = [abs(other - place) for other in self._places[sound.name] if other != place]
        return max(TICK_SAMPLES, min([NEAR, *(distance * 2 // 5 for distance in others)]))

    def _stretch(self, number: int, sound: PromisedSound, reach: int) -> Window:
        start = sound.start * TICK_SAMPLES
        return Window(start - reach, start + len(self._of(sound).wave) + reach, number)

    def _of(self, sound: PromisedSound) -> Original:
        return self._originals[_key(sound)]

    def _known(self, sound: PromisedSound, folder: Path) -> None:
        if _key(sound) not in self._originals:
            self._originals[_key(sound)] = Original(original(sound, folder))


def _key(sound: PromisedSound) -> tuple[str, int, int | None]:
    return sound.name, sound.length if sound.is_tone else 0, sound.duck


def _found(sound: PromisedSound, heard: Heard, off: float) -> Found:
    if not heard.is_there:
        return Found(sound=sound)
    return Found(sound=sound, off=off, gain_db=heard.gain_db, agreement=heard.agreement)
