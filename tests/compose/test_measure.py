"""How long an exercise is within a session, and what is kept of it from call to call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated, is_exact
from audioguide.compose import stock as stocks
from audioguide.compose.facts import Facts
from audioguide.compose.measure import bounds, frames, lengths, passed_on, positions, session_of
from audioguide.compose.stock import facts_of, stock
from audioguide.errors import AudioguideError
from audioguide.listing.listed import Listed, listed_as
from audioguide.routine.library import SHIPPED, Library
from audioguide.routine.load import Routine, load, load_text
from audioguide.storage.cache import Cache

SECOND = 250  # ticks
HEAD = (
    "title: Lift\nbody: [hips]\nlevel: gentle\nphase: move\nsettings:\n"
    "  hold: {default: 20s, min: 10s, max: 30s}\n  reps: {default: 2, min: 1, max: 3}\n"
    "  rest: {default: 10s, min: 0s, max: 30s}\n  tempo: {default: 2s, min: 1s, max: 3s}\n"
    "  still: {default: 9s, min: 0s, max: 60s, weight: 0}\nsafety: {notice: general}\nsteps:\n"
)
STEPS = (
    "  - say: You will need a wall.\n    alone: true\n  - say: Lie on your back.\n    into: back\n"
    "  - repeat: $reps\n    steps:\n      - say: Lift.\n      - hold: $hold\n  - rest: $rest\n"
    "  - say: Roll to your side.\n    into: side\n"
)
Make = Callable[..., Routine]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write an exercise to a folder of its own, and load it."""

    def make(steps: str = STEPS, name: str = "lift", head: str = HEAD) -> Routine:
        path = tmp_path / "own" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(head + steps)
        return load(path, Library((path.parent,)))

    return make


def test_a_session_changes_how_long_and_how_often_but_neither_rests_nor_tempo(make: Make) -> None:
    assert list(passed_on(make().document)) == ["hold", "reps"]


def test_positions_are_those_that_it_leads_to_in_order(make: Make) -> None:
    assert list(positions(make().document.steps)) == ["back", "side"]


def test_lengths_are_those_within_a_session(make: Make) -> None:
    routine = make()
    shortest, usual, longest, held, on_hands, _ = lengths(routine)
    assert on_hands == 0
    assert held - shortest == pytest.approx((30 - 10) * SECOND, abs=10 * SECOND)
    assert usual - shortest == pytest.approx((2 * 20 - 10) * SECOND, abs=10 * SECOND)
    assert longest - usual == pytest.approx((3 * 30 - 2 * 20) * SECOND, abs=10 * SECOND)
    for values, length in (("hold: 10s, reps: 1", shortest), ("hold: 30s, reps: 3", longest)):
        text = (
            "title: Two\nsafety: {notice: none, closing: none}\nchimes: {explain: false}\nsteps:\n"
            "  - {say: Here., into: back}\n  - include: lift\n"
            f"    settings: {{{values}}}\n  - rest: 1s\n"
        )
        session = load_text(text, routine.path.with_name("two.yaml"), Library((routine.path.parent,)))
        laid = estimated(compile(session))
        starts = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[1]")]
        after = [timed.start for timed in laid.cues if timed.cue.step.startswith("steps[2]")]
        assert after[0] - starts[0] == length


def test_time_on_hands_and_knees_is_without_the_words_before_and_after(make: Make) -> None:
    steps = (
        "  - say: In a moment, you will round your back.\n    settle: 30s\n"
        "  - say: Come onto your hands and knees.\n    into: hands and knees\n    settle: 12s\n"
        "  - repeat: $reps\n    steps:\n      - hold: $hold\n  - rest: 50s\n"
        "  - say: Sit back on your heels.\n    into: heels\n"
    )
    found = lengths(make(steps))
    assert found.on_hands == pytest.approx((10 + 50) * SECOND, abs=10 * SECOND)
    assert found.on_hands + found.off_hands <= found.shortest


def test_what_stands_around_the_exercises_depends_on_the_closing() -> None:
    found = frames()
    assert set(found) == {"gentle", "day", "sleep"}
    assert all(20 * SECOND < length < 180 * SECOND for length in found.values())
    assert len(set(found.values())) > 1


def test_facts_are_in_the_words_of_the_vocabulary(make: Make) -> None:
    facts = facts_of(make())
    assert (facts.body, facts.places) == (("hips",), ("lying on your back", "lying on your side"))
    assert (facts.first, facts.last) == ("back", "side")
    assert [each.name for each in facts.settings] == ["hold", "reps"]
    assert facts.excluded == ""


@pytest.mark.parametrize(
    ("steps", "head", "why"),
    [
        ("  - say: Sit well.\n", "title: Talk\nsteps:\n", "a talk, not an exercise"),
        ("  - sides: [left]\n    steps:\n      - say: Lift.\n      - hold: 10s\n", HEAD, "for one side only"),
        ("  - say: Lie.\n  - hold: 10s\n", HEAD.replace("notice: general", "notice: heat"), "heat or cold"),
    ],
)  # fmt: skip
def test_what_is_not_an_exercise_is_left_out_with_its_reason(
    steps: str, head: str, why: str, make: Make
) -> None:
    assert facts_of(make(steps, head=head)).excluded.startswith(why)


def test_each_version_is_measured_once_and_a_faulty_one_hides_no_other(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make(), make(name="other")
    library, cache = Library((first.path.parent,)), Cache(tmp_path / "cache")
    measured: list[str] = []
    faults: list[str] = []

    def counted(routine: Routine) -> Facts:
        measured.append(routine.name)
        return facts_of(routine)

    def note(name: str, _: AudioguideError) -> None:
        faults.append(name)

    def entries(version: str) -> list[Listed]:
        return [listed_as(first, 1, version), listed_as(second, 1, "other")]

    monkeypatch.setattr(stocks, "facts_of", counted)
    announced: list[int] = []
    found = stock(entries("one"), library, cache, note, announced.append)
    assert stock(entries("one"), library, cache, note, announced.append) == found
    assert announced == [2]
    assert measured == ["lift", "other"]
    make("  - say: Lift.\n  - hold: $hold\n")
    changed = stock(entries("two"), library, cache, note)
    assert measured == ["lift", "other", "lift"]
    assert changed.facts[0].longest < found.facts[0].longest
    first.path.write_text("title: [")
    assert [each.name for each in stock(entries("three"), library, cache, note).facts] == ["other"]
    assert faults == ["lift"]


def test_a_time_takes_whole_five_seconds_and_the_hold_of_a_stretch_at_least_fifteen(make: Make) -> None:
    stretch = load(SHIPPED / "chest-opener.yaml").document
    assert bounds(stretch, "hold", stretch.settings["hold"]) == ("15s", "15s", "25s")
    move = load(SHIPPED / "neck-turn.yaml").document
    assert bounds(move, "hold", move.settings["hold"]) == ("10s", "10s", "25s")
    assert bounds(move, "reps", move.settings["reps"]) == ("1", "3", "5")
    head = HEAD.replace("  still:", "  stay: {default: 20s, min: 12s, max: 40s}\n  still:")
    stay = make(head=head, name="stay").document
    assert bounds(stay, "stay", stay.settings["stay"]) == ("15s", "20s", "40s")


def test_the_words_that_an_exercise_is_measured_with_are_in_the_voice_pack() -> None:
    routine = load(SHIPPED / "chin-tuck.yaml")
    assert is_exact(compile(session_of(routine)))
