"""The voices that `audioguide voices add NAME` knows, with the checksum of every file.

The sums of Kokoro's voices are those of the files in the npm package kokoro-js 1.2.1, which its hub
publishes under the same names; those of Piper's, of revision 1162a917 of its hub.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("catalogue.json")


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file of a voice: where to get it, its bytes and its checksum; 0 and "" where they are unknown."""

    url: str
    size: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        """Return the name it is kept under."""
        return self.url.partition("?")[0].rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A voice that can be added."""

    id: str
    engine: str
    language: str
    about: str
    licence: str
    files: tuple[VoiceFile, ...]

    @property
    def size(self) -> int:
        """Return its bytes in total, 0 where they are not known."""
        return sum(file.size for file in self.files)


@cache
def catalogue() -> Mapping[str, Offer]:
    """Return every voice in the table, by its id."""
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        name: Offer(
            id=name,
            **{key: value for key, value in entry.items() if key != "files"},
            files=tuple(VoiceFile(**file) for file in entry["files"]),
        )
        for name, entry in table.items()
    }
