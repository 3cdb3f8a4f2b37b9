"""`--with-files`, `--format`, and `audioguide export`: what is written and reported, and nothing half."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import soundfile
from tinytag import TinyTag

from tests.cli.conftest import Run
from tests.conftest import Write

SHORT = """
title: Short
summary: Short.
safety: {notice: general, closing: none}
steps:
  - say: Rest.
  - hold: 5s
  - say: That is all.
"""
BESIDE = [".vtt", ".srt", ".lrc", ".labels.txt", ".chapters.json", ".m3u8", ".sheet.html", ".svg"]
ALWAYS = [".mp3", ".script.json", ".txt"]


@pytest.fixture
def short(write: Write) -> str:
    """Write a short routine."""
    return str(write(SHORT, "short.yaml"))


def written(folder: Path) -> set[str]:
    return {path.name.removeprefix("short") for path in folder.iterdir()}


@pytest.mark.parametrize("given", [["--with-files"], ["--with-files=all"], ["--with-files", "all"]])
def test_all_files_lie_beside_the_sound(given: list[str], run: Run, short: str, tmp_path: Path) -> None:
    ran = run("render", short, *given, "-o", "out")
    assert ran.code == 0, ran.err
    assert written(tmp_path / "out") == {*ALWAYS, *BESIDE}
    beside = re.search(r"next to it: (.*)", ran.out)
    assert beside
    assert beside[1].split(", ") == [f"short{suffix}" for suffix in BESIDE]


def test_bare_before_the_routine_or_with_names_behind_it(run: Run, short: str, tmp_path: Path) -> None:
    assert run("render", "--with-files", short, "-o", "a").code == 0
    assert written(tmp_path / "a") == {*ALWAYS, *BESIDE}
    assert run("render", "--with-files", "vtt,lrc", short, "-o", "b").code == 0
    assert written(tmp_path / "b") == {*ALWAYS, ".vtt", ".lrc"}


def test_json_lists_every_file_and_keeps_what_was_there(run: Run, short: str) -> None:
    answer: Any = json.loads(run("render", short, "--with-files=vtt", "--json").out)
    assert answer["files"] == [f"out/short{suffix}" for suffix in (*ALWAYS, ".vtt")]
    assert (answer["mp3"], answer["script"], answer["text"]) == tuple(answer["files"][:3])
    assert answer["format"] == "mp3"
    assert all(Path(path).is_file() for path in answer["files"])
    assert answer["chapters"][0]["title"] == "Opening"


@pytest.mark.parametrize("name", ["m4b", "opus", "flac", "WAV"])
def test_another_format_has_its_suffix_and_a_playlist_that_names_it(name: str, run: Run, short: str) -> None:
    answer: Any = json.loads(
        run("render", short, "--format", name, "--with-files=m3u8", "--json", "--year", "2026").out
    )
    path = Path(answer["files"][0])
    assert path.suffix == f".{name.lower()}"
    found = TinyTag.get(path)
    assert (found.title, str(found.year)) == ("Short", "2026")
    assert found.duration == pytest.approx(answer["length_s"], abs=0.03)
    assert Path("out/short.m3u8").read_text().splitlines()[2] == path.name


def test_a_lossless_file_is_as_long_as_the_receipt_says(run: Run, short: str) -> None:
    answer: Any = json.loads(run("render", short, "--format", "flac", "--json").out)
    assert soundfile.info(answer["files"][0]).frames == round(answer["length_s"] * 48_000)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--with-files=vvt"], "unknown file 'vvt'; choose from all, vtt, srt,"),
        (["--with-files="], "no kind of file is named"),
        (["--format", "ogg"], "unknown format 'ogg'; choose from mp3, m4b, opus, flac, wav"),
        (["--format", "wav", "--bitrate", "96"], "WAV is lossless"),
        (["--bitrate", "95"], "95 kbit/s is not possible in MP3"),
    ],
)
def test_a_wrong_call_is_reported_before_anything_is_done(
    given: list[str], said: str, run: Run, short: str, tmp_path: Path
) -> None:
    ran = run("render", short, *given)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists()


def test_where_one_cannot_be_written_none_is(run: Run, short: str, tmp_path: Path) -> None:
    (tmp_path / "out" / "short.lrc").mkdir(parents=True)
    ran = run("render", short, "--with-files")
    assert ran.code == 5
    assert "short.lrc" in ran.err
    assert written(tmp_path / "out") == {".lrc"}


def test_export_writes_what_a_render_writes(run: Run, short: str, tmp_path: Path) -> None:
    run("render", short, "--with-files", "-o", "a")
    ran = run("export", short, "--format", "all", "-o", "b")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == "b/short.vtt"
    assert written(tmp_path / "b") == {*BESIDE, ".script.json", ".txt"}
    run("export", "a/short.script.json", "-o", "c")
    for suffix in BESIDE:
        first = (tmp_path / "a" / f"short{suffix}").read_bytes()
        assert first == (tmp_path / "b" / f"short{suffix}").read_bytes()
        if suffix not in (".sheet.html", ".svg"):  # a timed script does not say whom it is for
            assert first == (tmp_path / "c" / f"short{suffix}").read_bytes()


def test_export_may_estimate_and_tells_its_files_as_json(run: Run, short: str) -> None:
    answer: Any = json.loads(run("export", short, "--format", "vtt,txt", "--estimate", "--json").out)
    assert answer["files"] == ["out/short.vtt", "out/short.txt"]
    assert run("export", short, "--format", "nothing").code == 2


@pytest.mark.slow
def test_a_plan_takes_both(run: Run, tmp_path: Path) -> None:
    given = ("--sessions", "2", "--weeks", "1", "--format", "opus", "--with-files=lrc", "-o", "p")
    ran = run("plan", "knee-to-chest", *given)
    assert ran.code == 0, ran.err
    names = {path.name for path in (tmp_path / "p").iterdir()}
    assert {"knee-to-chest-01.opus", "knee-to-chest-02.lrc"} <= names
    assert "knee-to-chest-02.opus" in (tmp_path / "p" / "knee-to-chest.m3u8").read_text()
