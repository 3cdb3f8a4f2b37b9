"""How wide a text will be, and how it is broken into lines.

Anyone who opens an SVG brings fonts of their own. The widths are those of DejaVu Sans, which is as wide as
Verdana and wider than Arial and Helvetica: what fits here fits there.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from audioguide.script.text import one_line

# Advance widths of U+0020 to U+007E in DejaVu Sans 2.37, in thousandths of the font size.
_WIDTHS = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775,
    752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390,
    337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip
# Dashes, quotation marks, ellipsis, middle dot.
_PUNCTUATION = {
    "\u2013": 500, "\u2014": 1000, "\u2018": 318, "\u2019": 318, "\u201c": 518, "\u201d": 518,
    "\u2026": 1000, "\u00b7": 318,
}  # fmt: skip
_OTHER_LETTER = 900  # letters of other scripts: few in DejaVu Sans are wider
_WIDEST = 1300  # pictographs and ideographs


def clean(text: str) -> str:
    """Return `text` without the characters that XML cannot hold, its spaces single."""
    return one_line(text)


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if " " <= character <= "~":
        return _WIDTHS[ord(character) - 32]
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    if base != character and base <= "~":
        return _width(base)
    if unicodedata.east_asian_width(character) in "WF" or unicodedata.category(character) == "So":
        return _WIDEST
    return _OTHER_LETTER if character.isalpha() else _WIDEST


def width(text: str, size: float) -> float:
    """Return how wide `text` is at the font size `size`, in the unit of `size`."""
    return sum(map(_width, text)) * size / 1000


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break `text` into lines that are no wider than `room`; a word that is wider is broken too."""
    lines: list[str] = []
    for word in text.split():
        for index, piece in enumerate(_pieces(word, size, room)):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and not index and width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def shortened(text: str, size: float, room: float) -> str:
    """Return `text`, cut off with an ellipsis where it is wider than `room`."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1].rstrip()
    return text + "…"
