"""A take: what a voice recorded, at whatever rate, on its way to a clip."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.resample import FULL_SCALE
from audioguide.speech.estimate import estimate
from audioguide.speech.recording import KEEP_MS, SHORTEST_MS, check_voice, to_clip
from audioguide.speech.silence import span
from audioguide.units import seconds

RECIPE = "take/1"  # raise it when the way from take to clip changes


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One channel: `samples` is (n,) int16 at `rate` Hz."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """Return its length."""
        return len(self.samples) / self.rate

    def trimmed(self) -> Take:
        """Return the words alone, with 25 ms around them. Raises ValueError where there is only silence."""
        first, end = span(self.samples.astype(np.float32) / np.float32(FULL_SCALE), self.rate)
        if not end:
            raise ValueError("the voice wrote silence")
        keep = self.rate * KEEP_MS // 1000
        kept = self.samples[max(0, first - keep) : end + keep]
        before, after = max(0, keep - first), max(0, end + keep - len(self.samples))
        return Take(np.pad(kept, (before, after)), self.rate)

    def clip(self, *, warm: bool = False) -> Clip:
        """Return it as a clip at the voice's level. Raises ValueError where it is noise or a tone."""
        check_voice(self.samples, self.rate)
        return to_clip(self.samples, self.rate, warm=warm)


def read_take(path: Path) -> Take:
    """Return the WAV file `path`, mono in 16 bit. Raises ValueError where it is anything else."""
    try:
        with wave.open(str(path), "rb") as file:
            form, rate = (file.getnchannels(), file.getsampwidth()), file.getframerate()
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise ValueError(f"the voice wrote no sound ({error})") from error
    if form != (1, 2):
        raise ValueError(f"the voice wrote {form} (channels, bytes) instead of (1, 2)")
    return Take(np.frombuffer(data, "<i2").astype(np.int16), rate)


def check_plausible(take: Take, text: str, rate: int, shares: tuple[float, float]) -> None:
    """Raise ValueError where a trimmed `take` lasts too short or too long for `text`.

    `rate` is the voice's own pace in words a minute; `shares` are the lowest and the highest length allowed,
    times the estimate.
    """
    expected = seconds(estimate(text, rate))
    lowest, highest = (share * expected for share in shares)
    if take.seconds * 1000 < SHORTEST_MS or (len(text.split()) > 1 and not lowest <= take.seconds <= highest):
        raise ValueError(
            f"the voice spoke for {take.seconds:.2f} s, but about {expected:.2f} s were expected "
            "(can it read this language?)"
        )
