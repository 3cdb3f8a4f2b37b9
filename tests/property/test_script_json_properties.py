"""A timed script that was written, edited and read again."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audioguide.compiler.edited import read_script
from audioguide.export.script_json import dump, script_json
from audioguide.script.layout import Timeline
from audioguide.script.script import SOFT, Script
from audioguide.script.script_file import SUFFIX
from tests.conftest import laid_out
from tests.property.strategies import PROPERTY, Step, compiled, documents


def read(text: str) -> Script:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"routine{SUFFIX}"
        path.write_text(text, encoding="utf-8")
        return read_script(path)


def heard(timeline: Timeline) -> list[tuple[object, ...]]:
    return [
        (timed.cue.kind, timed.start, timed.length, timed.cue.text, timed.cue.sound, timed.cue.tone,
         timed.cue.side, timed.cue.rep)
        for timed in timeline.cues
    ]  # fmt: skip


@PROPERTY
@given(documents())
def test_a_script_that_was_read_again_is_the_same(document: Step) -> None:
    timeline = laid_out(compiled(document))
    again = laid_out(read(dump(timeline)))
    assert heard(again) == heard(timeline)
    assert again.script.notes == ()
    assert script_json(again) == script_json(timeline)


@PROPERTY
@given(documents(), st.integers(1, 600), st.data())
def test_a_longer_hold_moves_all_that_follows(document: Step, more: int, data: st.DataObject) -> None:
    timeline = laid_out(compiled(document))
    written: dict[str, Any] = json.loads(dump(timeline))
    holds = [index for index, cue in enumerate(written["cues"]) if cue["kind"] == "hold"]
    place = data.draw(st.sampled_from(holds))
    written["cues"][place]["length"] += more
    hold = timeline.cues[place]
    moved = 0
    edited = laid_out(read(json.dumps(written)))
    starts = {cue.start: cue.length for cue in edited.cues if cue.cue.kind in ("hold", "breath")}
    for mark in (each for each in edited.cues if each.cue.from_end is not None):
        # It keeps its distance from the end of its hold, whichever was edited.
        assert any(start + length - mark.start == mark.cue.from_end for start, length in starts.items())
    waited = (
        [each for each in laid.cues if not (each.cue.from_end is not None or each.cue.halfway)]
        for laid in (timeline, edited)
    )
    for before, after in zip(*waited, strict=True):
        assert (before.cue.kind, before.cue.text) == (after.cue.kind, after.cue.text)
        # Any other mark keeps its distance from the start of its hold.
        inside = not before.cue.advances and before.cue.kind != "chapter" and before.start < hold.end
        assert after.start - before.start == (0 if inside else moved)
        if before is hold:
            moved = more
        elif moved and before.cue.kind in SOFT:
            moved = -(-more // 6) * 6  # the first soft time behind it comes to a frame border again
