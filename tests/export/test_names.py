"""Names of files with odd characters: they are written, and a playlist leads to them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from audioguide.export.overview import entry, playable
from tests.cli.conftest import Run, run

__all__ = ["run"]

ROUTINE = "title: T\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Go.\n"
NAMES = [
    "#1 stretch", " two  spaces ", "100% rest", "it's \"quoted\"", "a:b", "http:x", "Füße 足",
    "a,b;c=d", "-x",
    "[red]", "a'b", "%20", "&amp;", "back\\slash", ".hidden",
]  # fmt: skip


def files_in(playlist: str) -> list[str]:
    """Read a playlist as players do: what is not a comment is a file, without the spaces around it."""
    return [line.strip() for line in playlist.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", NAMES)
def test_a_playlist_leads_to_its_file(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.yaml").write_text(ROUTINE, encoding="utf-8")
    ran = run("export", "--estimate", "--format", "m3u8,lrc,sheet", "-o", "out", "--", f"./{name}.yaml")
    assert ran.code == 0, ran.err
    [playlist] = Path("out").glob("*.m3u8")
    [named] = files_in(playlist.read_text(encoding="utf-8"))
    assert Path("out", named).resolve() == (Path("out") / f"{name.strip()}.mp3").resolve()
    assert Path("out", named).parent.resolve() == Path("out").resolve()
    assert playlist.with_suffix(".lrc").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_with_a_line_break_is_written_as_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\nb\t\x1bc.yaml").write_text(ROUTINE, encoding="utf-8")
    assert run("export", "a\nb\t\x1bc.yaml", "--estimate", "--format", "m3u8", "-o", "out").code == 0
    assert [path.name for path in Path("out").iterdir()] == ["a_b__c.m3u8"]
    assert run("render", "a\nb\t\x1bc.yaml", "-o", "x\ny.mp3", "--with-files", "m3u8").code == 0
    assert files_in((tmp_path / "x\ny.m3u8").read_text(encoding="utf-8")) == ["x%0Ay.mp3"]


def test_what_cannot_be_in_a_line_is_written_as_in_an_address() -> None:
    assert playable("a\udcff\n\x1b\u202e.mp3") == "a%FF%0A%1B%E2%80%AE.mp3"
    assert playable("#a.mp3") == "./#a.mp3"
    assert playable("plain 100% é.mp3") == "plain 100% é.mp3"
    assert entry("A\nB\x1b", "a.mp3", 250) == "#EXTINF:1,A B\na.mp3\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_plan_of_an_odd_name_leads_to_each_session(run: Run, tmp_path: Path) -> None:
    (tmp_path / "#1 100%.yaml").write_text(
        ROUTINE.replace("steps:", "settings: {hold: {default: 2s, max: 3s}}\nsteps:") + "  - hold: $hold\n",
        encoding="utf-8",
    )
    assert run("plan", "./#1 100%.yaml", "--sessions", "2", "--weeks", "1", "-o", "p").code == 0
    [playlist] = Path("p").glob("*.m3u8")
    named = files_in(playlist.read_text(encoding="utf-8"))
    assert len(named) == 2
    assert all((Path("p") / each).is_file() for each in named)
