"""SVG to PNG, with a font that comes by pip: the picture is the same on a machine without any."""

from __future__ import annotations

import re
from importlib.resources import as_file, files

import resvg_py
import ziafont.fonts

from audioguide.errors import OutputError

_DOTS_PER_UNIT = 2  # 8 to the millimetre, 203 to the inch
_MOST_DOTS = 60_000_000
_FAMILY = "DejaVu Sans"
# DejaVu Sans has these scripts and signs; for all others the fonts of the machine are asked.
_UNCOVERED = re.compile("[^\0-\u06ff\u1e00-\u23ff\u2500-\u27bf\ufb00-\ufb4f\ufe70-\ufeff]")


def png(svg: str, wide: int, high: int) -> bytes:
    """Return `svg`, which is `wide` by `high` units, as a PNG with two dots to a unit, fewer if it is vast.

    Raises OutputError where it cannot be drawn.
    """
    dots = min(_DOTS_PER_UNIT, (_MOST_DOTS / (wide * high)) ** 0.5)
    covered = not _UNCOVERED.search(svg)
    try:
        with as_file(files(ziafont.fonts) / "DejaVuSans.ttf") as font:
            return resvg_py.svg_to_bytes(
                svg_string=svg, width=round(wide * dots), height=round(high * dots), font_files=[str(font)],
                font_family=_FAMILY, sans_serif_family=_FAMILY, skip_system_fonts=covered,
                background="white", dpi=96,
            )  # fmt: skip
    except (ValueError, RuntimeError) as error:
        raise OutputError(f"cannot draw the picture as PNG: {error}") from error
