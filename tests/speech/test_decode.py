"""What a program or a person recorded, as a take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.speech.decode import decode


def one_sided(offset: float) -> np.ndarray:
    """Return 1 s of short pulses that swing far up and a little down, as a voice does, between silence."""
    pulses = np.tile(np.concatenate([np.full(20, 0.5), np.full(100, -0.1)]), 400)
    return np.concatenate([np.zeros(9_600), pulses, np.zeros(9_600)]) * 0.5 + offset


@pytest.mark.parametrize("offset", [0.0, 0.05])
def test_silence_around_a_voice_is_silence_whatever_the_voice_and_the_recorder_do(
    tmp_path: Path, offset: float
) -> None:
    """It was not: it lay at -51 dBFS, and clicked where the take was padded."""
    path = tmp_path / "take.wav"
    soundfile.write(path, one_sided(offset), 48_000, subtype="PCM_16")
    samples = decode(path).samples.astype(int)
    assert np.abs(samples[:9_000]).max() <= 2
    assert np.abs(samples[-9_000:]).max() <= 2
    assert np.abs(samples).max() == pytest.approx(0.7 * 32_767, abs=2)
