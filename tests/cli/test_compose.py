"""`audioguide compose`: what it writes and says, what it refuses; its sessions render as promised."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audioguide.cli.commands import composed
from audioguide.compose.stock import Stock
from audioguide.listener.diary import Diary
from audioguide.units import parse_total
from tests.cli.conftest import Run
from tests.compose.few import few_stock
from tests.slow import first

# As a teacher would type them.
WISHES = (
    ("--for", "neck, shoulders", "--length", "5m", "--position", "chair"),
    ("--for", "back", "--length", "9m", "--aim", "sleep", "--mind", "high blood pressure"),
    ("--for", "stiff neck", "--length", "10"),
    ("--for", "lower back", "--length", "20m", "--level", "gentle"),
    ("--for", "hamstrings, hips", "--length", "15m", "--without", "strap"),
    ("--for", "whole body", "--length", "30m", "--aim", "mobility"),
    ("--for", "wrists, neck", "--length", "10m", "--aim", "desk"),
    ("--for", "core", "--length", "12m", "--aim", "strength"),
    ("--for", "back", "--length", "60m", "--variety", "5"),
    ("--for", "mind", "--length", "10m", "--aim", "unwind"),
    ("--for", "shoulders", "--length", "7m30s", "--without", "anything"),
    ("--for", "back", "--length", "15m", "--avoid", "kneeling"),
    ("--for", "back", "--length", "15m", "--position", "lying"),
    ("--for", "upper back", "--length", "12m", "--position", "standing, chair"),
    ("--for", "back, neck", "--length", "20m", "--aim", "morning"),
    ("--for", "lower back", "--length", "15m", "--mind", "bad knee"),
    ("--for", "back", "--length", "15m", "--like", "knee to chest"),
    ("--for", "neck", "--length", "15m", "--mind", "osteoporosis, vertigo"),
    ("--for", "legs", "--length", "15m", "--variety", "1"), ("--for", "whole body", "--length", "90m"),
    ("--for", "eyes, neck", "--length", "6m"), ("--for", "hips", "--length", "25m", "--seed", "12"),
)  # fmt: skip


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose from a few routines."""
    monkeypatch.setattr(composed, "stocked", lambda *_: few_stock())


def renders(run: Run, wishes: tuple[str, ...]) -> None:
    """Compose a session, render it, and have it proved."""
    assert run("compose", *wishes, "-o", "mine.yaml").code == 0
    assert run("render", "mine.yaml", "--strict").code == 0
    ran = run("verify", "out/mine.mp3", "--strict", "--json")
    assert ran.code == 0, ran.out
    script = json.loads(Path("out/mine.script.json").read_text())
    assert script["length"] == parse_total(wishes[wishes.index("--length") + 1])[0]


@pytest.mark.parametrize("wishes", WISHES[:2])
def test_a_session_renders_and_verifies_strictly(wishes: tuple[str, ...], run: Run, few: None) -> None:
    renders(run, wishes)


@pytest.mark.parametrize("wishes", [pytest.param(each, marks=pytest.mark.long) for each in WISHES[2:]])
@pytest.mark.timeout(600)
def test_twenty_sessions_render_and_verify_strictly(
    wishes: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "pack")
    renders(run, wishes)


def test_a_session_on_standard_output_is_a_routine_and_nothing_else(run: Run, few: None) -> None:
    ran = run("compose", *WISHES[0])
    assert ran.out.startswith('title: "Neck and shoulders, 5 minutes"\n')
    assert re.search(r"^in it:\n  \w", ran.err)
    assert "left out:\n" in ran.err
    Path("again.yaml").write_text(ran.out)
    assert run("check", "again.yaml", "--strict").code == 0


def test_as_json_it_is_all_in_one(run: Run, few: None) -> None:
    ran = run("compose", *WISHES[0], "--json")
    data = json.loads(ran.out)
    assert len(data["parts"]) == len(data["reasons"]) > 1
    assert data["left_out"]["heating-pad"].startswith("heat or cold")
    assert ran.err == ""


def test_a_file_that_is_there_is_not_written_over(run: Run, few: None) -> None:
    Path("mine.yaml").write_text("title: Mine\n")
    ran = run("compose", *WISHES[0], "-o", "mine.yaml")
    assert (ran.code, Path("mine.yaml").read_text()) == (5, "title: Mine\n")
    assert "mine.yaml already exists" in ran.err
    assert run("compose", *WISHES[0], "-o", "mine.mp3").code == 2


