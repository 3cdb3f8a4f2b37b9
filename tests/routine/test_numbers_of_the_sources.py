"""The numbers of both sources, line by line, on compiled scripts; and that no line is without a row.

S0 is the exercise page "Back Relaxation", S3 the article "How To Relax Back Muscles"; L is the line in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.compiler.estimate import estimated
from audioguide.compiler.opening import printed
from audioguide.script.load import loads
from audioguide.script.script import Cue
from audioguide.units import TICKS_PER_SECOND
from tests.routine.test_review import LEFT_OUT
from tests.routine.test_what_is_heard import TABLE
from tests.shipped import compiled, shipped
from tests.tables import every

WHOLE = ""  # the title of no chapter: the whole script
# The sessions that include an exercise.
WITH_HAMSTRINGS = ("lower-back", "full-back-care", "heat-move-ice")
WITH_KNEES = (*WITH_HAMSTRINGS, "unwind", "bedtime")
WITH_CATS = ("core-and-back", *WITH_HAMSTRINGS)


def part(name: str, title: str) -> Iterator[Cue]:
    """Yield the cues of the chapter `title`, or of all."""
    inside = title == WHOLE
    for cue in compiled(name).cues:
        if cue.kind == "chapter" and title != WHOLE:
            inside = cue.text == title
        if inside:
            yield cue


def held(name: str, title: str) -> list[float]:
    """Return how long each hold of a chapter is, in seconds."""
    return [(cue.length or 0) / TICKS_PER_SECOND for cue in part(name, title) if cue.kind == "hold"]


def breathed(name: str, title: str) -> list[float]:
    """Return how long each breath of a chapter is, in and out, in seconds."""
    phases = [(cue.length or 0) / TICKS_PER_SECOND for cue in part(name, title) if cue.kind == "breath"]
    return [phases[at] + phases[at + 1] for at in range(0, len(phases), 2)]


# Each row: lines of a source, a routine, its chapter, and the holds that these ask for, in seconds.
HOLDS: list[tuple[str, str, str, list[float]]] = [
    ("S0 L14–16", "back-relaxation", WHOLE, [10, 10.2, 10.4, 10.6, 10.8, 11, 11.2, 11.4]),
    ("S0 L14–16", "core-and-back", "Back relaxation", [10, 10.2, 10.4, 10.6, 10.8, 11, 11.2, 11.4]),
    ("S0 L24", "foam-roller-release", WHOLE, [30] * 3),
    ("S3 L37", "heat-move-ice", "Heat", [585]),
    ("S3 L37", "heat-move-ice", "Ice", [585]),
    ("S3 L96–97", "upper-arm-raise", WHOLE, [30] * 3),
    ("S3 L96–97", "upper-and-mid-back", "Upper arm raise", [30] * 3),
    ("S3 L96–97", "full-back-care", "Upper arm raise", [30] * 3),
    ("S3 L130–133", "knee-to-chest", WHOLE, [20] * 3),
    *[("S3 L130–133", name, "Knee to chest", [20.0] * 3) for name in WITH_KNEES],
    ("S3 L144", "seated-hamstring-stretch", WHOLE, [20] * 2),
    *[("S3 L144", name, "Seated hamstring stretch", [20.0] * 2) for name in WITH_HAMSTRINGS],
    ("S3 L153", "cat-stretch", WHOLE, [5] * 5),
    *[("S3 L153", name, "Cat stretch", [5.0] * 5) for name in WITH_CATS],
]


@every(("source", "name", "chapter", "wanted"), HOLDS)
def test_each_hold_is_as_long_and_as_often_as_its_line_asks(
    source: str, name: str, chapter: str, wanted: list[float]
) -> None:
    assert held(name, chapter) == wanted, source


# Each row: lines of a source, a routine, its chapter, how many breaths, and how long all are, in seconds.
BREATHS: list[tuple[str, str, str, int, float]] = [
    ("S3 L72", "diaphragmatic-breathing", WHOLE, 5, 50),
    *[
        ("S3 L72", name, "Diaphragmatic breathing", 5, 50.0)
        for name in ("lower-back", "upper-and-mid-back", "core-and-back", "full-back-care", "heat-move-ice")
    ],
    ("S3 L64", "unwind", "Diaphragmatic breathing", 12, 120),
    ("S3 L64", "bedtime", "Diaphragmatic breathing", 12, 120),
    ("S3 L82", "neutral-spine", WHOLE, 6, 60),
    *[
        ("S3 L82", name, "Neutral spine", 6, 60.0)
        for name in ("lower-back", "core-and-back", "full-back-care", "heat-move-ice")
    ],
]


@every(("source", "name", "chapter", "count", "seconds"), BREATHS)
def test_each_breath_is_as_long_and_as_often_as_its_line_asks(
    source: str, name: str, chapter: str, count: int, seconds: float
) -> None:
    found = breathed(name, chapter)
    assert (len(found), sum(found)) == (count, seconds), source


# Each row: lines of a source, a routine, its chapter, and for how long at least and at most the body is in
# each position, in seconds: from the words that take it there to those that let it go.
IN_POSITION: list[tuple[str, str, str, float, float]] = [
    ("S0 L14", "back-relaxation", WHOLE, 10, 15),
    ("S3 L18", "ice-massage", WHOLE, 1185, 1200),
    ("S3 L19", "cold-compress", WHOLE, 1185, 1200),
    ("S3 L27", "heating-pad", WHOLE, 585, 600),
    ("S3 L28", "hot-shower", WHOLE, 585, 600),
    ("S3 L30", "hot-water-bottle", WHOLE, 585, 600),
    ("S3 L29", "heat-wrap", WHOLE, 585, 600),
    ("S0 L29", "warm-towel", WHOLE, 585, 600),
    ("S3 L96", "upper-arm-raise", WHOLE, 30, 35),
    ("S3 L130", "knee-to-chest", WHOLE, 15, 30),
    ("S3 L143", "seated-hamstring-stretch", WHOLE, 15, 30),
    ("S3 L153", "cat-stretch", WHOLE, 5, 10),
    ("S3 L108–116", "cobra-pose", WHOLE, 15, 30),
    ("S3 L108–116", "bridge-pose", WHOLE, 15, 30),
    ("S0 L22", "forward-bend", WHOLE, 15, 30),
    ("S3 L174", "thread-the-needle", WHOLE, 20, 30),
    ("S3 L178", "childs-pose", WHOLE, 30, 40),
    ("S0 L14", "core-and-back", "Back relaxation", 10, 15),
    ("S3 L37", "heat-move-ice", "Heat", 585, 600),
    ("S3 L37", "heat-move-ice", "Ice", 585, 600),
    *[("S3 L96", name, "Upper arm raise", 30.0, 35.0) for name in ("upper-and-mid-back", "full-back-care")],
    *[("S3 L130", name, "Knee to chest", 15.0, 30.0) for name in WITH_KNEES],
    *[("S3 L143", name, "Seated hamstring stretch", 15.0, 30.0) for name in WITH_HAMSTRINGS],
    *[("S3 L153", name, "Cat stretch", 5.0, 10.0) for name in WITH_CATS],
]


@every(("source", "name", "chapter", "least", "most"), IN_POSITION)
def test_the_body_is_in_position_for_no_longer_than_its_line_allows(
    source: str, name: str, chapter: str, least: float, most: float
) -> None:
    holds = {id(cue) for cue in part(name, chapter) if cue.kind == "hold"}
    all_of_it = loads(estimated(compiled(name)))
    found = [load.length / TICKS_PER_SECOND for load in all_of_it if id(load.hold.cue) in holds]
    assert len(found) == len(holds) > 0, source
    assert least <= min(found), source
    assert max(found) <= most, source


# Each row: lines of a source, a routine, and the rules that stand in the head of its file.
SHOWN: list[tuple[str, str, set[str]]] = [
    ("S0 L5", "back-relaxation", {"R1"}),
    ("S0 L17", "back-relaxation", {"R2"}),
    ("S3 L21", "ice-massage", {"R3"}),
    ("S3 L21", "cold-compress", {"R3"}),
    ("S3 L31", "hot-shower", {"R4", "R5", "R6"}),
    ("S3 L31", "hot-water-bottle", {"R4", "R5", "R6"}),
    ("S3 L31", "warm-towel", {"R4", "R5", "R6"}),
    ("S3 L33", "heating-pad", {"R7"}),
    ("S3 L33", "heat-wrap", {"R7"}),
    ("S3 L33", "heat-move-ice", {"R3", "R7"}),
    ("S3 L91–94", "upper-arm-raise", {"R10"}),
    ("S3 L100", "knee-to-chest", {"R9"}),
    ("S3 L100", "seated-hamstring-stretch", {"R9"}),
    ("S3 L104", "cobra-pose", {"R8"}),
    ("S3 L104", "corpse-pose", {"R8"}),
    ("S3 L104", "bridge-pose", {"R8"}),
    ("S3 L104", "childs-pose", {"R8"}),
    ("S3 L104", "thread-the-needle", {"R8"}),
    ("S3 L159–164", "before-you-start", {"R12", "R13", "R14", "R15", "R16", "R17"}),
    ("S3 L165, L170", "before-you-start", {"R11"}),
    ("S0 L30, S3 L190", "back-care-habits", {"R18", "R19"}),
]


@every(("source", "name", "rules"), SHOWN)
def test_a_rule_of_a_line_is_printed(source: str, name: str, rules: set[str]) -> None:
    assert rules <= set(printed(shipped(name)).rules), source


def lines(rows: str) -> Iterator[tuple[str, int]]:
    """Yield each line that `rows` names, by its source: lists and ranges."""
    source = ""
    for match in re.finditer(r"(S\d )?L(\d+)(?:–(\d+))?", rows):
        source = match[1] or source
        for line in range(int(match[2]), int(match[3] or match[2]) + 1):
            yield source.strip(), line


# All that the sources ask of a listener.
ASKED = (
    "S0 L5, L8–11, L12, L13, L14, L15–16, L17, L21, L22, L23, L24, L25–28, L29, L30",
    "S3 L12, L18, L19, L21, L27, L28, L29, L30, L31, L33, L37, L49–51, L64, L67–70, L71, L72",
    "S3 L77–78, L79–81, L82, L89–90, L91–94, L95, L96–97, L100, L104, L108–116, L128–129, L130, L131–133",
    "S3 L139–140, L141–144, L150–152, L153, L159–164, L165, L170, L174, L178, L190",
)


def test_no_line_of_the_sources_is_without_a_row() -> None:
    tables = (TABLE, HOLDS, BREATHS, IN_POSITION, SHOWN, LEFT_OUT)
    settled = {line for table in tables for row in table for line in lines(str(row[0]))}
    assert [line for rows in ASKED for line in lines(rows) if line not in settled] == []
