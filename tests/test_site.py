"""The documentation site: every page is on it, its links lead somewhere, and its sounds can be heard."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import soundfile
from typer.core import TyperGroup
from typer.main import get_command

import audioguide as ag
from audioguide.cli.program import program as build
from audioguide.script.choices import BEDS
from audioguide.script.shipped import shipped
from docs.site import commands, keys
from docs.site.nav import NAV
from docs.site.stage import ROOT, pages

IN_PLACE = {"SKILL"}  # on the site as `write-a-routine`


class Links(HTMLParser):
    """What a page links to, and the places in it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        found = dict(attrs)
        self.targets += [target for name in ("href", "src") if (target := found.get(name))]
        self.places |= {found[name] or "" for name in ("id", "name") if name in found}


def test_every_page_of_the_documentation_is_on_the_site(tmp_path: Path) -> None:
    written = {path.stem for path in (ROOT / "docs").glob("*.md")} - IN_PLACE
    named = [name for names in NAV.values() for name in names]
    assert written - set(named) == set()
    assert len(named) == len(set(named))
    assert {page.name for page in pages(tmp_path)} >= written


def test_every_key_has_an_example_that_compiles() -> None:
    text = keys.reference()  # which fails where a key has none
    assert "`0.8s` unless written" in text  # as one writes it, not the 200 ticks of the model
    assert [routine["title"] for routine in keys.own_examples() if not _compiles(routine)] == []


def _compiles(routine: dict[str, object]) -> bool:
    return bool(ag.compile(ag.load(routine, name="example"), ag.Options(engine="tone")).cues)


@pytest.mark.slow
def test_every_example_of_a_key_is_rendered() -> None:
    silent = []
    for routine in keys.own_examples():
        sound = io.BytesIO()
        ag.render(ag.compile(ag.load(routine, name="example"), ag.Options(engine="tone")), sound)
        decoded, _ = soundfile.read(io.BytesIO(sound.getvalue()))
        if abs(decoded).max() < 0.01:
            silent.append(routine["title"])
    assert silent == []


def test_the_command_reference_has_every_command_and_option() -> None:
    text = commands.reference()
    program = get_command(build())
    assert isinstance(program, TyperGroup)
    found = [f"audioguide {name}" for name in program.commands]
    options = [
        option
        for command in program.commands.values()
        for param in command.params
        for option in param.opts
        if option.startswith("--")
    ]
    assert [name for name in found if f"### `{name}`\n" not in text] == []
    assert [option for option in options if option not in text] == []
    assert "#### `audioguide voices add`" in text


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_site_builds_and_all_of_it_is_there(tmp_path: Path) -> None:
    site = _built(tmp_path / "site")
    shown = {path.relative_to(site): Links(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert len(shown) > 40
    assert _broken(site, shown) == []
    names = {name for names in NAV.values() for name in names} | {"index", "notes/voice"}
    assert [name for name in names if not (site / f"{name}.md").is_file()] == []
    assert [name for name in names if not (site / f"{name}.html").is_file()] == []
    listed = (site / "llms.txt").read_text(encoding="utf-8")
    assert [name for name in names - {"index"} if f"]({name}.md): " not in listed] == []
    _search_finds(site, "savasana", "words")
    _sounds_are_heard(site)


def _built(site: Path) -> Path:
    """Build the site, or return the one that CI has just built."""
    if built := os.environ.get("AUDIOGUIDE_SITE"):
        return Path(built)
    pytest.importorskip("furo", reason="the site needs `pip install -e '.[docs]'`")
    command = [sys.executable, "-m", "docs.site", str(site), "--quick"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return site


def _broken(site: Path, shown: dict[Path, Links]) -> list[str]:
    """Return the links that lead nowhere, each with its page; addresses of the web are left alone."""
    found = []
    for page, links in shown.items():
        for target in links.targets:
            if re.match(r"[a-z]+:|//|#$", target):
                continue
            path, _, anchor = unquote(target).partition("#")
            file = (site / page.parent / path.partition("?")[0]).resolve() if path else site / page
            known = shown.get(file.relative_to(site.resolve()) if path else page)
            if not file.exists() or (anchor and known and anchor not in known.places):
                found.append(f"{page}: {target}")
    return found


def _search_finds(site: Path, word: str, page: str) -> None:
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    found = index["terms"].get(word, [])
    assert index["docnames"].index(page) in (found if isinstance(found, list) else [found])


def _sounds_are_heard(site: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in site.glob("*.html")]
    players = [player for page in pages for player in re.findall(r'src="(sounds/[^"]+)"', page)]
    wanted = {
        *shipped(),
        *(f"bed-{bed}" for bed in BEDS),
        "breath",
        "guidance-fade",
        "voice-pack-af_heart",
        "language-1",
    }
    assert wanted <= {Path(player).stem for player in players}
    silent = []
    for player in players:
        sound, rate = soundfile.read(site / player)
        if not (1 < len(sound) / rate < 600 and abs(sound).max() > 0.01):
            silent.append(player)
    assert silent == []
