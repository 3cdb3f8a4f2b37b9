"""The font of the pictures, DejaVu Sans: where it is, and which characters it has."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "DejaVu Sans"
_FILE = "DejaVuSans.ttf"
_UNICODE = ((3, 10), (0, 4), (3, 1), (0, 3))  # platform and encoding of tables of Unicode, the fullest first
_LAST_BMP = 0xFFFF


def font_path() -> Path:
    """Return the file of the font. Raises ImportError where the package that brings it is missing.

    The package is not imported: it asks for the home folder, and there may be none.
    """
    found = find_spec("ziafont")
    if found is None or found.origin is None:
        raise ImportError("No module named 'ziafont'", name="ziafont")
    return Path(found.origin).parent / "fonts" / _FILE


def has(character: str) -> bool:
    """Return whether the font has a shape for `character`. Raises ImportError as `font_path` does."""
    return ord(character) in _codes()


@cache
def _codes() -> frozenset[int]:
    data = font_path().read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    rows = [struct.unpack_from(">HHI", data, start + 4 + 8 * number) for number in range(count)]
    places = {(platform, encoding): start + offset for platform, encoding, offset in rows}
    place = next(places[kind] for kind in _UNICODE if kind in places)
    (format_,) = struct.unpack_from(">H", data, place)
    return frozenset(_format_12(data, place) if format_ == 12 else _format_4(data, place))


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"{_FILE} has no table {name.decode()}")


def _format_12(data: bytes, place: int) -> Iterator[int]:
    # OpenType 1.9, "cmap", format 12: groups of first code, last code, glyph of the first.
    (groups,) = struct.unpack_from(">I", data, place + 12)
    for number in range(groups):
        first, last, _ = struct.unpack_from(">III", data, place + 16 + 12 * number)
        yield from range(first, last + 1)


def _format_4(data: bytes, place: int) -> Iterator[int]:
    # Format 4: the ends of all segments, two bytes, the starts, the differences, the offsets.
    (double,) = struct.unpack_from(">H", data, place + 6)
    for number in range(double // 2):
        at = place + 14 + 2 * number
        (last,), (first,) = (
            struct.unpack_from(">H", data, at),
            struct.unpack_from(">H", data, at + double + 2),
        )
        (delta,) = struct.unpack_from(">h", data, at + 2 * double + 2)
        spot = at + 3 * double + 2
        (offset,) = struct.unpack_from(">H", data, spot)
        for code in range(first, min(last, _LAST_BMP - 1) + 1):
            glyph = code + delta
            if offset:
                (glyph,) = struct.unpack_from(">H", data, spot + offset + 2 * (code - first))
            if glyph & 0xFFFF:
                yield code
