"""The formats of sound files, and what may be asked of each. Light: known before anything is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.errors import UsageError
from audioguide.mp3.frames import BITRATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format by its `name`, which is its suffix too.

    `bitrates` are those that are possible, in bits a second, none where nothing is lost; `usual` is
    the one that is taken unless another is asked for.
    """

    name: str
    bitrates: tuple[int, ...] = ()
    usual: int = 0

    @property
    def suffix(self) -> str:
        """Return the end of a file's name: ".mp3"."""
        return f".{self.name}"

    def bitrate(self, asked: int | None) -> int:
        """Return the bit rate to encode with, 0 where there is none to choose. Raises UsageError."""
        if asked is None:
            return self.usual
        if not self.bitrates:
            raise UsageError(f"{self.name.upper()} is lossless: it has no bit rate")
        if asked not in self.bitrates:
            possible = ", ".join(str(each // 1000) for each in self.bitrates)
            raise UsageError(
                f"{asked / 1000:g} kbit/s is not possible in {self.name.upper()}: choose one of {possible}"
            )
        return asked


_LOSSY = (32_000, 48_000, *BITRATES)
FORMATS = {
    each.name: each
    for each in (
        Format(name="mp3", bitrates=BITRATES, usual=96_000),
        Format(name="m4b", bitrates=tuple(each for each in _LOSSY if each <= 192_000), usual=96_000),
        Format(name="opus", bitrates=tuple(each for each in _LOSSY if each <= 192_000), usual=64_000),
        Format(name="flac"),
        Format(name="wav"),
    )
}
DEFAULT = "mp3"


def format_of(name: str) -> Format:
    """Return the format of that name, in capitals or not. Raises UsageError."""
    found = FORMATS.get(name.strip().lower().removeprefix("."))
    if found is None:
        near = " (m4b is the same kind of file, with chapters)" if "m4a" in name.lower() else ""
        raise UsageError(f"unknown format '{name}'; choose from {', '.join(FORMATS)}{near}")
    return found
