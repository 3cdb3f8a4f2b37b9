"""The folder of added voices: one folder a voice, whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audioguide.storage.places import user_folder

VARIABLE = "AUDIOGUIDE_VOICES_DIR"
MANIFEST = "voice.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A voice that was added: `files` have the path, the bytes and the checksum that they came with."""

    id: str
    engine: str
    language: str
    about: str
    licence: str
    source: str
    files: tuple[tuple[Path, int, str], ...]

    @property
    def size(self) -> int:
        """Return its bytes in total."""
        return sum(size for _, size, _ in self.files)

    @property
    def home(self) -> Path:
        """Return its folder."""
        return self.files[0][0].parent

    def wrong_files(self) -> tuple[Path, ...]:
        """Return the files that are not what they were when the voice was added; it reads all of them."""
        return tuple(path for path, _, sha256 in self.files if _sha256(path) != sha256)


def voices_folder() -> Path:
    """Return where added voices are kept; the variable AUDIOGUIDE_VOICES_DIR overrides it."""
    folder = user_folder(VARIABLE, "data")
    return folder if os.environ.get(VARIABLE) else folder / "voices"


def engines() -> tuple[str, ...]:
    """Return the engines that have a folder of added voices."""
    return tuple(path.name for path in _folders(voices_folder()))


def installed(engine: str) -> tuple[Installed, ...]:
    """Return the voices that were added for `engine`, by name; what is damaged is left out."""
    return tuple(sorted(_found(voices_folder() / engine), key=lambda voice: voice.id))


def damaged(engine: str) -> tuple[Path, ...]:
    """Return the folders of `engine` that hold no voice that can be used."""
    folder = voices_folder() / engine
    whole = {voice.id for voice in _found(folder)}
    return tuple(path for path in _folders(folder) if path.name not in whole)


def manifest_of(voice: Installed) -> bytes:
    """Return what is written beside the files of `voice`."""
    document = {
        "engine": voice.engine, "language": voice.language, "about": voice.about,
        "licence": voice.licence, "source": voice.source,
        "files": [{"name": path.name, "size": size, "sha256": sha256} for path, size, sha256 in voice.files],
    }  # fmt: skip
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _found(folder: Path) -> Iterator[Installed]:
    for path in _folders(folder):
        try:
            document = json.loads((path / MANIFEST).read_bytes())
            voice = _voice(path, document)
            whole = all(file.stat().st_size == size for file, size, _ in voice.files)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if whole and voice.files and voice.engine == folder.name:
            yield voice


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    except OSError:
        return []


def _voice(path: Path, document: dict[str, Any]) -> Installed:
    texts = {key: str(document[key]) for key in ("engine", "language", "about", "licence", "source")}
    files = tuple(
        (path / Path(str(file["name"])).name, int(file["size"]), str(file["sha256"]))
        for file in document["files"]
    )
    return Installed(id=path.name, files=files, **texts)
