"""From cues to moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from audioguide.errors import RoutineError
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import Cue, Script, Sounded, Spoken
from audioguide.units import FRAME_TICKS
from tests.conftest import laid_out
from tests.tables import every

MakeScript = Callable[..., Script]


def at(timeline: Timeline, kind: str) -> list[tuple[int, int]]:
    return [(timed.start, timed.length) for timed in timeline.cues if timed.cue.kind == kind]


def test_a_hold_runs_from_chime_to_chime(script: MakeScript) -> None:
    timeline = laid_out(script("  - say: One two.\n    settle: 1s\n  - hold: 15s\n  - say: Three."))
    [(start, length)] = at(timeline, "hold")
    chimes = at(timeline, "chime")
    assert length == 15 * 250
    assert [chime for chime, _ in chimes] == [start, start + length]
    spoken, settle = at(timeline, "say")[0], at(timeline, "settle")[0]
    assert spoken[0] + spoken[1] == settle[0]
    assert start == sum(settle)
    after = at(timeline, "say")[1]
    assert 200 <= after[0] - (start + length) < 200 + FRAME_TICKS  # 0.8 s after the onset of the end chime


def test_phrases_and_start_chimes_begin_on_frame_borders(script: MakeScript) -> None:
    timeline = laid_out(
        script("  - say: One two.\n  - hold: 5.3s\n  - say: Three.\n  - chime: bell\n  - say: Four five six.")
    )
    starts = [timed.start for timed in timeline.cues if timed.cue.kind in ("say", "hold")]
    assert {start % FRAME_TICKS for start in starts} == {0}
    for timed in timeline.cues:
        if timed.cue.kind in ("gap", "settle"):
            assert 0 <= timed.length - (timed.cue.length or 0) < FRAME_TICKS


def test_nothing_follows_the_last_pause_so_it_ends_where_it_is_written_to(script: MakeScript) -> None:
    for hold in ("5.3s", "5.304s", "5.308s"):
        timeline = laid_out(script(f"  - hold: {hold}\n  - rest: 1s"))
        last = timeline.cues[-1]
        assert (last.cue.kind, last.length, last.end) == ("gap", 500, timeline.length)
        assert last.start % FRAME_TICKS == 0


def test_a_chapter_begins_where_the_next_cue_does(script: MakeScript) -> None:
    timeline = laid_out(script("  - say: One.\n  - chapter: Second\n  - say: Two."))
    assert at(timeline, "chapter")[0][0] == at(timeline, "say")[1][0]


@every(
    ("marks", "words"),
    [
        (
            "{before_end: {1s: One two three four five.}}",
            r"'One two three four five\.' would .* 0\.66 s after",
        ),
        (
            "{at: {1s: One two three., 1.5s: Four.}}",
            r"'One two three\.' and the mark 'Four\.' overlap by 0\.496 s",
        ),
        ("{halfway: One., at: {5s: Two.}}", "overlap by"),
        ("{before_end: {1s: bell}}", "the sound 'bell' would still be sounding"),
    ],
)
def test_marks_that_do_not_fit_are_refused_with_the_excess(
    script: MakeScript, marks: str, words: str
) -> None:
    made = script(f"  - hold: 10s\n    marks: {marks}")
    with pytest.raises(RoutineError, match=words) as caught:
        laid_out(made)
    assert "routine.yaml:5:5: steps[0]" in str(caught.value)
    assert "a shorter" in str(caught.value)


def test_a_breath_word_that_is_longer_than_its_breath_is_refused(script: MakeScript) -> None:
    made = script("  - breathe: {in: 0.4s, out: 4s, cycles: 2}")
    with pytest.raises(
        RoutineError, match=r"'Breathe in\.' would still be sounding 0\.264 s after the breath of 0\.4 s"
    ):
        laid_out(made)


def test_all_clashes_are_reported_once(script: MakeScript) -> None:
    steps = """
  - repeat: 3
    steps:
      - hold: 2s
        marks: {halfway: bell}
  - hold: 2s
    marks: {halfway: wood}
