"""What is switched off, or asked for in an included routine, without any effect is named at its line."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.load import load
from tests.conftest import Write
from tests.lint.conftest import Findings

LOOK = "  - say: Look up.\n    settle: 4s\n"
INNER = """title: Inner
voice: {name: de, rate: 100, pitch: 30, warm: true}
profile: quiet
bed: rain
bed_volume: 3
length: {default: 5m, min: 4m, max: 6m}
safety: {notice: none, closing: none}
steps:
  - say: Setz dich.
"""


def test_an_allowance_that_nothing_needs_is_named(findings: Findings) -> None:
    allow = "allow: {sight-words: for open eyes, many-chimes: bells}"
    (found,) = findings(LOOK, allow)
    assert (found.rule, found.fault.line, found.fault.column) == ("no-effect", 2, 50)
    assert "the check 'many-chimes'" in found.fault.found


def test_an_allowance_counts_for_what_a_listener_may_choose(findings: Findings) -> None:
    head = "safety: {notice: stretch}\nallow: {hold-length: ours}\n"
    head += "settings: {stay: {default: 20s, min: 10s, max: 2m}}"
    steps = "  - say: Lean forward.\n  - hold: $stay\n    marks: {every: {50s: tick}}\n  - say: Come up.\n"
    assert findings(steps, head) == ()
    short = Options(settings={"stay": "10s"}, guidance="chimes")
    assert findings(steps, head, settings=short.settings, guidance="chimes") == ()


def test_a_session_may_allow_what_only_an_included_routine_needs(write: Write) -> None:
    write(f"title: Inner\nsteps:\n{LOOK}", "inner.yaml")
    outer = "title: Outer\nallow: {sight-words: eyes are open}\nsteps:\n  - include: inner.yaml\n"
    routine = load(write(outer))
    assert lint(routine, compile(routine)) == ()


def test_what_an_included_routine_allows_is_no_matter_where_a_session_asks_for_less(write: Write) -> None:
    inner = write(f"title: Inner\nallow: {{many-chimes: bells}}\nsteps:\n{LOOK}", "inner.yaml")
    outer = "title: Outer\nallow: {sight-words: eyes are open}\nsteps:\n  - include: inner.yaml\n"
    routine = load(write(outer))
    assert lint(routine, compile(routine)) == ()
    alone = load(inner)
    assert "no-effect" in {each.rule for each in lint(alone, compile(alone))}


def test_what_an_included_routine_asks_for_in_vain_is_named(write: Write) -> None:
    write(INNER, "inner.yaml")
    outer = "title: Outer\n{head}steps:\n  - say: Sit.\n  - include: inner.yaml\n"
    routine = load(write(outer.replace("{head}", "")))
    (found,) = [each for each in lint(routine, compile(routine)) if "inner.yaml" in each.fault.found]
    assert (found.rule, Path(found.fault.file), found.fault.line) == ("no-effect", routine.path, 4)
    for asked in ("{name: de}", "{rate: 100}", "{pitch: 30}", "{warm: true}"):
        assert f"`voice: {asked}`" in found.fault.found
    for asked in ("profile: quiet", "bed: rain", "bed_volume: 3"):
        assert f"`{asked}`" in found.fault.found


def test_a_session_that_decides_for_itself_is_left_alone(write: Write) -> None:
    write(INNER, "inner.yaml")
    head = (
        "voice: {name: de, rate: 120, pitch: 50, warm: false}\nprofile: standard\nbed: none\nbed_volume: 0\n"
    )
    routine = load(write(f"title: Outer\n{head}steps:\n  - say: Sitz.\n  - include: inner.yaml\n"))
    assert not [each for each in lint(routine, compile(routine)) if "counts for nothing" in each.fault.found]


def test_the_length_of_an_included_routine_is_in_a_note(write: Write) -> None:
    write(INNER, "inner.yaml")
    routine = load(write("title: Outer\nsteps:\n  - include: inner.yaml\n"))
    note = "'inner.yaml' lasts 5m on its own; included here, its settings decide its length"
    assert note in compile(routine).notes
    own = load(write("title: Outer\nlength: {default: 9m}\nsteps:\n  - include: inner.yaml\n", "own.yaml"))
    assert note not in compile(own).notes
