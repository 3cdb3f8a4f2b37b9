from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import OutputError
from audioguide.script.shipped import shipped
from audioguide.sound.own_sound import load
from audioguide.sound.wav import read_wav
from tests.tables import every


@every("name", shipped())
def test_a_shipped_sound_is_the_same_with_and_without_a_decoder(name: str) -> None:
    path = shipped()[name]
    assert np.array_equal(read_wav(path).samples, load(path).samples)


@pytest.mark.parametrize(("channels", "width", "rate"), [(2, 2, 48_000), (1, 1, 48_000), (1, 2, 44_100)])
def test_another_format_is_refused(tmp_path: Path, channels: int, width: int, rate: int) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(bytes(1920))
    with pytest.raises(OutputError, match="mono, 16 bit, 48000 Hz"):
        read_wav(tmp_path / "a.wav")


@pytest.mark.parametrize("kept", [0, 20, 1000])
def test_a_damaged_file_is_an_error(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(shipped()["bell"].read_bytes()[:kept])
    with pytest.raises(OutputError, match=r"a\.wav"):
        read_wav(path)
    with pytest.raises(OutputError, match=r"nothing\.wav"):
        read_wav(tmp_path / "nothing.wav")
