"""The same slips in every place where a text stands: each is one fault that says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.errors import RoutineError
from audioguide.routine.load import load_text
from tests.tables import every

HEAD = "title: T\nsafety: {notice: none, closing: none}\n"
TEXTS = [
    "Next: left leg.",
    "{side} leg up.",
    "%50 effort",
    "*slow* down",
    "&c.",
    "@home rest",
    '"Relax" your jaw.',
    "'Tis time. Don't rush.",
    "[pause] Rest.",
    "> deeper",
    "`so`",
    'Say "hi": yes',
]
PLACES = {
    "a step deep inside": "steps:\n  - repeat: 2\n    steps:\n      - sides: [left]\n        steps:\n"
    "          - say: TEXT\n",
    "short": "steps:\n  - say: Go on.\n    short: TEXT\n",
    "chapter": "steps:\n  - chapter: TEXT\n",
    "a mark of a block": "steps:\n  - hold: 60s\n    marks:\n      at:\n        10s: TEXT\n",
    "a mark between braces": "steps:\n  - hold: 60s\n    marks: {halfway: TEXT}\n",
    "a list": "equipment:\n  - TEXT\n  - mat\nsteps:\n  - say: Go.\n",
    "a text for a side": "steps:\n  - sides: [left]\n    steps:\n      - say:\n          left: TEXT\n",
    "a label": "settings:\n  stay:\n    default: 20s\n    label: TEXT\nsteps:\n  - hold: $stay\n",
    "a reason": "allow:\n  long-silence: TEXT\nsteps:\n  - say: Go.\n",
    "the second line of a text": "steps:\n  - say: Sit\n      And: TEXT\n",
    "the line below the key": "steps:\n  - say:\n      TEXT\n",
    "the words of a breath": "steps:\n  - breathe: {in: 4s, out: 6s, cycles: 2, words: {in: TEXT}}\n",
    "a step without `say`": "steps:\n  - TEXT\n",
    "a line left of its block": "steps:\n  - say: >\n      Sit.\n     TEXT\n",
}


@every("text", TEXTS)
@every("place", PLACES)
def test_a_slip_is_one_fault_that_says_what_to_write(place: str, text: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load_text(HEAD + PLACES[place].replace("TEXT", text), Path("a.yaml"))
    (fault,) = caught.value.faults
    said = f"{fault.found} = {fault.allowed}"
    assert "not valid YAML" not in said
    assert "in quotes" in said or "write" in said or "start this line with 6 spaces" in said


@every(
    ("steps", "line", "write"),
    [
        ("  - repeat: 2\n    steps:\n      -say: Go.\n      - say: On.\n", 5, "write: - say: Go."),
        ("  say: Go.\n", 3, "write: - say: Go."),
        ("  - Sit down.\n", 3, 'write: - say: "Sit down."'),
        ("  - repeat: 2\n    steps\n      - say: Go.\n", 4, "write: steps:"),
        (
            "  - say: Sit\n      and Next: stand.\n",
            4,
            'put the text in quotes: say: "Sit and Next: stand."',
        ),
        ("  - say: >\n      Sit.\n     Stand: up.\n", 5, "start this line with 6 spaces"),
        (
            "  - repeat: 2\n    steps:\n      - say: Go.\n       settle: 4s\n",
            6,
            "start this line with 8 spaces",
        ),
    ],
)
def test_the_line_at_fault_is_named(steps: str, line: int, write: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load_text(f"title: T\nsteps:\n{steps}", Path("a.yaml"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.allowed) == (line, write)
