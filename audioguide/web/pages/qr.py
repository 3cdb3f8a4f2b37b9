"""QR codes of links: on the page, and in the terminal."""

from __future__ import annotations

import segno
from segno import QRCode


def code_of(link: str) -> QRCode:
    """Return the QR code of `link`."""
    return segno.make(link, micro=False)


def drawn(link: str) -> str:
    """Return the QR code of `link` as SVG to be put into a page: black on white, whatever the page is."""
    return code_of(link).svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)
