"""The documentation is true: what it shows can be loaded, and what can be written is in it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import audioguide as ag
from audioguide.cli.help import GROUPS
from audioguide.compiler.compile import compile
from audioguide.listener.options import allowed_in
from audioguide.routine.language import document, marks, model
from audioguide.routine.language.base import Strict
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from tests.conftest import Write
from tests.tables import every

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "docs/language.md", "docs/own-routine.md", "docs/words.md"]
README_LINES = 150


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@every("page", PAGES)
def test_every_routine_that_is_shown_compiles(page: str, write: Write) -> None:
    assert blocks(page, "yaml")
    for block in blocks(page, "yaml"):
        assert compile(load(write(block))).cues


def test_the_routine_of_the_readme_is_the_example() -> None:
    example = (ROOT / "docs/examples/shoulder-rolls.yaml").read_text(encoding="utf-8")
    for page in ("README.md", "docs/own-routine.md"):
        assert example in blocks(page, "yaml")


def test_the_readme_is_short_and_begins_with_a_picture_and_the_commands_to_set_up() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = readme.splitlines()
    assert len(lines) <= README_LINES
    assert lines.index("```sh") < 20  # on the first screen
    assert "](docs/pictures/front.png)" in readme[: readme.index("```sh")]
    first, second = blocks("README.md", "sh")[0].splitlines()  # what .ci/run runs
    assert first.endswith(".venv/bin/audioguide render back-relaxation")
    assert second.endswith("-m pytest")


def test_the_readme_has_a_part_for_each_job() -> None:
    headings = re.findall(r"(?m)^## (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert headings[:6] == [
        "Change the holds", "Play it on the phone", "Make a session", "Paste a leaflet", "Build your own",
        "One per client",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["front.png", "phone.png"])
def test_the_pictures_of_the_readme_are_small(name: str) -> None:
    picture = (ROOT / "docs/pictures" / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_command_of_the_readme_works_as_printed(tmp_path: Path) -> None:
    # What .ci/run runs, what belongs to a shell, and what goes on until Ctrl-C (`tests/web` starts that).
    commands = [line for block in blocks("README.md", "sh")[1:] for line in block.splitlines()]
    tried = [each for each in commands if not each.startswith(("source ", "audioguide serve"))]
    assert len(tried) >= 10
    for name in ("leaflet.txt", "shoulder-rolls.yaml"):  # what a reader brings
        shutil.copy(ROOT / "docs/examples" / name, tmp_path)
    failed = []
    for command in tried:
        program = [sys.executable, "-m", *shlex.split(command)]
        ran = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
        if ran.returncode:
            failed.append(f"{command}: {ran.stderr}")
    assert failed == []
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.mp3")}
    assert {f"out/{name}.mp3" for name in ("knee-to-chest", "lower-back", "mine", "session")} <= made


def test_every_length_that_a_page_asks_for_can_be_reached() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    asked = {
        (match["name"], match["length"])
        for page in pages
        for match in re.finditer(
            r"audioguide \w+ (?P<name>[a-z-]+)[^`\n]* --fit (?P<length>\w+)", page.read_text(encoding="utf-8")
        )
        if match["name"] in SHIPPED_LIBRARY.shipped
    }
    assert asked
    for name, length in sorted(asked):
        assert ag.compile(ag.load(name), ag.Options(fit=length)).cues


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


def test_every_command_is_on_a_page() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    names = [name for group in GROUPS.values() for name in group]
    assert [name for name in names if f"audioguide {name}" not in text] == []


def test_the_lock_file_can_be_read_on_any_kernel() -> None:
    # pip 24.1 and newer refuses such a condition where the kernel is called 6.1.0-18-amd64.
    assert "platform_release" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
