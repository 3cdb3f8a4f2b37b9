"""Chapters: the routine's own, else one for each side and rep."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.chapters import MOST_FOUND, chapters_of, shortened
from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import Cue, Script
from tests.conftest import laid_out
from tests.shipped import compiled
from tests.slow import first
from tests.tables import every

Make = Callable[..., Script]

SIDES = """
  - say: Lie down.
  - repeat: {reps}
    steps:
      - sides: [left, right]
        steps:
          - say: Now the {{side}} side.
          - hold: {hold}s
          - say: And rest.
  - say: Sit up slowly. Look around.
"""


def titles(script: Script) -> list[str]:
    return [chapter.title for chapter in chapters_of(laid_out(script))]


def test_the_routine_s_own_win_and_are_where_it_puts_them(script: Make) -> None:
    timeline = laid_out(
        script(
            "  - chapter: One\n  - say: Rest.\n  - chapter: Two\n"
            "  - sides: [left, right]\n    steps: [hold: 20s]"
        )
    )
    named = [timed for timed in timeline.cues if timed.cue.kind == "chapter"]
    found = chapters_of(timeline)
    assert [chapter.title for chapter in found] == ["One", "Two"]
    assert [chapter.start for chapter in found] == [timed.start for timed in named]
    assert [chapter.end for chapter in found] == [found[1].start, timeline.length]


def test_two_of_the_routine_that_start_together_are_one(script: Make) -> None:
    assert titles(script("  - chapter: One\n  - chapter: Two\n  - say: Rest.")) == ["One · Two"]


def test_what_is_before_the_first_of_the_routine_is_an_opening(script: Make) -> None:
    assert titles(script("  - say: Welcome to this.\n  - chapter: One\n  - say: Rest.")) == ["Opening", "One"]


def test_without_any_there_is_one_for_each_side_and_rep(script: Make) -> None:
    made = script(SIDES.format(reps=2, hold=20))
    timeline = laid_out(made)
    found = chapters_of(timeline)
    assert [chapter.title for chapter in found] == [
        "Test", "Left side, rep 1 of 2", "Right side, rep 1 of 2", "Left side, rep 2 of 2",
        "Right side, rep 2 of 2", "Sit up slowly",
    ]  # fmt: skip
    assert found[0].start == 0
    said = {timed.cue.text: timed.start for timed in reversed(timeline.cues)}
    assert [found[1].start, found[2].start] == [said["Now the left side."], said["Now the right side."]]
    assert all(first.end == second.start for first, second in itertools.pairwise(found))
    assert found[-1].end == timeline.length


def test_one_rep_is_not_counted(script: Make) -> None:
    assert titles(script(SIDES.format(reps=1, hold=20))) == [
        "Test",
        "Left side",
        "Right side",
        "Sit up slowly",
    ]


def test_short_reps_are_one_chapter(script: Make) -> None:
    steps = "  - say: Lie down.\n  - repeat: 9\n    steps:\n      - say: Press.\n      - hold: 2s"
    assert titles(script(steps)) == ["Test", "Press"]


@pytest.mark.parametrize(("rest", "count"), [("10.7s", 1), ("10.8s", 3)])
def test_reps_of_fifteen_seconds_are_chapters_and_shorter_ones_are_not(
    script: Make, rest: str, count: int
) -> None:
    # With its chime, its pauses and the end of the file, a rep lasts 14.97 s or 15.09 s on average.
    made = script(f"  - say: Lie down.\n  - repeat: 3\n    steps:\n      - hold: 2s\n      - rest: {rest}")
    found = chapters_of(laid_out(made))
    assert len(found) - 1 == count


def test_breaths_are_not_by_the_moments(script: Make) -> None:
    steps = "  - say: Lie down.\n  - breathe: {in: 4s, out: 6s, cycles: 30}\n  - say: Stand up."
    assert titles(script(steps)) == ["Test", "Stand up"]


def test_very_many_reps_leave_a_list_that_a_person_can_read(script: Make) -> None:
    found = titles(script(SIDES.format(reps=400, hold=20)))
    assert len(found) > MOST_FOUND  # sides still take turns, 800 times
    found = titles(script("  - repeat: 400\n    steps:\n      - say: Press.\n      - hold: 30s"))
    assert len(found) <= MOST_FOUND


def test_a_long_phrase_is_cut_between_words(script: Make) -> None:
    found = titles(script(f"  - hold: 5s\n  - say: {'very ' * 12}slowly.\n  - hold: 5s\n"))
    assert found[1] == f"{'very ' * 9}very…".replace("very very…", "very…")
    assert len(found[1]) <= 49


@every("name", first(50, SHIPPED_LIBRARY.shipped))
def test_chapters_of_the_library_are_few_and_cover_the_file(name: str) -> None:
    timeline = laid_out(compiled(name))
    found = chapters_of(timeline)
    assert 1 <= len(found) <= 30
    assert found[-1].end == timeline.length
    assert all(chapter.end > chapter.start and chapter.title for chapter in found)
    assert all(first.end == second.start for first, second in itertools.pairwise(found))


@every("name", ["upper-arm-raise", "cat-stretch", "knee-to-chest", "heating-pad"])
def test_the_rest_of_a_notice_begins_no_chapter(name: str) -> None:
    found = titles(compiled(name))
    assert found.count("Opening") == 1


def test_the_rest_of_a_notice_breaks_no_side(write: Callable[..., Path]) -> None:
    steps = "  - sides: [left, right]\n    steps:\n    - say: Lie down.\n    - say: Go.\n    - hold: 60s\n"
    made = compile(load(write(f"title: A\nsafety: {{notice: back}}\nsteps:\n{steps}")))
    assert "Keep breathing." in [cue.text for cue in made.cues]
    assert titles(made) == ["Opening", "Left side", "Right side", "Closing"]


def test_the_rest_of_the_notice_is_no_second_opening() -> None:
    timeline = laid_out(compile(load(SHIPPED_LIBRARY.find("knee-to-chest"))))
    later = [timed.start for timed in timeline.cues if timed.cue.step == "opening"][-1]
    found = chapters_of(timeline)
    assert [chapter.title for chapter in found] == [
        "Opening", "Knee to chest", "Left side", "Right side", "Both sides", "Closing",
    ]  # fmt: skip
    assert found[1].start < later < found[1].end


def chapter(text: str, start: int) -> Timed:
    return Timed(Cue(kind="chapter", step="steps[0]", text=text, offset=0), start, 0)


@pytest.mark.parametrize(("start", "found"), [(250, ["One"]), (251, ["Opening", "One"])])
def test_more_than_a_second_before_the_first_is_an_opening(
    script: Make, start: int, found: list[str]
) -> None:
    marks = chapters_of(Timeline(script("  - say: Rest."), (chapter("One", start),), 5000))
    assert [mark.title for mark in marks] == found
    assert marks[0].start == (0 if len(found) > 1 else start)


def test_a_chapter_that_lasts_no_time_is_left_out_unless_it_is_the_only_one(script: Make) -> None:
    made = script("  - say: Rest.")
    both = chapters_of(Timeline(made, (chapter("One", 0), chapter("Two", 5000)), 5000))
    assert [mark.title for mark in both] == ["One"]
    assert [mark.title for mark in chapters_of(Timeline(made, (chapter("One", 0),), 0))] == ["One"]


@pytest.mark.parametrize(("second", "count"), [(3750, 2), (3749, 1)])
def test_reps_of_fifteen_seconds_on_average_are_chapters(script: Make, second: int, count: int) -> None:
    held = [Cue(kind="hold", step="steps[0].steps[0]", length=1, rep=rep) for rep in (1, 2)]
    cues = (Timed(held[0], 0, second), Timed(held[1], second, second))
    assert len(chapters_of(Timeline(script("  - say: Rest."), cues, 2 * second))) == count


@pytest.mark.parametrize(("reps", "count"), [(98, 99), (99, 2)])
def test_reps_are_distinguished_up_to_99_chapters(script: Make, reps: int, count: int) -> None:
    steps = f"  - say: Lie down.\n  - repeat: {reps}\n    steps:\n      - hold: 20s"
    assert len(titles(script(steps))) == count


def test_a_title_has_48_signs_at_most() -> None:
    assert shortened("a" * 48) == "a" * 48
    assert shortened("a" * 49) == "a" * 48 + "…"


def test_words_after_a_chime_alone_begin_no_chapter(script: Make) -> None:
    assert titles(script("  - say: One.\n  - chime: bell\n  - say: Two.")) == ["Test"]


def test_a_single_rep_with_breaths_in_it_is_not_counted(script: Make) -> None:
    steps = "[{breathe: {in: 4s, out: 6s, cycles: 3, voice: none}}, {say: Press.}, {hold: 20s}]"
    made = script(f"  - say: Lie down.\n  - repeat: 1\n    steps: {steps}")
    assert not [title for title in titles(made) if "rep" in title.lower()]


@every(
    ("step", "title"),
    [
        ("hold: 2s", "Hold"), ("breathe: {in: 2s, out: 2s, cycles: 1, voice: none}", "Breathing"),
        ("chime: bell", "Sound"),
    ],
)  # fmt: skip
def test_reps_without_words_are_named_by_what_is_done(script: Make, step: str, title: str) -> None:
    made = script(f"  - say: Lie down.\n  - repeat: 2\n    steps:\n      - {step}")
    assert titles(made) == ["Test", title]


def test_words_that_begin_a_rep_belong_to_its_first_side(script: Make) -> None:
    steps = SIDES.replace("      - sides", "      - say: First the left, then the right.\n      - sides")
    for reps in (1, 2):
        plain, led = (titles(script(text.format(reps=reps, hold=20))) for text in (SIDES, steps))
        assert led == plain


BOTH = "sides: [left, right]\n{indent}steps: [{{say: 'The {{side}} side.'}}, {{rest: 20s}}]\n"


@every(
    ("steps", "found"),
    [
        (
            "  - repeat: 2\n    steps:\n      - hold: 20s\n      - " + BOTH.format(indent=" " * 8),
            ["Rep 1 of 2", "Left side, rep 1 of 2", "Right side, rep 1 of 2",
             "Rep 2 of 2", "Left side, rep 2 of 2", "Right side, rep 2 of 2"],
        ),
        (
            "  - repeat: 2\n    steps:\n      - " + BOTH.format(indent=" " * 8),
            ["Left side, rep 1 of 2", "Right side, rep 1 of 2",
             "Left side, rep 2 of 2", "Right side, rep 2 of 2"],
        ),
        (
            "  - repeat: 1\n    steps: [{say: Press.}]\n  - " + BOTH.format(indent=" " * 4),
            ["Press", "Left side", "Right side"],
        ),
    ],
)  # fmt: skip
def test_what_is_more_than_words_of_the_same_rep_keeps_its_chapter(
    script: Make, steps: str, found: list[str]
) -> None:
    assert titles(script("  - say: Lie down.\n" + steps)) == ["Test", *found]
