"""Writing the picture: SVG as it is, PNG through a renderer that is imported only then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audioguide.errors import OutputError, UsageError
from audioguide.storage.atomic import write_atomically

SUFFIXES = (".svg", ".png")


def check_suffix(path: Path) -> str:
    """Return the suffix of a picture in small letters. Raises UsageError for one that cannot be written."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"a picture has to end with {' or '.join(SUFFIXES)}; found {path}")
    return suffix


def write_drawn(path: Path, drawn: Picture) -> None:
    """Write what was drawn to `path`, as `write_picture` does."""
    suffix = check_suffix(path)
    write_atomically(path, drawn.svg.encode() if suffix == ".svg" else _png(drawn))


def _png(drawn: Picture) -> bytes:
    try:
        from audioguide.drawing.png import png

        return png(drawn.svg, drawn.wide, drawn.high)
    except ImportError as error:
        raise OutputError(needs("a PNG", error)) from error


def needs(what: str, error: ImportError) -> str:
    """Say in one line which libraries `what` needs, where `error` is that one of them does not load."""
    reason = next(iter(str(error).splitlines()), "")
    return f"{what} needs resvg-py and ziafont ({reason}); `audioguide doctor` says what to install"


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG document of `wide` by `high` units."""

    svg: str
    wide: int
    high: int
