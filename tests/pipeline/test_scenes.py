"""Beds and profiles that change from chapter to chapter, measured on the decoded MP3."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Wave
from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.pipeline.stream import stream
from audioguide.routine.load import Routine
from audioguide.storage.cache import Cache
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.measure.decode import blocks
from audioguide.verifier.proof import prove

MakeRoutine = Callable[..., Routine]
STEPS = """
  - say: Lie down.
  - chapter: Body scan
    bed: rain
  - hold: 20s
  - chapter: Silence
    bed: none
  - hold: 20s
  - chapter: Sea
    bed: ocean
    profile: quiet
  - hold: 20s
  - say: Slowly sit up.
"""


def made_of(routine: Routine, folder: Path, options: Options | None = None) -> Receipt:
    asked = options or Options(engine="tone")
    return render(compile(routine, asked), folder, cache=Cache(folder / "cache"))


def heard(made: Receipt) -> Wave:
    return np.concatenate(list(blocks(made.mp3)))


def level(wave: Wave, start: float, length: float) -> float:
    """Return the level in dB of a stretch that starts at `start` seconds."""
    part = wave[int(start * SAMPLE_RATE) : int((start + length) * SAMPLE_RATE)]
    return float(20 * np.log10(max(1e-9, np.sqrt(np.mean(part**2)))))


def starts_of(made: Receipt) -> list[float]:
    return [start / 250 for start, _ in made.chapters]


def test_the_bed_is_heard_in_its_chapters_and_holds_are_exact(routine: MakeRoutine, tmp_path: Path) -> None:
    made = made_of(routine(STEPS), tmp_path)
    proof = prove(made.mp3, made.script)
    assert proof.stands(), proof.faults
    assert [round(hold.off or 0.0) for hold in proof.holds] == [0, 0, 0]  # samples
    wave, (_, rain, silence, sea) = heard(made), starts_of(made)
    assert -55 < level(wave, rain + 8, 5) < -40
    assert level(wave, silence + 8, 5) < -80
    assert level(wave, sea + 8, 5) > -65


def test_one_bed_gives_way_softly_to_the_next(routine: MakeRoutine, tmp_path: Path) -> None:
    steps = """
  - chapter: One
    bed: brown
  - rest: 20s
  - chapter: Two
    bed: brown
    bed_volume: 6
  - rest: 20s
"""
    wave = heard(made := made_of(routine(steps), tmp_path))
    two = starts_of(made)[1]
    moments = [level(wave, two + moment, 1.5) for moment in range(-10, 10)]
    assert np.mean(moments[-6:]) - np.mean(moments[:6]) == pytest.approx(6, abs=1)
    assert max(abs(after - before) for before, after in pairwise(moments)) < 4
    assert min(moments) > -60


def test_the_receipt_tells_each_scene(routine: MakeRoutine, tmp_path: Path) -> None:
    made = made_of(routine(STEPS), tmp_path)
    lines = [line.strip() for line in made.as_text().splitlines()]
    named = [line.split(":")[0].split(" ")[0] for line in lines if " from 00:" in line and "bed" in line]
    assert named == ["bed", "bed", "bed"]
    assert any(line.startswith("profile from 00:") and "quiet" in line for line in lines)
    assert [scene["bed"] for scene in made.as_json()["scenes"]] == ["none", "rain", "none", "ocean"]


def test_what_the_listener_chooses_is_heard_throughout(routine: MakeRoutine, tmp_path: Path) -> None:
    made = made_of(routine(STEPS), tmp_path, Options(engine="tone", bed="none", profile="standard"))
    wave, (_, rain, _, sea) = heard(made), starts_of(made)
    assert max(level(wave, start + 8, 5) for start in (rain, sea)) < -80
    assert "scenes" not in made.as_json()


def test_a_stream_is_the_same_file(routine: MakeRoutine, tmp_path: Path) -> None:
    made = made_of(routine(STEPS), tmp_path)
    file = stream(compile(routine(STEPS), Options(engine="tone")), cache=Cache(tmp_path / "cache")).mp3
    assert b"".join(file.read(0, file.size)) == made.mp3.read_bytes()


def test_words_are_as_loud_as_the_profile_of_their_chapter(routine: MakeRoutine, tmp_path: Path) -> None:
    steps = """
  - say: Lie down.
  - chapter: Quiet
    profile: quiet
  - say: Lie down.
  - chapter: Loud
    profile: standard
  - say: Lie down.
"""
    made = made_of(routine(steps), tmp_path)
    wave = heard(made)
    says = [timed for timed in made.timeline.cues if timed.cue.text == "Lie down."]
    loud, quiet, again = (level(wave, each.start / 250, each.length / 250) for each in says)
    assert loud - quiet == pytest.approx(5, abs=0.3)
    assert again == pytest.approx(loud, abs=0.3)
    proof = prove(made.mp3, made.script)
    assert proof.stands(), proof.faults
    first, second, third = [
        figure.value for figure in proof.figures if figure.name.startswith("speech") and figure.value
    ]
    assert first - second == pytest.approx(5, abs=0.3)
    assert third == pytest.approx(first, abs=0.3)


def test_sleep_falls_from_its_chapter_on(routine: MakeRoutine, tmp_path: Path) -> None:
    words = "\n".join("  - say: Lie down.\n  - rest: 5s" for _ in range(12))
    steps = f"  - say: Lie down.\n  - rest: 60s\n  - chapter: Sleep\n    profile: sleep\n{words}\n"
    made = made_of(routine(steps), tmp_path)
    wave = heard(made)
    says = [timed for timed in made.timeline.cues if timed.cue.text == "Lie down."]
    levels = [level(wave, each.start / 250, each.length / 250) for each in says]
    assert levels[0] - levels[1] == pytest.approx(0, abs=0.6)
    assert levels[0] - levels[-1] == pytest.approx(11, abs=0.6)
    assert levels == sorted(levels, reverse=True)
    proof = prove(made.mp3, made.script)
    assert proof.stands(), proof.faults
