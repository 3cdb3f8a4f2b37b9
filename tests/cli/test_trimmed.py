"""A call builds the command that it names, and looks as if it built all of them."""

from __future__ import annotations

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from audioguide.cli.app import app
from audioguide.cli.trimmed import called, trimmed

CALLS = [
    ["--help"], ["render", "--help"], ["voices", "--help"], ["voices", "add", "--help"], ["cache", "--help"],
    ["rendr"], ["voices", "ad"], ["list", "--nosuch"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_trimmed_program_says_what_the_whole_one_says(arguments: list[str]) -> None:
    whole, small = (CliRunner().invoke(each, arguments) for each in (app, trimmed(app, arguments)))
    assert small.output == whole.output
    assert small.exit_code == whole.exit_code


def test_only_what_is_called_has_parameters_and_the_program_stays_whole() -> None:
    group = get_command(trimmed(app, ["render", "name"]))
    assert isinstance(group, TyperGroup)
    with_parameters = {name for name, each in group.commands.items() if each.params}
    assert "render" in with_parameters
    assert not with_parameters & {"list", "show", "check", "plan", "batch"}
    whole = get_command(app)
    assert isinstance(whole, TyperGroup)
    assert all(whole.commands[name].params for name in ("list", "show", "check", "plan", "batch"))


def test_a_shell_that_completes_a_line_knows_every_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AUDIOGUIDE_COMPLETE", "complete_bash")
    assert called(app, []) is app
