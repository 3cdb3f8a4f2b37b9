"""What is too much is refused before it costs anything: 0.2 s of a core, 50 MB, and no speech."""

from __future__ import annotations

import itertools
import json
import os
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import AudioguideError
from audioguide.listener.files import read_overlay
from audioguide.routine.limits import LARGEST_FILE
from audioguide.routine.load import load
from audioguide.script.layout import lay_out
from audioguide.verifier.measure.decode import blocks, sound
from audioguide.verifier.promise import read_promise
from tests.faults.tally import tally
from tests.slow import first

if sys.platform != "win32":
    import resource

MOST_SECONDS = 0.2
MOST_BYTES = 50 * 10**6
HEAD = "title: T\nsafety: {notice: none, closing: none}\n"
Make = Callable[[Path], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")


def routine(steps: str, head: str = "") -> Make:
    """Return what writes a routine of these steps."""

    def make(folder: Path) -> Path:
        path = folder / "r.yaml"
        path.write_text(f"{HEAD}{head}steps: {steps}\n", encoding="utf-8")
        return path

    return make


def text(content: str, name: str = "r.yaml") -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_text(content, encoding="utf-8")
        return folder / name

    return make


def nested(*counts: int, gap: str = "0.1s") -> Make:
    steps = f"[{{gap: {gap}}}]"
    for count in counts:
        steps = f"[{{repeat: {count}, steps: {steps}}}]"
    return routine(steps)


def chain(length: int, last: str = "") -> Make:
    def make(folder: Path) -> Path:
        for number in range(length):
            following = f"r{number + 1}.yaml" if number + 1 < length else last
            steps = f"[{{include: {following}}}]" if following else "[{gap: 1s}]"
            (folder / f"r{number}.yaml").write_text(f"{HEAD}steps: {steps}\n", encoding="utf-8")
        return folder / "r0.yaml"

    return make


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(levels)]
    return "\n".join(lines)


def gong(seconds: float, rate: int = 8_000, channels: int = 1) -> Make:
    """Return what writes a routine with a chime of its own of such a length."""

    def make(folder: Path) -> Path:
        with soundfile.SoundFile(folder / "gong.flac", "w", rate, channels, format="FLAC") as file:
            second = np.full((rate, channels), 0.1, dtype=np.float32)
            for _ in range(int(seconds)):
                file.write(second)
        return routine("[{chime: gong}]", "sounds: {gong: gong.flac}\n")(folder)

    return make


def heavy(size: int) -> Make:
    """Return what writes a routine with a chime of so many bytes, that take no room on the disk."""

    def make(folder: Path) -> Path:
        soundfile.write(folder / "gong.wav", np.full(8_000, 0.1), 8_000)
        os.truncate(folder / "gong.wav", size)
        return routine("[{chime: gong}]", "sounds: {gong: gong.wav}\n")(folder)

    return make


def script(**changed: object) -> Make:
    document = {
        "format": "audioguide.script/1",
        "title": "T",
        "tick_ms": 4,
        "sample_rate": 48_000,
        **changed,
    }
    return text(json.dumps(document), "s.script.json")


def edited(length: str) -> Make:
    head = '"format": "audioguide.script/1", "title": "T", "tick_ms": 4, "sample_rate": 48000'
    return text(f'{{{head}, "cues": [{{"kind": "hold", "step": "a", {length}}}]}}', "s.script.json")


def value(kind: str, what: str) -> Make:
    return routine(f"\n  - {kind}: {what}")


