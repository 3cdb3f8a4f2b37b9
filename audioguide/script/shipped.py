"""The sounds that ship with audioguide, where it is installed."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import OutputError

_PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries the sounds inside of the package; in a checkout they stand beside it.
_FOLDERS = (_PACKAGE / "sounds", _PACKAGE.parent / "sounds")


def shipped() -> dict[str, Path]:
    """Map the name of each shipped sound to its file, in the order of the names.

    Raises OutputError where the installation has lost them.
    """
    for folder in _FOLDERS:
        if (folder / "bell.wav").is_file():
            return {path.stem: path for path in sorted(folder.glob("*.wav"))}
    raise OutputError("the sounds included with audioguide are missing: install audioguide again")


def is_shipped(path: Path) -> bool:
    """Return whether `path` is the file of a shipped sound."""
    known = shipped().get(path.stem)
    return known is not None and path.exists() and path.samefile(known)
