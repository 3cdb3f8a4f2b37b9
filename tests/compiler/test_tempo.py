"""Words and sounds on an exact beat; random moments and orders that are the same each time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.load import Routine
from audioguide.script.script import Script
from tests.conftest import laid_out
from tests.pipeline.heard import Recording, differences
from tests.tables import every

MakeScript = Callable[..., Script]
RANDOM = "  - hold: 20m\n    marks: {random: {chime: bell, min: 1m, max: 3m}, halfway: Half of it.}\n"
SHUFFLED = (
    "  - repeat: 3\n    shuffle: true\n    steps:\n"
    "      - say: A.\n      - say: B.\n      - say: C.\n      - say: D.\n"
)


def offsets(made: Script, **wanted: object) -> list[int]:
    cues = [cue for cue in made.cues if cue.kind == "mark"]
    return [
        cue.offset or 0 for cue in cues if all(getattr(cue, key) == value for key, value in wanted.items())
    ]


@every("tempo", [37, 60, 72, 97, 240])
def test_a_hundred_reps_do_not_drift(script: MakeScript, tempo: int) -> None:
    made = script(f"  - count: [Down, none, none, up]\n    tempo: {tempo}\n    reps: 100\n")
    found = offsets(made, text="up")
    assert len(found) == 100
    for rep, at in enumerate(found):
        assert abs(at - (4 * rep + 3) * 15_000 / tempo) <= 0.5
    [hold] = [cue for cue in made.cues if cue.kind == "hold"]
    assert hold.length == round(400 * 15_000 / tempo)


def test_beats_are_heard_at_their_sample(script: MakeScript, tmp_path: Path) -> None:
    made = script("  - count: [none, none, none]\n    tempo: 72\n    reps: 20\n    chime: tick\n")
    heard = Recording(made, tmp_path)
    [start] = heard.starts_of(kind="hold")
    moments = [heard.onset("tick", start + number * 60 / 72) for number in (0, 1, 2, 30, 59)]
    steps = [round(count * 15_000 / 72) * 192 for count in (0, 1, 2, 30, 59)]
    assert differences(moments) == [after - before for before, after in pairwise(steps)]
    assert heard.proof.stands(), heard.proof.faults


def test_a_number_is_counted_and_reps_are_named(script: MakeScript) -> None:
    assert [cue.text for cue in script("  - count: 3\n").cues if cue.kind == "mark"] == [
        "One.",
        "Two.",
        "Three.",
    ]
    made = script("  - count: ['{rep}', none]\n    reps: $reps\n", "settings: {reps: {default: 3}}")
    assert [(cue.text, cue.offset) for cue in made.cues if cue.kind == "mark"] == [
        ("1", 0), ("2", 500), ("3", 1000)
    ]  # fmt: skip


def test_a_movement_to_a_count_lasts_an_hour_at_most(script: MakeScript) -> None:
    [hold] = [cue for cue in script("  - {count: 4, tempo: 20, reps: 300}\n").cues if cue.kind == "hold"]
    assert hold.length == 3600 * 250
    for reps, found in ((301, "301 reps at this tempo are 3612 s"), (0, "0 reps at this tempo are 0 s")):
        with pytest.raises(RoutineError, match=found):
            script("  - {count: 4, tempo: 20, reps: $reps}\n", f"settings: {{reps: {{default: {reps}}}}}")


def test_each_rep_of_a_count_is_distinguished(script: MakeScript) -> None:
    made = script("  - count: ['{rep} of {reps}.', none, Up.]\n    reps: 2\n    chime: tick\n")
    assert [
        (cue.text, cue.sound, cue.rep, cue.offset) for cue in made.cues if cue.kind == "mark"
    ] == [
        ("1 of 2.", "tick", 1, 0), (None, "tick", 1, 250), ("Up.", "tick", 1, 500),
        ("2 of 2.", "tick", 2, 750), (None, "tick", 2, 1000), ("Up.", "tick", 2, 1250),
    ]  # fmt: skip


def test_a_metronome_goes_through_a_hold(script: MakeScript) -> None:
    made = script("  - hold: 30s\n    marks: {tempo: {beats: 100}, at: {15s: Go on.}}\n")
    ticks = offsets(made, sound="tick")
    assert ticks[:3] == [150, 300, 450]
    assert all(at % 150 == 0 for at in ticks)
    assert [at for at in ticks if 3750 <= at < 3750 + 1250] == []
    laid_out(script("  - rest: 6s\n    marks: {tempo: {beats: 30, chime: wood}}\n"))


@every(
    ("hold", "mark", "left_out"),
    [
        # One that would still ring as the hold ends, or as a mark sounds, is left out.
        ("20.256s", "", [20]), ("20.26s", "", []),
        ("30s", "at: {10.256s: wood}", [10, 11, 12, 13]), ("30s", "at: {10.26s: wood}", [11, 12, 13]),
        ("30s", "at: {10.256s: Go on.}", [10, 11, 12, 13, 14, 15]),
        ("30s", "at: {10.26s: Go on.}", [11, 12, 13, 14, 15]),
        # After a sound, the beats wait for 3 s; after words, for 5 s.
        ("30s", "at: {0s: wood}", [1, 2]), ("30s", "at: {1s: wood}", [1, 2, 3]),
        ("30s", "at: {10s: wood}", [10, 11, 12]), ("30s", "at: {10.004s: wood}", [10, 11, 12, 13]),
        ("30s", "at: {10s: Go on.}", [10, 11, 12, 13, 14]),
        ("30s", "at: {10.004s: Go on.}", [10, 11, 12, 13, 14, 15]),
    ],
)  # fmt: skip
def test_a_metronome_leaves_out_what_comes_too_close(
    script: MakeScript, hold: str, mark: str, left_out: list[int]
) -> None:
    made = script(f"  - hold: {hold}\n    marks: {{tempo: {{beats: 60}}, {mark}}}\n")
    most = 21 if hold.startswith("20") else 30
    assert offsets(made, sound="tick") == [250 * at for at in range(1, most) if at not in left_out]


@every(
    ("hold", "period", "mark", "heard"),
    [
        ("60s", 10, "", [10, 20, 30, 40, 50]), ("59.996s", 10, "", [10, 20, 30, 40]),
        ("39s", 9, "", [9, 18, 27, 36]), ("38.996s", 9, "", [9, 18, 27]),
        ("60s", 9.2, "", [10, 20, 30, 40, 50]), ("63s", 9.2, "", [10, 20, 30, 40, 50, 60]),
        ("70s", 15, "at: {25s: wood}", [15, 45, 60]), ("70s", 15, "at: {24.996s: wood}", [45, 60]),
        ("70s", 15, "at: {20s: wood}", [30, 45, 60]), ("70s", 15, "at: {20.004s: wood}", [45, 60]),
        ("70s", 15, "at: {20s: Go on.}", [30, 45, 60]),
        ("33s", 6, "at: {15s: wood}", [6, 12, 18, 24, 30]),
        ("33s", 6, "at: {14.996s: wood}", [6, 18, 24, 30]),
        ("33s", 6, "at: {15.004s: wood}", [6, 12, 24, 30]),
        ("33s", 5, "at: {10s: Go on.}", [5, 15, 20, 25, 30]),
        ("33s", 5, "at: {10.004s: Go on.}", [5, 20, 25, 30]),
    ],
)  # fmt: skip
def test_random_sounds_keep_away_from_the_end_and_from_marks(
    script: MakeScript, hold: str, period: float, mark: str, heard: list[int]
) -> None:
    # With one length between them, they are not random at all.
    sounds = f"random: {{chime: bowl, min: {period}s, max: {period}s}}"
    made = script(f"  - hold: {hold}\n    marks: {{{sounds}, {mark}}}\n")
    assert offsets(made, sound="bowl") == [250 * at for at in heard]


def test_a_metronome_gives_way_to_marks_that_come_again(script: MakeScript) -> None:
    marks = "{tempo: {beats: 60}, every: {10s: Breathe.}, countdown: 3}"
    made = script(f"  - hold: 30s\n    marks: {marks}\n")
    ticks = offsets(made, sound="tick")
    assert ticks == [each * 250 for each in (*range(1, 10), *range(15, 20), 25, 26)]
    estimated(made)  # nothing overlaps


def test_random_sounds_give_way_to_marks_that_come_again(script: MakeScript) -> None:
    marks = "{random: {chime: bowl, min: 2s, max: 4s}, every: {9s: tick}, countdown: 5}"
    made = script(f"  - hold: 60s\n    marks: {marks}\n")
    sounds = offsets(made, sound="bowl")
    others = [*offsets(made, sound="tick"), 55 * 250]
    assert sounds
    assert all(abs(each - other) >= 750 for each in sounds for other in others)
    laid_out(made)


@every(
    ("step", "words"),
    [
        ("count: 1", "at least 2"), ("count: [Down]\n    tempo: 10", "at least 20"), ("count: []", "empty"),
        ("count: [Down]\n    reps: 0", "outside 1 to 500"), ("count: ['{oops}']", "no placeholder"),
        ("count: [Down]\n    chime: gnog", "gnog"),
        ("hold: 9s\n    marks: {random: {min: 3s, max: 2s}}", "cannot be longer than `max`"),
    ],
)  # fmt: skip
def test_a_count_that_makes_no_sense_is_refused(script: MakeScript, step: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        script(f"  - {step}\n")


def test_a_word_that_is_longer_than_its_beat_is_refused(script: MakeScript) -> None:
    with pytest.raises(RoutineError, match="overlap"):
        laid_out(script("  - count: [All the way down, up]\n    tempo: 60\n"))


def test_random_bells_keep_their_bounds(script: MakeScript) -> None:
    bells = offsets(script(RANDOM), sound="bell")
    assert 5 <= len(bells) <= 19
    gaps = [(after - before) / 250 for before, after in zip([0, *bells], bells, strict=False)]
    assert all(60 <= gap <= 180 or gap >= 2 * 60 for gap in gaps)
    assert len(set(gaps)) > 3
    assert offsets(script(RANDOM), sound="bell") == bells
    assert offsets(script(RANDOM, "seed: 8"), sound="bell") != bells


def test_random_orders_are_the_same_for_the_same_seed(routine: Callable[..., Routine]) -> None:
    def said(seed: int, session: int = 1) -> str:
        made = compile(routine(SHUFFLED, f"seed: {seed}"), Options(session=session))
        return "".join(cue.text[0] for cue in made.cues if cue.text)

    orders = {said(seed) for seed in range(6)}
    assert len(orders) > 4
    assert said(3) == said(3) != said(3, session=2)
    for order in orders:
        assert all(sorted(order[start : start + 4]) == list("ABCD") for start in (0, 4, 8))


def test_a_metronome_leaves_room_for_all_other_marks(script: MakeScript) -> None:
    marks = (
        "{tempo: {beats: 75}, random: {chime: bell, min: 20s, max: 40s}, every: {1m: '{left} left.'}, "
        "countdown: 5, at: {10s: bowl}}"
    )
    timeline = estimated(script(f"  - hold: 3m\n    marks: {marks}\n"))  # nothing runs into another
    beats = [timed.start for timed in timeline.cues if timed.cue.beat]
    others = [timed for timed in timeline.cues if timed.cue.kind == "mark" and not timed.cue.beat]
    assert len(beats) > 100
    assert len(others) > 10
    for other in others:
        clear = 1250 if other.cue.text else 750
        assert [at for at in beats if other.start - 60 < at < other.start + clear] == []


def test_the_sound_of_a_metronome_may_be_longer_than_a_beat(script: MakeScript) -> None:
    made = script("  - rest: 20s\n    marks: {tempo: {beats: 120, chime: wood}}\n")
    assert len([timed for timed in estimated(made).cues if timed.cue.beat]) == 39
