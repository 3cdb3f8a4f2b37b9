"""A command loads what it needs, and no more: the heavy libraries cost more than most commands do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.mp3.lame.choice import chosen
from audioguide.mp3.lame.pyav import PyavEncoder
from tests.slow import first

AUDIO = {"av", "fastcrc", "mutagen", "numpy", "pydub", "pyttsx3", "soundfile", "soxr", "espeakng_loader"}
QUICK = {
    "--help": AUDIO
    | {
        "pydantic",
        "rich",
        "ruamel",
        "platformdirs",
        "webbrowser",
        "audioguide.script.script",
        "audioguide.durations",
    },
    "render --help": AUDIO | {"rich", "ruamel", "platformdirs"},
    "verify --help": AUDIO | {"rich", "ruamel", "platformdirs"},
    "show knee-to-chest": AUDIO
    | {
        "rich",
        "audioguide.fitting.search",
        "audioguide.fitting.uses",
        "audioguide.fitting.bench",
        "audioguide.export.picture",
    },
    "show knee-to-chest --json": AUDIO | {"rich"},
    "check knee-to-chest": AUDIO | {"rich"},
    "schema": AUDIO | {"rich"},
    "serve --help": AUDIO | {"rich", "ruamel", "platformdirs", "starlette", "uvicorn", "jinja2", "segno"},
    "cache info": AUDIO | {"rich", "ruamel"},
    "list": AUDIO | {"rich", "audioguide.reading.thorough"},  # it compiles the library: ten seconds
}


def _loaded(command: str, folder: Path) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "audioguide", *command.split()],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line for line in ran.stderr.splitlines() if line.startswith("import time:")]
    modules = {line.rpartition("|")[2].strip() for line in lines}
    return modules | {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(("command", "unwanted"), first(5, QUICK.items()))
def test_a_quick_command_loads_nothing_heavy(command: str, unwanted: set[str], tmp_path: Path) -> None:
    loaded = _loaded(command, tmp_path)
    assert "typer" in loaded
    assert loaded & unwanted == set()


def test_a_warm_render_loads_neither_voice_nor_decoders(tmp_path: Path) -> None:
    for _ in range(2):
        loaded = _loaded("render cat-stretch --engine tone -o out", tmp_path)
    assert "numpy" in loaded
    heavy = {"pydub", "soundfile", "pyttsx3", "espeakng_loader", "rich"}
    # PyAV takes as long to load as all of the command line; where it encodes, there is no way around it.
    assert loaded & (heavy if isinstance(chosen().encoder, PyavEncoder) else {"av", *heavy}) == set()
