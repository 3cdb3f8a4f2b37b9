from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, padded
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3 import encode as encode_module
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.lame.choice import EncoderChoice
from audioguide.mp3.lame.encoder import Encoder
from audioguide.mp3.lame.pyav import PyavEncoder
from audioguide.mp3.lame.wheel import WheelEncoder
from audioguide.mp3.over_bed import write_over_bed
from audioguide.sound.beds.bed import Bed
from audioguide.storage.cache import Cache
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES
from tests.slow import first

Floats = NDArray[np.float64]


def _clip(sound: Floats) -> Clip:
    return padded(np.rint(sound).astype(np.int16))


def make_bell(seed: int = 0) -> Clip:
    time = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    pitch = 500 + 83 * (seed % 7)
    partials = np.sin(2 * np.pi * pitch * time) + 0.5 * np.sin(2 * np.pi * 2.76 * pitch * time)
    return _clip(7000 * np.exp(-6 * time) * partials)


def make_click(seed: int = 0) -> Clip:
    sound = np.zeros(2 * TICK_SAMPLES)
    sound[0], sound[1] = 24_000 - seed % 100, -12_000
    return _clip(sound)


def make_burst(seed: int = 0) -> Clip:
    noise = np.random.default_rng(seed).standard_normal(9_000)
    smooth = np.convolve(noise, np.ones(6) / 6, mode="same")  # LAME cuts off what lies above 20 kHz
    return _clip(9000 * smooth)


def make_voice(seed: int = 0, seconds: float = 1.6) -> Clip:
    """Make vowels: the harmonics of a gliding pitch under three formants, four syllables a second."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 105 + 12 * np.sin(2 * np.pi * 0.7 * time + rng.uniform(0, 6))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    sound = np.zeros_like(time)
    for harmonic in range(1, 40):
        gain = sum(np.exp(-(((harmonic * 110 - formant) / 160) ** 2)) for formant in (550, 1500, 2600))
        sound += (0.03 + gain) / harmonic**0.5 * np.sin(harmonic * phase + rng.uniform(0, 6))
    syllables = np.sin(np.pi * np.clip((time * 4) % 1 / 0.8, 0, 1)) ** 2
    sound = sound * syllables + 0.01 * rng.standard_normal(len(time)) * syllables
    return _clip(sound / np.abs(sound).max() * 20_000)


def decode_ffmpeg(file: bytes) -> Floats:
    with av.open(io.BytesIO(file), mode="r") as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float64) * 32_768


def decode_mpg123(file: bytes) -> Floats:
    sound, rate = soundfile.read(io.BytesIO(file), dtype="float64")
    assert rate == SAMPLE_RATE
    return np.asarray(sound) * 32_768


def render_mp3(sounds: Iterable[Sound], length: int, bitrate: int = BITRATE) -> bytes:
    islands = cut(sounds, length)
    file = io.BytesIO()
    write_mp3(
        file, islands, length, encoded=encode_islands(islands, Mp3Job(bitrate=bitrate)).of, bitrate=bitrate
    )
    return file.getvalue()


def mix_plainly(sounds: Iterable[Sound], length: int) -> Clip:
    total = np.zeros(length * TICK_SAMPLES, dtype=np.int32)
    for sound in sounds:
        total[sound.start * TICK_SAMPLES : sound.end * TICK_SAMPLES] += sound.clip.samples
    return Clip(total.astype(np.int16))


@pytest.fixture(params=[WheelEncoder, PyavEncoder])
def encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Encoder:
    """Each encoder in turn, used for all that the test encodes."""
    try:
        made: Encoder = request.param()
    except OutputError as error:
        pytest.skip(str(error))
    monkeypatch.setattr(encode_module, "chosen", lambda: EncoderChoice(made))
    return made


@pytest.fixture(scope="session")
def bell() -> Callable[[int], Clip]:
    """A chime that rings for half a second."""
    return make_bell


@pytest.fixture(scope="session")
def click() -> Callable[[int], Clip]:
    return make_click


@pytest.fixture(scope="session")
def burst() -> Callable[[int], Clip]:
    """Noise that starts at once."""
    return make_burst


@pytest.fixture(scope="session")
def voice() -> Callable[[int], Clip]:
    return make_voice


@pytest.fixture(scope="session", params=first(1, [decode_ffmpeg, decode_mpg123]))
def decode(request: pytest.FixtureRequest) -> Callable[[bytes], Floats]:
    """Decode a file as a player does, in the units of int16: by FFmpeg, and by mpg123."""
    decoder: Callable[[bytes], Floats] = request.param
    return decoder


@pytest.fixture(scope="session")
def render() -> Callable[..., bytes]:
    """Sounds, length and bit rate to the bytes of a file."""
    return render_mp3


@pytest.fixture(scope="session")
def whole() -> Callable[[Iterable[Sound], int], Clip]:
    """Mix all sounds of a file into one clip, without islands."""
    return mix_plainly


@pytest.fixture(scope="session")
def render_over(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Sounds, length, bed and the fields of an `Mp3Job` to the bytes of a file.

    The loops of beds, and whatever else is the same, are encoded once unless a test brings its own cache.
    """
    kept = Cache(tmp_path_factory.mktemp("beds"))

    def write_over(sounds: Iterable[Sound], length: int, bed: Bed, **how: Any) -> bytes:
        file = io.BytesIO()
        write_over_bed(file, sounds, length, bed, job=Mp3Job(**{"cache": kept, **how}))
        return file.getvalue()

    return write_over
