"""`--profile` and `--player-check`, and who may ask for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROUTINE = """
title: Short
{profile}safety: {{notice: none, closing: none}}
settings: {{hold: {{default: 5s, min: 2s, max: 20s}}}}
steps:
  - say: Lift both arms above your head.
  - hold: $hold
  - say: Slowly lower them again.
"""


@pytest.fixture
def short(tmp_path: Path) -> str:
    (tmp_path / "short.yaml").write_text(ROUTINE.format(profile=""), encoding="utf-8")
    (tmp_path / "asleep.yaml").write_text(ROUTINE.format(profile="profile: sleep\n"), encoding="utf-8")
    return "short.yaml"


def test_receipt_script_and_text_name_the_profile(run: Run, short: str) -> None:
    receipt = json.loads(run("render", short, "--profile", "quiet", "--json").out)
    assert (receipt["profile"], receipt["origins"]["profile"]) == ("quiet", "command line")
    assert json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))["profile"] == "quiet"
    assert "profile quiet, speech at -24 LUFS" in run("show", short, "--profile", "quiet").out
    plain = json.loads(run("render", short, "--json").out)
    assert plain["profile"] == "standard"
    assert "profile" not in json.loads(Path(plain["script"]).read_text(encoding="utf-8"))


def test_the_call_comes_before_overlay_defaults_and_routine(
    run: Run, short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def profile(*more: str) -> str:
        return str(json.loads(run("show", *more, "--json").out).get("profile", "standard"))

    assert profile("asleep.yaml") == "sleep"
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text("profile: quiet\n", encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    assert (profile("asleep.yaml"), profile(short)) == ("quiet", "quiet")
    (tmp_path / "anna.yaml").write_text("profile: sleep\n", encoding="utf-8")
    assert profile(short, "--with", "anna.yaml") == "sleep"
    assert profile(short, "--with", "anna.yaml", "--profile", "standard") == "standard"
    assert "profile: quiet" in run("config").out


def test_an_edited_script_takes_a_profile(run: Run, short: str) -> None:
    first = json.loads(run("render", short, "--profile", "quiet", "--json").out)
    again = json.loads(run("render", first["script"], "-o", "again", "--json").out)
    assert again["profile"] == "quiet"
    louder = run("render", first["script"], "--profile", "standard", "-o", "louder", "--json")
    assert json.loads(louder.out)["profile"] == "standard"
    for more in (["--player-check"], ["--guidance", "short"], ["--dose", "gentle"], ["--no-explain-chimes"]):
        assert "its settings are fixed" in run("render", first["script"], *more).err


@pytest.mark.parametrize("arguments", [("--profile", "loud"), ("--profile", "")])
def test_another_profile_is_a_wrong_call(run: Run, short: str, arguments: tuple[str, ...]) -> None:
    ran = run("render", short, *arguments)
    assert ran.code == 2
    assert "quiet" in ran.err
    (Path("bad.yaml")).write_text(ROUTINE.format(profile="profile: quite\n"), encoding="utf-8")
    ran = run("check", "bad.yaml")
    assert ran.code == 3
    assert "bad.yaml:3:10" in ran.err


def test_nobody_falls_asleep_on_heat(run: Run) -> None:
    ran = run("render", "heating-pad", "--profile", "sleep")
    assert ran.code == 3
    assert "bedtime-heat" in ran.err
    assert not Path("out").exists()


def test_the_player_check_is_asked_for_by_call_overlay_or_defaults(
    run: Run, short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked(*more: str) -> bool:
        return "You will hear two bells" in run("show", short, *more).out

    assert not checked()
    assert checked("--player-check")
    (tmp_path / "anna.yaml").write_text("player_check: true\n", encoding="utf-8")
    assert checked("--with", "anna.yaml")
    assert not checked("--with", "anna.yaml", "--no-player-check")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text("player_check: true\n", encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    assert checked()
    receipt = json.loads(run("render", short, "--json").out)
    assert [hold["step"] for hold in receipt["holds"]] == ["steps[1]"]


def test_a_plan_tries_the_player_in_its_first_session(run: Run, short: str) -> None:
    ran = run("plan", short, "--sessions", "2", "--weeks", "1", "--player-check", "--profile", "quiet")
    assert ran.code == 0, ran.err
    texts = [Path(f"out/short-plan/short-0{number}.txt").read_text(encoding="utf-8") for number in (1, 2)]
    assert ["two bells" in text for text in texts] == [True, False]
    assert all("profile quiet" in text for text in texts)
