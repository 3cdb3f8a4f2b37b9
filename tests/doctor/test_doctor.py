"""What is wrong with an installation is found, with what to do about it, and the rest is looked at too."""

from __future__ import annotations

import json
import shutil
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from audioguide.doctor import trial
from audioguide.doctor.parts import libraries
from audioguide.mp3 import encode
from audioguide.mp3.lame import choice
from audioguide.mp3.lame.choice import EncoderChoice
from audioguide.mp3.lame.pyav import PyavEncoder
from audioguide.pipeline.render import render
from tests.cli.conftest import Ran, Run, run

__all__ = ["run"]

PARTS = [
    "python", "libraries", "extra natural", "extra ears", "voice", "espeak-ng", "voice data", "weights",
    "added voices", "voices", "encoder", "cache", "disk: cache",
    "disk: temporary", "disk: here", "defaults", "routines", "self-test",
]  # fmt: skip


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the self-test, which takes longer than all the rest."""
    monkeypatch.setattr(trial, "trial", lambda _: iter(()))


def findings(ran: Ran) -> dict[str, dict[str, str]]:
    """Return what was found by part, and see that the verdict fits it."""
    reported = json.loads(ran.out)
    found = {each["part"]: each for each in reported["findings"]}
    assert reported["healthy"] is (ran.code == 0) is all(each["state"] != "fault" for each in found.values())
    assert ran.code in (0, 1)
    assert all(each["advice"] for each in found.values() if each["state"] != "fine")
    assert ran.err == ""
    return found


def test_all_is_well_here(run: Run) -> None:
    ran = run("doctor", "--engine", "pyttsx3", "--json")
    found = findings(ran)
    assert [part for part in PARTS if part in found or part != "weights"] == list(found)
    assert {each["state"] for each in found.values()} == {"fine"}
    assert found["voice"]["found"] == "engine pyttsx3, voice en-us"
    assert "espeak-ng 1." in found["espeak-ng"]["found"]
    assert (Path(found["voice data"]["found"]) / "phontab").is_file()
    assert "1.000000 s" in found["self-test"]["found"]


def test_for_people_there_is_a_line_for_each_part(run: Run) -> None:
    ran = run("doctor")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["fine", "fine"]
    [place] = [number for number, line in enumerate(lines) if line.startswith("note")]
    assert lines[place].startswith("note   voice            the engine is 'tone'")
    assert lines[place + 1].split()[0] == "->"
    assert lines[-1] == "all is well"


def test_a_missing_voice_library_is_reported_with_what_installs_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ESPEAK_LIBRARY", "/nowhere/libespeak-ng.so.1")
    ran = run("doctor", "--engine", "pyttsx3")
    assert ran.code == 1
    assert "fault  espeak-ng        the voice needs the library espeak-ng" in ran.out
    assert "-> pip install espeakng-loader" in ran.out
    assert "fault  self-test" in ran.out
    assert "fine   encoder" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 faults: ")


@pytest.mark.usefixtures("untried")
def test_a_slow_encoder_is_named_with_what_installs_a_faster_one(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = EncoderChoice(PyavEncoder(), "lameenc is not installed", "pip install lameenc")
    monkeypatch.setattr(choice, "chosen", lambda: slow)
    monkeypatch.setattr(encode, "chosen", lambda: slow)
    found = findings(run("doctor", "--json"))["encoder"]
    assert found["state"] == "note"
    assert found["found"].startswith("libmp3lame of PyAV")
    assert "lameenc is not installed" in found["found"]
    assert found["advice"] == "pip install lameenc"


def test_an_unknown_voice_fails_the_self_test(run: Run) -> None:
    found = findings(run("doctor", "--engine", "pyttsx3", "--voice", "en-uss", "--json"))
    assert "write en-us" in found["self-test"]["found"]


@pytest.mark.usefixtures("untried")
def test_a_faulty_file_of_defaults_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.yaml").write_text("rate: fast\n", encoding="utf-8")
    found = findings(run("doctor", "--json"))
    assert found["defaults"]["state"] == "fault"
    assert "config.yaml:1:7" in found["defaults"]["advice"]


@pytest.mark.usefixtures("untried")
def test_a_cache_that_cannot_be_written_is_a_note(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "file"))
    found = findings(run("doctor", "--json"))
    assert found["cache"]["state"] == "note"
    assert "AUDIOGUIDE_CACHE_DIR" in found["cache"]["advice"]


@pytest.mark.usefixtures("untried")
def test_the_cache_is_left_as_it_was(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))
    assert run("doctor").code == 0
    assert list((tmp_path / "cache").glob("??/*")) == []


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize(("free", "state", "code"), [(10**6, "fault", 1), (2 * 10**8, "note", 0)])
def test_a_disk_that_is_nearly_full(
    run: Run, monkeypatch: pytest.MonkeyPatch, free: int, state: str, code: int
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    ran = run("doctor", "--json")
    assert findings(ran)["disk: here"]["state"] == state
    assert ran.code == code


def test_every_library_that_is_needed_is_found_under_the_name_that_it_is_imported_by() -> None:
    wrong = [each.found for each in libraries() if each.state != "fine"]
    assert wrong == []


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("have", ["", "1.2.3"])
def test_a_library_that_is_missing_or_too_old(run: Run, monkeypatch: pytest.MonkeyPatch, have: str) -> None:
    version = metadata.version

    def found_version(name: str) -> str:
        if name == "av" and not have:
            raise metadata.PackageNotFoundError(name)
        return have if name == "av" else version(name)

    monkeypatch.setattr(metadata, "version", found_version)
    found = findings(run("doctor", "--json"))
    assert found["libraries"]["found"] == f"av {have or 'is missing'}; 18.1 or newer is needed"
    assert found["libraries"]["advice"] == "pip install 'av>=18.1'"


def test_a_hold_that_comes_out_wrong_fails_the_self_test(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def longer(*arguments: Any, **named: Any) -> Any:
        receipt = render(*arguments, **named)
        reported = json.loads(receipt.script.read_text(encoding="utf-8"))
        end = [cue for cue in reported["cues"] if cue.get("sound")][-1]
        end["start"] += 6
        receipt.script.write_text(json.dumps(reported), encoding="utf-8")
        return receipt

    monkeypatch.setattr(trial, "render", longer)
    found = findings(run("doctor", "--json"))
    assert found["self-test"]["state"] == "fault"
