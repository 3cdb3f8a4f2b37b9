"""What holds for the timeline of every routine."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from audioguide.errors import RoutineError
from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import SOFT, Spoken
from tests.conftest import laid_out, word_lengths
from tests.property.strategies import (
    PROPERTY,
    Step,
    breaths,
    chimes,
    compiled,
    document,
    documents,
    holds,
    pauses,
    says,
    step_lists,
    written,
)

FRAME = 6  # ticks


def timeline_of(document: Step, **asked: str) -> Timeline:
    try:
        return laid_out(compiled(document, **asked))
    except RoutineError as error:
        # A hold that has shrunk to less than the sound in its middle is refused, and rightly.
        assume("would still be sounding" not in error.message)
        raise


def is_end_chime(before: Timed | None, timed: Timed) -> bool:
    """Return whether `timed` is the end chime of the hold that the clock has just left."""
    if timed.cue.from_end == 0:
        return True
    return (
        timed.cue.kind == "chime"
        and timed.cue.advances
        and before is not None
        and before.cue.kind == "hold"
        and before.cue.step == timed.cue.step
    )


@PROPERTY
@given(documents())
def test_every_tick_is_accounted_for(document: Step) -> None:
    timeline = timeline_of(document)
    assert [timed.start for timed in timeline.cues] == sorted(timed.start for timed in timeline.cues)
    clock = 0
    for timed in timeline.cues:
        if timed.cue.advances:
            assert timed.start == clock
            clock = timed.end
    assert timeline.length == clock == sum(timed.length for timed in timeline.cues if timed.cue.advances)
    assert len(timeline.cues) == len(timeline.script.cues)


@PROPERTY
@given(documents())
def test_words_never_overlap(document: Step) -> None:
    timeline = timeline_of(document)
    lengths = word_lengths(timeline.script)
    spoken = [
        (timed.start, timed.start + lengths[ref])
        for timed in timeline.cues
        for ref in timed.cue.clips
        if isinstance(ref, Spoken)
    ]
    assert all(end <= start for (_, end), (start, _) in pairwise(spoken))


@PROPERTY
@given(documents())
def test_no_words_but_marks_in_a_hold(document: Step) -> None:
    timeline = timeline_of(document)
    lengths = word_lengths(timeline.script)
    inside: Timed | None = None
    for timed in timeline.cues:
        if timed.cue.kind == "hold":
            inside = timed
        elif inside and timed.start < inside.end and timed.cue.clips:
            assert timed.cue.kind in ("mark", "chime")
            if timed.cue.kind == "mark":
                assert timed.start + max(lengths[ref] for ref in timed.cue.clips) <= inside.end


@PROPERTY
@given(documents())
def test_phrases_and_start_chimes_lie_on_frame_borders(document: Step) -> None:
    before: Timed | None = None
    for timed in timeline_of(document).cues:
        cue = timed.cue
        start_chime = cue.kind == "chime" and not is_end_chime(before, timed)
        if cue.kind in ("say", "hold") or start_chime:
            assert timed.start % FRAME == 0, cue
        if cue.advances:
            before = timed


@PROPERTY
@given(documents())
def test_soft_times_grow_by_less_than_a_frame_and_others_not_at_all(document: Step) -> None:
    timeline = timeline_of(document)
    lengths = word_lengths(timeline.script)
    for timed in timeline.cues:
        cue = timed.cue
        if cue.kind in SOFT:
            assert cue.length is not None
            assert cue.length <= timed.length < cue.length + FRAME
            # Nothing follows the last one that would have to lie on a border.
            assert timed.end % FRAME == 0 if timed.end < timeline.length else timed.length == cue.length
        elif cue.length is not None:
            assert timed.length == cue.length
        elif cue.kind != "chapter":
            assert timed.length == max(lengths[ref] for ref in cue.clips)


@PROPERTY
@given(documents())
def test_a_hold_runs_from_start_chime_to_end_chime(document: Step) -> None:
    hold: Timed | None = None
    starts = 0
    for timed in timeline_of(document).cues:
        if is_end_chime(hold, timed):
            assert hold is not None
            assert hold.cue.length is not None
            assert timed.start == hold.start + hold.cue.length
        elif timed.cue.kind == "chime" and not timed.cue.advances:
            assert hold is not None
            assert timed.start == hold.start
            starts += 1
        if timed.cue.advances:
            hold = timed if timed.cue.kind == "hold" else None


ORDERS = [["left", "right"], ["right", "left"], ["left", "right", "both"]]


@PROPERTY
@given(holds(), st.sampled_from(ORDERS), st.lists(says() | pauses() | chimes() | breaths(), max_size=2))
def test_each_side_gets_the_full_time(hold: Step, sides: list[str], steps: list[Step]) -> None:
    timeline = timeline_of(document([{"sides": sides, "steps": [*steps, hold]}]))
    found = [(timed.cue.side, timed.length) for timed in timeline.cues if timed.cue.kind == "hold"]
    assert [side for side, _ in found] == sides
    assert len({length for _, length in found}) == 1


@PROPERTY
@given(holds(), st.integers(2, 6), st.none() | written())
def test_the_last_hold_is_as_long_as_the_first(hold: Step, reps: int, rest: object) -> None:
    timeline = timeline_of(document([{"repeat": reps, "rest": rest, "steps": [{"say": "Lift."}, hold]}]))
    lengths = [timed.length for timed in timeline.cues if timed.cue.kind == "hold"]
    assert len(lengths) == reps
    assert lengths == [lengths[0]] * reps


@PROPERTY
@given(step_lists(1), st.none() | written())
def test_one_rep_more_adds_its_own_length(steps: list[Step], rest: object) -> None:
    assume("include" not in str(steps))  # texts of what ships are another one in each rep
    start = {"say": "Now lift."}

    def timeline(reps: int) -> Timeline:
        return timeline_of(document([{"repeat": reps, "rest": rest, "steps": [start, *steps]}]))

    # From the second rep on the text stays the same.
    two, three, four = (timeline(reps) for reps in (2, 3, 4))
    assert four.length - three.length == three.length - two.length
    starts = [timed.start for timed in four.cues if timed.cue.text and timed.cue.step == "steps[0].steps[0]"]
    assert len(starts) == 4
    assert starts[3] - starts[2] == starts[2] - starts[1] == three.length - two.length


@PROPERTY
@given(st.integers(2, 6), st.sampled_from(["by", "to"]), st.just("$more") | written(), st.integers(2, 9))
def test_growth_goes_one_way_and_never_leaves_its_bounds(
    reps: int, way: str, amount: object, asked: int
) -> None:
    repeat = {"repeat": reps, "grow": {"hold": {way: amount}}, "steps": [{"hold": "$hold"}]}
    timeline = timeline_of(document([repeat]), hold=f"{asked}s")
    lengths = [timed.length for timed in timeline.cues if timed.cue.kind == "hold"]
    assert len(lengths) == reps
    assert lengths[0] == asked * 250
    assert lengths in (sorted(lengths), sorted(lengths, reverse=True))
    assert way == "to" or lengths[-1] >= lengths[0]
    assert max(lengths) <= 9 * 250


@PROPERTY
@given(documents())
def test_both_sides_of_a_rep_hold_for_the_same_time(document: Step) -> None:
    found: dict[tuple[str, int | None], dict[str | None, list[int]]] = defaultdict(lambda: defaultdict(list))
    for timed in timeline_of(document).cues:
        if timed.cue.kind == "hold" and timed.cue.side:
            found[timed.cue.step, timed.cue.rep][timed.cue.side].append(timed.length)
    for sides in found.values():
        assert sides["left"] == sides["right"]
