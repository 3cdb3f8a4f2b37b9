"""A plan that is composed: it varies, it grows, and each of its sessions keeps to the rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from audioguide.compose.compose import Composed, compose
from audioguide.compose.program import ProgramPart, program
from audioguide.compose.wishes import Asked, Wishes
from audioguide.errors import UsageError
from tests.compose.made import FRAMES, exercises
from tests.tables import every

MINUTE = 15_000  # ticks
LIBRARY = exercises(120, parts=("neck", "hips"))


def planned(asked: Asked, sessions: int = 12, weeks: int | None = 4) -> list[ProgramPart]:
    def made(wishes: Wishes) -> Composed:
        return compose(wishes, LIBRARY, FRAMES)

    return program(asked, {}, made, sessions=sessions, weeks=weeks)


def test_sessions_grow_in_length_and_level_up_to_what_is_asked_for() -> None:
    parts = planned(Asked(body="neck", length="15m"))
    lengths = [part.composed.wishes.length for part in parts]
    assert (lengths[0], lengths[-1]) == (10 * MINUTE, 15 * MINUTE)
    assert lengths == sorted(lengths)
    assert all(length % MINUTE == 0 for length in lengths)
    assert [part.composed.wishes.level for part in parts] == ["gentle"] * 6 + ["moderate"] * 6
    assert [part.session.week for part in parts] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert {part.composed.text.partition("\n")[0] for part in parts} == {"title: Neck"}
    assert [part.name for part in parts][::11] == ["week-1-session-01", "week-4-session-12"]


def test_each_session_differs_from_the_one_before() -> None:
    parts = planned(Asked(body="neck, hips", length="20m"), sessions=8)
    for before, after in pairwise(parts):
        one, other = (
            {each.name for each in part.composed.parts if each.stage == 2} for part in (before, after)
        )
        assert len(one & other) <= len(one) / 2


@every(("length", "first", "last"), [("10m-10m", 10, 10), ("8m to 20m", 8, 20), ("6", 5, 6), ("5m", 5, 5)])
def test_the_first_and_the_last_length_can_be_chosen(length: str, first: int, last: int) -> None:
    lengths = [part.composed.wishes.length for part in planned(Asked(body="neck", length=length), 4, 2)]
    assert (lengths[0], lengths[-1]) == (first * MINUTE, last * MINUTE)


def test_strength_is_never_gentle_and_a_level_that_does_not_fit_gives_way() -> None:
    strong = planned(Asked(body="neck", length="15m", aim="strength", level="strong"), 4, 2)
    assert [part.composed.wishes.level for part in strong] == ["moderate", "moderate", "strong", "strong"]

    def picky(wishes: Wishes) -> Composed:
        if wishes.level == "gentle":
            return compose(replace(wishes, body=("toes",)), LIBRARY, FRAMES)  # nothing is for toes
        return compose(wishes, LIBRARY, FRAMES)

    parts = program(Asked(body="neck"), {}, picky, sessions=2, weeks=1)
    assert [part.composed.wishes.level for part in parts] == ["moderate", "moderate"]


@every(
    ("asked", "sessions", "weeks", "said"),
    [
        (Asked(body="neck"), 0, None, "a plan has 1 to 400 sessions"),
        (Asked(body="neck"), 2, 4, "2 sessions do not fill 4 weeks"),
        (Asked(body="neck", length="1m-20m"), 4, 2, "--length: 1m is outside"),
        (Asked(body="neck", length="10m-soon"), 4, 2, "--length: "),
        (Asked(body="hands"), 4, 2, "session 1 of 4, 10m: no exercise for 'hands' fits"),
    ],
)
def test_what_cannot_be_says_which_session(asked: Asked, sessions: int, weeks: int | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        planned(asked, sessions, weeks)
