"""Sound files that were damaged in any way: a clip or an error, in time, and the process lives on."""

from __future__ import annotations

import io
import itertools
import os
import random
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.errors import AudioguideError, OutputError
from audioguide.sound.beds.own_bed import open_own_bed
from audioguide.sound.own_sound import load
from audioguide.verifier.measure.decode import sound
from tests.faults.tally import tally
from tests.slow import first

if sys.platform != "win32":
    import resource

FORMS = [
    ("WAV", "PCM_16"),
    ("WAV", "FLOAT"),
    ("FLAC", "PCM_16"),
    ("OGG", "VORBIS"),
    ("MP3", None),
    ("AIFF", "PCM_24"),
]
SIZES = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000]
MOST_SECONDS = 10
MOST_BYTES = 512 * 1024 * 1024

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")


def wholes() -> list[tuple[str, bytes]]:
    """Return a sound of 1.2 s in each format, as bytes."""
    clock = np.arange(57_600) / 48_000
    tone = 0.4 * np.sin(2 * np.pi * 440 * clock) * np.exp(-2 * clock)
    made = []
    for form, subtype in FORMS:
        file = io.BytesIO()
        soundfile.write(file, np.column_stack([tone, tone]), 48_000, format=form, subtype=subtype)
        made.append((form.lower(), file.getvalue()))
    return made


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return `data` cut, stuffed, mixed up, or with other numbers in its head."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        changed = changed or bytearray(b"x")
        where = chance.randrange(min(len(changed), chance.choice([64, 400, len(changed)])))
        match chance.randrange(6):
            case 0:
                changed[where] ^= 1 << chance.randrange(8)
            case 1:
                changed[where : where + 4] = struct.pack(chance.choice("<>") + "I", chance.choice(SIZES))
            case 2:
                changed[where : where + chance.choice([1, 4, 100])] = b""
            case 3:
                changed[where:where] = chance.randbytes(chance.choice([1, 4, 3000]))
            case 4:
                changed[where:] = changed[where:][: chance.choice([0, 1, 50, 5000])] or b"x"
            case _:
                there = chance.randrange(len(changed))
                changed[where : where + 32], changed[there : there + 32] = (
                    changed[there : there + 32], changed[where : where + 32],
                )  # fmt: skip
    return bytes(changed)


def tried(path: Path) -> Iterator[str]:
    """Yield how a file fares as a chime and as a bed: "taken", or the kind of error that names the fault."""
    for use in (lambda: load(path).ticks, lambda: [*itertools.islice(open_own_bed(path).blocks(), 3)]):
        try:
            use()
            yield "taken"
        except AudioguideError as error:
            yield type(error).__name__ if str(path) in str(error) else "nameless"


