"""What a worker hands back for a row: the files that it made, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from audioguide.speech.engine import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file by its `path` below the target, with / between folders; its `size` in bytes, its `sha256`."""

    path: str
    size: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """Return it for the manifest."""
        return {"path": self.path, "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSound:
    """A sound file, the files `beside` it, and what is heard; `about` goes into the manifest as it is."""

    title: str
    file: MadeFile
    beside: tuple[MadeFile, ...]
    length_s: float
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Everything that was made for one row.

    `encoded` islands and `spoken` phrases were not in the cache. `contents` has the bytes of each file, by
    its path, where the worker could not write to the target itself. `noted` says that the manifest has them.
    """

    sounds: tuple[MadeSound, ...]
    encoded: int = 0
    spoken: int = 0
    others: tuple[MadeFile, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    noted: bool = False

    @property
    def files(self) -> tuple[MadeFile, ...]:
        """Return all files, the sounds with what is beside them first."""
        sounds = (each for sound in self.sounds for each in (sound.file, *sound.beside))
        return (*sounds, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What a row will need: its length in seconds and its size in bytes, both estimated.

    `phrases` are those that the cache does not have yet, each with the engine that speaks it. Where it has
    them all, `built` are the finished scripts, packed: nothing has to be compiled again.
    """

    sounds: int
    length_s: float
    size: int
    phrases: tuple[tuple[str, Phrase], ...] = ()
    built: bytes = b""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a row could not be made, for people; `code` is the exit code of that kind of error."""

    reason: str
    code: int = 3
