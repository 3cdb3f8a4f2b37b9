"""`audioguide export --page`: one HTML file, with the sound that `render` writes in it."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROUTINE = "title: Short\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Rest.\n  - hold: 2s\n"


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "tone")
    path = tmp_path / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


def sound(page: Path) -> bytes:
    [written] = re.findall(r'src="data:audio/mpeg;base64,([^"]*)"', page.read_text(encoding="utf-8"))
    return base64.b64decode(written, validate=True)


def test_the_sound_in_a_page_is_the_one_that_render_writes(run: Run, short: str, tmp_path: Path) -> None:
    options = ("--bed", "rain", "--profile", "quiet")
    assert run("export", short, "--page", "-o", str(tmp_path / "out"), *options).code == 0
    assert run("render", short, "-o", str(tmp_path / "out"), *options).code == 0
    assert sound(tmp_path / "out/short.html") == (tmp_path / "out/short.mp3").read_bytes()


def test_a_page_can_be_named_and_smaller(run: Run, short: str, tmp_path: Path) -> None:
    for name, kbit in (("large.html", "128"), ("small.html", "64")):
        assert run("export", short, "--page", "-o", str(tmp_path / name), "--bitrate", kbit).code == 0
    assert len(sound(tmp_path / "small.html")) < 0.6 * len(sound(tmp_path / "large.html"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--page", "--format", "vtt"], "remove --format and --estimate"),
        (["--page", "--estimate"], "remove --format and --estimate"),
        (["--bed", "rain"], "--bed changes the sound, and these files have no sound: add --page"),
        (["--bitrate", "64"], "add --page"),
        (["--page", "--bitrate", "7"], "kbit/s is not possible"),
    ],
)
def test_options_that_do_not_fit_are_named(run: Run, short: str, options: list[str], said: str) -> None:
    ran = run("export", short, *options)
    assert ran.code == 2
    assert said in ran.err
