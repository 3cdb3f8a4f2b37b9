"""A call loads the command that it names, and looks as if it had loaded all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from audioguide.cli.app import called
from audioguide.cli.program import SUMMARIES, program

CALLS = [
    ["--help"], ["render", "--help"], ["voices", "--help"], ["voices", "add", "--help"], ["cache", "--help"],
    ["rendr"], ["voices", "ad"], ["list", "--nosuch"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_call_says_what_the_whole_program_says(arguments: list[str]) -> None:
    whole, small = (CliRunner().invoke(each, arguments) for each in (program(), program(arguments)))
    assert small.output == whole.output
    assert small.exit_code == whole.exit_code


def test_every_summary_is_the_first_line_of_the_help_of_its_command() -> None:
    whole = get_command(program())
    assert isinstance(whole, TyperGroup)
    assert {name: (each.help or "").split("\n")[0] for name, each in whole.commands.items()} == SUMMARIES


def test_a_call_loads_only_the_commands_that_it_names() -> None:
    code = (
        "import sys; from audioguide.cli.program import program; program(['render', 'name'])\n"
        "print(*[name for name in sys.modules if name.startswith('audioguide.cli.calls.')])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == ["audioguide.cli.calls.render"]


def test_a_shell_that_completes_a_line_knows_every_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AUDIOGUIDE_COMPLETE", "complete_bash")
    whole = get_command(called([]))
    assert isinstance(whole, TyperGroup)
    assert all(whole.commands[name].params for name in ("list", "show", "check", "plan", "batch"))
