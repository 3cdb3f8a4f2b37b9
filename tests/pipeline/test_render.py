"""The whole path: quick where it may be, and always the same to the byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.routine.load import Routine, load
from audioguide.script.script import Script, Spoken, VoiceChoice
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.storage.cache import Cache
from tests.conftest import Write
from tests.slow import first

LONG = """
title: Long
settings:
  hold: {default: 20s, min: 5s, max: 60s}
  reps: {default: 25, min: 1, max: 500}
  rounds: {default: 1, min: 1, max: 2}
safety: {notice: none, closing: none}
steps:
  - repeat: $rounds
    steps:
      - repeat: $reps
        steps:
          - say: Lie down on your back and rest.
          - say: Draw your navel to your spine.
          - say: Slowly lift your upper body from the floor.
          - say: Push gently through both of your hands.
          - say: Squeeze your shoulder blades together.
          - say: Hold, and keep breathing softly.
            settle: 3s
          - hold: $hold
          - say: Slowly lower your body to the floor.
          - say: Feel your back let go.
            settle: 5s
"""
MIXED = """
  - say: Lie down. And rest.
  - hold: 15s
    marks: {halfway: Half of it is over., countdown: 3}
  - breathe: {in: 4s, out: 6s, cycles: 2, voice: first two}
  - hold: 5.1s
"""
FILES = (".mp3", ".script.json", ".txt")


@pytest.fixture
def long(write: Write) -> Routine:
    """Load a routine of 23 minutes, 8 phrases and a hold in each of 25 reps."""
    return load(write(LONG, "long.yaml"))


@pytest.fixture
def mixed(script: Callable[..., Script]) -> Script:
    """Compile a short script of many kinds of cues, with tones for words."""
    return replace(script(MIXED), voice=VoiceChoice(engine="tone"))


def _bytes(receipt: Receipt) -> list[bytes]:
    return [path.read_bytes() for path in (receipt.mp3, receipt.script, receipt.text)]


def _forget_islands(script: Script, cache: Cache) -> None:
    engine, voice = CachedEngine(PyttsxEngine(), cache), script.voice
    clips = {
        engine.key(Phrase(ref.text, voice.name, voice.rate, voice.pitch))
        for ref in script.clips
        if isinstance(ref, Spoken)
    }
    for entry in cache.folder.glob("??/*"):
        if entry.name not in clips:
            entry.unlink()


def test_a_real_voice_cold_warm_and_on_any_number_of_cores(long: Routine, tmp_path: Path) -> None:
    script = compile(long, Options(settings={"reps": "2"}))
    cache = Cache(tmp_path / "cache")
    cold = render(script, tmp_path / "cold", cache=cache, workers=4)
    assert (cold.phrases_spoken, cold.phrases_reused, cold.islands_reused) == (8, 0, 0)
    warm = render(script, tmp_path / "warm", cache=cache, workers=1)
    assert (warm.phrases_spoken, warm.islands_encoded) == (0, 0)
    assert warm.islands_reused == cold.islands_encoded == 9
    renders = [cold, warm]
    for workers in (1, 2):
        _forget_islands(script, cache)
        again = render(script, tmp_path / f"again{workers}", cache=cache, workers=workers)
        assert (again.phrases_reused, again.islands_encoded) == (8, 9)
        renders.append(again)
    assert len({tuple(_bytes(receipt)) for receipt in renders}) == 1


@pytest.mark.parametrize("bed", first(1, [None, "brown"]))
def test_tones_cold_warm_and_on_any_number_of_cores(mixed: Script, tmp_path: Path, bed: str | None) -> None:
    script = replace(mixed, bed=bed)
    renders = [
        render(script, tmp_path / f"{folder}-{workers}", cache=Cache(tmp_path / folder), workers=workers)
        for folder, workers in (("a", 1), ("b", 2), ("b", 1), ("c", 3))
    ]
    assert len({tuple(_bytes(receipt)) for receipt in renders}) == 1
    assert [receipt.phrases_spoken for receipt in renders] == [8, 8, 0, 8]
    counts = [(receipt.islands_encoded, receipt.islands_reused) for receipt in renders]
    total = sum(counts[0])
    assert counts == [(total, 0), (total, 0), (0, total), (total, 0)]


def test_another_hold_speaks_nothing_and_encodes_two_islands_at_most(long: Routine, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")

    def rendered(hold: str) -> Receipt:
        script = replace(compile(long, Options(settings={"hold": hold})), voice=VoiceChoice(engine="tone"))
        return render(script, tmp_path, cache=cache)

    assert rendered("20s").timeline.length > 20 * 60 * 250
    # The end chime is encoded in advance for whole seconds; else it may fall on another sixth of a frame.
    for hold, most in (("25s", 0), ("25.1s", 2), ("31.02s", 2), ("7s", 0), ("30s", 0)):
        receipt = rendered(hold)
        assert (receipt.phrases_spoken, receipt.phrases_reused) == (0, 8)
        assert receipt.islands_encoded <= most
        # Tones for phrases of as many words are the same sound: 4 of them, and 2 chimes.
        assert receipt.islands_encoded + receipt.islands_reused == 6
        assert {held.placed for held in receipt.holds} == {held.asked for held in receipt.holds}


def test_a_failure_while_others_encode_leaves_nothing(
    mixed: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("audioguide.pipeline.render.write_mp3", full)
    with pytest.raises(OSError, match="No space left"):
        render(mixed, tmp_path / "out", cache=Cache(tmp_path / "cache"))
    assert not (tmp_path / "out").exists()


PEAK = """
import sys
from dataclasses import replace
from pathlib import Path
from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.script.script import VoiceChoice
from audioguide.pipeline.output import Output
from audioguide.storage.cache import Cache
routine, out = load(Path(sys.argv[1])), Path(sys.argv[2])
script = compile(routine, Options(settings={"reps": sys.argv[3], "rounds": sys.argv[4]}))
script = replace(script, voice=VoiceChoice(engine="tone"))
receipt = render(script, out, Output(bitrate=64_000), cache=Cache(out / "cache"))
# Not ru_maxrss: it begins with the peak of the process that started this one.
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(receipt.timeline.length // 250, peak.split()[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process alone")
def test_ten_hours_take_no_more_memory_than_five_minutes(long: Routine, tmp_path: Path) -> None:
    def measured(reps: str, rounds: str) -> list[int]:
        command = [sys.executable, "-c", PEAK, str(long.path), str(tmp_path), reps, rounds]
        return [int(number) for number in subprocess.check_output(command).split()]

    (short, short_peak), (longest, longest_peak) = measured("5", "1"), measured("325", "2")
    assert short < 6 * 60 < 590 * 60 < longest  # seconds
    assert longest_peak <= 1.2 * short_peak
    assert longest_peak <= 250_000  # kB
