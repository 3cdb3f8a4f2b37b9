"""Work and rest back to back: measured in the decoded file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audioguide.script.script import Script
from tests.pipeline.heard import Recording, differences

TABATA = """
  - say: Stand tall. Begin at the bell.
  - repeat: 8
    steps:
      - hold: 2.5s
      - rest: 1.3s
        exact: true
  - say: Walk slowly.
"""
MINUTES = """
  - say: Begin at each bell.
  - repeat: 4
    exact: true
    steps:
      - hold: 3.1s
        marks: {at: {1s: "{rep}"}}
"""
READY = """
  - say: Begin at the bell.
  - hold: 3s
  - rest: 6s
    marks: {at: {1s: Next.}, countdown: {from: 2, chime: tick}}
    chime: wood
  - say: You are done.
"""

MakeScript = Callable[..., Script]


def test_work_and_rest_follow_one_another_to_the_sample(script: MakeScript, tmp_path: Path) -> None:
    heard = Recording(script(TABATA), tmp_path)
    first = heard.starts_of(kind="hold")[0]
    moments = []
    for round_ in range(8):
        moments += [
            heard.onset("bell", first + 3.8 * round_),
            heard.onset("bowl", first + 3.8 * round_ + 2.5),
        ]
    assert differences(moments) == [120_000, 62_400] * 7 + [120_000]
    assert heard.proof.stands(), heard.proof.faults
    # Eight times of work, and the seven rests that chimes mark at both ends.
    assert [each.off for each in heard.proof.holds if each.off is None or abs(each.off) >= 0.5] == []
    assert len(heard.proof.holds) == 15


def test_one_chime_ends_a_hold_and_starts_the_next(script: MakeScript, tmp_path: Path) -> None:
    made = script(MINUTES)
    assert [cue.sound for cue in made.cues if cue.kind == "chime"] == ["bell"] * 4 + ["bowl"]
    heard = Recording(made, tmp_path)
    first = heard.starts_of(kind="hold")[0]
    moments = [heard.onset("bell", first + 3.1 * number) for number in range(4)]
    moments.append(heard.onset("bowl", first + 3.1 * 4))
    assert differences(moments) == [148_800] * 4
    assert heard.proof.stands(), heard.proof.faults


def test_a_rest_has_marks_and_a_chime_at_its_end(script: MakeScript, tmp_path: Path) -> None:
    heard = Recording(script(READY), tmp_path)
    start = heard.starts_of(kind="rest")[0]
    ticks = [heard.onset("tick", start + 4), heard.onset("tick", start + 5), heard.onset("wood", start + 6)]
    assert differences([heard.onset("bowl", start), *ticks]) == [192_000, 48_000, 48_000]
    assert heard.starts_of(kind="mark", text="Next.") == [start + 1]
    assert heard.proof.stands(), heard.proof.faults