DIGITS = "1" * 5_000
NUMBERS = (".inf", "-.inf", ".nan", "1e400", "1e9", "-1", "0x7fffffff", "1:30:00:00")
TOO_MUCH: dict[str, Make] = {
    "a byte too many": text("#" * (LARGEST_FILE + 1)),
    "13 MB": text("# x\n" * 3_300_000),
    "33 deep": text("[" * 33),
    "500 deep": text("{a: " * 500),
    "100,000 deep": text("[" * 100_000),
    "20,001 values": text("[" + "a," * 20_000 + "]"),
    "120,000 values": text("[" + "a," * 120_000 + "]"),
    "501 reps": routine("[{repeat: 501, steps: [{gap: 1s}]}]"),
    "a billion reps": routine("[{repeat: 1000000000, steps: [{gap: 1s}]}]"),
    "a hold of an hour and a tick": value("hold", "3600.004s"),
    "a hold of ten years": value("hold", "315360000"),
    "12 hours and a second": nested(12, gap="1h"),
    "28 years": nested(500, 500, gap="1h"),
    "20,500 cues": nested(500, 41),
    "78 quadrillion cues": nested(500, 500, 500, 500, 500, 500),
    "501 characters": value("say", "word " * 100 + "a"),
    "250,000 characters": value("say", "word " * 50_000),
    "a word of 41": value("say", "a" * 41),
    "a word of 4 KiB": value("say", "a" * 4_096),
    **{f"a hold of {what}": value("hold", what) for what in NUMBERS},
    **{f"reps of {what}": routine(f"[{{repeat: {what}, steps: [{{gap: 1s}}]}}]") for what in NUMBERS},
    "a hold of 5,000 digits": value("hold", DIGITS),
    "reps of 5,000 digits": routine(f"[{{repeat: {DIGITS}, steps: [{{gap: 1s}}]}}]"),
    "a volume of 5,000 digits": value("chime", f"{{sound: bell, volume: {DIGITS}}}"),
    "a setting of 5,000 digits": routine("[{gap: 1s}]", f"settings: {{hold: {{default: {DIGITS}}}}}\n"),
    "a bomb of aliases": text(bomb(8)),
    "a bomb of 30 levels": text(bomb(30)),
    "an alias in a circle": text("a: &a [*a]"),
    "a tag": text("a: !!python/object/apply:os.system [true]"),
    "includes in a circle": chain(3, "r0.yaml"),
    "a routine that includes itself": chain(1, "r0.yaml"),
    "includes 17 deep": chain(17),
    "includes 100 deep": chain(100),
    "a device": routine("[{include: /dev/zero}]"),
    "a sound that is a device": routine("[{chime: gong}]", "sounds: {gong: /dev/zero}\n"),
    "a sound of 61 s": gong(61),
    "a sound of 2 hours and a second": gong(7_201, 4_000),
    "a sound of 50 MB and a byte": heavy(50_000_001),
    "a sound of 900 GB": heavy(900 * 10**9),
    "a script of 40 MB": text('{"a": "' + "x" * 40_000_000 + '"}', "s.script.json"),
    "a script 100,000 deep": text("[" * 100_000, "s.script.json"),
    "a script 900 deep": text("[" * 900 + "]" * 900, "s.script.json"),
    "a script with a number of 5,000 digits": edited(f'"length": {DIGITS}'),
    "a script of Infinity": edited('"length": Infinity'),
    "a script of 1e400": edited('"length": 1e400'),
    "a script of ten years": script(cues=[{"kind": "hold", "step": "a", "length": 250 * 315_360_000}]),
    "a script of 60,001 cues": script(cues=[{}] * 60_001),
    "a script of 900 wrong cues": script(cues=[{"kind": "gap"}] * 900),
    "an overlay of 5,000 digits": text(f"rate: {DIGITS}", "o.yaml"),
    "an overlay 500 deep": text("{a: " * 500, "o.yaml"),
}  # fmt: skip


def refuse(path: Path) -> str:
    """Return how the file at `path` is refused, on the way that comes before speech; "" where it is not."""
    try:
        if path.name == "o.yaml":
            read_overlay(path)
            return ""
        made = read_script(path) if path.suffix == ".json" else compile(load(path))
        lay_out(made, estimated_lengths(made))
    except AudioguideError as error:
        return str(error)
    return ""


def measured(path: Path) -> tuple[str, float, int]:
    """Refuse it in a process of its own: return how, the seconds of a core, and the bytes that it took."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            said = refuse(path)
            took = time.process_time() - began
            more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
            os.write(writer, json.dumps([said[:2_000], took, more]).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        reported = answer.read()
    os.waitpid(child, 0)
    assert reported, "the process ended without a word"
    said, took, more = json.loads(reported)
    return said, took, more


@pytest.mark.parametrize("what", first(8, TOO_MUCH))
def test_what_is_too_much_is_refused_at_once(tmp_path: Path, what: str) -> None:
    path = TOO_MUCH[what](tmp_path)
    refuse(path)  # what is loaded once is not a part of it
    said, took, more = min((measured(path) for _ in range(3)), key=lambda each: each[1])
    assert said, "it was taken"
    assert max(map(len, said.splitlines())) < 500
    assert took <= MOST_SECONDS
    assert more <= MOST_BYTES
    tally("refusals", 1, seconds=took, megabytes=more / 1e6)


def test_faults_of_a_long_script_are_reported_by_their_keys(tmp_path: Path) -> None:
    cues = [{"kind": "gap", "step": "a", "start": number, "length": 1} for number in range(9_000)]
    cues[4_321]["length"] = -5
    said = refuse(script(length=9_000, cues=cues)(tmp_path))
    assert said.endswith("s.script.json:1:1: cues[4321].length: input should be greater than or equal to 0")
    said = refuse(script(length=9_000, cues=[{"kind": "gap"}] * 9_000)(tmp_path))
    assert re.search(r"and \d+,\d{3} more$", said)
    assert len(said.splitlines()) == 102


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
@pytest.mark.timeout(20)
def test_a_pipe_or_a_device_is_not_read(tmp_path: Path) -> None:
    makes: list[Callable[[Path], None]] = [os.mkfifo, partial(os.symlink, "/dev/zero")]
    for number, make in enumerate(makes):
        paths = [tmp_path / f"{number}{suffix}" for suffix in (".script.json", ".mp3", ".yaml", ".wav")]
        for path in paths:
            make(path)
        readers: list[Callable[[Path], object]] = [read_script, read_promise, sound, first_block]
        for read, path in itertools.product(readers, paths):
            with pytest.raises(AudioguideError, match=r"is a (pipe|device)"):
                read(path)


def first_block(path: Path) -> object:
    return next(blocks(path))
