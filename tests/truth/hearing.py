"""How the verifier hears: MP3 decoded by two libraries, sounds found again by matched filter.

Nothing here comes from the package under test.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

Wave = NDArray[np.float32]

RATE = 48_000
FRAME = 1152
SEARCH = 2400  # samples: 50 ms to each side of a promised place
BLOCK = 1 << 20
AGREE = 1e-5  # between two decoders
SMOOTH_HZ = 80  # how finely the filter looks at the spectrum of what sounds at the same time
_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Where a sound was found: `offset` in samples from its place, `gain_db`, and its `fit`.

    `fit` is the normalised correlation at that place: 1 is the sound and nothing else.
    """

    offset: float
    gain_db: float
    fit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What the Info tag says, and the number of frames that really follow it."""

    frames: int
    size: int
    delay: int
    padding: int
    counted: int
    found_size: int


_LOCATED: dict[bytes, Heard] = {}


def decoded(path: Path) -> dict[str, Wave]:
    """Decode the MP3 at `path` with FFmpeg's decoder and with mpg123's: (n,) floats, full scale 1.

    Where the two agree there is one wave under both names: what is found in it is found in both.
    """
    wave = _by_ffmpeg(path)
    with soundfile.SoundFile(path) as file:
        same = file.samplerate == RATE and file.frames == len(wave)
        place = 0
        for block in file.blocks(BLOCK, dtype="float32") if same else ():
            same = same and loudest(block - wave[place : place + len(block)]) < AGREE
            place += len(block)
    if same and place == len(wave):
        return {"PyAV and libsndfile": wave}
    return {"PyAV": wave, "libsndfile": soundfile.read(path, dtype="float32")[0]}


def _by_ffmpeg(path: Path) -> Wave:
    with av.open(str(path)) as container:
        blocks = [
            np.frombuffer(memoryview(frame.planes[0]), dtype=np.float32, count=frame.samples).copy()
            for frame in container.decode(audio=0)
            if frame.format.name == "fltp" and frame.sample_rate == RATE
        ]
    return np.concatenate(blocks)


def read_tag(path: Path) -> Tag | None:
    """Return the Info tag of an MP3, read byte by byte; None where there is none."""
    data = path.read_bytes()
    start = 0
    if data[:3] == b"ID3":
        start = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
        )
    mono = data[start + 3] >> 6 == 3
    place = start + 4 + (17 if mono else 32)
    if data[place : place + 4] != b"Info" or struct.unpack_from(">I", data, place + 4)[0] & 3 != 3:
        return None
    frames, size = struct.unpack_from(">II", data, place + 8)
    # Behind name, flags, counts, 100 bytes of table and a quality comes LAME's part: 21 bytes, the delays.
    delays = int.from_bytes(data[place + 141 : place + 144], "big")
    return Tag(
        frames=frames, size=size, delay=delays >> 12, padding=delays & 0xFFF,
        counted=sum(1 for _ in _frames(data, start)) - 1, found_size=len(data) - start,
    )  # fmt: skip


def _frames(data: bytes, place: int) -> Iterator[int]:
    """Yield the place of each frame of MPEG-1 layer III at 48 kHz."""
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] & 0xFE == 0xFA:
        size = 144_000 * _KBITS[data[place + 2] >> 4] // RATE + (data[place + 2] >> 1 & 1)
        if place + size > len(data):
            return
        yield place
        place += size


def stretch(wave: Wave, start: int, end: int) -> Wave:
    """Return samples `start` to `end`, with silence for what lies outside of `wave`."""
    if start >= 0 and end <= len(wave):
        return wave[start:end]
    inner = wave[max(0, start) : max(0, end)]
    before = min(max(0, -start), end - start)
    return np.pad(inner, (before, end - start - before - len(inner)))


def loudest(wave: Wave) -> float:
    """Return the highest absolute value."""
    return float(max(wave.max(initial=0), -wave.min(initial=0)))


def locate(wave: Wave, template: Wave) -> Heard:
    """Find `template` in `wave`, which begins and ends SEARCH samples around its promised place.

    The filter is matched in the sense of the textbook: the spectrum of the template over that of
    all else that sounds, here what is left of `wave` without the promised template. So a bell is
    found by those of its partials that speech leaves free. Between samples: a parabola.
    """
    key = hashlib.sha256(wave.tobytes() + template.tobytes()).digest()
    if key not in _LOCATED:  # the same phrase in another file, with the same sounds around it
        _LOCATED[key] = _located(wave, template)
    return _LOCATED[key]


def _located(wave: Wave, template: Wave) -> Heard:
    size = _transform_size(len(wave))
    rest = wave.copy()
    rest[SEARCH : SEARCH + len(template)] -= template
    heard, sought, other = (np.fft.rfft(part, size) for part in (wave, template, rest))
    power = np.abs(sought) ** 2
    noise = _smooth(np.abs(other) ** 2, size) + 1e-3 * _smooth(power, size) + 1e-7 * power.max()
    curve = np.fft.irfft(heard * np.conj(sought) / noise, size)[: 2 * SEARCH + 1]
    peak = int(curve.argmax())
    gain = float(curve[peak] / (np.sum(power / noise) * 2 / size))
    place = stretch(wave, peak, peak + len(template))
    return Heard(
        offset=peak - SEARCH + _between(curve, peak), gain_db=decibel(abs(gain)), fit=fit(place, template)
    )


def fit(wave: Wave, template: Wave) -> float:
    """Return the normalised correlation of two waves that start together, over the longer of both."""
    count = min(len(wave), len(template))
    energy = float(wave @ wave) * float(template @ template)
    return float(wave[:count] @ template[:count]) / energy**0.5 if energy else 0.0


def decibel(value: float) -> float:
    """Return `value` in dB of 1."""
    return float(20 * np.log10(max(value, 1e-12)))


def _transform_size(length: int) -> int:
    """Return a size of at least `length` that makes a quick Fourier transform: 4 to 8 times a power of 2."""
    step = 1 << max(0, (length - 1).bit_length() - 3)
    return -(-length // step) * step


def _smooth(power: NDArray[np.floating], size: int) -> NDArray[np.float64]:
    half = max(1, SMOOTH_HZ * size // RATE // 2)
    sums = np.cumsum(np.pad(power.astype(np.float64), (half + 1, half), mode="edge"))
    return np.maximum(sums[2 * half + 1 :] - sums[: -2 * half - 1], 0) / (2 * half + 1)


def _between(curve: NDArray[np.floating], peak: int) -> float:
    if not 0 < peak < len(curve) - 1:
        return 0.0
    left, middle, right = (float(curve[peak + step]) for step in (-1, 0, 1))
    bend = left - 2 * middle + right
    return 0.5 * (left - right) / bend if bend else 0.0


def pitch(wave: Wave) -> float:
    """Return the strongest frequency of `wave` between 200 and 600 Hz."""
    size = 1 << 16
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), size))
    low, high = (hertz * size // RATE for hertz in (200, 600))
    return (low + int(spectrum[low:high].argmax())) * RATE / size
