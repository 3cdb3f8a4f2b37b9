"""Stores behind a URL (s3://, gs://, memory://, …). The only place that knows fsspec."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from audioguide.errors import OutputError, UsageError

EXTRA = "pip install 'audioguide[remote]'"
_PIECE = 8 * 1024 * 1024
_OPEN = threading.local()


def put(place: str, files: Mapping[str, Path]) -> None:
    """Write local `files` below `place`, by their paths there: all of them, or none.

    Each is sent as a file that is not visible yet (in S3, a multipart upload); once all have arrived, they
    are completed one after the other, the first of `files`, the sound, last. What fails leaves nothing.
    Raises as `audioguide.batch.place.put` does.
    """
    store, root = _store(place)
    with _reported(place):
        for folder in {f"{root}/{path}".rpartition("/")[0] for path in files}:
            store.makedirs(folder, exist_ok=True)
        sent: list[Any] = []
        try:
            with store.transaction:  # files that are opened in it appear at its end, in this order
                for path, local in reversed(list(files.items())):
                    with local.open("rb") as source, store.open(f"{root}/{path}", "wb") as file:
                        sent.append(file)
                        shutil.copyfileobj(source, file, _PIECE)
        except BaseException:
            _take_back(store, sent, [f"{root}/{path}" for path in files])
            raise


def _take_back(store: Any, sent: Sequence[Any], paths: Sequence[str]) -> None:
    """Drop what was `sent`, and remove what of a row is complete already: half of one is useless."""
    for file in sent:
        with suppress(Exception):
            file.discard()
    for path in paths:
        with suppress(Exception):
            store.rm_file(path)


def check(place: str) -> None:
    """Write a small file below `place` and remove it. Raises UsageError or OutputError where that fails."""
    store, root = _store(place)
    with _reported(place):
        store.makedirs(root, exist_ok=True)
        store.pipe_file(f"{root}/.audioguide-trial", b"audioguide")
        store.rm_file(f"{root}/.audioguide-trial")


def put_bytes(place: str, path: str, data: bytes) -> None:
    """Write one file below `place`. Raises OutputError."""
    store, root = _store(place)
    with _reported(place):
        store.pipe_file(f"{root}/{path}", data)


def sizes(place: str) -> dict[str, int]:
    """Return the size in bytes of every file below `place`, by its path there. Raises OutputError."""
    store, root = _store(place)
    with _reported(place):
        store.invalidate_cache()
        try:
            found = store.find(root, detail=True)
        except FileNotFoundError:
            return {}
    stripped = root.rstrip("/") + "/"
    return {name.removeprefix(stripped): int(info["size"] or 0) for name, info in found.items()}


def _store(place: str) -> tuple[Any, str]:
    if (known := _OPEN.__dict__.get(place)) is not None:
        return cast("tuple[Any, str]", known)
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{place}: writing to a URL needs the extra `remote`: {EXTRA}") from error
    try:
        # One for each thread: a transaction takes in whatever is opened through the same object.
        store, root = fsspec.core.url_to_fs(place, skip_instance_cache=True)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{place}: {error}") from error
    _OPEN.__dict__[place] = store, str(root).rstrip("/")
    return store, str(root).rstrip("/")


@contextmanager
def _reported(place: str) -> Iterator[None]:
    try:
        yield
    except (OutputError, UsageError):
        raise
    except Exception as error:  # each store has errors of its own
        said = str(error) or type(error).__name__
        raise OutputError(f"cannot write to {place}: {said}") from error
