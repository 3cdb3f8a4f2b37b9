"""The time in position, measured in the file: from word to word."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.audio.clip import Wave
from audioguide.verifier.proof import prove
from tests.verifier.takes import Take, take


def test_a_good_file_is_in_position_for_as_long_as_its_script_says(good: Take, tmp_path: Path) -> None:
    proof = good.spoilt(tmp_path, lambda wave: wave)
    measured = [each for each in proof.loads if each.promised is not None]
    assert measured
    for each in measured:
        assert each.stands
        assert each.measured_s == pytest.approx(each.promised_s, abs=0.24)


def test_words_that_come_a_second_late_are_reported_and_not_counted(good: Take, tmp_path: Path) -> None:
    def spoil(wave: Wave) -> None:
        words = good.span("say", 2)  # "Let it sink down again."
        said = wave[words].copy()
        wave[words] = 0
        wave[words.start + 48_000 : words.stop + 48_000] += said

    proof = good.spoilt(tmp_path, spoil)
    assert any("'Let it sink down again.' has a hole" in fault for fault in proof.faults)
    assert proof.loads[0].measured is None


def test_breath_words_that_end_before_their_breath_take_no_position(tmp_path: Path) -> None:
    routine = """\
title: A take
safety: {notice: none, closing: none}
steps:
  - breathe: {in: 3s, out: 5s, cycles: 1, voice: all, words: {in: In., out: Out.}}
  - hold: {breaths: 1, in: 3s, out: 5s}
    exact: true
    chime: none
  - say: Rest.
"""
    made = take(tmp_path, "pyttsx3", routine=routine)
    proof = prove(made.mp3, made.script)
    assert proof.faults == []
    assert [each.stands for each in proof.loads] == [True]
