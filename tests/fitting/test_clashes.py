"""Lengths are reached or refused, also where words do not fit into some values of a setting."""

from __future__ import annotations

from audioguide.compiler.estimate import estimated, estimated_lengths
from audioguide.fitting.fit import fit
from audioguide.fitting.search import UnreachableLength
from audioguide.listener.options import NOTHING
from audioguide.routine.load import load
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND
from tests.conftest import Write
from tests.tables import every

LONG = "Keep breathing softly, let your shoulders sink, and let your jaw grow soft."


@every(
    ("setting", "marks"),
    [
        ("default: 20s, min: 3s, max: 60s", f"{{halfway: '{LONG}', before_end: {{5s: Five more.}}}}"),
        ("default: 31s, min: 5s, max: 60s", f"{{before_end: {{20s: '{LONG}'}}}}"),
    ],
)
def test_every_length_is_reached_or_refused(write: Write, setting: str, marks: str) -> None:
    path = write(
        f"title: T\nsafety: {{notice: none}}\nsettings:\n  hold: {{{setting}, source: ours}}\n"
        "  reps: {default: 2, min: 1, max: 4, source: ours}\nsteps:\n  - repeat: $reps\n    steps:\n"
        f"      - say: Go.\n      - hold: $hold\n        marks: {marks}\n"
    )
    routine = load(path)
    reached = refused = 0
    for seconds in range(8, 300, 24):
        total = seconds * TICKS_PER_SECOND // FRAME_TICKS * FRAME_TICKS
        try:
            fitted = fit(routine, NOTHING, total, lengths=estimated_lengths)
        except UnreachableLength:
            refused += 1
        else:
            assert fitted.length == estimated(fitted.script).length == total
            reached += 1
    assert reached > 3
    assert refused
