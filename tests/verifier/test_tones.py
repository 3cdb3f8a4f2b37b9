"""How exactly the place of a breath tone is known: to the sample alone, within one under words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.script.script import Phase
from audioguide.sound.breath import breath_tone
from audioguide.verifier.chimes import Found
from audioguide.verifier.measure.match import Original, locate
from audioguide.verifier.promise import PromisedSound, read_promise
from audioguide.verifier.proof import prove
from tests.tables import every
from tests.verifier.takes import Take, take

TONE = PromisedSound(cue=0, name="breath-out", start=0, length=1_500, step="steps[0]")
REST = PromisedSound(cue=0, name="breath-full", start=0, length=500, step="steps[0]")
BELL = PromisedSound(cue=0, name="bell", start=0, length=500, step="steps[0]")


@every(
    ("sound", "agreement", "off", "stands"),
    [
        (TONE, 0.99, 0.4, True), (TONE, 0.99, 1.0, False), (TONE, 0.08, 1.0, True), (TONE, 0.08, 2.0, False),
        (REST, 0.99, 1.0, False), (REST, 0.08, 12.0, True), (REST, 0.08, 13.0, False),
        (BELL, 0.99, 1.0, False), (BELL, 0.08, 1.0, True), (BELL, 0.08, 2.0, False),
    ],
)  # fmt: skip
def test_what_counts_as_in_its_place(
    sound: PromisedSound, agreement: float, off: float, stands: bool
) -> None:
    assert Found(sound=sound, off=off, agreement=agreement).stands == stands


@every("moved", [0, 24, -960])
def test_a_tone_that_is_moved_under_noise_is_found_where_it_is(moved: int) -> None:
    tone = np.asarray(breath_tone("out", 1_500).samples / 32_768, dtype=np.float32)
    noise = np.random.default_rng(0).standard_normal(len(tone) + 24_000)
    wave = np.asarray(noise / 300, dtype=np.float32)
    wave[12_000 + moved : 12_000 + moved + len(tone)] += tone
    heard = locate(wave, Original(tone))
    found = Found(sound=TONE, off=heard.place - 12_000, agreement=heard.agreement)
    assert found.stands == (moved == 0)
    assert heard.place - 12_000 == pytest.approx(moved, abs=12)


def test_a_tone_of_no_length_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.script.json"
    tones = [("breath-in", 1_000), ("breath-empty", 500), ("breath-out", 0)]
    cues = [
        {"kind": "breath", "start": 0, "length": length, "sound": name, "text": ""} for name, length in tones
    ]
    path.write_text(json.dumps({"format": "audioguide.script/1", "length": 1_500, "cues": cues}))
    assert [sound.name for sound in read_promise(path).sounds] == ["breath-in"]


def spoken(count: int, take: int) -> NDArray[np.float64]:
    """Return (count,) samples like words at -19 LUFS: the partials of a voice that moves, in syllables."""
    chance = np.random.default_rng(take)
    time = np.arange(count) / 48_000
    turn = 2 * np.pi * np.cumsum(110 + 11 * np.sin(4.4 * time + chance.uniform(0, 6))) / 48_000
    voice = sum(np.sin(partial * turn + chance.uniform(0, 6)) / partial for partial in range(1, 90))
    return np.asarray(0.12 * voice * np.sin(4 * np.pi * time) ** 2)


@every("take", range(4))
@every("phase", ["in", "out"])
def test_under_words_its_place_is_reported_by_the_moments_without_them(phase: Phase, take: int) -> None:
    tone = breath_tone(phase, 500).samples / 32_768
    wave = np.random.default_rng(1_000 + take).standard_normal(len(tone) + 24_000) * 3e-5
    wave[12_000 : 12_000 + len(tone)] += tone
    words = spoken(len(tone) * 6 // 10, take)
    wave[12_000 : 12_000 + len(words)] += words
    heard = locate(np.asarray(wave, dtype=np.float32), Original(np.asarray(tone, dtype=np.float32)))
    assert heard.agreement < 0.3  # words sound, and loudly
    assert heard.place - 12_000 == pytest.approx(0, abs=0.05)


BOX = """\
title: Box
safety: {notice: none, closing: none}
steps:
  - say: Breathe with the tone.
  - breathe: {in: 2s, full: 2s, out: 2s, empty: 2s, cycles: 2, voice: 1}
"""


SLOW = """\
title: Slow
safety: {notice: none, closing: none}
steps:
  - breathe:
      {in: 4s, out: 6s, cycles: 2, words: {in: In through your nose., out: Out through your mouth.}}
"""


def test_rounding_that_no_coder_keeps_does_not_move_a_tone_under_words(tmp_path: Path) -> None:
    made = take(tmp_path, "pack", routine=SLOW)
    found = prove(made.mp3, made.script).sounds
    assert [each.agreement < 0.3 for each in found] == [True] * 4
    assert [each.off for each in found] == pytest.approx([0] * 4, abs=0.05)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Take:
    return take(tmp_path_factory.mktemp("box"), "pyttsx3", routine=BOX)


def test_the_rest_on_full_lungs_stands_between_two_tones_of_its_pitch(box: Take) -> None:
    assert prove(box.mp3, box.script).faults == []


def test_words_on_empty_lungs_are_measured_without_the_silence_behind_them(box: Take) -> None:
    alone = [each for each in prove(box.mp3, box.script).phrases if each.is_alone]
    assert [each.phrase.text for each in alone] == ["Breathe with the tone.", "Wait."]
    assert [each.lufs for each in alone] == pytest.approx([-19.0, -19.0], abs=0.3)


def test_a_bed_that_swells_behind_words_on_empty_lungs_is_no_part_of_them(tmp_path: Path) -> None:
    long = BOX.replace("empty: 2s", "empty: 6s")
    made = take(tmp_path, "pyttsx3", bed="ocean", routine=long)
    proof = prove(made.mp3, made.script)
    assert [fault for fault in proof.faults if "words" in fault] == []
    assert all(each.lufs == pytest.approx(-19.0, abs=1.5) for each in proof.phrases if each.is_alone)


def test_a_rest_on_full_lungs_that_is_missing(box: Take, tmp_path: Path) -> None:
    place = box.span("breath", 1, sound="breath-full")
    proof = box.spoilt(tmp_path, lambda wave: wave[place].fill(0))
    assert [fault.split(": ", 1)[1] for fault in proof.faults] == ["'breath-full' is not heard"]
