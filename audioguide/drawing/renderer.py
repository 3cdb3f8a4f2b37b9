"""From SVG to the bytes of a PNG, with the font of the pictures. The only module that knows resvg."""

from __future__ import annotations

import resvg_py

from audioguide.drawing.font import FAMILY, font_path
from audioguide.errors import OutputError


def rendered(svg: str, width: int, height: int, *, machine_fonts: bool) -> bytes:
    """Return `svg` as a PNG of `width` by `height` pixels; `machine_fonts` are asked for what ours lacks.

    Raises OutputError where it cannot be drawn, ImportError where the font is not installed.
    """
    font = str(font_path())
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg, width=width, height=height, font_files=[font], font_family=FAMILY,
            sans_serif_family=FAMILY, skip_system_fonts=not machine_fonts, background="white", dpi=96,
        )  # fmt: skip
    except (ValueError, RuntimeError) as error:
        raise OutputError(f"cannot draw the picture as PNG: {error}") from error
