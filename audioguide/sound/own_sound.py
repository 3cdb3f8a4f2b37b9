"""Sound files as clips, and clips as pydub's AudioSegments: the one place that knows pydub.

Every cut is made at 48 kHz on a clip of whole ticks. There a millisecond is exactly 48 samples,
so pydub, which counts in milliseconds, neither shifts nor shortens anything.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Wave, padded
from audioguide.audio.files import mono_blocks, opened
from audioguide.audio.loudness import momentary_max
from audioguide.audio.resample import stream_48k, to_48k
from audioguide.errors import RoutineError
from audioguide.script.shipped import is_shipped
from audioguide.units import HIGHEST_VOLUME_DB, SAMPLE_RATE, TICK_MS

os.environ.setdefault("PATH", os.defpath)  # pydub looks through it at import, and fails without one
with warnings.catch_warnings():
    # pydub warns at import: no ffmpeg (none is needed here), audioop, and its own regular expressions.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

LONGEST_SECONDS = 60

# The level of the shipped chimes (sounds/README.md), 3 LU below speech: a user's own sound is brought
# to it, so that nothing startles. One that is short or sharp stays softer, for the sake of its peak.
CHIME_LUFS = -22.0
HIGHEST_PEAK_DB = -9.0
SILENT_DB = -60.0  # a file that never gets louder than this holds no sound
TRIM_DB = -50.0  # below the peak: at most -59 dBFS once the peak is at its highest
# A cut is made a little outside of what sounds, so that the fade lies there too. Raised cosines: at
# a cut through the middle of a tone they leave nothing to be heard as a click, as straight lines do.
FADE_IN_MS = 12
FADE_OUT_MS = 20


def load(path: Path, gain_db: float = 0.0) -> Clip:
    """Decode the sound at `path` and return it as a clip.

    A shipped sound comes sample by sample as it is. A user's own (WAV, FLAC, OGG, MP3, AIFF) is
    mixed to mono, brought to 48 kHz, trimmed of silence at both ends and faded in and out. Its loudest
    0.4 s are set to -22 LUFS, or to less where its peak would rise above -9 dBFS. `gain_db` is added
    to either. Raises OutputError where the file cannot be read; RoutineError where it is too large, too
    long or silent, and for a gain above 6 dB.
    """
    if not gain_db <= HIGHEST_VOLUME_DB:
        raise RoutineError(f"{path}: a gain of {gain_db:g} dB is too much: use {HIGHEST_VOLUME_DB:g} at most")
    samples = _decode(path)
    if is_shipped(path):
        segment = to_segment(padded(to_48k(samples, SAMPLE_RATE)))
        return _with_gain(segment, gain_db)
    segment = _faded(_trimmed(to_segment(padded(to_48k(_levelled(samples, path), SAMPLE_RATE)))))
    if segment.max_dBFS < SILENT_DB:  # above 24 kHz, or nothing but a click that the fade took away
        raise RoutineError(f"{path}: this sound is silent")
    return _with_gain(segment, _to_level(segment) + gain_db)


def to_segment(clip: Clip) -> AudioSegment:
    """Return `clip` as an AudioSegment: mono, 16 bit, 48 kHz, sample by sample the same."""
    data = clip.samples.astype("<i2").tobytes()
    return AudioSegment(data, sample_width=2, frame_rate=SAMPLE_RATE, channels=1)


def from_segment(segment: AudioSegment) -> Clip:
    """Return an AudioSegment of any rate, width and number of channels as a clip.

    Channels are averaged; the rate is changed by `to_48k`, as pydub's own resampler images at
    -17 dB. Silence is added up to the next tick.
    """
    return padded(to_48k(_floats(segment).astype(np.float32), segment.frame_rate))


def _floats(segment: AudioSegment) -> NDArray[np.float64]:
    """Return the average of the channels; full scale is 1."""
    raw = np.array(segment.get_array_of_samples(), dtype=np.float64).reshape(-1, segment.channels)
    return np.asarray(raw.mean(axis=1) / 2 ** (8 * segment.sample_width - 1))


def _decode(path: Path) -> Wave:
    """Return the sound at `path` as one channel at 48 kHz: however it is stored, it takes no more room."""
    with opened(path) as file:
        length = file.frames / file.samplerate
        if length > LONGEST_SECONDS:
            limit = f"the limit is {LONGEST_SECONDS} s"
            raise RoutineError(f"{path}: this sound is {length:.0f} s long; {limit}")
        blocks = stream_48k(mono_blocks(file, path), file.samplerate, quality="VHQ")
        return np.concatenate([np.zeros(0, dtype=np.float32), *blocks])


def _levelled(samples: Wave, path: Path) -> Wave:
    """Return `samples` around zero at half of full scale: the resampler may have gone beyond it."""
    # The median is the level at rest: unlike the mean, it leaves digital silence where it is.
    centred = samples - np.median(samples) if len(samples) else samples
    peak = float(np.max(np.abs(centred), initial=0.0))
    if peak < 10 ** (SILENT_DB / 20):
        raise RoutineError(f"{path}: this sound is silent")
    return centred * np.float32(0.5 / peak)


def _trimmed(segment: AudioSegment) -> AudioSegment:
    threshold = segment.max_dBFS + TRIM_DB
    before = detect_leading_silence(segment, threshold, TICK_MS)
    behind = detect_leading_silence(segment.reverse(), threshold, TICK_MS)
    return segment[max(0, before - FADE_IN_MS) : len(segment) - max(0, behind - FADE_OUT_MS)]


def _faded(segment: AudioSegment) -> AudioSegment:
    """Fade both ends in raised cosines, and take out what offset is left between them."""
    samples = _floats(segment)
    shape = np.ones(len(samples))
    rise, fall = (min(ms * SAMPLE_RATE // 1000, len(samples) // 2) for ms in (FADE_IN_MS, FADE_OUT_MS))
    shape[:rise] *= _raised_cosine(rise)
    shape[len(shape) - fall :] *= _raised_cosine(fall)[::-1]
    offset = float(samples @ shape / max(shape.sum(), 1.0))
    data = ((samples - offset) * shape * 2**31).astype("<i4").tobytes()
    return AudioSegment(data, sample_width=4, frame_rate=SAMPLE_RATE, channels=1)


def _raised_cosine(count: int) -> NDArray[np.float64]:
    return np.asarray((1 - np.cos(np.pi * np.arange(count) / max(1, count))) / 2)


def _to_level(segment: AudioSegment) -> float:
    """Return the gain in dB that brings `segment` to the level of the chimes."""
    lufs = momentary_max(_floats(segment).astype(np.float32))
    return float(min(CHIME_LUFS - lufs, HIGHEST_PEAK_DB - segment.max_dBFS))


def _with_gain(segment: AudioSegment, gain_db: float) -> Clip:
    # In 32 bit: in 16, pydub rounds every sample down, which is an offset of half a step.
    return from_segment(segment.set_sample_width(4).apply_gain(gain_db) if gain_db else segment)
