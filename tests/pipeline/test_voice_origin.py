"""A voice that cannot be had is blamed on where it was chosen, a phrase on its step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

ROUTINE = "title: A\nsteps:\n  - say: Hello there.\n"


@pytest.fixture(autouse=True)
def real_voice(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AUDIOGUIDE_ENGINE")
    Path("a.yaml").write_text(ROUTINE, encoding="utf-8")


def refused(run: Run, *arguments: str) -> str:
    """Return what an unknown voice makes `render` say."""
    ran = run("render", *arguments, "-o", "out")
    assert ran.code == 4
    assert not Path("out").exists()
    return ran.err


def test_a_voice_of_the_command_line(run: Run) -> None:
    reported = refused(run, "a.yaml", "--voice", "nosuch")
    assert "audioguide: command line: --voice: there is no voice 'nosuch': try" in reported
    assert "a.yaml" not in reported


def test_a_voice_that_is_needed_to_measure_a_fit(run: Run) -> None:
    reported = refused(run, "knee-to-chest", "--voice", "en-us+nosuch", "--fit", "6m")
    assert "audioguide: command line: --voice: there is no voice variant 'nosuch'" in reported


def test_a_voice_of_an_overlay(run: Run, tmp_path: Path) -> None:
    Path("anna.yaml").write_text("voice: nosuch\n", encoding="utf-8")
    assert "audioguide: anna.yaml: voice: there is no voice 'nosuch'" in refused(
        run, "a.yaml", "--with", "anna.yaml"
    )


def test_a_voice_of_the_defaults(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("voice: nosuch\n", encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path))
    assert f"audioguide: {path}: voice: there is no voice 'nosuch'" in refused(run, "a.yaml")


def test_a_voice_of_the_routine(run: Run) -> None:
    Path("a.yaml").write_text(f"voice:\n  rate: 110\n  name: nosuch\n{ROUTINE}", encoding="utf-8")
    assert "a.yaml:3:9: voice: there is no voice 'nosuch'" in refused(run, "a.yaml")


@pytest.mark.parametrize("engine", ["pack", "kokoro", "piper"])
def test_a_voice_that_another_engine_lacks(run: Run, engine: str) -> None:
    lacks = f"voice: {engine} has no voice 'nosuch'"
    assert f"command line: --{lacks}" in refused(run, "a.yaml", "--engine", engine, "--voice", "nosuch")
    Path("b.yaml").write_text(f"voice: {{name: nosuch}}\n{ROUTINE}", encoding="utf-8")
    assert f"b.yaml:1:15: {lacks}" in refused(run, "b.yaml", "--engine", engine)


def test_an_engine_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "gramophone")
    reported = refused(run, "a.yaml")
    assert "audioguide: environment: AUDIOGUIDE_ENGINE: unknown engine 'gramophone'" in reported


def test_an_engine_that_nobody_chose(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ESPEAK_LIBRARY", str(tmp_path / "no-such.so"))
    reported = refused(run, "a.yaml", "--voice", "en-gb")
    assert "audioguide: the default engine: the voice needs the library espeak-ng" in reported


def test_a_timed_script_names_itself_or_the_call(run: Run) -> None:
    assert run("render", "a.yaml", "--engine", "tone", "-o", "first").code == 0
    text = Path("first/a.script.json").read_text(encoding="utf-8").replace('"tone"', '"pyttsx3"')
    Path("b.script.json").write_text(text.replace('"en-us"', '"nosuch"'), encoding="utf-8")
    assert "b.script.json: voice: there is no voice 'nosuch'" in refused(run, "b.script.json")
    reported = refused(run, "b.script.json", "--voice", "other")
    assert "command line: --voice: there is no voice 'other'" in reported


def test_a_text_that_cannot_be_spoken_keeps_its_step(run: Run) -> None:
    assert run("render", "a.yaml", "--engine", "tone", "-o", "first").code == 0
    text = Path("first/a.script.json").read_text(encoding="utf-8").replace('"tone"', '"pyttsx3"')
    Path("b.script.json").write_text(text.replace("Hello there.", "..."), encoding="utf-8")
    assert "b: steps[0]: '...' cannot be spoken" in refused(run, "b.script.json")
