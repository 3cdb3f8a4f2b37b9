"""SVG, put together piece by piece. One unit is a quarter of a millimetre on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from audioguide.drawing.words import clean

INK = "#1f2933"
MUTED = "#52606d"
GRID = "#dde2e8"
WARNING = "#9b1c1c"
FONTS = "'DejaVu Sans', Verdana, Arial, Helvetica, sans-serif"
UNIT_MM = 0.25
_HALO = ' stroke="#fff" stroke-width="3" paint-order="stroke"'


def number(value: float) -> str:
    """Write `value` with one decimal at most."""
    return f"{round(value, 1) + 0:g}" if abs(value) < 1e5 else f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of `wide` by `high` units, with its upper left corner at (x, y)."""

    x: float
    y: float
    wide: float
    high: float


@dataclass(slots=True)
class Drawing:
    """What has been drawn so far, in order: what comes later is on top."""

    parts: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, *, size: float, colour: str = INK, anchor: str = "start",
        halo: bool = False, kind: str = "",
    ) -> None:  # fmt: skip
        """Write `text` with its base line at `y`; a `halo` keeps the lines below from running through it."""
        look = f'font-size="{number(size)}" fill="{colour}"{_anchor(anchor)}{_HALO if halo else ""}'
        self._write(text, f'{_kind(kind)} x="{number(x)}" y="{number(y)}" {look}')

    def text_upwards(
        self, x: float, y: float, text: str, *, size: float, colour: str = INK, anchor: str = "start",
        kind: str = "",
    ) -> None:  # fmt: skip
        """Write `text` so that it reads upwards, around the point (x, y)."""
        turn = f' transform="rotate(-90 {number(x)} {number(y)})"'
        look = f'font-size="{number(size)}" fill="{colour}"{_anchor(anchor)}{turn}'
        self._write(text, f'{_kind(kind)} x="{number(x)}" y="{number(y)}" {look}')

    def _write(self, text: str, attributes: str) -> None:
        if text := clean(text):
            self.parts.append(f"<text{attributes}>{escape(text)}</text>")

    def rect(
        self, box: Box, *, fill: str, stroke: str = "none", round_: float = 0, hint: str = "", kind: str = ""
    ) -> None:
        """Draw a rectangle; `hint` is shown by a browser when the pointer rests on it."""
        self.parts.append(
            f'<rect{_kind(kind)} x="{number(box.x)}" y="{number(box.y)}" width="{number(box.wide)}" '
            f'height="{number(box.high)}" rx="{number(round_)}" fill="{fill}" stroke="{stroke}">'
            f"{_hint(hint)}</rect>"
        )

    def path(
        self, d: str, *, at: tuple[float, float] = (0, 0), fill: str = "none", stroke: str = "none",
        thick: float = 1, dashes: str = "", hint: str = "", kind: str = "",
    ) -> None:  # fmt: skip
        """Draw the path `d`, moved by `at`."""
        moved = f' transform="translate({number(at[0])} {number(at[1])})"' if at != (0, 0) else ""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<path{_kind(kind)} d="{d}"{moved} fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{number(thick)}"{dashed}>{_hint(hint)}</path>'
        )

    def line(
        self, x: float, y: float, x_to: float, y_to: float, *, stroke: str = GRID, dashes: str = ""
    ) -> None:
        """Draw a straight line."""
        d = f"M{number(x)} {number(y)}L{number(x_to)} {number(y_to)}"
        self.path(d, stroke=stroke, dashes=dashes)

    def group(self, page: Drawing, moved: tuple[float, float]) -> None:
        """Take a whole page over, moved to its place."""
        where = f' transform="translate({number(moved[0])} {number(moved[1])})"' if moved != (0, 0) else ""
        self.parts += [f'<g class="page"{where}>', *page.parts, "</g>"]

    def document(self, wide: int, high: int, title: str, words: str) -> str:
        """Return the whole as an SVG document; `title` and `words` say what it shows."""
        size = f'width="{wide * UNIT_MM:g}mm" height="{high * UNIT_MM:g}mm" viewBox="0 0 {wide} {high}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" role="img">\n'
            f"<title>{escape(clean(title))}</title>\n<desc>{escape(clean(words))}</desc>\n"
            f'<rect width="{wide}" height="{high}" fill="#fff"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _anchor(anchor: str) -> str:
    return f' text-anchor="{anchor}"' if anchor != "start" else ""


def _hint(hint: str) -> str:
    return f"<title>{escape(clean(hint))}</title>" if hint else ""
