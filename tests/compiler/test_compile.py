"""From a routine to its cues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.pauses import GAP, REST, SETTLE, SWITCH
from audioguide.compiler.progress import HALF
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.routine.said import files_of
from audioguide.script.choices import Guidance
from audioguide.script.script import Script, VoiceChoice
from tests.shipped import compiled, shipped
from tests.slow import first
from tests.tables import every

MakeScript = Callable[..., Script]
MakeRoutine = Callable[..., Routine]


def said(script: Script) -> list[str]:
    return [cue.text or "" for cue in script.cues if cue.kind == "say"]


def holds(script: Script) -> list[int]:
    return [cue.length or 0 for cue in script.cues if cue.kind == "hold"]


def kinds(script: Script) -> Sequence[str]:
    """Return the kinds of what lies between the head and the tail of the file."""
    return [cue.kind for cue in script.cues][1:-1]


def test_each_side_gets_its_text_and_the_same_hold(script: MakeScript) -> None:
    made = script(
        """
  - sides: [left, right]
    steps:
      - say: Your {side} knee, not the {other_side}.
      - hold: 15s
"""
    )
    assert said(made) == ["Your left knee, not the right.", "Your right knee, not the left."]
    assert [(cue.side, cue.length) for cue in made.cues if cue.kind == "hold"] == [
        ("left", 3750),
        ("right", 3750),
    ]
    switches = [cue for cue in made.cues if cue.kind == "switch"]
    assert [cue.length for cue in switches] == [SWITCH]


def test_the_short_text_is_said_from_the_second_time_on(script: MakeScript) -> None:
    steps = """
  - repeat: 3
    steps:
      - say: Raise both arms to the ceiling.
        short: Raise, {rep} of {reps}.
"""
    assert said(script(steps)) == ["Raise both arms to the ceiling.", "Raise, 2 of 3.", "Raise, 3 of 3."]


def test_a_short_text_for_one_side_leaves_the_other_side_whole(script: MakeScript) -> None:
    steps = """
  - sides: [left, right]
    steps:
      - say: {left: The left knee., right: The right knee.}
        short: {left: Left again.}
"""
    assert said(script(steps)) == ["The left knee.", "The right knee."]


def test_the_length_of_the_next_hold_can_be_spoken(script: MakeScript) -> None:
    steps = """
  - say: Stay for {hold}.
  - hold: 90s
  - say: Now for {hold}.
  - hold: {breaths: 3, in: 4s, out: 6s}
"""
    assert said(script(steps)) == ["Stay for one and a half minutes.", "Now for 3 breaths."]
    assert holds(script(steps)) == [22500, 7500]


def test_sentences_become_phrases_with_a_pause_between(script: MakeScript) -> None:
    made = script("  - say: Lie down. Breathe e.g. softly, for 2.5 minutes! Dr. Who agrees.")
    assert said(made) == ["Lie down.", "Breathe e.g. softly, for 2.5 minutes!", "Dr. Who agrees."]
    assert kinds(made) == ["say", "gap", "say", "gap", "say"]
    assert [cue.length for cue in made.cues if cue.kind == "gap"][1:3] == [GAP, GAP]


def test_soft_times_that_nobody_wrote_have_their_defaults(script: MakeScript) -> None:
    made = script(
        "  - say: Lift.\n  - hold: 5s\n  - rest:\n  - settle:\n  - say: Lower.\n    settle: 0s\n  - hold: 5s"
    )
    assert kinds(made) == [
        "say", "settle", "hold", "chime", "chime", "rest", "settle", "say", "settle", "hold", "chime", "chime"
    ]  # fmt: skip
    assert [cue.length for cue in made.cues if cue.kind in ("settle", "rest")] == [SETTLE, REST, SETTLE, 0]


def test_no_two_loud_cues_touch(script: MakeScript) -> None:
    made = script("""
  - chime: bell
  - chime: bowl
  - hold: 2s
  - hold: {breaths: 1, in: 2s, out: 2s}
    chime: none
  - say: a
