"""Commands that make a script take the same wishes, in the same words."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

WISHES = [
    "--set",
    "--hold",
    "--reps",
    "--fit",
    "--dose",
    "--guidance",
    "--with",
    "--voice",
    "--rate",
    "--pitch",
    "--warm",
    "--engine",
    "--profile",
    "--player-check",
    "--beyond-bounds",
]
MIXED = ["--bed", "--bed-volume", "--chime-volume"]


@pytest.mark.parametrize("command", ["show", "compile", "export", "render", "plan"])
def test_every_command_that_makes_a_script_takes_the_same_wishes(run: Run, command: str) -> None:
    offered = run(command, "--help").out.split()
    assert [wish for wish in WISHES if wish not in offered] == []


@pytest.mark.parametrize(
    ("command", "takes"), [("render", True), ("plan", True), ("export", True), ("show", False)]
)
def test_what_is_mixed_is_wished_where_sound_is_made(run: Run, command: str, takes: bool) -> None:
    offered = run(command, "--help").out.split()
    assert [wish in offered for wish in MIXED] == [takes] * len(MIXED)


def test_the_same_wishes_show_and_export_the_same_script(run: Run) -> None:
    wishes = ["--hold", "20s", "--reps", "3", "--warm", "--rate", "110", "--guidance", "short"]
    shown = json.loads(run("show", "knee-to-chest", *wishes, "--json").out)
    assert run("export", "knee-to-chest", *wishes, "--estimate", "--format", "json", "-o", ".").code == 0
    with open("knee-to-chest.script.json", encoding="utf-8") as file:
        exported = json.load(file)
    assert exported["cues"] == shown["cues"]
    assert exported["voice"]["warm"] is True
    assert {cue["length"] for cue in exported["cues"] if cue["kind"] == "hold"} == {20 * 250}


def test_an_unknown_engine_is_refused_where_nothing_is_spoken(run: Run) -> None:
    ran = run("show", "knee-to-chest", "--engine", "nosuch")
    assert (ran.code, ran.out) == (4, "")
    assert "command line: --engine: unknown engine 'nosuch'" in ran.err
