"""Which characters the fonts of this machine can draw: drawn, and compared to what has no shape."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from audioguide.drawing.font import FAMILY
from audioguide.drawing.renderer import rendered

_CELL = 24  # dots of a square for each character
_COLUMNS = 16
_SIZE = 16
_NOT_ASSIGNED = "\u0378"  # no font has a shape for it: it is drawn as every missing one is
_SIGNATURE, _CHANNELS = 8, 4
_UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")  # joiners, marks of direction, spaces: nothing is drawn for them


@lru_cache(maxsize=64)
def unshown(characters: frozenset[str]) -> frozenset[str]:
    """Return those of `characters` that no font can draw. Raises ImportError where ours is missing.

    A mark that is set over a letter goes where the letters of its script go.
    """
    drawn = [each for each in sorted(characters) if unicodedata.category(each) not in _UNSEEN]
    letters = [each for each in drawn if not unicodedata.category(each).startswith("M")]
    gone = set(_without_shape(letters)) if letters else set()
    kept = {_script(each) for each in letters if each not in gone}
    lost = {_script(each) for each in gone} - kept
    return frozenset(gone | {each for each in drawn if each not in letters and _script(each) in lost})


def _script(character: str) -> str:
    return unicodedata.name(character, "?").partition(" ")[0]


def _without_shape(characters: list[str]) -> Iterable[str]:
    every = [_NOT_ASSIGNED, *characters]
    rows = -(-len(every) // _COLUMNS)
    texts = "".join(
        f'<text x="{column * _CELL + 2}" y="{row * _CELL + 18}">{escape(each)}</text>'
        for row, column, each in ((*divmod(number, _COLUMNS), each) for number, each in enumerate(every))
    )
    wide, high = _COLUMNS * _CELL, rows * _CELL
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'font-family="{FAMILY}" font-size="{_SIZE}">{texts}</svg>'
    )
    lines = pixels(rendered(svg, wide, high, machine_fonts=True))
    missing, *cells = (_cell(lines, number) for number in range(len(every)))
    blank = b"\xff" * len(missing)
    return [each for each, cell in zip(characters, cells, strict=True) if cell in (missing, blank)]


def _cell(lines: list[bytes], number: int) -> bytes:
    left = number % _COLUMNS * _CELL * _CHANNELS
    top = number // _COLUMNS * _CELL
    return b"".join(line[left : left + _CELL * _CHANNELS] for line in lines[top : top + _CELL])


def pixels(png: bytes) -> list[bytes]:
    """Return the lines of an RGBA image of 8 bits a channel (PNG, third edition, chapters 7.2 and 9)."""
    wide, _, depth, colour = struct.unpack_from(">IIBB", png, 16)
    if (depth, colour) != (8, 6):
        raise ValueError(f"a PNG of depth {depth} and colour type {colour} is not read here")
    place, packed = _SIGNATURE, b""
    while place < len(png):
        (size,) = struct.unpack_from(">I", png, place)
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + size]
        place += size + 12
    data, length = zlib.decompress(packed), wide * _CHANNELS
    lines = [bytes(length)]
    for start in range(0, len(data), length + 1):
        lines.append(_unfiltered(data[start], data[start + 1 : start + 1 + length], lines[-1]))
    return lines[1:]


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    out = bytearray(line)
    for place in range(len(out)):
        left = out[place - _CHANNELS] if place >= _CHANNELS else 0
        up, corner = above[place], above[place - _CHANNELS] if place >= _CHANNELS else 0
        add = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        out[place] = (out[place] + add) & 0xFF
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda each: abs(guess - each))
