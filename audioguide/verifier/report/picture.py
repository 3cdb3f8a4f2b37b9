"""The proof as a picture: what is heard, line by line, with what was promised around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audioguide.drawing.picture import Picture, write_drawn
from audioguide.drawing.scale import MARGIN, Paper, TimeLine
from audioguide.drawing.shapes import LOOKS, Shape, look_of, shapes, sound_name
from audioguide.drawing.svg import INK, MUTED, WARNING, Box, Drawing
from audioguide.drawing.words import shortened, width, wrapped
from audioguide.units import TICK_SAMPLES, format_clock
from audioguide.verifier.proof import Proof
from audioguide.verifier.report.lines import HIGH, WaveLine
from audioguide.verifier.report.summary import figure_text

_WIDE = 1188  # A4 across, with a unit of a quarter of a millimetre
_MOST_LINES = 14
_SECONDS = (15, 30, 45, 60, 90, 120, 180, 300, 600, 1800, 3600, 7200)
_APART = 16
_MOST_FAULTS = 8
_TITLE, _SIZE = 24, 11.5


def write_proof(path: Path, proof: Proof) -> None:
    """Draw `proof` to `path`, as SVG or PNG by its suffix.

    Raises UsageError for another suffix, OutputError where it cannot be drawn or written.
    """
    write_drawn(path, proof_picture(proof))


def proof_picture(proof: Proof) -> Picture:
    """Draw the waveform, and on it holds with promised and measured lengths, chimes, words and clicks."""
    length = max(1, -(-proof.levels.samples // TICK_SAMPLES))
    seconds = next((each for each in _SECONDS if length <= each * 250 * _MOST_LINES), _SECONDS[-1])
    format_ = Paper(_WIDE, 0, seconds)
    on, shape_of = Drawing(), shapes(each.sound.name for each in proof.sounds)
    y = _head(on, proof)
    y = _legend(on, proof, y)
    for start in range(0, length, format_.step):
        stretch = TimeLine(format_, start, min(start + format_.step, length))
        WaveLine(stretch, proof, shape_of).draw(on, y)
        y += HIGH + _APART
    high = round(y + MARGIN / 2)
    title = proof.promise.title if proof.promise else proof.mp3.name
    words = f"What is heard in {proof.mp3.name}, with what its timed script promises."
    return Picture(on.document(_WIDE, high, title, words), _WIDE, high)


def _head(on: Drawing, proof: Proof) -> float:
    y = MARGIN + _TITLE * 0.8
    room = _WIDE - 2 * MARGIN
    title = proof.promise.title if proof.promise else proof.mp3.name
    on.text(MARGIN, y, shortened(title, _TITLE, room), size=_TITLE)
    length = format_clock(-(-proof.levels.samples // TICK_SAMPLES))
    for line in wrapped(f"{proof.mp3.name}, {length}. {_verdict(proof)}", _SIZE, room):
        y += 18
        on.text(MARGIN, y, line, size=_SIZE)
    figures = [f"{figure.name} {figure_text(figure)}" for figure in proof.figures]
    for line in _joined(figures, room):
        y += 16
        on.text(MARGIN, y, line, size=_SIZE, colour=MUTED)
    for line in _fault_lines(proof):
        y += 16
        on.text(MARGIN, y, shortened(line, _SIZE, room), size=_SIZE, colour=WARNING)
    return y + 14


def _joined(parts: Sequence[str], room: float) -> Iterator[str]:
    """Put parts on lines without breaking any."""
    line = ""
    for part in parts:
        longer = f"{line}  ·  {part}" if line else part
        if line and width(longer, _SIZE) > room:
            yield line
            longer = part
        line = longer
    if line:
        yield line


def _verdict(proof: Proof) -> str:
    if proof.promise is None:
        return "Without its timed script, holds cannot be checked."
    if proof.faults:
        return f"It does not match {proof.promise.path.name}."
    return f"It matches {proof.promise.path.name}."


def _fault_lines(proof: Proof) -> list[str]:
    faults = list(proof.faults)
    more = len(faults) - _MOST_FAULTS
    lines = faults if more <= 1 else [*faults[:_MOST_FAULTS], f"… and {more} more"]
    return lines + [f"outside: {figure.name}, should be {figure.target}" for figure in proof.outside]


def _legend(on: Drawing, proof: Proof, y: float) -> float:
    x = float(MARGIN)
    y += 8
    entries: list[tuple[Shape | str, str]] = []
    known = shapes(each.sound.name for each in proof.sounds)
    entries += [(shape, sound_name(name)) for name, shape in known.items()]
    sides = {each.hold.side for each in proof.holds}
    own = sorted(sides - {side or "" for side in LOOKS})
    looks = [look_of(side) for side in (*LOOKS, *own) if (side or "") in sides]
    entries += [(look.fill, look.name) for look in looks]
    for mark, name in entries:
        if isinstance(mark, Shape):
            mark.draw(on, x + 6, y - 4)
        else:
            on.rect(Box(x, y - 10, 14, 11), fill=mark, stroke=MUTED)
        on.text(x + 18, y, name, size=_SIZE)
        x += 18 + width(name, _SIZE) + 20
    on.path(f"M{x:.1f} {y - 4:.1f}h22", stroke=MUTED, dashes="4 3")
    on.text(x + 27, y, "-30 dBFS: a player that skips silence cuts what stays below", size=_SIZE, colour=INK)
    return y + 14