""")
    waiting = [cue.kind for cue in made.cues if cue.advances]
    for one, other in pairwise(waiting):
        assert (one, other) == ("hold", "chime") or "gap" in (one, other), (one, other)


def test_chimes_of_a_hold_can_be_named_or_left_out(script: MakeScript) -> None:
    steps = """
  - hold: 5s
    chime: none
  - hold: 5s
    chime: wood
  - hold: 5s
    chime: {start: none, end: tick}
  - hold: 5s
"""
    made = script(steps, "sounds: {start: chime}")
    assert [(cue.sound, cue.offset) for cue in made.cues if cue.kind == "chime"] == [
        ("wood", 0), ("wood", None), ("tick", None), ("chime", 0), ("bowl", None)
    ]  # fmt: skip


def test_marks_stand_at_their_moments(script: MakeScript) -> None:
    steps = """
  - hold: 20s
    marks: {halfway: chime, at: {3s: Breathe on.}, before_end: {5s: {say: five}}, countdown: 3}
"""
    marks = [(cue.offset, cue.text or cue.sound) for cue in script(steps).cues if cue.kind == "mark"]
    assert marks == [
        (750, "Breathe on."),
        (2500, "chime"),
        (3750, "five"),
        (4250, "Three."),
        (4500, "Two."),
        (4750, "One."),
    ]


@every(
    "marks",
    ["{at: {5s: bell}}", "{before_end: {6s: bell}}", "{countdown: 6}", "{breaths: tone}"],
)
def test_a_mark_outside_of_its_hold_is_refused_in_its_place(script: MakeScript, marks: str) -> None:
    with pytest.raises(
        RoutineError, match=r"routine.yaml:6:12: .*(outside a hold of 5s|need a hold in breaths)"
    ):
        script(f"  - hold: 5s\n    marks: {marks}")


def test_a_hold_in_breaths_can_be_heard(script: MakeScript) -> None:
    made = script("  - hold: {breaths: 2, in: 4s, out: 6s}\n    marks: {breaths: both}")
    marks = [
        (cue.offset, cue.text, cue.tone.phase if cue.tone else None)
        for cue in made.cues
        if cue.kind == "mark"
    ]
    assert marks == [
        (0, "Breathe in.", "in"), (1000, "Breathe out.", "out"), (2500, "Breathe in.", "in"),
        (3500, "Breathe out.", "out"),
    ]  # fmt: skip


def test_breathing_is_spoken_on_the_first_breaths_and_toned_on_all(script: MakeScript) -> None:
    made = script("  - breathe: {in: 4s, full: 1s, out: 6s, for: 33s, voice: first two}")
    breaths = [cue for cue in made.cues if cue.kind == "breath"]
    assert [cue.length for cue in breaths] == [1000, 250, 1500] * 3
    assert [bool(cue.text) for cue in breaths] == [True] * 6 + [False] * 3
    assert all(cue.tone and cue.tone.length == cue.length for cue in breaths)


@every(
    ("breath", "cycles", "note"),
    [
        ("in: 4s, out: 5.6s, for: 2m", 13, "2m of breathing are 13 whole breaths of 9.6 s, 2m4.8s in all"),
        ("in: 4s, full: 4s, out: 4s, empty: 4s, for: 5m", 19, "19 whole breaths of 16 s, 5m4s in all"),
        ("in: 4s, out: 6s, for: 14s", 1, "14s of breathing are 1 whole breaths of 10 s, 10s in all"),
        ("in: 4s, out: 6s, for: 15s", 2, "2 whole breaths"),
        ("in: 4s, out: 6s, for: 1s", 1, "1 whole breaths"),
        ("in: 4s, out: 6s, for: 5m", 30, ""),
    ],
)  # fmt: skip
def test_breathing_for_a_time_takes_the_nearest_whole_number_of_breaths(
    script: MakeScript, breath: str, cycles: int, note: str
) -> None:
    made = script(f"  - breathe: {{{breath}, voice: none}}")
    assert max(cue.rep or 0 for cue in made.cues if cue.kind == "breath") == cycles
    assert note in "\n".join(made.notes)
    assert len(made.notes) == bool(note)


GROWING = """
  - repeat: 4
    grow: {hold: %s}
    steps: [{hold: $hold}]
