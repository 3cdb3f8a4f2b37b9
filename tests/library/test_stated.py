"""What a source says in numbers is read as people write it."""

from __future__ import annotations

from math import inf

from library.stated import stated
from tests.tables import every

Spans = list[tuple[float, float]]


@every(
    ("says", "seconds", "counts"),
    [
        ("hold 15 to 30 seconds, 3 to 5 times on each side", [(15, 30)], [(3, 5)]),
        ("hold 5 s, 10x, twice a day", [(5, 5)], [(10, 10)]),
        ("2 sets of 10", [], [(2, 2), (10, 10)]),
        ("Repeat 8–12 times, 3 days a week", [], [(8, 12)]),
        ("30 seconds to 1 minute, once or twice a day", [(30, 60)], []),
        ("half a minute on each side; once", [(30, 30)], [(1, 1)]),
        ("up to 20 minutes", [(0, 1200)], []),
        ("at least 10 seconds, twice", [(10, inf)], [(2, 2)]),
        ("turn 45 degrees, hold for 3 seconds, ten repetitions", [(3, 3)], [(10, 10)]),
        ("5 times a day", [], []),
        ("20 minutes a day", [], []),
        ("hold the stretch for 20-30s; do 3 reps", [(20, 30)], [(3, 3)]),
        ("in 5.5 s, out 5.5 s", [(5.5, 5.5), (5.5, 5.5)], []),
        ("slowly and gently", [], []),
    ],
)
def test_times_and_counts(says: str, seconds: Spans, counts: Spans) -> None:
    found = stated([says])
    assert [(span.low, span.high) for span in found.seconds] == seconds
    assert [(span.low, span.high) for span in found.counts] == counts


@every(
    ("says", "given", "not_given"),
    [
        ("breathe in for 4, hold for 7, out for 8; four cycles", [4, 7, 8], [5, 30]),
        ("the 4-7-8 breath", [4, 7, 8], [5]),
        ("hold for 7, 8 times", [], [7, 8]),
    ],
)
def test_the_parts_of_a_breath_are_seconds(says: str, given: list[int], not_given: list[int]) -> None:
    found = stated([says])
    assert [number for number in (*given, *not_given) if found.allows(number, time=True)] == given


def test_a_pace_is_not_a_number_of_repetitions() -> None:
    found = stated(["about 5 to 6 breaths a minute for 10 minutes"])
    assert [(span.low, span.high) for span in found.breaths] == [(5, 6)]
    assert found.counts == ()
    assert found.allows(600, time=True)


def test_several_sources_give_more_numbers() -> None:
    found = stated(["hold 10 s", "hold 30 s"])
    assert found.allows(10, time=True)
    assert found.allows(30, time=True)
    assert not found.allows(20, time=True)
