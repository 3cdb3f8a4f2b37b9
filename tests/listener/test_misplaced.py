"""What people write at the wrong place, or in words, says where it belongs and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

GOOD = (
    "title: Good\nsafety: {notice: none, closing: none}\n"
    "settings: {hold: {default: 20s, min: 10s, max: 60s}, reps: {default: 2}}\n"
    "steps:\n  - repeat: $reps\n    steps:\n      - say: Sit.\n      - hold: $hold\n"
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("hold: 30s", "settings: {hold: 30s}"),
        ("reps: 3", "settings: {reps: 3}"),
        ("length: 5m", "write: fit: 5m"),
        ("settings: {reps: three}", "'three' is neither a count nor a time: write 3 or 3s"),
    ],
)
def test_an_overlay(run: Run, tmp_path: Path, line: str, found: str) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(f"{line}\n", encoding="utf-8")
    ran = run("show", "good.yaml", "--with", "own.yaml")
    assert ran.code == 3
    assert found in ran.err
    assert "own.yaml:1:" in ran.err


@pytest.mark.parametrize("line", ["hold: 30s", "fit: 5m", "settings: {hold: 30s}"])
def test_defaults(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (tmp_path / "config.yaml").write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path))
    ran = run("show", "cat-cow")
    assert ran.code == 3
    assert "with --with FILE, or on the command line" in ran.err


def test_a_step_at_the_top_of_a_routine(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: A\nhold: 20s\nsteps: [{say: Go.}]\n", encoding="utf-8")
    ran = run("check", "a.yaml")
    assert "write it under `steps`, as `- hold: 20s`" in ran.err


def test_a_length_in_words_is_minutes(run: Run) -> None:
    assert "10 is read as 10 minutes" in run("list", "--max-length", "ten").err


def test_a_voice_that_say_cannot_have_is_that_of_the_command_line(run: Run) -> None:
    ran = run("say", "Sit.", "--engine", "nonsense", "-o", "s.wav")
    assert ran.code == 4
    assert "command line: --engine: unknown engine 'nonsense'" in ran.err