"""
HOLD = "settings: {hold: {default: 10s, min: 10s, max: 15s}}"


@every(
    ("growth", "lengths"),
    [
        ("{by: 0.5s}", [2500, 2625, 2750, 2875]),
        ("{by: 3s}", [2500, 3250, 3750, 3750]),
        ("{to: 15s}", [2500, 2900, 3325, 3750]),
        ("{to: 5s}", [2500, 2500, 2500, 2500]),
    ],
)
def test_a_hold_may_grow_inside_its_bounds(script: MakeScript, growth: str, lengths: list[int]) -> None:
    assert holds(script(GROWING % growth, HOLD)) == lengths


@every(
    ("growth", "start", "lengths"),
    [
        ("{to: 15s}", "10s", [10, 11, 13, 15]),
        ("{to: 14.5s}", "10.4s", [10.4, 11, 13, 14.5]),
        ("{to: 11s}", "10s", [10, 10, 10, 11]),
        ("{by: 0.5s}", "10s", [10, 10.5, 11, 11.5]),
    ],
)
def test_a_hold_whose_length_is_said_grows_to_whole_seconds(
    script: MakeScript, growth: str, start: str, lengths: list[float]
) -> None:
    said_too = GROWING.replace("{hold: $hold}]", "{say: Stay for {hold}.}, {hold: $hold}]").replace(
        "say: Stay for {hold}.", "say: 'Stay for {hold}.'"
    )
    made = script(said_too % growth, HOLD, hold=start)
    assert [length / 250 for length in holds(made)] == lengths


def test_a_hold_beyond_its_bounds_does_not_shrink_when_it_grows(routine: MakeRoutine) -> None:
    made = compile(
        routine(GROWING % "{to: 15s}", HOLD), Options(settings={"hold": "20s"}, beyond_bounds=True)
    )
    assert holds(made) == [5000] * 4
    assert made.beyond_bounds == ("hold",)


def test_an_included_routine_takes_settings_and_loses_its_opening(script: MakeScript) -> None:
    steps = """
  - include: knee-to-chest
    settings: {hold: $stay, reps: 2}
  - say: Well done.
"""
    made = script(steps, "settings: {stay: {default: 25s}}")
    assert holds(made) == [25 * 250] * 6
    assert [cue.text for cue in made.cues if cue.kind == "chapter"] == ["Knee to chest"]
    assert "Pain means stop." not in said(made)
    assert made.cues[2].step == "steps[0].include.steps[0]"


@pytest.mark.parametrize("value", ["40s", "3"])
def test_an_included_routine_keeps_its_bounds(script: MakeScript, value: str) -> None:
    with pytest.raises(
        RoutineError, match=r"routine.yaml:5:47: hold: (40s is more than 26s|3 is not a time)"
    ):
        script(f"  - {{include: knee-to-chest, settings: {{hold: {value}}}}}", "")


def test_the_opening_stop_rule_and_the_closing_words_are_spoken(write: Callable[..., Path]) -> None:
    made = compile(load(write("title: T\nsafety: {notice: back}\nsteps:\n  - say: Lie down.")))
    words = said(made)
    assert words[:2] == ["T.", "Move slowly, listen to your body, and never strain."]
    assert words[-4] == "Notice how your back feels now."
    assert words[-2:] == ["Take your time getting up.", "You have finished."]
    assert words[4:-4] == ["Lie down.", "Keep breathing."]
    assert [cue.kind for cue in made.cues][:2] == ["gap", "chime"]


def test_the_voice_of_the_routine_gives_way_to_the_listener(routine: MakeRoutine) -> None:
    made = routine("  - gap: 1s", "voice: {rate: 110, name: en-gb}")
    assert compile(made).voice == VoiceChoice(name="en-gb", rate=110)
    assert compile(made, Options(rate=140)).voice.rate == 140


def test_repeats_without_end_are_refused(script: MakeScript) -> None:
    nested = "  - repeat: 500\n    steps: [{repeat: 500, steps: [{gap: 1s}]}]"
    with pytest.raises(RoutineError, match="more than 20,000 cues"):
        script(nested)


GUIDED = """
  - repeat: 2
    steps:
      - say: Cat stretch. Arch your back.
        short: Arch. Again.
        minimal: %s
        settle: 1s
      - hold: 20s
        marks: {halfway: chime, before_end: {5s: Five more.}, countdown: 3}
