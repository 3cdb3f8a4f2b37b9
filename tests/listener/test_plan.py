"""A routine over weeks."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from audioguide.errors import UsageError
from audioguide.export.overview import overview, playlist
from audioguide.listener.plan import Planned, PlanSession, schedule
from audioguide.routine.language.document import Document
from audioguide.routine.language.values import Amount
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from tests.tables import every


def document(name: str = "back-relaxation") -> Document:
    return load(SHIPPED_LIBRARY.find(name)).document


def planned(sessions: int, weeks: int, *grow: str, **start: Amount) -> tuple[PlanSession, ...]:
    routine = document()
    values = {name: setting.default for name, setting in routine.settings.items()} | start
    return schedule(routine, values, sessions=sessions, weeks=weeks, grow=grow)


START = {name: setting.default for name, setting in document().settings.items()}


def test_holds_and_reps_grow_inside_their_bounds_from_first_to_last() -> None:
    sessions = planned(12, 4)
    holds = [session.settings["hold"].value for session in sessions]
    reps = [session.settings["reps"].value for session in sessions]
    assert (holds[0], holds[-1]) == (2500, 3000)
    assert (reps[0], reps[-1]) == (8, 10)
    assert holds == sorted(holds)
    assert reps == sorted(reps)
    assert all(hold % 25 == 0 for hold in holds)
    assert [session.week for session in sessions] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_one_session_is_as_it_starts() -> None:
    [session] = planned(1, 1)
    assert session.settings["hold"].value == 2500


def test_other_settings_can_grow_from_other_values() -> None:
    sessions = planned(3, 1, "rest", rest=Amount("time", 2500))
    assert [str(session.settings["rest"]) for session in sessions] == ["10s", "20s", "30s"]
    assert set(sessions[0].settings) == {"rest"}


def test_what_begins_beyond_its_bound_stays() -> None:
    assert {str(each.settings["hold"]) for each in planned(3, 1, "hold", hold=Amount("time", 5000))} == {
        "20s"
    }


@every(
    ("sessions", "weeks", "grow", "words"),
    [
        (0, 1, (), "1 to 400 sessions; found 0"),
        (-3, 1, (), "found -3"),
        (401, 4, (), "found 401"),
        (12, 0, (), "1 to 104 weeks; found 0"),
        (3, 4, (), "do not fill 4 weeks"),
    ],
)
def test_numbers_that_make_no_plan_are_refused(
    sessions: int, weeks: int, grow: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        planned(sessions, weeks, *grow)


def test_few_sessions_take_a_week_each() -> None:
    assert [each.week for each in schedule(document(), START, sessions=2)] == [1, 2]
    assert schedule(document(), START, sessions=12)[-1].week == 4


def test_times_that_are_said_grow_in_whole_seconds() -> None:
    listed = schedule(document(), START, sessions=12, weeks=4, grow=["hold"], spoken={"hold"})
    holds = [each.settings["hold"].value for each in listed]
    assert (holds[0], holds[-1]) == (2500, 3000)
    assert all(hold % 250 == 0 for hold in holds)
    odd = schedule(document(), {"hold": Amount("time", 2600)}, sessions=12, grow=["hold"], spoken={"hold"})
    assert [each.settings["hold"].value for each in odd][6:8] == [2750, 2750]


def test_the_page_says_what_lies_beyond_the_bounds() -> None:
    [session] = planned(1, 1)
    page = overview("Back", [Planned(session, "Back", "back-01.mp3", 30_000, ("hold",))])
    assert "Beyond the bounds of the routine: hold." in page


def test_a_routine_without_anything_that_grows_says_what_could() -> None:
    routine = document("diaphragmatic-breathing")
    values = {name: setting.default for name, setting in routine.settings.items()}
    with pytest.raises(UsageError, match="--grow takes: breaths"):
        schedule(routine, values, sessions=4, weeks=2)


def test_the_pages_name_every_session() -> None:
    done = [
        Planned(each, f"Back <{each.number}>", f"back-{each.number:02}.mp3", 30_000) for each in planned(4, 2)
    ]
    page = overview("Back & more", done, "for <Anna>")
    tree = ET.fromstring(page.removeprefix("<!doctype html>\n").replace('<meta charset="utf-8">', ""))
    rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
    assert rows[0] == ["week", "session", "hold", "reps", "length", "file", "done"]
    assert [row[:4] for row in rows[1:]] == [
        ["1", "1", "10s", "8"],
        ["1", "2", "10.6s", "8"],
        ["2", "3", "11.3s", "9"],
        ["2", "4", "12s", "10"],
    ]
    lines = playlist(done).splitlines()
    assert lines[:3] == ["#EXTM3U", "#EXTINF:120,Back <1>", "back-01.mp3"]
    assert len(lines) == 9
