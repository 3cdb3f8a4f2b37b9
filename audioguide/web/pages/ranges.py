"""What of a file is asked for: ranges and conditions of RFC 9110."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, and the bytes from `start` up to `stop`."""

    status: int
    start: int = 0
    stop: int = 0

    def headers(self, size: int) -> dict[str, str]:
        """Return the headers about the bytes of a file of `size`."""
        if self.status == 416:
            return {"content-range": f"bytes */{size}", "content-length": "0"}
        if self.status == 304:
            return {}
        if self.status == 412:
            return {"content-length": "0"}
        length = {"content-length": str(self.stop - self.start)}
        if self.status == 206:
            return {"content-range": f"bytes {self.start}-{self.stop - 1}/{size}", **length}
        return length


def answer_to(headers: Mapping[str, str], size: int, etag: str) -> Answer:
    """Return what to send of a file of `size` bytes whose strong entity tag is `"etag"`.

    Several ranges at once, and what is not a range, get the whole file, as the RFC allows.
    """
    whole = Answer(200, 0, size)
    if (wanted := headers.get("if-match")) is not None and not lists(wanted, etag, weak=False):
        return Answer(412)
    if (known := headers.get("if-none-match")) is not None and lists(known, etag):
        return Answer(304)
    query = _RANGE.fullmatch(headers.get("range", ""))
    if not query or headers.get("if-range", f'"{etag}"').strip() != f'"{etag}"':
        return whole
    first, last = query.groups()
    if not first and not last:
        return whole
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return whole
    return Answer(206, start, stop) if start < stop else Answer(416)


def lists(known: str, etag: str, *, weak: bool = True) -> bool:
    """Say whether the entity tags `known` name `etag`; unless `weak`, as strong ones (RFC 9110, 8.8.3.2)."""
    tags = (each.strip() for each in known.split(","))
    return known.strip() == "*" or f'"{etag}"' in ((tag.removeprefix("W/") if weak else tag) for tag in tags)
