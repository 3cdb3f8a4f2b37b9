"""All checks together: what is allowed, reported once, in the order of the files; the table in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.lint.table import lint, warnings_of
from audioguide.routine.language.checks import CHECKS
from audioguide.routine.load import load
from tests.conftest import Write
from tests.lint.conftest import Findings, Rules
from tests.tables import every

PAGE = Path(__file__).parents[2] / "docs/checks.md"
LOOK = "  - say: Look up.\n    settle: 4s\n"
ICE = "  - say: Ice on your back.\n  - hold: 25m\n    marks: {every: {1m: tick}}\n  - say: Take it off.\n"


def test_a_check_is_switched_off_with_a_reason(rules: Rules) -> None:
    steps = "  - say: Look up, and bounce.\n    settle: 4s\n"
    assert rules(steps) == ["sight-words", "forcing-words"]
    assert rules(steps, "allow: {sight-words: for open eyes}") == ["forcing-words"]


@every(
    ("allow", "found", "column"),
    [
        ("{sigth-words: eyes are open}", "no check is called 'sigth-words'; did you mean 'sight-words'?", 9),
        ("{sight-words: }", "expected text, found nothing", 9),
        ("{sight-words: '  '}", "this text is empty", 22),
        ("{ice-limit: I like it}", "the check 'ice-limit' cannot be switched off", 9),
        ("[sight-words]", "expected a mapping (`key: value`), found a list", 8),
    ],
)
def test_what_cannot_be_allowed_is_a_fault(write: Write, allow: str, found: str, column: int) -> None:
    with pytest.raises(RoutineError) as caught:
        load(write(f"title: Test\nallow: {allow}\nsteps: [{{gap: 1s}}]"))
    (fault,) = caught.value.faults
    assert found in fault.found
    assert (fault.line, fault.column) == (2, column)


def test_an_included_routine_is_checked_on_its_own_lines_and_once(write: Write) -> None:
    inner = write(f"title: Inner\nsteps:\n{LOOK}", "inner.yaml")
    other = write("title: Other\nsteps:\n  - include: inner.yaml\n", "other.yaml")
    outer = "title: Outer\n{allow}steps:\n  - include: inner.yaml\n  - include: other.yaml\n" + LOOK
    routine = load(write(outer.replace("{allow}", "")))
    found = lint(routine, compile(routine))
    assert [(Path(each.fault.file), each.fault.line, each.step) for each in found] == [
        (routine.path, 5, "steps[2]"),
        (inner, 3, "steps[0]"),
    ]
    allowing = load(write(outer.replace("{allow}", "allow: {sight-words: eyes are open}\n")))
    assert lint(allowing, compile(allowing)) == ()
    inner.write_text(inner.read_text() + "allow: {sight-words: eyes are open}\n", encoding="utf-8")
    routine = load(other)
    assert lint(routine, compile(routine)) == ()


def test_holds_of_an_included_routine_are_reported_where_they_stand(write: Write) -> None:
    write("title: Inner\nsteps:\n  - repeat: 2\n    steps:\n      - hold: 10s\n", "inner.yaml")
    routine = load(write("title: Outer\nsteps:\n  - gap: 1s\n  - include: inner.yaml\n"))
    (found,) = lint(routine, compile(routine))
    assert (found.rule, found.step, found.fault.line) == ("no-way-out", "steps[0].steps[0]", 5)


def test_errors_are_raised_and_warnings_only_if_strict(write: Write) -> None:
    kind, unkind = (load(write(f"title: T\nsteps:\n{LOOK}")) for _ in range(2))
    assert [each.rule for each in warnings_of(kind, compile(kind))] == ["sight-words"]
    with pytest.raises(
        RoutineError, match=r"routine\.yaml:3:10: warning: sight-words: 'Look' needs open eyes"
    ):
        warnings_of(unkind, compile(unkind), strict=True)
    icy = load(write(f"title: T\nsafety: {{notice: ice}}\nsteps:\n{ICE}"))
    with pytest.raises(RoutineError, match="error: ice-limit: 25 minutes of ice"):
        warnings_of(icy, compile(icy))


def test_a_finding_shows_place_reason_and_remedy(findings: Findings) -> None:
    (found,) = findings("  - say: >\n      Stand up. Then\n      look at your feet.\n    settle: 4s\n")
    place, line, marker, remedy = str(found).splitlines()
    assert place.endswith("routine.yaml:6:7: warning: sight-words: 'look' needs open eyes (steps[0])")
    assert line[marker.index("^") : marker.rindex("~") + 1] == "look"
    assert remedy == "      = the listener's eyes are closed: say what to feel, or where to move"
    assert found.line == f"warning: {found.fault.file}:6:7: sight-words: 'look' needs open eyes"
    assert json.loads(json.dumps(found.as_json()))["reason"] == "the listener's eyes are closed"


def test_what_is_left_out_is_not_checked_in_the_script(rules: Rules) -> None:
    steps = (
        "  - say: Lift your hips.\n    settle: 0s\n  - hold: 10s\n  - say: Come down.\n"
        "  - rest: 10s\n  - say: Lift your arms.\n    settle: 4s\n  - hold: 10s\n  - say: Let them sink.\n"
    )
    assert rules(steps) == ["no-settle"]
    assert rules(steps, skip=["steps[1]"]) == []


def test_the_routine_of_the_page_is_clean(write: Write) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    routine = load(write(text))
    assert lint(routine, compile(routine)) == ()
    bare = load(write(re.sub(r"allow: .*\n", "", text)))
    assert [each.rule for each in lint(bare, compile(bare))] == ["long-silence"]


def test_the_page_lists_exactly_the_checks_that_there_are() -> None:
    rows = re.findall(r"^\| `.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [
        f"| `{name}` | {check.level} | {check.what} | {check.why} | {check.fix} | {check.source} |"
        for name, check in CHECKS.items()
    ]
