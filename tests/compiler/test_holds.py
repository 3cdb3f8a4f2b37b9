"""What is heard in a hold: at its borders, near other marks, and how loud a tone is under words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from audioguide.compiler.holds import with_words
from audioguide.errors import RoutineError
from audioguide.script.script import BreathTone, Cue, Script
from tests.tables import every

MakeScript = Callable[..., Script]


def marks_of(made: Script) -> list[Cue]:
    return [cue for cue in made.cues if cue.kind == "mark"]


@every(
    ("other", "heard"),
    [
        ("at: {50s: wood}", True), ("at: {50.004s: wood}", False), ("at: {70.004s: wood}", True),
        ("at: {69.996s: wood}", False), ("before_end: {30s: wood}", True),
        ("before_end: {30.004s: wood}", False),
    ],
)  # fmt: skip
def test_a_repeated_mark_stays_ten_seconds_away_from_any_other(
    script: MakeScript, other: str, heard: bool
) -> None:
    made = script(f"  - hold: 100s\n    marks: {{every: {{60s: bell}}, {other}}}")
    assert (60 * 250 in [cue.offset for cue in marks_of(made) if cue.sound == "bell"]) == heard


def test_a_repeated_mark_stays_away_from_one_that_is_placed_from_the_end(script: MakeScript) -> None:
    made = script("  - hold: 135s\n    marks: {every: {60s: bell}, before_end: {20s: wood}}")
    assert [(cue.offset, cue.sound) for cue in marks_of(made)] == [(15000, "bell"), (28750, "wood")]


@pytest.mark.parametrize(("length", "heard"), [("70s", True), ("69.996s", False)])
def test_a_repeated_mark_stays_ten_seconds_away_from_the_end(
    script: MakeScript, length: str, heard: bool
) -> None:
    assert bool(marks_of(script(f"  - hold: {length}\n    marks: {{every: {{60s: bell}}}}"))) == heard


def test_a_short_interval_gives_way_to_a_longer_one(script: MakeScript) -> None:
    made = script("  - hold: 14s\n    marks: {every: {4.5s: wood, 2.4s: tick}}")
    assert [(cue.sound, cue.offset) for cue in marks_of(made)] == [("wood", 1125), ("wood", 2250)]


def test_halfway_is_a_whole_tick_and_known_as_halfway(script: MakeScript) -> None:
    made = script("  - hold: 60.004s\n    marks: {halfway: wood, every: {40s: bell}}")
    assert [(cue.sound, cue.offset, cue.halfway) for cue in marks_of(made)] == [
        ("wood", 7500, True), ("bell", 10000, False)
    ]  # fmt: skip
    assert all(isinstance(cue.offset, int) for cue in marks_of(made))


def test_a_mark_may_stand_where_its_hold_starts(script: MakeScript) -> None:
    for marks in ("at: {0s: wood}", "before_end: {10s: wood}"):
        assert [cue.offset for cue in marks_of(script(f"  - hold: 10s\n    marks: {{{marks}}}"))] == [0]
    with pytest.raises(RoutineError, match="outside a hold of 10s"):
        script("  - hold: 10s\n    marks: {before_end: {10.004s: wood}}")


@every(("every", "found"), [("0s", "every 0 s"), ("4ms", "0.004 s"), ("496ms", "0.496 s")])
def test_marks_that_run_into_one_another_are_refused(script: MakeScript, every: str, found: str) -> None:
    with pytest.raises(RoutineError, match=rf"{found} overlap: use at least 0.5 s"):
        script(f"  - hold: 30s\n    marks: {{every: {{{every}: wood}}}}")
    made = script("  - hold: 30s\n    marks: {every: {500ms: wood}}")
    assert [cue.offset for cue in marks_of(made)] == list(range(125, 7500, 125))


@pytest.mark.parametrize(("breaths", "gain"), [("tone", 0.0), ("both", -4.0)])
def test_a_tone_under_words_is_softer_and_as_long_as_its_phase(
    script: MakeScript, breaths: str, gain: float
) -> None:
    made = script(f"  - hold: {{breaths: 1, in: 4s, out: 6s}}\n    marks: {{breaths: {breaths}}}")
    heard = [(cue.length, cue.tone.gain_db) for cue in marks_of(made) if cue.tone]
    assert heard == [(1000, gain), (1500, gain)]


def test_breath_words_alone_last_as_long_as_they_are(script: MakeScript) -> None:
    made = script("  - hold: {breaths: 1, in: 4s, out: 6s}\n    marks: {breaths: voice}")
    assert [(cue.length, cue.tone) for cue in marks_of(made)] == [(None, None)] * 2


@every(
    ("marks", "texts"),
    [
        ("halfway: [A., B.]", ["A.", "B.", "A."]), ("at: {0s: [A., B.]}", ["A.", "B.", "A."]),
        ("before_end: {5s: [A., bell, C.]}", ["A.", "bell", "C."]),
        ("every: {20s: [A., B.]}", ["A.", "B.", "B.", "A.", "A.", "B."]),
    ],
)  # fmt: skip
def test_several_texts_of_a_mark_take_turns(script: MakeScript, marks: str, texts: list[str]) -> None:
    made = script(f"  - repeat: 3\n    steps:\n      - hold: 50s\n        marks: {{{marks}}}\n")
    assert [cue.text or cue.sound for cue in marks_of(made)] == texts


@every(
    ("long", "short", "heard"),
    [
        # The longer one is at 10, 20, 30, 40 and 50 s. Sounds keep 3 s apart, words 5 s from anything.
        ("bowl", "wood", [7, 14, 35, 56]),
        ("bowl", "Breathe.", [35]),
        ("And rest.", "wood", [35, 56]),
        ("bowl", "{say: Breathe.}", [35]),
        ("{chime: bowl}", "{chime: wood}", [7, 14, 35, 56]),
        ("bowl", "[wood, Breathe.]", [35]),
        ("bowl", "[wood, bell]", [7, 14, 35, 56]),
    ],
)
def test_how_far_a_short_interval_stays_away_from_a_longer_one(
    script: MakeScript, long: str, short: str, heard: list[int]
) -> None:
    made = script(f"  - hold: 60s\n    marks: {{every: {{10s: {long}, 7s: {short}}}}}")
    longer = [number * 2500 for number in range(1, 6)]
    offsets = [cue.offset for cue in marks_of(made)]
    assert offsets == sorted([*longer, *(each * 250 for each in heard)])


def test_two_texts_take_turns_however_often_they_come(script: MakeScript) -> None:
    made = script("  - hold: 130s\n    marks: {every: {20s: [A., B.]}}")
    assert [cue.text for cue in marks_of(made)] == ["A.", "B.", "A.", "B.", "A.", "B."]


def random_seconds(script: MakeScript, hold: str, random: str, others: str = "") -> list[float]:
    """Return when random marks sound, in seconds from the start of the hold."""
    made = script(f"  - hold: {hold}\n    marks: {{random: {random}{others}}}")
    return [(cue.offset or 0) / 250 for cue in marks_of(made) if cue.sound == "bell"]


@every(
    ("hold", "every", "heard"),
    [
        ("18s", "5s", [5, 10, 15]), ("17.996s", "5s", [5, 10]),  # 3 s away from the end
        ("30s", "10s", [10, 20]), ("29.996s", "10s", [10]),  # 10 s, where they are so far apart
    ],
)  # fmt: skip
def test_how_far_a_random_mark_stays_away_from_the_end(
    script: MakeScript, hold: str, every: str, heard: list[float]
) -> None:
    assert random_seconds(script, hold, f"{{min: {every}, max: {every}, chime: bell}}") == heard


@every(
    ("other", "heard"),
    [
        ("2s: wood", [5, 10, 15]), ("2.004s: wood", [10, 15]), ("8s: wood", [5, 15]), ("7.996s: wood", [15]),
        ("12s: wood", [5, 15]), ("0s: Rest.", [5, 10, 15]), ("0.004s: Rest.", [10, 15]),
        ("5s: Rest.", [10, 15]), ("8s: Rest.", [5, 15]), ("7s: Rest.", [15]),
    ],
)  # fmt: skip
def test_how_far_a_random_mark_stays_away_from_another(
    script: MakeScript, other: str, heard: list[float]
) -> None:
    assert random_seconds(script, "18s", "{min: 5s, max: 5s, chime: bell}", f", at: {{{other}}}") == heard


def test_the_first_breath_of_a_hold_begins_with_it(script: MakeScript) -> None:
    made = script("  - hold: {breaths: 2, in: 4s, out: 6s}\n    marks: {breaths: both}")
    assert [cue.offset for cue in marks_of(made)] == [0, 1000, 2500, 3500]


def test_words_over_a_phase_make_its_tone_softer_and_bring_none() -> None:
    phase = Cue(kind="breath", step="", length=1000, tone=BreathTone("in", 1000))
    spoken = with_words(phase, "In.")
    assert (spoken.text, spoken.tone) == ("In.", BreathTone("in", 1000, -4.0))
    assert with_words(replace(phase, tone=None), "In.").tone is None
