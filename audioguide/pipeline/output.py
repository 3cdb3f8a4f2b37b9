"""What a render writes, and where to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from audioguide.containers.formats import DEFAULT, Format, format_of
from audioguide.errors import UsageError
from audioguide.export.handout.page import SUFFIX as HANDOUT
from audioguide.export.sidecars import ALWAYS, Sidecar
from audioguide.storage.atomic import opened_together, written_when_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The sound in a `format`, such as "mp3", and what is next to it.

    `bitrate` is in bits a second, the usual one of the format unless given. `sidecars` are files that are
    written besides the timed script; `year` is the one in the tags, which have none without it.
    `file` is the name of the sound's file: the name of the script and the suffix of the format unless given.
    With `page`, one HTML file with an MP3 in it is written as well.
    Raises UsageError for an unknown format, for a bit rate that it does not have, for a page without an MP3.
    """

    format: str = DEFAULT
    bitrate: int | None = None
    sidecars: tuple[Sidecar, ...] = ()
    year: int | None = None
    file: str = ""
    page: bool = False

    def __post_init__(self) -> None:
        self.kind.bitrate(self.bitrate)
        if self.page and self.kind.name != "mp3":
            raise UsageError(f"a page holds an MP3, but --format is {self.format}: remove --format or --page")

    @property
    def kind(self) -> Format:
        """Return what is known of the format."""
        return format_of(self.format)

    @property
    def rate(self) -> int:
        """Return the bit rate to encode with, in bits a second; 0 where there is none to choose."""
        return self.kind.bitrate(self.bitrate)

    @property
    def texts(self) -> tuple[Sidecar, ...]:
        """Return all files that are written beside the sound, the timed script first."""
        return (*ALWAYS.values(), *self.sidecars)

    def paths(self, folder: Path, name: str) -> tuple[Path, ...]:
        """Return the paths of all files in `folder`, the sound first, then `texts`, then the page."""
        sound = folder / (self.file or f"{name}{self.kind.suffix}")
        page = [folder / f"{name}{HANDOUT}"] if self.page else []
        return (sound, *(folder / f"{name}{each.suffix}" for each in self.texts), *page)


MP3 = Output()


def opened(out: Path | IO[bytes], paths: Sequence[Path]) -> AbstractContextManager[list[IO[bytes]]]:
    """Open `paths`, to appear together; or, where `out` is an open file, what goes there in the end.

    Raises OutputError where it cannot be written, UsageError for a file that takes no bytes.
    """
    return opened_together(paths) if isinstance(out, Path) else _sound_alone(out)


@contextmanager
def _sound_alone(out: IO[bytes]) -> Iterator[list[IO[bytes]]]:
    with written_when_whole(out) as file:
        yield [file]
