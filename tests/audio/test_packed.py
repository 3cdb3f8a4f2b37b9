"""M4A, AAC and Opus files of a user are heard like any other sound file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from audioguide.audio import packed
from audioguide.audio.files import PACKED, opened
from audioguide.errors import AudioguideError, OutputError, RoutineError
from audioguide.sound.own_sound import load
from audioguide.units import SAMPLE_RATE

KINDS = [
    ("gong.m4a", "aac", "ipod"),
    ("gong.MP4", "aac", "mp4"),
    ("gong.aac", "aac", "adts"),
    ("gong.opus", "libopus", "ogg"),
]


def packed_file(path: Path, codec: str, form: str, seconds: float = 1.0) -> Path:
    """Write a decaying tone in two channels, with half a second of silence before it."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = 0.3 * np.sin(2 * np.pi * 300 * time) * np.exp(-6 * time)
    wave = np.concatenate([np.zeros(SAMPLE_RATE // 2), tone]).astype(np.float32)
    with av.open(str(path), "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=SAMPLE_RATE, layout="stereo")
        kind = "s16" if codec == "libopus" else "fltp"
        turn = av.AudioResampler(format=kind, layout="stereo", rate=SAMPLE_RATE)
        frame = av.AudioFrame.from_ndarray(np.stack([wave, wave]), format="fltp", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        for part in (*turn.resample(frame), *turn.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("name", "codec", "form"), KINDS)
def test_a_packed_sound_begins_at_its_onset(tmp_path: Path, name: str, codec: str, form: str) -> None:
    clip = load(packed_file(tmp_path / name, codec, form))
    assert 0.4 < len(clip.samples) / SAMPLE_RATE < 1.1  # the silence before it is gone
    loud = np.abs(clip.samples.astype(np.int32)) > 1000
    assert np.argmax(loud) < 0.03 * SAMPLE_RATE


def test_it_has_the_length_and_level_of_what_was_packed(tmp_path: Path) -> None:
    with opened(packed_file(tmp_path / "gong.m4a", "aac", "ipod")) as file:
        assert (file.samplerate, file.channels) == (SAMPLE_RATE, 1)
        assert abs(file.frames - 1.5 * SAMPLE_RATE) <= 2048
        assert 0.2 < float(np.max(np.abs(file.read(dtype="float32")))) < 0.4


def test_every_kind_that_is_unpacked_has_its_container() -> None:
    assert set(packed.CONTAINERS) == set(PACKED)


@pytest.mark.parametrize("name", ["gong.m4a", "gong.aac", "gong.opus"])
@pytest.mark.parametrize("data", [b"", b"x" * 5000, b"#EXTM3U\nfile:///etc/passwd\n"])
def test_what_is_no_sound_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(AudioguideError, match=r"not a sound|no sound"):
        load(path)


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    whole = packed_file(tmp_path / "gong.m4a", "aac", "ipod", seconds=20)
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])  # what says where the sound is stands at the end
    with pytest.raises(OutputError):
        load(whole)


def test_a_long_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LONGEST_SECONDS", 1)
    with pytest.raises(RoutineError, match="too long to load"):
        load(packed_file(tmp_path / "gong.m4a", "aac", "ipod", seconds=2))
