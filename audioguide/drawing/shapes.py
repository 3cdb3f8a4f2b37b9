"""What stands for a sound and for a side. Shapes and letters tell them apart in grey as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioguide.drawing.svg import INK, Drawing
from audioguide.script.script import Side

_DOT = "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z"
_DIAMOND = "M0 -5L5 0L0 5L-5 0Z"
_SQUARE = "M-3.5 -3.5H3.5V3.5H-3.5Z"
_UP = "M0 -4.5L4.8 4H-4.8Z"
_DOWN = "M0 4.5L4.8 -4H-4.8Z"
_PLUS = "M-1.2 -4.5H1.2V-1.2H4.5V1.2H1.2V4.5H-1.2V1.2H-4.5V-1.2H-1.2Z"
_BAR = "M-1 -5H1V5H-1Z"


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a mark around the point (0, 0); hollow or filled."""

    d: str
    hollow: bool = False

    def draw(self, on: Drawing, x: float, y: float, hint: str = "", kind: str = "") -> None:
        """Draw the mark at `x`, `y`."""
        fill, stroke, thick = ("#fff", INK, 1.4) if self.hollow else (INK, "#fff", 0.6)
        on.path(self.d, at=(x, y), fill=fill, stroke=stroke, thick=thick, hint=hint, kind=kind)


_SHIPPED = {
    "bell": Shape(_DOT), "bowl": Shape(_DOT, hollow=True), "chime": Shape(_DIAMOND), "tick": Shape(_BAR),
    "wood": Shape(_SQUARE),
}  # fmt: skip
_OTHERS = (
    Shape(_UP), Shape(_UP, hollow=True), Shape(_PLUS), Shape(_DOWN), Shape(_DOWN, hollow=True),
    Shape(_DIAMOND, hollow=True), Shape(_SQUARE, hollow=True), Shape(_PLUS, hollow=True),
)  # fmt: skip


def shapes(sounds: Iterable[str]) -> Mapping[str, Shape]:
    """Give each sound a shape: those that ship have their own, a ninth one of the user's begins again."""
    given: dict[str, Shape] = {}
    others = 0
    for sound in sounds:
        if sound in given:
            continue
        given[sound] = _SHIPPED.get(sound) or _OTHERS[others % len(_OTHERS)]
        others += sound not in _SHIPPED
    return given


def sound_name(sound: str) -> str:
    """Return the name of a sound for people: of a file, the last part of its path."""
    return Path(sound).name


@dataclass(frozen=True, slots=True)
class Look:
    """How a hold on one side looks; the edge is dark enough for a grey print."""

    fill: str
    edge: str
    letters: str
    name: str


LOOKS: dict[Side | None, Look] = {
    "left": Look("#cfe3f3", "#1f5a87", "L", "left side"),
    "right": Look("#fbdcb4", "#8a4b08", "R", "right side"),
    "both": Look("#d5ead0", "#2e6b34", "L+R", "both sides"),
    None: Look("#e4e7eb", "#4a5568", "", "hold"),
}


def look_of(side: Side | None) -> Look:
    """Return how a hold on `side` looks; a side with a name of its own has its first letter."""
    return LOOKS[side] if side in LOOKS else Look("#e6dcf2", "#553a87", f"{side}"[:1].upper(), f"{side}")
