"""What a newcomer reads first fits one screen, and every command and option is in it."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from audioguide.cli.help import EXAMPLES, GROUPS, WELCOME
from audioguide.cli.program import program as build
from tests.cli.conftest import Run

LINES, COLUMNS = 40, 80


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def sections(text: str) -> dict[str, str]:
    """Return what is below each heading of a help text."""
    parts = re.split(r"(?m)^(\w+):$", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_help_fits_one_screen_and_cuts_no_sentence(run: Run) -> None:
    lines = run("--help").out.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS
    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage")] == []


def test_types_and_bounds_are_not_written_as_in_a_program(run: Run) -> None:
    for name in (name for names in GROUPS.values() for name in names):
        reported = run(name, "--help").out
        assert not re.search(r"<(?:str|int|float|path|list)\b|<=x", reported), name
        assert "sentence" not in reported.partition("\n")[0]
    assert "<" not in run("voices", "remove", "--help").out
    assert "[80 to 450]" in run("render", "--help").out


def test_every_command_is_in_one_group(run: Run) -> None:
    program = get_command(build())
    assert isinstance(program, TyperGroup)
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(program.commands)
    out = run("--help").out
    for group, names in GROUPS.items():
        assert re.search(rf"(?m)^{group} +{next(iter(names))} ", out)
        assert [name for name in names if not re.search(rf"(?m)^(?:{group})? +{name} ", out)] == []


def test_examples_and_welcome_are_commands_that_exist(run: Run) -> None:
    welcome = run()
    assert (welcome.code, welcome.err) == (0, "")
    assert welcome.out.rstrip() == WELCOME
    assert 5 <= len(WELCOME.splitlines()) <= 8
    shown = [line.strip() for line in WELCOME.splitlines() if line.startswith("  audioguide ")]
    for line in [*(command for command, _ in EXAMPLES), *(re.split(r"  +", line)[0] for line in shown)]:
        words = shlex.split(line)[1:]
        options = [word for word in words if word.startswith("--")]
        helped = run(words[0], "--help")
        assert helped.code == 0, line
        assert [option for option in options if option not in helped.out] == [], line


def test_the_welcome_leads_to_an_mp3(run: Run) -> None:
    line = next(line for line in WELCOME.splitlines() if "render" in line)
    command, reported = re.split(r"  +", line.strip(), maxsplit=1)
    path = reported.rpartition(" ")[2]
    assert run(*shlex.split(command)[1:], "--engine", "tone").code == 0
    with open(path, "rb") as made:
        assert made.read(3) == b"ID3"


def test_the_options_of_render_are_in_groups(run: Run) -> None:
    found = sections(run("render", "--help").out)
    assert list(found) == ["Arguments", "Exercise", "Voice", "Sound", "Files", "Options"]
    for heading, flags in {
        "Exercise": ("--hold", "--reps", "--fit", "--with", "--skip", "--beyond-bounds"),
        "Voice": ("--voice", "--rate", "--engine"),
        "Sound": ("--bed", "--profile", "--chime-volume"),
        "Files": ("--format", "--out", "--name", "--year"),
        "Options": ("--strict", "--json", "--help"),
    }.items():
        assert [flag for flag in flags if f"{flag} " not in found[heading]] == [], heading
