"""Parts of addresses: any name that a file may have, as a link can carry it."""

from __future__ import annotations

from urllib.parse import quote


def part(name: str) -> str:
    """Return `name` percent-encoded, as one part of a path (RFC 3986, 3.3)."""
    return quote(name, safe="")


def can_be_linked(name: str) -> bool:
    """Return whether `name` is text: a file name that is not UTF-8 has bytes that no address carries."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