def decode(
    paths: list[Path], said: str, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS
) -> Counter[str]:
    """Decode all of `paths` in one process, with little memory; return how often each came out how."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a decoder of MP3 has much to say of them
        try:
            resource.setrlimit(resource.RLIMIT_AS, (resource_used() + most_bytes,) * 2)
            for path in paths:
                began = time.process_time()
                ways = "/".join(tried(path))
                assert time.process_time() - began < most_seconds, path
                os.write(writer, f"{ways}\n".encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as answers:
        reported = answers.read().split()
    _, status = os.waitpid(child, 0)
    last = paths[min(len(reported), len(paths) - 1)]
    assert status == 0, f"{said}, {last.name}: {os.waitstatus_to_exitcode(status)}"
    return Counter(reported)


def resource_used() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def fuzz(count: int, folder: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    sources = wholes()
    paths = []
    for number in range(count):
        suffix, data = sources[number % len(sources)]
        paths.append(folder / f"{number}.{suffix}")
        paths[-1].write_bytes(damaged(data, chance))
    came = decode(paths, f"seed {seed}")
    assert came.total() == count
    assert "nameless" not in "".join(came), f"seed {seed}: {came}"
    assert len(came) > 1, f"seed {seed}: {came}"
    tally("mutated sounds", count)


@pytest.mark.slow
def test_damaged_sounds(tmp_path: Path) -> None:
    fuzz(60, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_hundred_damaged_sounds(tmp_path: Path) -> None:
    fuzz(500, tmp_path)


@pytest.mark.slow
def test_whole_sounds_are_taken(tmp_path: Path) -> None:
    paths = []
    for number, (suffix, data) in enumerate(wholes()):
        paths.append(tmp_path / f"{number}.{suffix}")
        paths[-1].write_bytes(data)
    assert decode(paths, "whole") == {"taken/taken": len(FORMS)}


@pytest.mark.slow
@pytest.mark.parametrize("loud", [1e30, 3e38])
def test_samples_beyond_all_measure_are_damage(tmp_path: Path, loud: float) -> None:
    path = tmp_path / "loud.wav"
    samples = np.full(96_000, 0.1, dtype=np.float32)
    samples[500] = loud
    soundfile.write(path, samples, 48_000, subtype="FLOAT")
    for use in (load, open_own_bed):
        with pytest.raises(OutputError, match="far beyond full scale"):
            use(path)


# What a file that fits into 50 MB may hold: the most samples of 60 s, hours, and heads that lie about it.
CRAFTED_BYTES = 200_000_000
CRAFTED_SECONDS = 5
Make = Callable[[Path], Path]


def crafted(path: Path, seconds: int, rate: int, channels: int) -> Path:
    with soundfile.SoundFile(path, "w", rate, channels) as file:
        clock = np.arange(rate) / rate
        second = np.repeat(0.3 * np.sin(2 * np.pi * 440 * clock)[:, None], channels, 1).astype(np.float32)
        for _ in range(seconds):
            file.write(second)
    return path


def lying(path: Path, frames: int) -> Path:
    """Make the head of the FLAC file at `path` claim so many `frames`; 0 is for "unknown"."""
    data = bytearray(path.read_bytes())
    data[21] = data[21] & 0xF0 | frames >> 32  # 36 bits, after the sizes of blocks, rate, channels and bits
    data[22:26] = struct.pack(">I", frames & 0xFFFF_FFFF)
    path.write_bytes(data)
    return path


def of(seconds: int, rate: int, channels: int, name: str = "a.flac") -> Make:
    return lambda folder: crafted(folder / name, seconds, rate, channels)


def saying(frames: int) -> Make:
    return lambda folder: lying(crafted(folder / "a.flac", 2, 8_000, 1), frames)


def weighing(size: int) -> Make:
    """Return what makes a file of so many bytes, that take no room on the disk, with two seconds of sound."""

    def make(folder: Path) -> Path:
        path = crafted(folder / "a.wav", 2, 8_000, 1)
        os.truncate(path, size)
        return path

    return make


TAKEN, REFUSED = "taken/taken", "RoutineError/RoutineError"
CRAFTED: dict[str, tuple[Make, str]] = {
    "8 channels of 192 kHz": (of(60, 192_000, 8), TAKEN),
    "4 channels of 384 kHz": (of(20, 384_000, 4), TAKEN),
    "5 channels of 384 kHz": (of(1, 384_000, 5), REFUSED),
    "2 hours": (of(7_200, 4_000, 1), "RoutineError/taken"),
    "2 hours and a second": (of(7_201, 4_000, 1), REFUSED),
    "an OGG of 3 hours": (of(10_800, 4_000, 1, "a.ogg"), REFUSED),
    "a head of no length": (saying(0), "OutputError/OutputError"),
    "a head of a sample": (saying(1), REFUSED),
    "a head of 50 s": (saying(400_000), "OutputError/OutputError"),
    "a head of all hours": (saying(2**36 - 1), REFUSED),
    "50 MB": (weighing(50_000_000), TAKEN),
    "50 MB and a byte": (weighing(50_000_001), REFUSED),
    "900 GB": (weighing(900 * 10**9), REFUSED),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", first(2, CRAFTED))
def test_crafted_sounds_take_little_memory_and_time(tmp_path: Path, what: str) -> None:
    make, ends = CRAFTED[what]
    assert decode([make(tmp_path)], what, CRAFTED_BYTES, CRAFTED_SECONDS) == {ends: 1}


@pytest.mark.slow
def test_the_proof_takes_no_longer_sound_than_a_render_does(tmp_path: Path) -> None:
    assert 59 * 48_000 < len(sound(crafted(tmp_path / "a.flac", 60, 8_000, 2))) < 61 * 48_000
    with pytest.raises(OutputError, match=r"a\.ogg is longer than 61 s"):
        sound(crafted(tmp_path / "a.ogg", 70, 8_000, 1))
