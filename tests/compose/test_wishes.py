"""Wishes in plain words, and everything that is not understood, at once."""

from __future__ import annotations

import pytest

from audioguide.compose.sentence import EXAMPLE, as_options, refused
from audioguide.compose.wishes import LYING, Asked, Wishes, read
from audioguide.errors import UsageError
from tests.tables import every

EXERCISES = {"knee-to-chest": "Knee to chest", "childs-pose": "Child's pose"}


@every(
    ("asked", "names"),
    [
        (Asked(body="Neck,  shoulder"), {"body": ("neck", "shoulders")}),
        (Asked(body="stiff neck; lats"), {"body": ("neck", "mid back")}),
        (Asked(body="Posture"), {"body": ("upper back", "chest", "neck")}),
        (Asked(body="balance, breathing"), {"body": ("balance", "breath")}),
        (Asked(body="stress"), {"body": ("mind",)}),
        (Asked(body="flexibility"), {"body": ("whole body",)}),
        (Asked(aim="sleep"), {"body": ("whole body",), "aim": "sleep"}),
        (Asked(body="neck", length="20"), {"length": 20 * 15_000}),
        (Asked(body="neck", position="chair"), {"places": ("on a chair",)}),
        (Asked(body="neck", position="lying"), {"places": LYING}),
        (Asked(body="neck", avoid="kneeling"), {"avoid": ("kneeling", "on hands and knees")}),
        (Asked(body="neck", without="roller, belt"), {"without": ("foam roller", "strap")}),
        (Asked(body="neck", without="anything"), {"nothing_at_hand": True, "without": ()}),
        (Asked(body="neck", mind="hypertension"), {"mind": ("high blood pressure",)}),
        (Asked(body="neck", mind="bad knee"), {"mind": ("knee injury",)}),
        (Asked(body="neck", level="easy"), {"level": "gentle"}),
        (Asked(body="neck", aim="sleep"), {"aim": "sleep", "level": "gentle"}),
        (Asked(body="neck", like="Knee to chest, child's pose"), {"like": ("knee-to-chest", "childs-pose")}),
    ],
)
def test_words_are_read_as_people_write_them(asked: Asked, names: dict[str, object]) -> None:
    wishes = read(asked, EXERCISES)
    assert {name: getattr(wishes, name) for name in names} == names


def test_everything_that_is_not_understood_is_named_at_once() -> None:
    asked = Asked(
        body="nekc, soul", length="3m", position="moon", without="chiar", mind="foo", level="x", aim="y",
        like="kne-to-chest", variety=9, seed=-1,
    )  # fmt: skip
    with pytest.raises(UsageError) as raised:
        read(asked, EXERCISES)
    said = str(raised.value)
    for option in (
        "--for",
        "--length",
        "--position",
        "--without",
        "--mind",
        "--level",
        "--aim",
        "--like",
        "--variety",
        "--seed",
    ):
        assert f"{option}: " in said
    assert "did you mean 'knee-to-chest'?" in said
    assert "did you mean 'chair'?" in said


@every(
    ("asked", "found"),
    [
        (Asked(), "say what it is for with --for, such as neck"),
        (Asked(body="neck", position="chair", without="chair"), "needs a chair"),
        (Asked(body="neck", position="kneeling", avoid="kneeling"), "both requested and avoided"),
        (Asked(body="neck", aim="sleep", position="chair"), "ends lying down"),
        (Asked(body="neck", aim="sleep", level="strong"), "is gentle"),
        (Asked(body="neck", aim="strength", level="gentle"), "at least moderate"),
    ],
)
def test_what_contradicts_itself_is_refused(asked: Asked, found: str) -> None:
    with pytest.raises(UsageError, match=found):
        read(asked, EXERCISES)


def test_nothing_is_limited_unless_asked() -> None:
    assert read(Asked(body="neck"), {}) == Wishes(body=("neck",), length=15 * 15_000)


@every(
    ("sentence", "options"),
    [
        ("10 minutes for a stiff neck", '--for "stiff neck" --length 10m'),
        ("Something for my lower back and hips, half an hour", '--for "lower back, hips" --length 30m'),
        ("ten minutes for my neck", '--for "neck" --length 10m'),
        ("20 min of balance", '--for "balance" --length 20m'),
        ("I want to sleep", "--aim sleep"),
        ("surprise me", EXAMPLE),
    ],
)
def test_a_sentence_leads_to_the_options_that_it_names(sentence: str, options: str) -> None:
    assert as_options(sentence) == options
    assert refused(sentence).hint == f"try `audioguide compose {options}`"
