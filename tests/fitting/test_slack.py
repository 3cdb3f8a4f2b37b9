"""Soft times that grow, and keep every border."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from audioguide.fitting import slack
from audioguide.script.layout import lay_out
from audioguide.script.script import Fit, Script
from audioguide.units import FRAME_TICKS
from tests.conftest import laid_out, word_lengths
from tests.tables import every

STEPS = """
  - say: One two. Three.
    settle: 4s
  - sides: [left, right]
    switch: 6s
    steps: [{hold: 5.3s}]
  - rest: 10s
  - rest: 5s
"""


def added(before: Script, after: Script) -> dict[str, int]:
    """Return by how many ticks each kind of soft time has grown."""
    grown: dict[str, int] = {}
    for timed, other in zip(laid_out(before).cues, laid_out(after).cues, strict=True):
        grown[timed.cue.kind] = grown.get(timed.cue.kind, 0) + other.length - timed.length
    return {kind: ticks for kind, ticks in grown.items() if ticks}


@every("more", [0, 1, 5, 6, 600, 3749, 3750, 4800, 6000, 6383])
def test_rests_grow_first_and_every_tick_is_used(script: Callable[..., Script], more: int) -> None:
    made = script(STEPS)
    grown = slack.stretched(laid_out(made), more, ())
    timeline = laid_out(grown)
    assert timeline.length == laid_out(made).length + more
    starts = [timed.start for timed in timeline.cues if timed.cue.kind in ("say", "hold")]
    assert {start % FRAME_TICKS for start in starts} == {0}
    kinds = added(made, grown)
    assert sum(kinds.values()) == more
    if more < 3700:
        assert set(kinds) <= {"rest", "gap"}
        assert kinds.get("gap", 0) == more % FRAME_TICKS


def test_there_is_room_up_to_the_double_and_a_change_of_sides_takes_ten_seconds(
    script: Callable[..., Script],
) -> None:
    made = script(STEPS)
    most = slack.room(made, ())
    full = slack.stretched(laid_out(made), most + FRAME_TICKS - 1, ())
    longest = {cue.kind: cue.length or 0 for cue in full.cues if cue.kind in ("switch", "settle")}
    assert 2490 <= longest["switch"] <= 2500
    assert 1990 <= longest["settle"] <= 2000 + FRAME_TICKS
    for wrong in (-1, most + FRAME_TICKS):
        with pytest.raises(ValueError, match="the soft times have room for 0 to"):
            slack.stretched(laid_out(made), wrong, ())


def test_what_a_setting_gives_and_the_silence_at_the_start_have_no_room(
    script: Callable[..., Script],
) -> None:
    made = script("  - hold: 5s\n  - rest: 10s\n  - hold: 5s")
    rest = next(cue for cue in made.cues if cue.kind == "rest")
    free = slack.room(made, ())
    assert slack.room(made, {(rest.step, rest.kind)}) == free - 2496
    assert free == 2496 + 498  # the rest and the silence at the end


def test_a_second_reading_lasts_as_long_as_the_first(script: Callable[..., Script]) -> None:
    made = script(STEPS)
    lengths = word_lengths(made)
    total = lay_out(made, lengths).length
    fitted = replace(made, fit=Fit(asked=total, changed={}, added=0))
    read_again = {ref: length + 9 for ref, length in lengths.items()}
    assert lay_out(fitted, read_again).length != total
    assert slack.to_length(fitted, read_again).length == total
    assert slack.to_length(made, read_again) == lay_out(made, read_again)
    far = {ref: length + 500 for ref, length in lengths.items()}
    assert slack.to_length(fitted, far) == lay_out(fitted, far)
