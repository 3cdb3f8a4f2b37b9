"""Where the files of a batch go: a folder, or the URL of a store such as s3://bucket/monday."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from audioguide.batch.made import MadeFile
from audioguide.storage.atomic import opened_together

_URL = re.compile(r"([a-z][a-z0-9+.-]+)(::|://)")


def is_url(place: str) -> bool:
    """Return whether `place` is the URL of a store, not a path."""
    return bool(_URL.match(place))


def put(place: str, files: Mapping[str, Path]) -> None:
    """Write local `files` below the URL `place`, by their paths there: all of them, or none.

    Raises UsageError for a store that cannot be had here, OutputError where it cannot be written.
    """
    from audioguide.batch.remote import put as put_remote

    put_remote(place, files)


def check(place: str) -> None:
    """Raise UsageError or OutputError where nothing can be written to `place`."""
    if is_url(place):
        from audioguide.batch.remote import check as check_remote

        check_remote(place)


def sizes(place: str) -> Mapping[str, int] | None:
    """Return the size of every file below the URL `place`; None for a folder, where one asks for each."""
    if not is_url(place):
        return None
    from audioguide.batch.remote import sizes as remote_sizes

    return remote_sizes(place)


def keep(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of one row that a worker sent, by their paths below `folder`: all of them, or none."""
    paths = [folder / path for path in contents]
    by_folder: dict[Path, list[Path]] = {}
    for path in paths:
        by_folder.setdefault(path.parent, []).append(path)
    for together in by_folder.values():
        with opened_together(together) as files:
            for path, file in zip(together, files, strict=True):
                file.write(contents[path.relative_to(folder).as_posix()])


def is_there(file: MadeFile, folder: Path | None, known: Mapping[str, int] | None) -> bool:
    """Return whether `file` is complete in its place: in `folder`, or among the `known` sizes of a store."""
    if known is not None:
        return known.get(file.path) == file.size
    try:
        return folder is not None and (folder / file.path).stat().st_size == file.size
    except OSError:
        return False
