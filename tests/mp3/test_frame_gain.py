"""Frames made softer without a decoder."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from audioguide.mp3.assemble import mp3_pieces
from audioguide.mp3.encode import encode, silent_frame
from audioguide.mp3.frame_gain import with_gain
from audioguide.mp3.frames import frame_bytes
from tests.mp3.conftest import decode_ffmpeg, decode_mpg123, make_burst, make_voice
from tests.tables import every


def played(frames: bytes, bitrate: int) -> tuple[NDArray[np.float64], ...]:
    file = io.BytesIO()
    file.writelines(mp3_pieces([frames], (len(frames) // frame_bytes(bitrate) - 1) * 6, bitrate=bitrate))
    return decode_ffmpeg(file.getvalue()), decode_mpg123(file.getvalue())


@every("bitrate", [64_000, 96_000, 320_000])
@every("steps", [-4, -7, 1])
def test_turned_frames_decode_to_the_same_sound_at_another_level(bitrate: int, steps: int) -> None:
    quiet = (make_voice(1).samples // 8).astype(np.int16)
    for samples in (quiet, (make_burst(2).samples[:8_640] // 8).astype(np.int16)):
        frames = encode(samples, bitrate)
        softer = played(with_gain(frames, frame_bytes(bitrate), steps), bitrate)
        for heard, plain in zip(softer, played(frames, bitrate), strict=True):
            assert np.allclose(heard, plain * 2 ** (steps / 4), atol=0.6)  # ffmpeg and mpg123 round a little
            assert np.abs(heard).max() > 100


def test_silence_stays_silence_and_no_turn_is_none() -> None:
    frames = silent_frame(96_000) * 3
    for heard in played(with_gain(frames, 288, -400), 96_000):
        assert not heard.any()
    assert with_gain(frames, 288, 0) == frames
