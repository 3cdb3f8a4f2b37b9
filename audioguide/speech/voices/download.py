"""Fetching a file: it goes on where it stopped, and is never more than its size."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audioguide import __version__
from audioguide.errors import OutputError

BLOCK = 256 * 1024
TIMEOUT_SECONDS = 30.0
LARGEST = 2 * 10**9  # no voice has as much
Fetched = Callable[[int, int], None]

_PARTIAL, _BEYOND_THE_END = 206, 416


class Unreachable(OutputError):  # noqa: N818
    """There is no way to that machine: there is no network, or it does not answer."""


def download(url: str, part: Path, size: int = 0, fetched: Fetched | None = None) -> None:
    """Fetch `url` into `part`, from where that file ends on; `size` is the number of bytes, 0 if not known.

    `fetched` is called with the bytes that are there and those of the whole. Raises Unreachable, or
    OutputError where the server refuses or the download stops; what has been fetched stays in `part`.
    """
    have = part.stat().st_size if part.exists() else 0
    if size and have == size:
        return
    if size and have > size:
        part.unlink()
        have = 0
    try:
        with _opened(url, have) as answer:
            if answer.status != _PARTIAL:
                have = 0
            whole = size or have + int(answer.headers.get("Content-Length") or 0)
            _copy(answer, part, have, whole, fetched)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _BEYOND_THE_END and have:  # another file stands there now: from its start
            part.unlink()
            download(url, part, size, fetched)
            return
        raise OutputError(f"{_host(url)} answered {error.code} {error.reason} for {url}") from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"{_host(url)} cannot be reached ({_short(reason)})") from error
    found = part.stat().st_size
    if found < whole:
        raise OutputError(
            f"the download of {part.name} stopped at {found / 1e6:.1f} of {whole / 1e6:.1f} MB: "
            "the same command goes on from there"
        )


def _opened(url: str, start: int) -> Any:
    headers = {"User-Agent": f"audioguide/{__version__}", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    if urlsplit(url).scheme not in ("http", "https"):
        raise OutputError(f"{url} is not an address that starts with https://")
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 (checked above)
    return urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS)  # noqa: S310


def _copy(answer: Any, part: Path, have: int, whole: int, fetched: Fetched | None) -> None:
    limit = whole or LARGEST
    with part.open("ab" if have else "wb") as file:
        while have <= limit:
            try:
                block = answer.read(BLOCK)
            except (http.client.IncompleteRead, TimeoutError, ConnectionError):
                return  # the caller sees what is missing
            if not block:
                return
            _written(file, block, part)
            have += len(block)
            if fetched:
                fetched(have, whole)
    raise OutputError(f"{part.name} is larger than the {limit} bytes that it should have")


def _written(file: Any, block: bytes, part: Path) -> None:
    try:
        file.write(block)
        file.flush()
    except OSError as error:
        raise OutputError(f"cannot write {part}: {error.strerror or error}") from error


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _short(reason: object) -> str:
    return str(getattr(reason, "strerror", None) or reason) or type(reason).__name__
