"""The sounds that ship, read as they are: no decoder has to be loaded for them."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Clip, padded
from audioguide.errors import OutputError
from audioguide.units import SAMPLE_RATE


def read_wav(path: Path) -> Clip:
    """Return the WAV file at `path` (mono, 16 bit, 48 kHz) as a clip, sample by sample as it is.

    Raises OutputError where it cannot be read or has another format.
    """
    try:
        with wave.open(str(path), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            count = file.getnframes()
            data = file.readframes(count)
    except (OSError, EOFError, wave.Error) as error:
        raise OutputError(f"cannot read {path}: {error}") from error
    if form != (1, 2, SAMPLE_RATE):
        raise OutputError(
            f"cannot use {path}: a sound of audioguide must be mono, 16 bit, {SAMPLE_RATE} Hz, not {form}"
        )
    if len(data) != 2 * count:
        raise OutputError(f"{path} is damaged: its end is missing")
    return padded(np.frombuffer(data, "<i2").astype(np.int16))
