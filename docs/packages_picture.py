"""Draw the packages, as the table in `docs/architecture.md` has them, with who imports whom.

    python docs/packages_picture.py

Writes `docs/pictures/packages.svg`. An arrow that follows from others is left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from audioguide.drawing.svg import GRID, INK, MUTED, Box, Drawing

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "audioguide"
PICTURE = DOCS / "pictures" / "packages.svg"
WIDE, ROW, HIGH, LETTER = 900, 62, 26, 7.4  # in units of the drawing; the width of a letter
_ROW = re.compile(r"(?m)^\| (\d+) \| ((?:`\w+`(?:, )?)+) \|")


def layers(page: str) -> list[list[str]]:
    """Return the packages of each layer, lowest first, from the table of `page`."""
    return [re.findall(r"`(\w+)`", row) for _, row in _ROW.findall(page)]


def arrows(rooms: set[str]) -> dict[str, set[str]]:
    """Return for each of `rooms`, packages and modules on top, those that it imports."""
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for path in PACKAGE.rglob("*.py"):
        home = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if home in rooms:
            found[home] |= {room for room in _imported(path) if room in rooms and room != home}
    return found


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("audioguide."))


def without_shortcuts(found: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Leave out each arrow for which there is a longer way."""

    def below(room: str) -> set[str]:
        return found[room].union(*(below(each) for each in found[room]))

    return {room: to - set().union(*(below(each) for each in to)) for room, to in found.items()}


def drawn() -> str:
    """Return the picture as SVG."""
    rows = layers((DOCS / "architecture.md").read_text(encoding="utf-8"))
    found = arrows({room for row in rows for room in row})
    page, high = Drawing(), len(rows) * ROW + 34
    boxes = {
        room: box for number, row in enumerate(rows) for room, box in _boxes(row, high - (number + 1) * ROW)
    }
    for room, below in sorted(without_shortcuts(found).items()):
        for each in sorted(below):
            _arrow(page, boxes[room], boxes[each])
    for room, box in boxes.items():
        page.rect(box, fill="#fff", stroke=MUTED, round_=5)
        page.text(box.x + box.wide / 2, box.y + 17, room, size=12, anchor="middle")
    count = sum(map(len, found.values()))
    page.text(14, 20, f"{len(boxes)} packages, {count} arrows from one to another, none upwards", size=12)
    return page.document(WIDE, high, "The packages of audioguide", "Each row imports only from those below.")


def _boxes(row: list[str], y: float) -> list[tuple[str, Box]]:
    widths = [len(room) * LETTER + 18 for room in row]
    gap = (WIDE - sum(widths)) / (len(row) + 1)
    starts = [gap]
    for wide, _ in pairwise([*widths, 0]):
        starts.append(starts[-1] + wide + gap)
    return [
        (room, Box(x, y, wide, HIGH)) for room, wide, x in zip(row, widths, starts[: len(row)], strict=True)
    ]


def _arrow(page: Drawing, start: Box, end: Box) -> None:
    x, y, x_to, y_to = start.x + start.wide / 2, start.y + HIGH, end.x + end.wide / 2, end.y
    page.line(x, y, x_to, y_to, stroke=GRID if y_to - y > 2 * ROW else "#9fb3c8")
    page.path(
        f"M{x_to - 3:.1f} {y_to - 6:.1f}L{x_to:.1f} {y_to:.1f}L{x_to + 3:.1f} {y_to - 6:.1f}", stroke=INK
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
