"""SVG to PNG, with a font that comes by pip: the picture is the same on a machine without any.

Characters that this font lacks are drawn with the fonts of the machine. Those that no font has are left out,
with a note: an empty box would stand for each of them.
"""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections.abc import Iterator

from audioguide.drawing.coverage import unshown
from audioguide.drawing.font import has
from audioguide.drawing.renderer import rendered

LOGGER = "audioguide.drawing"
_DOTS_PER_UNIT = 2  # 8 to the millimetre, 203 to the inch
_MOST_DOTS = 60_000_000
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_LATIN = re.compile("[\0-\u024f]*")
_MILLIMETRES = re.compile(r'width="[\d.]+mm" height="[\d.]+mm"')
_SAID: set[str] = set()
_SAYING = threading.Lock()


def png(svg: str, wide: int, high: int) -> bytes:
    """Return `svg`, which is `wide` by `high` units, as a PNG with two dots to a unit, fewer if it is vast.

    Raises OutputError where it cannot be drawn, ImportError where the font is not installed.
    """
    dots = min(_DOTS_PER_UNIT, (_MOST_DOTS / (wide * high)) ** 0.5)
    # From millimetres, resvg would round an upright page to one row more.
    svg = _MILLIMETRES.sub(f'width="{wide}" height="{high}"', drawable(svg), count=1)
    return rendered(svg, round(wide * dots), round(high * dots), machine_fonts=bool(_lacking(svg)))


def drawable(text: str) -> str:
    """Return `text` without the characters that no font of this machine has; a note says which they are."""
    gone = unshown(_lacking(text))
    if not gone:
        return text
    _note(sorted(gone))
    return "".join(_kept(text, gone))


def _kept(text: str, gone: frozenset[str]) -> Iterator[str]:
    """Yield the characters that are not `gone`, without signs that were joined to one that is (🧘‍♀)."""
    lost = joined = False
    for each in text:
        sign = joined and unicodedata.category(each) == "So"
        lost = each in gone or (lost and (sign or each in (_JOINER, _AS_EMOJI)))
        joined = lost and each == _JOINER
        if not lost:
            yield each


def _lacking(text: str) -> frozenset[str]:
    """Return the characters of `text` that the font does not have."""
    if _LATIN.fullmatch(text):
        return frozenset()
    return frozenset(each for each in text if each > "\u024f" and not has(each))


def _note(gone: list[str]) -> None:
    with _SAYING:
        new = [each for each in gone if each not in _SAID]
        _SAID.update(new)
    if new:
        shown = " ".join(new[:12]) + " ..." * (len(new) > 12)
        logging.getLogger(LOGGER).warning(
            "no font on this machine has these characters, so they are missing from pictures: %s", shown
        )