"""


@every(
    ("guidance", "minimal", "words"),
    [
        ("fade", "Up.", ["Cat stretch.", "Arch your back.", "Arch.", "Again."]),
        ("full", "Up.", ["Cat stretch.", "Arch your back."] * 2),
        ("short", "Up.", ["Arch.", "Again."] * 2),
        ("minimal", "Up.", ["Up."] * 2),
        ("minimal", "", ["Cat stretch.", "Arch your back.", "Arch.", "Again."]),
        ("chimes", "Up.", []),
    ],
)
def test_guidance_decides_how_much_is_said(
    routine: MakeRoutine, guidance: Guidance, minimal: str, words: list[str]
) -> None:
    steps = GUIDED % minimal if minimal else GUIDED.replace("        minimal: %s\n", "")
    made = compile(routine(steps), Options(guidance=guidance))
    assert said(made) == words
    assert holds(made) == [5000] * 2
    marks = [cue for cue in made.cues if cue.kind == "mark"]
    in_place = ["wood"] * 4 if guidance == "chimes" else []
    assert [cue.sound for cue in marks if cue.sound] == ["chime", *in_place] * 2
    assert any(cue.text for cue in marks) == (guidance != "chimes")
    assert len([cue for cue in made.cues if cue.kind == "settle"]) == 2


@every(
    ("name", "kept"),
    [
        ("heating-pad", ("Never lie on the pad", "stay awake", "Switch the pad off")),
        ("cat-stretch", ("Come onto your hands and knees",)),
        ("before-you-start", ("Have you ever injured your back?",)),
    ],
)
def test_little_guidance_loses_no_instruction(name: str, kept: tuple[str, ...]) -> None:
    words = " ".join(said(compiled(name, Options(guidance="minimal"))))
    assert [text for text in kept if text not in words] == []


@every("name", first(50, SHIPPED_LIBRARY.shipped))
def test_little_guidance_says_all_of_a_step_or_what_its_author_wrote_for_it(name: str) -> None:
    routine = shipped(name)
    fade, minimal = (_said_by_step(compiled(name, Options(guidance=level))) for level in ("fade", "minimal"))
    lines = (line for each in files_of(routine).values() for line in each.source.lines)
    written = "\n".join(line for line in lines if "minimal: " in line or "first: " in line)
    for step, texts in fade.items():
        if texts == [HALF]:  # said by the program, where it falls
            continue
        wrote = [_as_written(text) for text in minimal[step]]
        assert minimal[step] == texts or all(any(each in written for each in either) for either in wrote)


def _as_written(text: str) -> list[str]:
    """Return a text with the placeholders that may have stood in it, in each way."""
    found = [text, f"{{nth}} {text.partition(' ')[2]}"]
    return found + [each.replace(f" {side} ", " {side} ") for each in found for side in ("left", "right")]


def _said_by_step(made: Script) -> dict[str, list[str]]:
    spoken: dict[str, list[str]] = {}
    for cue in made.cues:
        if cue.kind == "say":
            spoken.setdefault(cue.step, []).append(cue.text or "")
    return spoken


def test_where_neighbours_are_skipped_no_two_rests_stand_together(routine: MakeRoutine) -> None:
    steps = """
  - say: One thing.
  - rest: 30s
  - say: Another.
  - chapter: Third
  - rest: 30s
  - say: A third.
  - rest: 20s
  - say: The last.
