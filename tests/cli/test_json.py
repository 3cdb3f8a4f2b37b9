"""What commands print with `--json` has one shape, and is what the schema says."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.core import TyperGroup
from typer.main import get_command

from audioguide.cli.commands.explain import FAMILIES
from audioguide.cli.envelope import command_of
from audioguide.cli.output_schema import FIELDS, output_schema
from audioguide.cli.program import program as build
from audioguide.routine.language.checks import CHECKS
from tests.cli.conftest import Ran, Run
from tests.tables import every

DOCS = Path(__file__).parents[2] / "docs"
SHARED = ["audioguide", "command", "ok", "errors"]
SHORT = "title: Short\nposition: sitting\nsteps:\n  - say: Sit up.\n  - hold: 1s\n"
WRONG = "title: Wrong\nsteps:\n  - sya: Sit up.\n  - hold: 1 hour\n  - say: 3\n"


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(output_schema())


def printed(ran: Ran) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ran.out)
    assert [error.message for error in validator().iter_errors(document)] == []
    assert list(document)[:4] == SHARED
    assert document["audioguide"] == version("audioguide")
    assert document["ok"] is (ran.code == 0)
    assert bool(document["errors"]) is (ran.code != 0)
    assert all(error["code"] in FAMILIES or error["code"] in CHECKS for error in document["errors"])
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(SHORT)
    (tmp_path / "wrong.yaml").write_text(WRONG)
    (tmp_path / "clients.csv").write_text("name,routine\nAnna,short.yaml\n")
    (tmp_path / "text.txt").write_text("Bridge\nLie on your back. Lift your hips, and hold for 10 seconds.\n")
    return tmp_path


CALLS = (
    ("list", ("list", "knee")), ("show", ("show", "short.yaml")), ("render", ("render", "short.yaml")),
    ("render", ("render", "short.yaml", "cat-stretch")), ("export", ("export", "short.yaml", "--estimate")),
    ("export", ("export", "short.yaml", "--page")), ("check", ("check", "short.yaml", "cat-stretch")),
    ("check", ("check", "wrong.yaml")), ("check", ("check", "short.yaml", "--strict")),
    ("compose", ("compose", "--for", "neck", "--length", "8m")),
    ("compose", ("compose", "--for", "neck", "--length", "8m", "--sessions", "2", "--weeks", "1", "-o", "p")),
    ("plan", ("plan", "short.yaml", "--sessions", "2", "--weeks", "1")),
    ("batch", ("batch", "clients.csv", "--dry")), ("batch", ("batch", "clients.csv", "--workers", "1")),
    ("draft", ("draft", "text.txt")), ("practice", ("practice",)), ("doctor", ("doctor",)),
    ("cache info", ("cache", "info")), ("voices", ("voices", "--engine", "tone")),
    ("voices add", ("voices", "add", "--list")),
    ("voices record-list", ("voices", "record-list", "short.yaml")),
)  # fmt: skip


@pytest.mark.parametrize(("command", "call"), CALLS)
def test_the_real_output_of_a_command_is_what_the_schema_says(
    run: Run, folder: Path, command: str, call: tuple[str, ...]
) -> None:
    assert printed(run(*call, "--json"))["command"] == command


def test_a_finished_file_and_voices_that_are_compared(run: Run, folder: Path) -> None:
    run("render", "short.yaml")
    assert printed(run("verify", "out/short.mp3", "--json"))["command"] == "verify"
    assert printed(run("voices", "compare", "tone/tone", "--say", "One.", "--json"))["voices"]


@every(
    ("call", "command", "ends"),
    [
        (("render", "no-such-routine"), "render", (2, "usage")),
        (("render", "wrong.yaml"), "render", (3, "routine")),
        (("show", "short.yaml", "--engine", "no-such"), "show", (4, "voice")),
        (("verify", "no.mp3"), "verify", (5, "output")), (("list", "--colour"), "list", (2, "usage")),
        (("voices", "add", "no-such-voice"), "voices add", (2, "usage")),
    ],
)  # fmt: skip
def test_an_error_is_the_same_object(
    run: Run, folder: Path, call: tuple[str, ...], command: str, ends: tuple[int, str]
) -> None:
    ran = run(*call, "--json")
    document = printed(ran)
    assert document["command"] == command
    assert [(ran.code, each["code"]) for each in document["errors"]] == [ends]
    assert document["errors"][0]["message"]


def test_errors_have_the_places_of_all_faults(run: Run, folder: Path) -> None:
    [error] = printed(run("render", "wrong.yaml", "--json"))["errors"]
    assert [fault["line"] for fault in error["faults"]] == [3, 5]
    checked = printed(run("check", "wrong.yaml", "--json"))
    assert [each["line"] for each in checked["errors"]] == [3, 5]


def test_a_file_that_fails_is_among_those_that_do_not(run: Run, folder: Path) -> None:
    late = "  - hold: 1s\n    marks: {at: {0.5s: One two three four five six.}}\n"
    (folder / "late.yaml").write_text(SHORT + late)
    ran = run("render", "late.yaml", "short.yaml", "--json")
    document = printed(ran)
    assert [each["title"] for each in document["renders"]] == ["Short"]
    assert [each["code"] for each in document["errors"]] == ["routine"]


def test_standard_output_that_is_for_sound_gets_no_json(run: Run, folder: Path) -> None:
    assert run("render", "short.yaml", "-o", "-", "--json").out == ""


@every(
    ("words", "command"),
    [
        (["list", "--json"], "list"), (["--json"], ""), (["voices", "--json", "add", "x"], "voices add"),
        (["voices", "--engine", "tone"], "voices"), (["cache", "info"], "cache info"),
        (["render", "add"], "render"),
    ],
)  # fmt: skip
def test_the_command_is_read_from_the_call(words: list[str], command: str) -> None:
    assert command_of(words) == command


def test_every_command_that_prints_json_is_in_the_schema_and_on_the_page(run: Run) -> None:
    assert json.loads(run("schema", "--output").out) == output_schema()
    Draft202012Validator.check_schema(output_schema())
    program = get_command(build())
    assert isinstance(program, TyperGroup)
    found = {*_with_json("", program)}
    assert found == {*FIELDS}
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    assert [command for command in found if f"| `{command}` |" not in page] == []
    for fields in FIELDS.values():
        assert [key for key in fields if f"`{key.removesuffix('?')}`" not in page] == []


def _with_json(name: str, group: TyperGroup) -> list[str]:
    found = []
    for each, command in group.commands.items():
        full = f"{name} {each}".strip()
        if any("--json" in param.opts for param in command.params):
            found.append(full)
        if isinstance(command, TyperGroup):
            found += _with_json(full, command)
    return found