"""
    with pytest.raises(RoutineError) as caught:
        laid_out(script(steps))
    assert len(str(caught.value).splitlines()) == 2


@every(
    "steps",
    [
        # 83 ticks for a word: it ends with the hold, and the next begins as it ends.
        "  - hold: 10s\n    marks: {before_end: {0.332s: One.}}",
        "  - hold: 10s\n    marks: {at: {1s: One., 1.332s: Two.}}",
        "  - hold: 10s\n    marks: {halfway: Two., at: {1s: One.}}",
        # A word may last into the next breath: its tone is not a mark.
        "  - hold: {breaths: 2, in: 4s, out: 4s}\n    marks: {breaths: tone, at: {3.9s: One two.}}",
    ],
)
def test_marks_that_fit_are_heard_at_their_moments(script: MakeScript, steps: str) -> None:
    made = script(steps)
    timeline = laid_out(made)
    [(hold, _)] = at(timeline, "hold")
    offsets = [cue.offset for cue in made.cues if cue.kind == "mark"]
    assert sorted(start - hold for start, _ in at(timeline, "mark")) == sorted(
        offset for offset in offsets if offset is not None
    )


def test_marks_may_be_listed_in_any_order(script: MakeScript) -> None:
    made = script("  - hold: 10s\n    marks: {at: {1s: One., 5s: Two.}}")
    marks = [cue for cue in made.cues if cue.kind == "mark"]
    others = [cue for cue in made.cues if cue.kind != "mark"]
    first = next(index for index, cue in enumerate(others) if cue.kind == "hold") + 1
    turned = replace(made, cues=(*others[:first], *reversed(marks), *others[first:]))
    assert laid_out(turned).cues == laid_out(made).cues


@every(
    ("marks", "words"),
    [
        ("{before_end: {0.328s: One.}}", r"0\.004 s after the hold of 10 s"),
        ("{at: {1s: One., 1.328s: Two.}}", r"overlap by 0\.004 s"),
        ("{at: {0s: One two three four five six seven eight nine., 0.4s: Ten.}}", r"overlap by 2\.588 s"),
    ],
)
def test_one_tick_too_long_is_refused(script: MakeScript, marks: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        laid_out(script(f"  - hold: 10s\n    marks: {marks}"))


def test_a_mark_after_a_breath_tone_is_checked_too(script: MakeScript) -> None:
    hold = "  - hold: {breaths: 2, in: 4s, out: 4s}\n    marks: {breaths: tone, before_end: {1s: %s}}"
    with pytest.raises(RoutineError, match=r"still be sounding 0\.66 s after"):
        laid_out(script(hold % "One two three four five."))


def test_a_file_starts_at_0_and_lasts_as_long_as_its_cues(script: MakeScript) -> None:
    timeline = laid_out(script("  - chapter: One\n  - say: One two.\n  - hold: 5s"))
    advancing = [timed for timed in timeline.cues if timed.cue.advances]
    assert advancing[0].start == 0
    assert sum(timed.length for timed in advancing) == timeline.length
    assert [length for _, length in at(timeline, "chapter")] == [0]


def test_every_clip_is_placed_where_its_cue_starts(script: MakeScript) -> None:
    timeline = laid_out(script("  - say: One two.\n  - hold: 5s"))
    [(said, _)], [(hold, length)] = at(timeline, "say"), at(timeline, "hold")
    assert [(each.start, each.ref) for each in timeline.placements] == [
        (said, Spoken("One two.")), (hold, Sounded("bell")), (hold + length, Sounded("bowl")),
    ]  # fmt: skip


def test_a_cue_without_a_clip_lasts_no_time(script: MakeScript) -> None:
    made = replace(script("  - say: One."), cues=(Cue(kind="chime", step="steps[0]"),))
    assert lay_out(made, {}).length == 0


def test_twelve_hours_are_the_most(script: MakeScript) -> None:
    made = script("  - say: One.")
    longest = 12 * 3600 * 250
    hold = Cue(kind="hold", step="steps[0]", length=longest)
    assert lay_out(replace(made, cues=(hold,)), {}).length == longest
    with pytest.raises(RoutineError, match="the limit is 12 hours"):
        lay_out(replace(made, cues=(replace(hold, length=longest + 1),)), {})


def _of(script: Script, *cues: Cue) -> Script:
    return replace(script, cues=cues)


def test_an_end_chime_that_outlasts_the_last_words_is_heard_to_its_end(script: MakeScript) -> None:
    made = script("  - say: One.")
    hold = Cue(kind="hold", step="steps[0]", length=1500)
    bowl = Cue(kind="chime", step="steps[0]", sound="bowl", offset=1500, from_end=0)
    said = Cue(kind="say", step="steps[0]", text="Up.")
    lengths = dict.fromkeys(_of(made, said).clips, 100) | dict.fromkeys(_of(made, bowl).clips, 700)
    assert lay_out(_of(made, hold, bowl, said), lengths).length == 1500 + 700
    bell = replace(bowl, from_end=None)  # a chime of another kind rings on into what comes
    assert lay_out(_of(made, hold, bell, said), lengths).length == 1600


@pytest.mark.parametrize("marks", ["{before_end: {0.332s: One.}}", "{at: {1s: One., 1.332s: Two.}}"])
def test_a_mark_may_end_where_its_hold_ends_or_another_begins(script: MakeScript, marks: str) -> None:
    made = script(f"  - hold: 10s\n    marks: {marks}")
    word = 83  # ticks
    lengths = {ref: word if isinstance(ref, Spoken) else 10 for ref in made.clips}
    assert len(at(lay_out(made, lengths), "mark")) == marks.count("One") + marks.count("Two")
    with pytest.raises(RoutineError, match=r"0\.004 s"):
        lay_out(made, {ref: word + 1 if isinstance(ref, Spoken) else 10 for ref in made.clips})


def test_two_sounds_that_overlap_want_a_shorter_sound_and_words_a_shorter_text(script: MakeScript) -> None:
    marks = "  - hold: 10s\n    marks: {at: {1s: %s, 1.1s: bell}}"
    for first, remedy in (("bowl", "a shorter sound"), ("One two three.", "a shorter text")):
        made = script(marks % first)
        with pytest.raises(RoutineError, match=f"overlap by .*: {remedy}, a longer hold"):
            lay_out(made, dict.fromkeys(made.clips, 500))


def test_a_beat_may_sound_on_under_the_next_beat_alone(script: MakeScript) -> None:
    made = script("  - say: One.")
    hold = Cue(kind="hold", step="steps[0]", length=1500)
    beat = Cue(kind="mark", step="steps[0]", sound="tick", offset=100, beat=True)
    word = Cue(kind="mark", step="steps[0]", text="Now.", offset=150)
    lengths = dict.fromkeys(_of(made, beat, word).clips, 100)
    assert lay_out(_of(made, hold, beat, replace(beat, offset=150)), lengths).length == 1500
    with pytest.raises(RoutineError, match="overlap"):
        lay_out(_of(made, hold, beat, word), lengths)