"""
    made = compile(
        routine(steps),
        Options(
            skip=(
                "steps[2]",
                "steps[5]",
            )
        ),
    )
    rests = [cue.length for cue in made.cues if cue.kind == "rest"]
    assert rests == [7500]
    assert len([cue for cue in compile(routine(steps)).cues if cue.kind == "rest"]) == 3


def test_a_repeated_mark_keeps_away_from_the_others(script: MakeScript) -> None:
    steps = """
  - hold: 20m
    marks: {every: {5m: tick}, halfway: Check your skin., before_end: {1m: One more minute.}}
"""
    marks = [(cue.offset, cue.text or cue.sound) for cue in script(steps).cues if cue.kind == "mark"]
    minute = 60 * 250
    assert marks == [
        (5 * minute, "tick"),
        (10 * minute, "Check your skin."),
        (15 * minute, "tick"),
        (19 * minute, "One more minute."),
    ]  # fmt: skip


def test_of_two_intervals_the_longer_is_heard_where_they_meet(script: MakeScript) -> None:
    for intervals in ("{30s: tick, 1m: wood}", "{1m: wood, 30s: tick}"):
        assert repeated(script, "2m", f"every: {intervals}") == [(30, "tick"), (60, "wood"), (90, "tick")]
    both = repeated(script, "60s", "every: {15s: tick, 20s: bell}")
    assert both == [(15, "tick"), (20, "bell"), (30, "tick"), (40, "bell"), (45, "tick")]


@every("seconds", [1, 2, 3, 4, 5, 6])
def test_a_short_interval_is_heard_at_each_multiple(script: MakeScript, seconds: int) -> None:
    marks = repeated(script, "60s", f"every: {{{seconds}s: tick}}")
    assert marks == [(at, "tick") for at in range(seconds, 60, seconds)]


@every(
    ("hold", "marks", "kept"),
    [
        ("60s", "every: {7s: tick}", [7, 14, 21, 28, 35, 42, 49, 56]),
        ("58s", "every: {7s: tick}", [7, 14, 21, 28, 35, 42, 49]),
        ("60s", "every: {11s: tick}", [11, 22, 33, 44, 55]),
        ("60s", "every: {11s: Breathe.}", [11, 22, 33, 44, 55]),
        ("53s", "every: {25s: tick}", [25, 50]),
        ("52s", "every: {25s: tick}", [25]),
        ("130s", "every: {60s: tick}", [60, 120]),
        ("129s", "every: {60s: tick}", [60]),
        ("60s", "every: {5s: tick}, halfway: chime", [5, 10, 15, 20, 25, 35, 40, 45, 50, 55]),
        # The middle is a whole tick: 33 s is 3 s after it, which is just far enough.
        ("60.004s", "every: {11s: tick}, halfway: chime", [11, 22, 33, 44, 55]),
        ("40s", "every: {2s: tick}, at: {20s: And breathe.}", [*range(2, 16, 2), *range(26, 40, 2)]),
        ("40s", "every: {5s: tick}, countdown: 10", [5, 10, 15, 20, 25]),
    ],
)
def test_a_repeated_mark_keeps_away_from_what_says_more(
    script: MakeScript, hold: str, marks: str, kept: list[int]
) -> None:
    assert [at for at, what in repeated(script, hold, marks) if what in ("tick", "Breathe.")] == kept


def repeated(script: MakeScript, hold: str, marks: str) -> list[tuple[int, str | None]]:
    """Return second and sound, or text, of each mark of one hold."""
    made = script(f"  - hold: {hold}\n    marks: {{{marks}}}")
    return [((cue.offset or 0) // 250, cue.sound or cue.text) for cue in made.cues if cue.kind == "mark"]


def test_growth_ends_at_its_goal_to_the_tick(script: MakeScript) -> None:
    head = "settings: {hold: {default: 10s}}"
    for reps, ticks in ((2, [2500, 3087]), (3, [2500, 2775, 3087])):
        steps = f"  - repeat: {reps}\n    grow: {{hold: {{to: 12.348s}}}}\n    steps: [{{hold: $hold}}]"
        assert holds(script(steps, head)) == ticks


def test_a_dose_sets_several_settings_and_the_listener_comes_first(routine: MakeRoutine) -> None:
    head = "settings: {hold: {default: 5s}, reps: {default: 1}}\ndoses: {long: {hold: 9s, reps: 2}}"
    made = routine("  - repeat: $reps\n    steps: [{hold: $hold}]", head)
    assert holds(compile(made, Options(dose="long"))) == [2250] * 2
    assert holds(compile(made, Options(settings={"hold": "6s"}, dose="long"))) == [1500] * 2
    with pytest.raises(
        RoutineError, match=r"no dose is called 'lnog'; did you mean 'long'\? \(doses: long\)"
    ):
        compile(made, Options(dose="lnog"))


def test_what_is_skipped_is_left_out_and_must_be_there(routine: MakeRoutine) -> None:
    made = routine("  - include: cat-stretch\n  - include: knee-to-chest\n  - say: Well done.")
    kept = compile(
        made,
        Options(
            skip=(
                "cat-stretch",
                "steps[2]",
            )
        ),
    )
    assert [cue.text for cue in kept.cues if cue.kind == "chapter"] == ["Knee to chest"]
    assert "Well done." not in said(kept)
    with pytest.raises(RoutineError, match=r"there is no 'cat-strech' to skip; did you mean 'cat-stretch'\?"):
        compile(made, Options(skip=("cat-strech",)))


@every(
    ("skip", "rests"),
    [
        ([], [5, 6, 7]),
        (["steps[0]"], [5, 6, 7]),
        (["cat-stretch"], [6, 7]),
        (["steps[0]", "cat-stretch"], [6, 7]),
        (["knee-to-chest"], [5, 7]),
        (["steps[0]", "cat-stretch", "knee-to-chest"], [7]),
        (["knee-to-chest", "steps[5]"], [5]),
        (["steps[7]"], [5, 6]),
    ],
)
def test_nobody_rests_from_what_was_skipped(routine: MakeRoutine, skip: list[str], rests: list[int]) -> None:
    steps = """
  - say: Welcome.
    settle: 4s
  - include: cat-stretch
  - rest: 5s
  - include: knee-to-chest
  - rest: 6s
  - hold: 10s
  - rest: 7s
  - hold: 12s
