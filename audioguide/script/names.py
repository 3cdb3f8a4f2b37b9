"""Is this a name, or the path of a file? One rule for routines, sounds, beds and scripts."""

from __future__ import annotations

from pathlib import PurePath


def is_path(text: str) -> bool:
    """Return whether `text` is a path: it has a slash, a backslash or a suffix. All else is a name."""
    return "/" in text or "\\" in text or bool(PurePath(text).suffix)
