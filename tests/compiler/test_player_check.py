"""Two bells that try the player; they belong to the file, not to the routine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated, estimated_lengths
from audioguide.export.metadata import metadata_of
from audioguide.export.rows import rows
from audioguide.export.sheet import sheet
from audioguide.fitting.fit import fit
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.pipeline.receipt import held_holds
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.chapters import chapters_of
from audioguide.script.script import PLAYER_CHECK, VoiceChoice
from tests.tables import every

SOUNDS = Path(__file__).parents[2] / "sounds"
STEPS = """
  - say: Stay.
  - hold: $hold
  - say: Go.
"""
HOLD = "settings: {hold: {default: 6s, min: 5s, max: 30s}}"


def test_the_bells_are_ten_seconds_apart_in_the_decoded_file(
    routine: Callable[..., Routine], tmp_path: Path
) -> None:
    made = compile(routine(STEPS, HOLD), Options(player_check=True, engine="tone"))
    receipt = render(made, tmp_path)
    wave = soundfile.read(receipt.mp3, dtype="float64")[0]
    bell = soundfile.read(SOUNDS / "bell.wav", dtype="float64")[0]
    size = 1 << 22
    likeness = np.fft.irfft(np.fft.rfft(wave, size) * np.conj(np.fft.rfft(bell, size)), size)[: len(wave)]
    first = int(likeness.argmax())
    likeness[first - 4800 : first + 4800] = 0
    second = int(likeness[: 40 * 48_000].argmax())
    # The routine's own hold begins with a bell too: the two of the check come first.
    places = sorted((first, second))
    found = [cue.start * 192 for cue in receipt.timeline.cues if cue.cue.sound == "bell"]
    assert found[1] - found[0] == 10 * 48_000
    assert all(place in found for place in places)
    assert wave[found[0] : found[0] + 48_000].std() > 0.005 < wave[found[1] : found[1] + 48_000].std()


def test_it_comes_before_the_words_of_the_routine_and_wakes_the_headphones_first(
    routine: Callable[..., Routine],
) -> None:
    heard = [
        str(cue.text or cue.sound)
        for cue in compile(routine(STEPS, HOLD), Options(player_check=True)).cues
        if cue.clips
    ]
    assert heard[0] == "chime"
    assert heard[1].startswith("You will hear two bells, ten seconds apart")
    assert heard.index("bell") < heard.index("Stay.")
    assert heard[heard.index("bell") :][:2] == ["bell", "bell"]
    assert "skip silence" in " ".join(str(each) for each in heard[: heard.index("Stay.")])


def test_with_bells_in_place_of_words_it_is_spoken_all_the_same(routine: Callable[..., Routine]) -> None:
    script = compile(routine(STEPS, HOLD), Options(player_check=True, guidance="chimes"))
    said = [cue for cue in script.cues if cue.text]
    assert {cue.step for cue in said} == {PLAYER_CHECK}


def test_it_is_no_hold_of_the_routine(routine: Callable[..., Routine], tmp_path: Path) -> None:
    made = routine(STEPS, HOLD)
    script = compile(made, Options(player_check=True))
    assert [hold.asked for hold in held_holds(estimated(script))] == [1500]
    assert lint(made, script) == lint(made, compile(made))
    fitted = fit(made, Options(player_check=True), 70 * 250, lengths=estimated_lengths)
    assert fitted.length == 70 * 250
    assert [cue.length for cue in fitted.script.cues if cue.step == PLAYER_CHECK and cue.kind == "hold"] == [
        2500
    ]
    # What is asked of an edited script is the same again.
    receipt = render(replace(script, voice=VoiceChoice(engine="tone")), tmp_path)
    again = render(read_script(receipt.script), tmp_path / "again")
    assert len(receipt.holds) == len(again.holds) == 1
    assert again.mp3.read_bytes() == receipt.mp3.read_bytes()


def test_chapters_and_the_page_to_print_do_not_mind_it() -> None:
    made = load(SHIPPED_LIBRARY.find("knee-to-chest"))
    plain, checked = (estimated(compile(made, Options(player_check=each))) for each in (False, True))
    titles = [[chapter.title for chapter in chapters_of(each)] for each in (plain, checked)]
    assert titles[0] == titles[1]
    assert len(titles[0]) > 3
    tables = [[(row.what, row.side, row.long, row.times) for row in rows(each)] for each in (plain, checked)]
    assert tables[0] == tables[1]
    pages = [sheet(each, metadata_of(made.document)) for each in (plain, checked)]
    held = [re.search(r"[^>]* of holds in all", page) for page in pages]
    assert held[0] is not None is not held[1]
    assert held[0].group() == held[1].group()


@every("name", ["knee-to-chest", "corpse-pose", "bedtime"])
def test_no_check_of_the_library_minds_it(name: str) -> None:
    made = load(SHIPPED_LIBRARY.find(name))
    assert lint(made, compile(made, Options(player_check=True))) == ()
