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
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.errors import AudioguideError, OutputError
from audioguide.sound.own_bed import open_own_bed
from audioguide.sound.segments import load
from tests.faults.tally import tally

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
    """Yield how a file fares as a chime, and as a bed: "taken", or what kind of error tells what is wrong."""
    for use in (lambda: load(path).ticks, lambda: [*itertools.islice(open_own_bed(path).blocks(), 3)]):
        try:
            use()
            yield "taken"
        except AudioguideError as error:
            yield type(error).__name__ if str(path) in str(error) else "nameless"


def decode(paths: list[Path], said: str) -> Counter[str]:
    """Decode all of `paths` in one process, with little memory; return how often each came out how."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a decoder of MP3 has much to say of them
        try:
            resource.setrlimit(resource.RLIMIT_AS, (resource_used() + MOST_BYTES,) * 2)
            for path in paths:
                began = time.process_time()
                ways = "/".join(tried(path))
                assert time.process_time() - began < MOST_SECONDS, path
                os.write(writer, f"{ways}\n".encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as answers:
        told = answers.read().split()
    _, status = os.waitpid(child, 0)
    last = paths[min(len(told), len(paths) - 1)]
    assert status == 0, f"{said}, {last.name}: {os.waitstatus_to_exitcode(status)}"
    return Counter(told)


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


def test_damaged_sounds(tmp_path: Path) -> None:
    fuzz(60, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_hundred_damaged_sounds(tmp_path: Path) -> None:
    fuzz(500, tmp_path)


def test_whole_sounds_are_taken(tmp_path: Path) -> None:
    paths = []
    for number, (suffix, data) in enumerate(wholes()):
        paths.append(tmp_path / f"{number}.{suffix}")
        paths[-1].write_bytes(data)
    assert decode(paths, "whole") == {"taken/taken": len(FORMS)}


@pytest.mark.parametrize("loud", [1e30, 3e38])
def test_samples_beyond_all_measure_are_damage(tmp_path: Path, loud: float) -> None:
    path = tmp_path / "loud.wav"
    samples = np.full(96_000, 0.1, dtype=np.float32)
    samples[500] = loud
    soundfile.write(path, samples, 48_000, subtype="FLOAT")
    for use in (load, open_own_bed):
        with pytest.raises(OutputError, match="far beyond full scale"):
            use(path)
