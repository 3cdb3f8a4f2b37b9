from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.resample import to_48k
from tests.tables import every


def _sine(rate: int, hertz: float, seconds: float = 1.0) -> NDArray[np.float64]:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


@every("rate", [8_000, 16_000, 22_050, 44_100, 96_000])
def test_a_sine_stays_the_same_sine(rate: int) -> None:
    hertz = 997
    converted = to_48k(_sine(rate, hertz).astype(np.float32), rate) / 32_768
    assert len(converted) == 48_000
    middle = slice(4_800, -4_800)
    error = converted[middle] - _sine(48_000, hertz)[middle]
    assert 20 * np.log10(np.std(error) / 0.3535) < -90  # rounding to 16 bits leaves about -95 dB


def test_no_image_of_the_voice_is_left_above_its_band() -> None:
    converted = to_48k(_sine(22_050, 8_000).astype(np.float32), 22_050)[4_800:-4_800].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(converted * np.blackman(len(converted))))
    hertz = np.fft.rfftfreq(len(converted), 1 / 48_000)
    image = spectrum[(hertz > 12_000)].max() / spectrum.max()
    assert 20 * np.log10(image) < -110


def test_int16_at_48k_comes_back_untouched_and_loud_sound_is_clipped() -> None:
    samples = np.array([-32_768, -1, 0, 1, 32_767], np.int16)
    assert np.array_equal(to_48k(samples, 48_000), samples)
    loud = np.array([-1.5, -1.0, 1.0, 1.5], np.float32)
    assert to_48k(loud, 48_000).tolist() == [-32_768, -32_768, 32_767, 32_767]


def test_what_is_no_single_channel_is_refused() -> None:
    for wrong in (np.zeros((2, 9), np.int16), np.zeros(9, np.int32)):
        with pytest.raises(ValueError, match="one channel"):
            to_48k(wrong, 48_000)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="0 Hz"):
        to_48k(np.zeros(9, np.int16), 0)


def test_nothing_in_gives_nothing_out() -> None:
    assert len(to_48k(np.zeros(0, np.int16), 22_050)) == 0