@pytest.mark.parametrize(
    ("wishes", "said"),
    first(
        6,
        [
            # nothing fits
            (("--for", "hands"), "no exercise for 'hands' fits: the library has no exercise for it"),
            (
                ("--for", "hamstrings", "--position", "kneeling"),
                "no exercise for 'hamstrings' fits (",
            ),
            # contradictory wishes
            (
                ("--for", "neck", "--position", "chair", "--without", "chair"),
                "change --position or --without",
            ),
            (
                ("--for", "neck", "--position", "kneeling", "--avoid", "kneeling"),
                "change --position or --avoid",
            ),
            # unknown words
            (("--for", "nekc"), "--for: unknown word 'nekc'; did you mean 'neck'?"),
            # an impossible length
            (
                ("--for", "neck", "--length", "90m", "--position", "chair"),
                "no session of 1h30m follows every rule; possible with these limits: ",
            ),
            (("--for", "neck", "--length", "2h"), "--length: 2h is outside 5m to 1h30m"),
            (("--for", "neck", "--length", "soon"), "--length: "),
            (
                ("--for", "neck", "--like", "cobra-pose", "--position", "chair"),
                "'cobra-pose' cannot be included: done lying on your stomach",
            ),
            (("--for", "neck", "--aim", "sleep", "--level", "strong"), "change --level or --aim"),
            ((), "say what it is for with --for, such as neck"),
        ],
    ),
)
def test_what_cannot_be_says_what_to_relax(wishes: tuple[str, ...], said: str, run: Run, few: None) -> None:
    ran = run("compose", *wishes)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "{" not in ran.err
    assert "Traceback" not in ran.err


def test_what_is_disliked_on_the_page_is_left_out_here(
    run: Run, few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = ("--for", "back", "--length", "15m")
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    before = json.loads(run("compose", *wishes, "--json").out)["parts"]
    diary = Diary(tmp_path / "config")
    diary.set_taste(before[1], "dislike", date(2026, 11, 29))
    after = json.loads(run("compose", *wishes, "--json").out)
    assert before[1] not in after["parts"]
    assert after["left_out"][before[1]] == "you do not like it"
    diary.set_taste(before[1], "", date(2026, 11, 30))
    assert json.loads(run("compose", *wishes, "--json").out)["parts"] == before


def test_a_plan_is_a_folder_that_plan_renders_with_a_calendar(run: Run, few: None) -> None:
    wishes = ("--for", "neck", "--length", "5m-6m", "--sessions", "2", "--weeks", "2")
    ran = run("compose", *wishes, "-o", "my-plan")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == ["my-plan/week-1-session-01.yaml", "my-plan/week-2-session-02.yaml"]
    assert "week 2, 6m, moderate: " in ran.err
    assert run("check", *ran.out.splitlines(), "--strict").code == 0
    assert run("compose", *wishes, "-o", "my-plan").code == 0  # the same plan is there already
    ran = run("plan", "my-plan", "--calendar", "2026-12-01 07:30")
    assert ran.code == 0, ran.err
    made = [Path(line) for line in ran.out.splitlines()]
    assert [path.name for path in made] == [
        "my-plan-01.mp3", "my-plan-02.mp3", "my-plan.m3u8", "my-plan.html", "my-plan.ics",
    ]  # fmt: skip
    scripts = [json.loads(path.with_suffix(".script.json").read_text()) for path in made[:2]]
    assert [script["length"] for script in scripts] == [5 * 15_000, 6 * 15_000]
    assert scripts[1]["title"] == "Neck, 2 of 2"
    assert "<td>2</td>" in made[3].read_text()
    events = [line for line in made[4].read_text().splitlines() if line.startswith("DTSTART")]
    assert events == ["DTSTART:20261201T073000", "DTSTART:20261208T073000"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compose", "--for", "neck", "--sessions", "3"), "name a new folder, such as -o my-plan"),
        (("compose", "--for", "neck", "--sessions", "2", "--weeks", "3", "-o", "x"), "do not fill 3 weeks"),
        (("compose", "--for", "neck", "--sessions", "2", "-o", "full"), "full already exists, and has"),
        (("plan", "empty"), "this folder has no routines"),
        (("plan", "full", "--grow", "hold"), "remove --sessions and --grow"),
        (("plan", "full", "--calendar", "tomorrow"), "'tomorrow' is not a date with a time"),
    ],
)
def test_a_plan_that_cannot_be_says_why(arguments: tuple[str, ...], said: str, run: Run, few: None) -> None:
    Path("empty").mkdir()
    Path("full").mkdir()
    Path("full/mine.yaml").write_text("title: Mine\n")
    ran = run(*arguments)
    assert ran.code in (2, 5)
    assert said in ran.err
    assert not Path("out").exists()


@pytest.mark.parametrize(("terminal", "new", "lines"), [(True, 189, 1), (True, 2, 0), (False, 189, 0)])
def test_the_first_session_says_what_takes_so_long(
    terminal: bool, new: int, lines: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stocked(*given: Any) -> Stock:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
        given[-1](new)
        return few_stock()

    monkeypatch.setattr(composed, "stocked", stocked)
    ran = run("compose", "--for", "neck", "--length", "10m")
    assert ran.err.count(f"measuring {new} exercises: this takes a while, the first time only\n") == lines
