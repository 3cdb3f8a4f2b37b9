"""Which phrases the voice pack has, and where each lies. Light: nothing is decoded, no numpy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from audioguide.errors import OutputError

_PACKAGE = Path(__file__).resolve().parents[2]
# A wheel carries the sounds inside of the package; in a checkout they stand beside it.
_FOLDERS = (_PACKAGE / "sounds" / "voices", _PACKAGE.parent / "sounds" / "voices")
INDEX = "index.json"


@dataclass(frozen=True)
class PackedVoice:
    """A voice of the pack: `index` is what its file index.json holds, `folder` where the phrases lie."""

    id: str
    folder: Path
    index: Mapping[str, str]

    @property
    def language(self) -> str:
        """Return the code of its language, such as en-us."""
        return self.index["language"]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return its language, as engines list them."""
        return (self.language,)

    @property
    def about(self) -> str:
        """Return who speaks, for people."""
        return self.index["about"]

    @property
    def made_with(self) -> str:
        """Return what spoke the phrases: model, voice, speed, versions."""
        return self.index["made_with"]

    @cached_property
    def phrases(self) -> Mapping[str, tuple[str, int]]:
        """Return file name and length in ticks of each phrase, by the text that the voice was asked for."""
        return {text: (file, ticks) for text, file, ticks in _document(self.folder)["phrases"]}

    def frames(self, text: str) -> bytes:
        """Return the MP3 frames of the phrase `text`. Raises OutputError where the file is missing."""
        return _read(self.folder / self.phrases[text][0])


@lru_cache(maxsize=512)  # 12 MB at most; a length is found and a file made of the same phrases
def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path} is missing: install audioguide again ({error.strerror or error})"
        ) from error


def pack_folder() -> Path | None:
    """Return the folder that has a folder for each voice; None where the installation has no pack."""
    return next((each for each in _FOLDERS if each.is_dir()), None)


@cache
def packed_voices() -> tuple[PackedVoice, ...]:
    """Return the voices of the pack, the default one first; none where the installation has no pack."""
    folder = pack_folder()
    homes = sorted(path.parent for path in folder.glob(f"*/{INDEX}")) if folder else []
    voices = [PackedVoice(home.name, home, _document(home)["voice"]) for home in homes]
    return tuple(sorted(voices, key=lambda voice: (voice.index.get("rank", "9"), voice.id)))


@cache
def _document(folder: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads((folder / INDEX).read_bytes())
    except (OSError, ValueError) as error:
        raise OutputError(f"{folder / INDEX} is damaged: install audioguide again ({error})") from error
    return document
