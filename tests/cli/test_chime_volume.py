"""`--chime-volume`: all chimes louder or softer, on the command line, in an overlay, in the defaults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROUTINE = """\
title: Short
safety: {notice: none, closing: none}
sounds: {end: {volume: -2dB}}
steps:
  - say: Lie down.
    settle: 1s
  - hold: 4s
"""


@pytest.fixture
def short(tmp_path: Path) -> str:
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    return "short.yaml"


def gains(script: str) -> dict[str, float]:
    cues = json.loads(Path(script).read_text(encoding="utf-8"))["cues"]
    return {cue["sound"]: cue.get("gain_db", 0.0) for cue in cues if "sound" in cue}


def test_all_chimes_are_turned(run: Run, short: str) -> None:
    receipt = json.loads(run("render", short, "--chime-volume", "-6", "--json").out)
    assert gains(receipt["script"]) == {"bell": -6, "bowl": -8}
    assert receipt["origins"] == {"chime_volume": "command line", "engine": "environment"}


def test_holds_are_as_long_and_files_differ(run: Run, short: str) -> None:
    soft, loud = (
        json.loads(run("render", short, "--chime-volume", volume, "--json", "-o", volume).out)
        for volume in ("-9dB", "+3 dB")
    )
    assert soft["holds"] == loud["holds"]
    assert Path(soft["mp3"]).read_bytes() != Path(loud["mp3"]).read_bytes()


def test_an_overlay_and_a_timed_script_are_turned_too(run: Run, short: str, tmp_path: Path) -> None:
    (tmp_path / "anna.yaml").write_text("chime_volume: -4dB\n", encoding="utf-8")
    receipt = json.loads(run("render", short, "--with", "anna.yaml", "--json").out)
    assert gains(receipt["script"]) == {"bell": -4, "bowl": -6}
    again = json.loads(run("render", receipt["script"], "--chime-volume", "+4", "-o", "b", "--json").out)
    assert gains(again["script"]) == {"bell": 0, "bowl": -2}


def test_every_session_of_a_plan_is_turned(run: Run, short: str) -> None:
    call = ("plan", "knee-to-chest", "--sessions", "2", "--weeks", "1", "--chime-volume", "-6", "--json")
    for receipt in json.loads(run(*call).out)["renders"]:
        assert set(gains(receipt["script"]).values()) == {-6}


@pytest.mark.parametrize("volume", ["loud", "7", "-30dB"])
def test_a_volume_that_cannot_be_is_refused_in_a_line(run: Run, short: str, volume: str) -> None:
    ran = run("render", short, "--chime-volume", volume)
    assert ran.code == 2
    assert "--chime-volume: " in ran.err
    assert "from -24dB to +6dB" in ran.err
    assert len(ran.err.splitlines()) == 1
