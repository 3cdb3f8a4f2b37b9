"""The documentation is true: what it shows can be loaded, and what can be written is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.listener.options import allowed_in
from audioguide.routine.language import document, marks, model
from audioguide.routine.language.base import Strict
from audioguide.routine.load import load
from tests.conftest import Write
from tests.tables import every

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "docs/language.md", "docs/words.md"]


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@every("page", PAGES)
def test_every_routine_that_is_shown_compiles(page: str, write: Write) -> None:
    assert blocks(page, "yaml")
    for block in blocks(page, "yaml"):
        assert compile(load(write(block))).cues


def test_the_routine_of_the_readme_is_the_example() -> None:
    assert (ROOT / "docs/examples/shoulder-rolls.yaml").read_text(encoding="utf-8") in blocks(
        "README.md", "yaml"
    )


def test_every_key_of_the_language_is_documented() -> None:
    text = (ROOT / "docs/language.md").read_text(encoding="utf-8")
    models = [
        value
        for value in [*vars(model).values(), *vars(marks).values(), *vars(document).values()]
        if isinstance(value, type) and issubclass(value, Strict)
    ]
    keys = {key for each in models for key in each.known_keys()}
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


@pytest.mark.parametrize(("page", "heading"), [("language.md", "## Personal versions"), ("batch.md", "")])
def test_every_option_of_an_overlay_is_a_key_and_a_column_that_is_documented(page: str, heading: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = "".join(re.findall(r"(?m)^\| `.*$", text[text.index(heading) :]))
    assert [name for name in allowed_in("overlay") if f"`{name}`" not in rows] == []


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("list", "show", "check", "schema", "voices", "say", "render", "verify"):
        assert f"audioguide {command}" in readme
    assert "audioguide compile" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_lock_file_can_be_read_on_any_kernel() -> None:
    # pip 24.1 and newer refuses such a condition where the kernel is called 6.1.0-18-amd64.
    assert "platform_release" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
