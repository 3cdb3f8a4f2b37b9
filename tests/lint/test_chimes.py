"""Chimes that are louder than the voice, and kinds of chime that are too many."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.lint.chimes import loudest
from audioguide.script.script import Sounded
from audioguide.script.shipped import shipped
from tests.lint.conftest import QUIET, Findings, Rules

WAY_OUT = "  - say: Slowly come back.\n    settle: 3s\n"


def beep(path: Path) -> None:
    moments = np.arange(48_000) / 48_000
    soundfile.write(path, np.sin(2 * np.pi * 880 * moments), 48_000)


@pytest.mark.parametrize(("volume", "found"), [("+2.5dB", []), ("+3.5dB", ["loud-chime"])])
@pytest.mark.parametrize("name", ["bell", "beep"])
def test_a_volume_that_makes_a_sound_louder_than_the_voice(
    rules: Rules, name: str, volume: str, found: list[str], tmp_path: Path
) -> None:
    beep(tmp_path / "beep.wav")
    file = {"bell": "", "beep": "file: beep.wav, "}[name]
    head = f"{QUIET}\nsounds: {{{name}: {{{file}volume: {volume}}}}}"
    assert rules(f"  - chime: {name}\n{WAY_OUT}", head) == found


def test_volumes_add_up_and_the_finding_says_how_loud_it_is(findings: Findings) -> None:
    steps = f"  - chime: chime\n  - chime: bell\n{WAY_OUT}"
    head = f"{QUIET}\nsounds: {{bell: {{volume: 4}}}}\nchimes: {{volume: 1}}"
    (found,) = findings(steps, head)
    assert (found.rule, found.step) == ("loud-chime", "steps[1]")
    assert found.fault.found == "'bell' has -17.0 LUFS, and the voice -19"


def test_the_sounds_that_ship_are_softer_than_the_voice() -> None:
    levels = {name: loudest(Sounded(name)) for name in shipped()}
    assert all(-25 < level < -21.5 for level in levels.values()), levels


MARKS = "marks: {halfway: wood, before_end: {8s: %s}, countdown: {from: 3, chime: tick}}"


@pytest.mark.parametrize(("mark", "found"), [("bowl", []), ("chime", ["many-chimes"])])
def test_four_kinds_of_chime_are_enough(rules: Rules, mark: str, found: list[str]) -> None:
    # bell, bowl, wood and the ticks of the countdown are four.
    assert rules(f"  - say: Lean.\n  - hold: 40s\n    {MARKS % mark}\n{WAY_OUT}") == found


def test_the_fifth_kind_is_found_where_it_first_sounds(findings: Findings) -> None:
    steps = f"  - say: Lean.\n  - hold: 40s\n    {MARKS % 'tick'}\n{WAY_OUT}  - chime: chime\n"
    (found,) = findings(f"{steps}  - chime: chime\n")
    assert (found.rule, found.step) == ("many-chimes", "steps[3]")
    assert found.fault.found == "'chime', beside bell, wood, tick, bowl"


def test_another_volume_makes_no_other_kind_and_a_tone_is_none(rules: Rules) -> None:
    head = f"{QUIET}\nsounds: {{soft: {{file: bell, volume: -6dB}}}}"
    steps = "  - hold: {breaths: 4, in: 4s, out: 6s}\n    marks: {halfway: wood, breaths: tone}\n"
    assert rules(f"  - say: Lean.\n{steps}{WAY_OUT}  - chime: soft\n  - chime: tick\n", head) == []
    more = "  - chime: soft\n  - chime: chime\n  - chime: tick\n"
    assert rules(f"  - say: Lean.\n{steps}{WAY_OUT}{more}", head) == ["many-chimes"]
