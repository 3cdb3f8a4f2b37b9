"""Fetching a file: it continues where it stopped, and never grows beyond its size."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audioguide import __version__
from audioguide.errors import OutputError

_AT_ONCE = 256 * 1024
TIMEOUT_SECONDS = 30.0
LARGEST = 2 * 10**9  # bytes; no voice is that large
Fetched = Callable[[int, int], None]

_PARTIAL, _BEYOND_THE_END = 206, 416
_BROKEN = (http.client.HTTPException, OSError)  # a timeout and an error of TLS are OSErrors


class Unreachable(OutputError):  # noqa: N818
    """That machine cannot be reached: there is no network, or it does not answer."""


def download(
    url: str, part: Path, size: int = 0, fetched: Fetched | None = None, *, checked: bool = False
) -> None:
    """Fetch `url` into `part`, from where that file ends on; `size` is the number of bytes, 0 if not known.

    `fetched` is called with the bytes that are there and those of the whole (0 if not known). Unless the
    file is `checked` afterwards, a part is only continued where the server says that it did not change.
    Raises Unreachable, or OutputError where the server refuses or the download stops; what has been fetched
    stays in `part`.
    """
    have, version = _there(part, size, checked=checked)
    if checked and size and have == size:
        return
    try:
        with _opened(url, have, version) as answer:
            if answer.status != _PARTIAL:
                have = 0
            whole = _whole_of(answer, have, size, part.name)
            _note_version(part, answer)
            unbroken = _copy(answer, part, have, whole, fetched)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != _BEYOND_THE_END or not have:
            raise OutputError(f"{_host(url)} answered {error.code} {error.reason} for {url}") from error
        if error.headers.get("Content-Range") == f"bytes */{have}":  # it was complete already
            return
        part.unlink()  # the file there is another one now: from its start
        download(url, part, size, fetched, checked=checked)
        return
    except OutputError:
        raise
    except _BROKEN as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"{_host(url)} cannot be reached ({_short(reason)})") from error
    found = part.stat().st_size
    if found < whole or not unbroken:
        of = f" of {whole / 1e6:.1f}" if whole else ""
        raise OutputError(
            f"the download of {part.name} stopped at {found / 1e6:.1f}{of} MB: "
            "the same command continues from there"
        )


def size_at(url: str) -> int:
    """Return how many bytes `url` has, 0 where its server does not say. Raises as `download` does."""
    try:
        with urllib.request.urlopen(_request(url, method="HEAD"), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            return int(answer.headers.get("Content-Length") or 0)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (403, 405, 501):  # it may still give the file
            return 0
        raise OutputError(f"{_host(url)} answered {error.code} {error.reason} for {url}") from error
    except _BROKEN as error:
        if isinstance(error, OutputError):
            raise
        raise Unreachable(
            f"{_host(url)} cannot be reached ({_short(getattr(error, 'reason', error))})"
        ) from error


def forget(part: Path) -> None:
    """Remove `part`, and what is noted of it."""
    part.unlink(missing_ok=True)
    _noted(part).unlink(missing_ok=True)


def _there(part: Path, size: int, *, checked: bool) -> tuple[int, str]:
    # What nobody checks could be continued with another file: its server has to compare.
    have = part.stat().st_size if part.exists() else 0
    version = ""
    with suppress(OSError):
        version = _noted(part).read_text(encoding="ascii", errors="ignore").strip()
    if (size and have > size) or (not checked and not version):
        part.unlink(missing_ok=True)
        return 0, ""
    return have, "" if checked else version


def _noted(part: Path) -> Path:
    return part.with_name(f"{part.name}.version")


def _note_version(part: Path, answer: Any) -> None:
    tag = answer.headers.get("ETag") or ""
    version = tag if tag.startswith('"') else answer.headers.get("Last-Modified") or ""
    with _written_to(_noted(part), "wb") as file:
        file.write(version.encode("ascii", "ignore"))


def _opened(url: str, start: int, version: str) -> Any:
    more = {"Range": f"bytes={start}-"} if start else {}
    if start and version:
        more["If-Range"] = version
    answer = urllib.request.urlopen(_request(url, more), timeout=TIMEOUT_SECONDS)  # noqa: S310
    if urlsplit(url).scheme == "https" and urlsplit(answer.geturl()).scheme != "https":
        answer.close()
        raise OutputError(
            f"{_host(url)} redirects to {_host(answer.geturl())} without https; nothing was downloaded"
        )
    return answer


def _request(url: str, more: dict[str, str] | None = None, method: str = "GET") -> urllib.request.Request:
    if urlsplit(url).scheme not in ("http", "https"):
        raise OutputError(f"{url} is not an address that starts with https://")
    headers = {"User-Agent": f"audioguide/{__version__}", "Accept-Encoding": "identity", **(more or {})}
    return urllib.request.Request(url, headers=headers, method=method)  # noqa: S310 (checked above)


def _whole_of(answer: Any, have: int, size: int, name: str) -> int:
    length = answer.headers.get("Content-Length")
    offered = have + int(length) if length is not None else 0
    if size and offered and offered != size:
        raise OutputError(
            f"{_host(answer.geturl())} offers {offered} bytes as {name}, which has {size}: "
            "it is not that file (some networks answer with their own page until you log in)"
        )
    return size or offered


def _copy(answer: Any, part: Path, have: int, whole: int, fetched: Fetched | None) -> bool:
    """Append what `answer` gives; return False where it broke off before its end."""
    limit = whole or LARGEST
    with _written_to(part, "ab" if have else "wb") as file:
        while have <= limit:
            try:
                block = answer.read(_AT_ONCE)
            except _BROKEN:
                return False
            if not block:
                return True
            file.write(block)
            file.flush()
            have += len(block)
            if fetched:
                fetched(have, whole)
    raise OutputError(f"{part.name} is larger than the {limit} bytes that it should have")


@contextmanager
def _written_to(part: Path, mode: str) -> Iterator[Any]:
    try:
        with part.open(mode) as file:
            yield file
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {part}: {error.strerror or error}") from error


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _short(reason: object) -> str:
    return str(getattr(reason, "strerror", None) or reason) or type(reason).__name__
