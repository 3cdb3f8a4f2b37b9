"""Sounds by name, and how loud: in a routine, in what it includes, and in the file that is rendered."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.compiler.chimes import with_chime_volume
from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.script.script import Script, Sounded, VoiceChoice
from tests.conftest import Write
from tests.sound.moments import momentary, onsets, pitch
from tests.tables import every

MakeScript = Callable[..., Script]


def heard(script: Script) -> list[tuple[str, float]]:
    return [(Path(cue.sound).name, cue.gain_db) for cue in script.cues if cue.sound]


def test_a_volume_is_for_one_sound_where_it_is_heard(script: MakeScript) -> None:
    steps = "  - hold: 10s\n    marks: {halfway: bell}\n  - chime: bell\n  - chime: wood\n"
    assert heard(script(steps, "sounds: {bell: {volume: -6dB}}")) == [
        ("bell", -6), ("bell", -6), ("bowl", 0), ("bell", -6), ("wood", 0)
    ]  # fmt: skip


def test_a_volume_for_a_role_is_for_that_role_alone(script: MakeScript) -> None:
    steps = "  - hold: 10s\n  - chime: bell\n"
    assert heard(script(steps, "sounds: {start: {volume: -6dB}}")) == [("bell", -6), ("bowl", 0), ("bell", 0)]
    head = "sounds: {start: {file: wood, volume: 2}, end: wood, wood: {volume: -3}}"
    assert heard(script("  - hold: 10s\n", head)) == [("wood", -1), ("wood", -3)]


def test_a_file_has_a_volume_as_well(script: MakeScript, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "gong.wav", np.sin(np.arange(48_000) / 10) / 2, 48_000)
    head = "sounds: {gong: {file: gong.wav, volume: -3dB}, start: gong.wav}"
    made = script("  - hold: 10s\n    marks: {halfway: gong}\n", head)
    assert heard(made) == [("gong.wav", 0), ("gong.wav", -3), ("bowl", 0)]
    path = str(tmp_path / "gong.wav")
    assert {Sounded(path), Sounded(path, -3.0)} < set(made.clips)


def test_all_chimes_of_a_routine_are_turned_and_volumes_add_up(script: MakeScript) -> None:
    head = "sounds: {bell: {volume: -6dB}, gong: {file: chime, volume: +4}}\nchimes: {volume: -3.5 dB}"
    steps = "  - hold: 10s\n    marks: {countdown: {from: 2, chime: tick}}\n  - chime: gong\n"
    assert heard(script(steps, head)) == [
        ("bell", -9.5), ("tick", -3.5), ("tick", -3.5), ("bowl", -3.5), ("chime", 0.5)
    ]  # fmt: skip


def test_what_adds_up_stays_within_bounds(script: MakeScript) -> None:
    head = "sounds: {bell: {volume: -20}, bowl: {volume: 5}}\nchimes: {volume: %s}"
    assert heard(script("  - hold: 10s\n", head % 4)) == [("bell", -16), ("bowl", 6)]
    assert heard(script("  - hold: 10s\n", head % -9)) == [("bell", -24), ("bowl", -4)]


def test_an_included_routine_keeps_its_own(write: Write) -> None:
    write("title: In\nchimes: {volume: -9}\nsteps:\n  - chime: bell\n", "inner.yaml")
    head = "title: T\nsafety: {notice: none, closing: none}\nsounds: {bell: {volume: 2}}"
    outer = write(f"{head}\nsteps:\n  - chime: bell\n  - include: inner.yaml\n  - chime: bell\n")
    assert heard(compile(load(outer))) == [("bell", 2), ("bell", 2 - 9), ("bell", 2)]


SESSION = """\
title: T
safety: {notice: none, closing: none}
sounds: {start: tick, end: {volume: -4}, wood: {volume: -6}}
chimes: {volume: -1}
steps:
  - hold: 10s
  - include: inner.yaml