"""
    written = {f"steps[{index}]" for index in range(8)}
    cues = compile(routine(steps), Options(skip=tuple(skip))).cues
    assert [(cue.length or 0) / 250 for cue in cues if cue.kind == "rest" and cue.step in written] == rests


def lengths(script: Script, kind: str) -> list[float]:
    """Return the lengths of the cues of a kind in seconds."""
    return [(cue.length or 0) / 250 for cue in script.cues if cue.kind == kind]


def test_a_hold_lasts_one_tick_to_one_hour(script: MakeScript) -> None:
    assert holds(script("  - hold: 0.004s\n  - hold: 3600s")) == [1, 3600 * 250]
    with pytest.raises(RoutineError, match=r"a hold of 3600\.004 s is longer than an hour"):
        script("  - hold: 3600.004s")


@every(
    ("steps", "words"),
    [
        ("  - hold: $none", "a hold cannot last 0 s"),
        ("  - repeat: $never\n    steps: [gap: 1s]", "the number of reps cannot be 0"),
        ("  - breathe: {in: 4s, out: 6s, for: $none}", r"\b0s of breathing is nothing: write 10s"),
    ],
)
def test_nothing_is_not_a_length(script: MakeScript, steps: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        script(steps, "settings: {none: {default: 0s}, never: {default: 0}}")


@every(("voice", "aloud"), [("none", 0), ("first one", 1), ("all", 3)])
def test_so_many_breaths_are_spoken(script: MakeScript, voice: str, aloud: int) -> None:
    made = script(f"  - breathe: {{in: 4s, out: 6s, cycles: 3, voice: {voice}}}")
    assert len([cue for cue in made.cues if cue.kind == "breath" and cue.text]) == 2 * aloud


def test_a_routine_knows_where_it_asks_for_a_voice(routine: MakeRoutine) -> None:
    made = compile(routine("  - gap: 1s", "voice: {rate: 110, name: en-gb}"))
    assert {name: place.split(":")[1] for name, place in made.voice_places.items()} == {
        "rate": "3", "voice": "3"
    }  # fmt: skip


def test_bed_and_profile_are_those_of_the_listener_else_of_the_routine(routine: MakeRoutine) -> None:
    made = routine("  - gap: 1s", "profile: quiet")
    asked = compile(made, Options(bed="rain", bed_volume=-3.0, profile="sleep"))
    assert (asked.bed, asked.bed_volume, asked.profile) == ("rain", -3.0, "sleep")
    assert (compile(made).bed_volume, compile(made).profile) == (0.0, "quiet")


@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize(
    ("limit", "length"), [(("MOST_CUES", 14), 1), (("LONGEST", 3650), 1), (("LONGEST", 12650), 4)]
)
def test_too_many_reps_are_refused_before_they_are_unrolled(
    script: MakeScript, monkeypatch: pytest.MonkeyPatch, before: int, limit: tuple[str, int], length: int
) -> None:
    # Twelve reps are the most, with the head and the tail of the file: 2 cues, 650 ticks.
    name, most = limit
    more = before if name == "MOST_CUES" else before * 250
    monkeypatch.setattr(f"audioguide.compiler.context.{name}", most + more)
    steps = "  - gap: 1s\n" * before + f"  - repeat: %d\n    steps: [gap: {length}s]"
    assert len(lengths(script(steps % 12), "gap")) == 14 + before
    for reps in (15, 40):
        with pytest.raises(RoutineError, match="more than") as caught:
            script(steps % reps)
        assert f"- repeat: {reps}" in str(caught.value)


@pytest.mark.parametrize(
    ("limit", "most", "steps"),
    [
        # The first time it says less, or holds for less, than from the second time on.
        ("MOST_CUES", 9, "steps: [{say: One., short: One. Two. Three. Four.}]"),
        ("LONGEST", 3000, "grow: {hold: {by: 3s}}\n    steps: [{hold: $hold, chime: none}]"),
        ("LONGEST", 2000, "grow: {hold: {by: 0s}}\n    steps: [{hold: $hold, chime: none}]"),
    ],
)
def test_the_second_rep_says_how_long_the_others_are(
    script: MakeScript, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, steps: str
) -> None:
    monkeypatch.setattr(f"audioguide.compiler.context.{limit}", most)
    with pytest.raises(RoutineError, match=r"fewer") as caught:
        script(f"  - repeat: 9\n    {steps}", "settings: {hold: {default: 1s}}")
    assert "- repeat: 9" in str(caught.value)


def test_a_long_first_rep_does_not_count_for_the_others(
    script: MakeScript, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.compiler.context.MOST_CUES", 10)
    made = script("  - repeat: 5\n    steps: [{say: One. Two. Three. Four., short: One.}]")
    assert said(made) == ["One.", "Two.", "Three.", "Four.", *["One."] * 4]


@pytest.mark.parametrize(
    ("growth", "seconds"), [("{by: -2s}", [10, 8, 6, 4, 2]), ("[1s, 9s, 1s]", [1, 9, 1, 1, 9])]
)
def test_a_long_second_rep_does_not_count_for_shorter_ones(
    script: MakeScript, monkeypatch: pytest.MonkeyPatch, growth: str, seconds: list[int]
) -> None:
    monkeypatch.setattr("audioguide.compiler.context.LONGEST", 33 * 250)
    steps = f"  - repeat: 5\n    grow: {{hold: {growth}}}\n    steps: [{{hold: $hold, chime: none}}]"
    assert lengths(script(steps, "settings: {hold: {default: 10s}}"), "hold") == seconds


def test_the_first_of_marks_comes_first(script: MakeScript) -> None:
    made = script("  - hold: 10s\n    marks: {at: {0.004s: wood}, before_end: {10s: tick}}")
    assert [cue.sound for cue in made.cues if cue.kind == "mark"] == ["tick", "wood"]


def test_chapters_stand_at_one_moment(script: MakeScript) -> None:
    made = script("  - chapter: One\n  - include: cat-stretch")
    found = [(cue.text, cue.offset) for cue in made.cues if cue.kind == "chapter"]
    assert found == [("One", 0), ("Cat stretch", 0)]


def test_a_switch_stands_between_the_sides(script: MakeScript) -> None:
    made = script("  - sides: [left, right]\n    switch: 3s\n    steps: [{say: 'The {side} side.'}]")
    assert kinds(made) == ["say", "switch", "say"]


def test_a_rest_stands_between_the_reps(script: MakeScript) -> None:
    steps = "  - repeat: 3\n    rest: 5s\n    steps: [{say: Press.}]"
    assert kinds(script(steps)) == ["say", "rest", "say", "rest", "say"]
    assert "rest" not in kinds(script(steps.replace("    rest: 5s\n", "")))


def test_a_chime_and_a_text_may_have_a_gap_of_their_own(script: MakeScript) -> None:
    made = script("  - chime: bell\n    gap: 3s\n  - say: One.\n    gap: 5s\n  - chime: bell\n  - say: Two.")
    assert lengths(made, "gap")[1:-1] == [3, 5, 0.6]


def test_rests_stay_where_nothing_is_skipped(script: MakeScript) -> None:
    made = script(
        "  - rest: 5s\n  - hold: 5s\n  - repeat: 2\n    steps: [{hold: 5s}, {rest: 6s}]\n  - rest: 7s"
    )
    assert lengths(made, "rest") == [5, 6, 6, 7]


def test_one_rests_from_a_hold_before_what_is_skipped(routine: MakeRoutine) -> None:
    made = routine("  - hold: 5s\n  - say: Good.\n  - say: Next.\n  - rest: 5s\n  - hold: 5s")
    assert lengths(compile(made, Options(skip=("steps[2]",))), "rest") == [5]


def test_a_mark_can_say_how_long_the_next_hold_is(script: MakeScript) -> None:
    steps = "  - hold: 10s\n    marks: {at: {1s: 'Next: {hold}.'}}\n  - hold: %s"
    for hold, spoken in (
        ("20s", "Next: 20 seconds."),
        ("{breaths: 1, in: 4s, out: 6s}", "Next: 1 breath."),
        ("{breaths: 2, in: 4s, out: 6s}", "Next: 2 breaths."),
    ):
        cues = script(steps % hold).cues
        assert [cue.text for cue in cues if cue.text] == [spoken]


@every(
    ("reps", "growth", "ticks"),
    [
        (1, "{to: 15s}", [2500]),
        (2, "{to: 15s}", [2500, 3750]),
        (4, "{to: 15s}", [2500, 2900, 3325, 3750]),
        (3, "{by: 3s}", [2500, 3250, 4000]),
    ],
)
def test_a_hold_without_a_most_grows_freely_in_whole_ticks(
    script: MakeScript, reps: int, growth: str, ticks: list[int]
) -> None:
    made = script(GROWING.replace("4", str(reps)) % growth, "settings: {hold: {default: 10s}}")
    assert holds(made) == ticks
    assert all(isinstance(length, int) for length in holds(made))


def test_a_hold_shrinks_in_whole_seconds_where_a_text_says_it(script: MakeScript) -> None:
    steps = GROWING.replace("{hold: $hold}]", "{say: 'Stay for {hold}.'}, {hold: $hold}]")
    made = script(steps % "{to: 5s}", HOLD, hold="10.396s")
    assert holds(made) == [2599, 2500, 2500, 2500]


def test_words_for_a_routine_alone_are_left_out_where_it_is_included(write: Callable[..., Path]) -> None:
    head = "title: T\nsafety: {notice: none, closing: none}\nsteps:\n"
    inner = write(f"{head}  - say: On your own.\n    alone: true\n  - say: Lift.\n", "inner.yaml")
    assert said(compile(load(inner))) == ["On your own.", "Lift."]
    outer = write(f"{head}  - say: Here.\n    alone: true\n  - include: inner.yaml\n")
    assert said(compile(load(outer))) == ["Here.", "Lift."]
