"""Every session for every wish keeps to the rules, lasts exactly as long as asked, and passes the checks."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.compose.service import tried
from audioguide.compose.stock import Stock
from audioguide.compose.wishes import AIMS, LYING, Wishes, contradictions
from audioguide.errors import UsageError
from audioguide.lint.table import lint
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load_text
from tests.compose.checker import MINUTE, broken
from tests.compose.times import long_on_hands, long_parts, long_rests, odd_times

BODY = (
    "neck", "shoulders", "chest", "upper back", "mid back", "lower back", "back", "wrists", "hands", "core", "hips",  # noqa: E501
    "hamstrings", "legs", "whole body", "mind", "eyes",
)  # fmt: skip
MIND = (
    "high blood pressure",
    "neck injury",
    "knee injury",
    "osteoporosis",
    "vertigo",
    "pregnant",
    "back injury",
)
SETS = 25


def a_wish(random: Random) -> Wishes:
    """Return wishes that do not contradict themselves, most of them with few limits."""
    while True:
        aim = random.choice(["", "", *AIMS])
        level = "gentle" if aim in ("sleep", "unwind") else random.choice(["gentle", "moderate", "strong"])
        wishes = Wishes(
            body=tuple(random.sample(BODY, random.choice([1, 1, 2, 2, 3]))), length=random.randint(5, 90) * MINUTE  # noqa: E501
            if random.random() < 0.3 else random.randint(8, 30) * MINUTE,
            places=random.choice([(), (), (), ("on a chair",), ("on a chair", "standing"), LYING]),
            without=random.choice([(), (), (), ("chair",), ("wall", "towel"), ("foam roller",)]),
            nothing_at_hand=random.random() < 0.1,
            avoid=random.choice([(), (), (), ("kneeling", "on hands and knees"), ("lying on your stomach",)]),
            mind=random.choice([(), (), (), *((each,) for each in MIND)]), level=level,
            aim=aim, like=random.choice([(), (), (), (), ("knee-to-chest",), ("neck-tilt",)]),
            variety=random.randint(1, 5), seed=random.randint(0, 99),
        )  # fmt: skip
        if not contradictions(wishes):
            return wishes


def check(wishes: Wishes, stock: Stock, library: dict[str, Routine], folder: Path) -> bool:
    """Compose for these wishes and check what comes out; return whether anything did."""
    try:
        session = tried(wishes, stock, SHIPPED_LIBRARY)
    except UsageError:
        return False
    routine = load_text(session.text, folder / "session.yaml")
    assert broken(routine, wishes, list(library.values())) == [], session.text
    script = build(request(routine, []))
    laid = estimated(script)
    assert laid.length == wishes.length, session.text
    assert long_parts(routine, laid, wishes) + odd_times(script) == [], session.text
    assert long_rests(routine, script.cues, wishes) == [], session.text
    assert long_on_hands(routine, laid, wishes) == [], session.text
    assert lint(routine, compile(routine)) == (), session.text  # as `check --strict` does
    return True


def test_sessions_for_random_wishes(stock: Stock, few: dict[str, Routine], tmp_path: Path) -> None:
    random = Random(7)
    made = [check(a_wish(random), stock, few, tmp_path) for _ in range(8)]
    assert any(made)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=pytest.mark.slow if number < 3 else pytest.mark.long)
        for number in range(500 // SETS)
    ],
)
def test_five_hundred_sessions(
    number: int, whole: Stock, library: dict[str, Routine], tmp_path: Path
) -> None:
    random = Random(1000 + number)
    made = [check(a_wish(random), whole, library, tmp_path) for _ in range(SETS)]
    assert sum(made) > SETS // 3