"""


@every(
    ("own", "inner", "notes"),
    [
        ("", [("tick", -1), ("bowl", -5), ("wood", -7)], ()),
        ("chimes: {volume: -2}\n", [("tick", -2), ("bowl", -6), ("wood", -8)], ()),
        (
            "sounds: {start: bowl}\n",
            [("bowl", -1), ("bowl", -5), ("wood", -7)],
            ("'inner.yaml' keeps its own sounds: start",),
        ),
        ("sounds: {wood: {volume: 1}}\n", [("tick", -1), ("bowl", -5), ("wood", 0)], ()),
        ("sounds: {bell: {volume: -9}}\n", [("bell", -10), ("bowl", -5), ("wood", -7)], ()),
    ],
)
def test_a_session_s_own_chimes_are_heard_in_what_it_includes(
    write: Write, own: str, inner: list[tuple[str, float]], notes: tuple[str, ...]
) -> None:
    write(f"title: In\n{own}steps:\n  - hold: 10s\n  - chime: wood\n", "inner.yaml")
    made = compile(load(write(SESSION)))
    assert heard(made) == [("tick", -1), ("bowl", -5), *inner]
    assert made.notes == notes


def test_a_session_s_own_file_is_found_from_a_routine_in_another_folder(write: Write, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "gong.wav", np.sin(np.arange(48_000) / 10) / 2, 48_000)
    session = write("title: T\nsounds: {start: gong.wav}\nsteps:\n  - include: bridge-pose\n")
    starts = {cue.sound for cue in compile(load(session)).cues if cue.kind == "chime" and cue.offset == 0}
    assert starts == {str(tmp_path / "gong.wav")}


def test_a_sound_in_place_of_words_has_its_volume(routine: Callable[..., object]) -> None:
    made = routine("  - hold: 10s\n    marks: {halfway: Breathe on.}\n", "chimes: {volume: -2}")
    assert ("wood", -2) in heard(compile(made, Options(guidance="chimes")))  # type: ignore[arg-type]


def test_a_listener_turns_them_all(script: MakeScript) -> None:
    made = script("  - say: Lie down.\n  - hold: 10s\n", "sounds: {bell: {volume: -20}}")
    assert heard(with_chime_volume(made, -6)) == [("bell", -24), ("bowl", -6)]
    assert with_chime_volume(made, None) is with_chime_volume(made, 0.0) is made
    assert [cue.text for cue in with_chime_volume(made, -6).cues] == [cue.text for cue in made.cues]


@pytest.mark.parametrize("volume", [-12, 3])
def test_a_volume_is_heard_in_the_file(script: MakeScript, volume: int, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "gong.wav", np.sin(np.arange(48_000) / 10) / 2, 48_000)
    head = f"sounds: {{bell: {{volume: {volume}}}, gong: {{file: gong.wav, volume: {volume}}}}}"
    steps = "  - chime: bell\n  - gap: 3s\n  - chime: gong\n  - gap: 3s\n  - chime: bowl\n"
    made = script(steps, head)
    receipt = render(
        Script(name="t", title="T", cues=made.cues, voice=VoiceChoice(engine="tone")), tmp_path, workers=1
    )
    wave, _ = soundfile.read(receipt.mp3)
    starts = [timed.start * 192 for timed in receipt.timeline.cues if timed.cue.sound] + [len(wave)]
    levels = [momentary(wave[start:end]) for start, end in pairwise(starts)]
    assert levels == pytest.approx([-22 + volume, -22 + volume, -22], abs=0.5)


def test_start_half_and_end_are_distinguished_in_the_file(script: MakeScript, tmp_path: Path) -> None:
    made = script("  - gap: 1s\n  - hold: 10s\n    marks: {halfway: chime}\n")
    receipt = render(made, tmp_path, workers=1)
    wave, _ = soundfile.read(receipt.mp3)
    timed = [timed for timed in receipt.timeline.cues if timed.cue.sound]
    parts = [wave[each.start * 192 : each.end * 192] for each in timed]
    assert [len(onsets(part)) for part in parts] == [1, 2, 2]
    pitches = [pitch(part) for part in parts]
    assert min(abs(12 * np.log2(a / b)) for a, b in combinations(pitches, 2)) >= 3
    assert all(-25 <= momentary(part) <= -19 for part in parts)
    # The second stroke is not a part of the hold: that ends with the first.
    start, _, end = (each.start for each in timed)
    assert end - start == 2500
    assert [onsets(part)[0] for part in parts] == pytest.approx([0, 0, 0], abs=0.02)


def test_nothing_peaks_between_the_samples(script: MakeScript, tmp_path: Path) -> None:
    soundfile.write(
        tmp_path / "clack.wav", np.sin(np.arange(2_000) / 3) * np.exp(-np.arange(2_000) / 300), 48_000
    )
    head = "sounds: {clack: {file: clack.wav, volume: +6dB}}\nchimes: {volume: +6dB}"
    steps = "  - chime: clack\n  - gap: 1s\n  - chime: bell\n  - chime: bowl\n  - chime: chime\n"
    wave, _ = soundfile.read(render(script(steps, head), tmp_path, workers=1).mp3)
    spectrum = np.fft.rfft(wave)
    oversampled = np.fft.irfft(spectrum, 4 * len(wave)) * 4
    assert 20 * np.log10(np.max(np.abs(oversampled))) <= -1.5


def test_a_redefined_bell_lends_its_volume_to_no_role(script: MakeScript) -> None:
    head = "sounds: {bell: {file: wood, volume: -6dB}}"
    made = script("  - hold: 10s\n  - chime: bell\n", head)
    assert heard(made) == [("bell", 0), ("bowl", 0), ("wood", -6)]
