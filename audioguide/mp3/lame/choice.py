"""Which encoder makes the frames: the fastest one that works here, found out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np

from audioguide.errors import OutputError
from audioguide.mp3.frames import BITRATE, frame_bytes
from audioguide.mp3.lame.check import check_frames
from audioguide.mp3.lame.encoder import Encoder
from audioguide.mp3.lame.wheel import WheelEncoder
from audioguide.units import FRAME_SAMPLES

_ALONE = Lock()
_TRIAL_FRAMES = 4


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """The `encoder`; why a faster one is not used ("" where there is none), and what helps."""

    encoder: Encoder
    passed_over: str = ""
    hint: str = ""


def chosen() -> EncoderChoice:
    """Return the encoder of this process, tried before its first use. Raises OutputError without PyAV."""
    # LAME fills its tables when it is first used, and threads must not meet there.
    with _ALONE:
        return _chosen()


@cache
def _chosen() -> EncoderChoice:
    try:
        encoder = WheelEncoder()
        _try(encoder)
        return EncoderChoice(encoder)
    except OutputError as error:
        from audioguide.mp3.lame.pyav import PyavEncoder  # takes time to load

        return EncoderChoice(PyavEncoder(), error.message, error.hint)


def _try(encoder: Encoder) -> None:
    """Encode a moment of noise. Raises OutputError where the frames are not as asked for."""
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, _TRIAL_FRAMES * FRAME_SAMPLES).astype(np.float32)
    made = encoder.frames(noise, BITRATE)
    if len(made) != (_TRIAL_FRAMES + 1) * frame_bytes(BITRATE):  # one more, for what comes late
        raise OutputError(f"{encoder.name} made {len(made)} bytes of {_TRIAL_FRAMES} frames")
    check_frames(made, BITRATE)
