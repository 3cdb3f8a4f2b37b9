"""The tones of breaths as they are heard: measured in the decoded MP3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.compiler.compile import compile
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.layout import Timed
from audioguide.script.script import Phase, Script, VoiceChoice
from tests.sound.moments import edge_peak_db, momentary, pitch
from tests.tables import every
from tests.truth.hearing import SEARCH, locate, stretch
from tests.truth.studio import tone_of

Wave = NDArray[np.float64]
MakeScript = Callable[..., Script]

SPEECH_LUFS = -19.0
BOX = "in: 4s, full: 2.4s, out: 6s, empty: 3s"


@dataclass(frozen=True)
class Breath:
    """One phase as it is in the decoded file; `wave` is the whole file, full scale 1."""

    phase: Phase
    spoken: bool
    timed: Timed
    wave: Wave

    @property
    def start(self) -> int:
        return self.timed.start * 192

    @property
    def end(self) -> int:
        return self.timed.end * 192

    @property
    def sound(self) -> Wave:
        return self.wave[self.start : self.end]


def breaths(script: Script, folder: Path) -> list[Breath]:
    script = replace(script, voice=VoiceChoice(engine="tone", rate=300))
    receipt = render(script, folder, workers=1)
    wave, rate = soundfile.read(receipt.mp3)
    assert rate == 48_000
    return [
        Breath(timed.cue.tone.phase, timed.cue.text is not None, timed, wave)
        for timed in receipt.timeline.cues
        if timed.cue.tone
    ]


@pytest.fixture(params=["diaphragmatic-breathing", "box", "hold"])
def phases(request: pytest.FixtureRequest, script: MakeScript, tmp_path: Path) -> list[Breath]:
    """Return the phases of a routine that ships, of paced breathing in a box, and of a hold in breaths."""
    made = {
        "diaphragmatic-breathing": lambda: compile(load(SHIPPED_LIBRARY.find("diaphragmatic-breathing"))),
        "box": lambda: script(f"  - breathe: {{{BOX}, cycles: 3, voice: first one}}\n"),
        "hold": lambda: script(f"  - hold: {{breaths: 2, {BOX}}}\n    chime: none\n"),
    }[str(request.param)]()
    return breaths(made, tmp_path)


def alone(phases: list[Breath]) -> Iterator[Breath]:
    """Yield the phases without words that can be heard."""
    yield from (breath for breath in phases if breath.phase != "empty" and not breath.spoken)


def test_words_go_with_the_first_breaths_and_the_tone_goes_on_alone(
    script: MakeScript, tmp_path: Path
) -> None:
    steps = "  - breathe: {in: 4s, out: 6s, cycles: 4, voice: first two}\n"
    found = breaths(script(steps), tmp_path)
    assert [breath.spoken for breath in found] == [True] * 4 + [False] * 4
    for breath in found:
        rest = breath.sound - tone_of(f"breath-{breath.phase}", breath.timed.length) / 32768
        assert bool(np.max(np.abs(rest)) > 0.01) == breath.spoken


def test_the_pitch_rises_with_the_breath_in_and_falls_with_the_breath_out(phases: list[Breath]) -> None:
    for breath in alone(phases):
        parts = [pitch(part) for part in np.array_split(breath.sound[4_800:-4_800], 8)]
        steps = 12 * np.log2(np.array(parts[1:]) / parts[:-1])  # semitones
        if breath.phase == "full":
            assert np.max(np.abs(steps)) < 0.1
        else:
            way = 1 if breath.phase == "in" else -1
            assert np.min(way * steps) > 0
            assert 5 < way * np.sum(steps) < 7.1


def test_every_tone_is_at_its_tick_and_as_long_as_its_phase(phases: list[Breath]) -> None:
    for breath in alone(phases):
        tone = (tone_of(f"breath-{breath.phase}", breath.timed.length) / 32768).astype(np.float32)
        assert len(tone) == breath.end - breath.start
        around = stretch(breath.wave.astype(np.float32), breath.start - SEARCH, breath.end + SEARCH)
        heard = locate(around, tone)
        assert round(heard.offset) == 0
        assert abs(heard.gain_db) < 0.2
        # It sounds until its last hundredth of a second, and no longer.
        assert np.max(np.abs(breath.sound[-4_800:-3_000])) > 0.003
        assert np.max(np.abs(breath.sound[-96:])) < 10 ** (-70 / 20)


def test_empty_lungs_are_silent(phases: list[Breath]) -> None:
    for breath in phases:
        if breath.phase == "empty" and not breath.spoken:
            assert np.max(np.abs(breath.sound[1_152:-1_152])) < 1e-4


def test_a_tone_is_3_to_12_lu_softer_than_speech(phases: list[Breath]) -> None:
    levels = {breath.phase: SPEECH_LUFS - momentary(breath.sound) for breath in alone(phases)}
    assert all(3 <= below <= 12 for below in levels.values()), levels
    assert levels["in"] == pytest.approx(levels["out"], abs=0.5)


def test_under_words_it_is_4_db_softer_than_alone(script: MakeScript, tmp_path: Path) -> None:
    steps = "  - breathe: {in: 4s, out: 6s, cycles: 2, voice: first one}\n"
    (in_words, _, in_alone, _) = breaths(script(steps), tmp_path)
    # The words are over by then.
    levels = [np.sqrt(np.mean(np.square(breath.sound[-48_000:]))) for breath in (in_words, in_alone)]
    assert 20 * np.log10(levels[0] / levels[1]) == pytest.approx(-4, abs=0.1)


def test_its_edges_are_soft(phases: list[Breath]) -> None:
    for breath in alone(phases):
        assert edge_peak_db(breath.wave, breath.start) < -70
        assert edge_peak_db(breath.wave, breath.end) < -70


def test_a_hold_in_breaths_sounds_the_tone_unless_it_should_not(script: MakeScript) -> None:
    hold = "  - hold: {breaths: 2, in: 4s, out: 6s}\n"
    for marks, tones, words in (
        ("", 4, 0), ("    marks: {breaths: none}\n", 0, 0), ("    marks: {breaths: voice}\n", 0, 4),
        ("    marks: {breaths: both}\n", 4, 4), ("    marks: {halfway: tick}\n", 4, 0),
    ):  # fmt: skip
        cues = script(hold + marks).cues
        assert sum(cue.tone is not None for cue in cues) == tones
        assert sum(cue.text is not None for cue in cues) == words
    assert not [cue for cue in script("  - hold: 20s\n").cues if cue.tone]


@every(
    ("cycles", "voice", "words"),
    [
        (2, "none", {}),
        (3, "none", {3: "The last."}),
        (5, "none", {5: "The last."}),
        (6, "none", {4: "Half of it.", 6: "The last."}),
        (7, "none", {4: "Half of it.", 7: "The last."}),
        (7, "first four", {7: "The last."}),
        (7, "all", {}),
    ],
)
def test_the_middle_and_the_last_breath_have_words_where_the_voice_is_silent(
    script: MakeScript, cycles: int, voice: str, words: dict[int, str]
) -> None:
    pace = "in: 4s, out: 6s, halfway: Half of it., last: The last."
    made = script(f"  - breathe: {{{pace}, cycles: {cycles}, voice: {voice}}}\n")
    said = {cue.rep: cue.text for cue in made.cues if cue.text and not cue.text.startswith("Breathe")}
    assert said == words
    assert all(cue.tone and cue.tone.phase == "in" for cue in made.cues if cue.text in words.values())
