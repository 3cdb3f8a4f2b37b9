"""A sound file as a take: what a program or a person recorded, in any format that can be read here."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audioguide.audio.files import mono_blocks, opened
from audioguide.audio.resample import FULL_SCALE
from audioguide.errors import OutputError, RoutineError
from audioguide.speech.takes import RECIPE as TAKEN
from audioguide.speech.takes import Take

RECIPE = f"{TAKEN}, decoded/2"  # raise it when what is made of a file changes
LONGEST_SECONDS = 120
PEAK = 0.7  # of full scale; a soft recording would lose detail in 16 bit


def decode(path: Path) -> Take:
    """Return the sound file `path` as one channel. Raises ValueError where it cannot be used."""
    try:
        with opened(path) as file:
            if file.frames > LONGEST_SECONDS * file.samplerate:
                raise ValueError(f"{path} is longer than {LONGEST_SECONDS} s")
            rate = file.samplerate
            samples = np.concatenate([np.zeros(0, dtype=np.float32), *mono_blocks(file, path)])
    except (OutputError, RoutineError) as error:
        raise ValueError(str(error)) from error
    if not len(samples):
        raise ValueError(f"{path} has no sound in it")
    # The mean: a voice swings further to one side, so that its median would lift the silence around it.
    centred = samples - samples.mean(dtype=np.float64).astype(np.float32)
    scaled = centred * np.float32(PEAK / max(1e-6, float(np.abs(centred).max())))
    return Take(np.rint(scaled * (FULL_SCALE - 1)).astype(np.int16), rate)
