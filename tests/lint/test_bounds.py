"""Bounds of general guidance: stretches, breaths, ice, heat; and the rules that go with them."""

from __future__ import annotations

import pytest

from audioguide.compiler.compile import compile
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from tests.lint.conftest import Findings, Rules
from tests.tables import every

STRETCH = "safety: {notice: stretch}"
WAY_OUT = "  - say: Slowly come back.\n    settle: 3s\n"
TICKS = "    marks: {every: {1m: tick}}\n"


def stretch(hold: str) -> str:
    return (
        "  - say: Lean forward.\n    settle: 4s\n"
        f"  - hold: {hold}\n    chime: none\n    marks: {{halfway: tick}}\n{WAY_OUT}"
    )


@every(
    ("notice", "hold", "found"),
    [
        ("stretch", "5s", []),
        ("stretch", "4s", ["hold-length"]),
        ("stretch", "60s", []),
        ("stretch", "61s", ["hold-length"]),
        ("yoga", "61s", ["hold-length"]),
        ("back", "2s", []),
        ("back", "1s", ["hold-length"]),
        ("general", "2s", []),
        ("general", "61s", []),
    ],
)
def test_a_stretch_is_held_for_5_to_60_s(rules: Rules, notice: str, hold: str, found: list[str]) -> None:
    assert rules(stretch(hold), f"safety: {{notice: {notice}}}") == found


@every(
    ("setting", "found"),
    [
        ("{default: 90s}", ["hold-length"]),
        ("{default: 90s, min: 30s, max: 2m}", ["hold-length"]),
        ("{default: 90s, min: 30s, max: 2m, source: ours}", ["hold-length"]),
        ("{default: 90s, source: a leaflet}", ["hold-length"]),
        ("{default: 90s, min: 30s, max: 2m, source: a leaflet}", []),
    ],
)
def test_bounds_with_a_source_decide(rules: Rules, setting: str, found: list[str]) -> None:
    assert rules(stretch("$hold"), f"{STRETCH}\nsettings: {{hold: {setting}}}") == found


def test_rest_is_no_stretch(rules: Rules) -> None:
    assert (
        rules(f"  - say: Lie on your back. Let your arms rest.\n  - hold: 3m\n{TICKS}{WAY_OUT}", STRETCH)
        == []
    )


@pytest.mark.parametrize(("reps", "found"), [(3, []), (4, ["side-total"])])
def test_two_minutes_in_all_are_enough_for_a_side(rules: Rules, reps: int, found: list[str]) -> None:
    steps = f"""  - repeat: {reps}
    steps:
      - sides: [left, right]
        steps:
          - say: Lean {{side}}.
          - hold: 40s
          - say: Come back.
      - rest: 8s
"""
    assert rules(steps, STRETCH) == found


@every(
    ("pace", "found"),
    [
        ("in: 4s, out: 6s", []),
        ("in: 3.6s, out: 5s", []),
        ("in: 3.5s, out: 5s", ["breath-pace"]),
        ("in: 6s, out: 7.3s", []),
        ("in: 6s, out: 7.4s", ["breath-pace"]),
        ("in: 4s, full: 7s, out: 8s", ["breath-pace"]),
        ("in: 5s, out: 5s", []),
        ("in: 6s, out: 4s", ["breath-out"]),
        ("in: $breath, out: 6s", []),
    ],
)
def test_calm_breaths(findings: Findings, pace: str, found: list[str]) -> None:
    head = "settings: {breath: {default: 4s}}" if "$" in pace else "level: gentle"
    for step, place in (
        (f"  - breathe: {{{pace}, cycles: 3}}\n", "breathe"),
        (f"  - hold: {{breaths: 3, {pace}}}\n", "hold"),
    ):
        each = findings(f"  - say: Breathe.\n{step}{WAY_OUT}", head)
        assert [finding.rule for finding in each] == found, place
        assert all(finding.step == "steps[1]" for finding in each)


def test_breaths_are_checked_as_the_listener_turns_them(rules: Rules) -> None:
    steps = f"  - breathe: {{in: $breath, out: 6s, cycles: 3}}\n{WAY_OUT}"
    head = "settings: {breath: {default: 4s}}"
    assert rules(steps, head, settings={"breath": "7s"}) == ["breath-out"]


def applied(kind: str, *holds: str, off: str = "Take it off now.", between: str = "Go on.") -> str:
    words = {"ice": "Lay the wrapped ice on your back.", "heat": "Lay the heating pad on your back."}[kind]
    waits = f"  - say: {between}\n".join(f"  - hold: {hold}\n{TICKS}" for hold in holds)
    return f"  - say: {words}\n    settle: 20s\n{waits}  - say: {off}\n    settle: 4s\n"


@every(
    ("kind", "holds", "found"),
    [
        ("ice", ["15m"], []),
        ("ice", ["16m"], ["ice-minutes"]),
        ("ice", ["20m"], ["ice-minutes"]),
        ("ice", ["20m1s"], ["ice-limit"]),
        ("ice", ["7m", "7m", "7m"], ["ice-limit"]),
        ("heat", ["20m"], []),
        ("heat", ["21m"], ["heat-minutes"]),
        ("heat", ["30m"], ["heat-minutes"]),
        ("heat", ["15m", "16m"], ["heat-limit"]),
    ],
)
def test_minutes_of_ice_and_heat(rules: Rules, kind: str, holds: list[str], found: list[str]) -> None:
    assert rules(applied(kind, *holds), f"safety: {{notice: {kind}}}") == found


@every(
    ("between", "found"),
    [
        ("Take it off for a while.", []),
        ("Feel your skin.", ["ice-limit"]),
        ("If it hurts, take it off.", ["ice-limit"]),
    ],
)
def test_minutes_add_up_until_it_is_taken_off(rules: Rules, between: str, found: list[str]) -> None:
    steps = applied("ice", "11m", "11m", between=between)
    assert rules(steps, "safety: {notice: ice}") == found


def test_heat_then_ice_is_counted_apart(rules: Rules) -> None:
    steps = applied("heat", "19m") + applied("ice", "14m")
    assert rules(steps, "safety: {notice: heat and ice}") == []


def test_soft_times_are_minutes_as_well(rules: Rules) -> None:
    steps = "  - say: Ice on your back.\n" + "  - rest: 50s\n  - say: Stay.\n" + "  - rest: 25m\n" + WAY_OUT
    assert set(rules(steps, "safety: {notice: ice}")) == {"ice-limit", "long-silence"}


def test_a_sourced_length_of_ice_is_the_sources_affair_up_to_the_limit(rules: Rules) -> None:
    head = "safety: {notice: ice}\nsettings: {time: {default: 20m, min: 5m, max: 30m, source: a book}}"
    assert rules(applied("ice", "$time"), head) == []
    assert rules(applied("ice", "$time"), head, settings={"time": "25m"}) == ["ice-limit"]


def test_ice_and_heat_need_a_way_out_however_long(rules: Rules) -> None:
    steps = f"  - say: Lay the pack on your back.\n  - hold: 10m\n{TICKS}"
    assert rules(steps, "safety: {notice: ice}") == ["no-way-out"]


@pytest.mark.parametrize("kind", ["ice", "heat"])
def test_neither_goes_to_bed_not_even_by_include(findings: Findings, kind: str) -> None:
    name = {"ice": "ice-massage", "heat": "heating-pad"}[kind]
    asleep = "safety: {notice: none, closing: sleep}"
    unsaid, found = findings(f"  - include: {name}\n", asleep)
    assert (found.rule, found.level, found.fault.line) == ("bedtime-heat", "error", 2)
    assert kind in found.fault.found
    # The notice of what is included is not heard: the file that includes it has to say it.
    assert (unsaid.rule, unsaid.fault.line) == (f"{kind}-rule", 2)
    assert findings(f"  - include: {name}\n", f"safety: {{notice: {kind}}}") == ()
    others = findings("  - include: relax-the-back\n", asleep)
    assert "bedtime-heat" not in [each.rule for each in others]


@every(
    ("title", "safety", "found"),
    [
        ("Cobra pose", "{notice: back}", ["yoga-rule"]),
        ("Cobra pose", "{notice: yoga}", []),
        ("Cobra pose", "{notice: back, rules: [R8]}", ["yoga-rule"]),
        ("Yoga for the office", "{closing: gentle}", ["yoga-rule"]),
        ("Hot water bottle", "{closing: gentle}", ["heat-rule"]),
        ("Hot water bottle", "{rules: [R4]}", ["heat-rule"]),
        ("Ice massage", "{closing: gentle}", ["ice-rule"]),
        ("Ice massage", "{notice: ice}", []),
        ("Sag and arch", "{closing: gentle}", []),
    ],
)
def test_ice_heat_and_yoga_name_their_rule(rules: Rules, title: str, safety: str, found: list[str]) -> None:
    assert rules(WAY_OUT, f"safety: {safety}", title) == found


def test_talk_about_warmth_is_no_heat(rules: Rules) -> None:
    steps = f"  - say: Feel the warmth of your hands. A heating pad is for another day.\n{WAY_OUT}"
    assert rules(steps) == []


def test_an_unknown_safety_rule_is_reported_in_its_place(findings: Findings) -> None:
    (found,) = findings(WAY_OUT, "safety: {rules: [R1, R20]}")
    assert (found.rule, found.fault.line, found.fault.column) == ("unknown-safety-rule", 2, 22)
    assert found.fault.found == "no safety rule is called 'R20'"


@every(("title", "said"), [
    ("Cobra pose", "Learn this from a yoga teacher first."),
    ("Ice for the shin", "Wrap the ice in a cloth, never on bare skin."),
    ("Hot water bottle", "Heat can harm the skin."),
])  # fmt: skip
def test_a_rule_is_kept_by_words_of_the_routine_s_own(rules: Rules, title: str, said: str) -> None:
    steps = f"  - say: Lie down.\n    settle: 4s\n  - hold: 15s\n{WAY_OUT}"
    kind = {"C": "yoga", "I": "ice", "H": "heat"}[title[0]]
    listed = "safety: {notice: general, rules: [R3, R4, R8]}"
    assert f"{kind}-rule" in rules(steps, listed, title)
    assert f"{kind}-rule" not in rules(f"  - say: {said}\n{steps}", listed, title)


def test_bounds_of_a_source_excuse_nothing_beyond_them() -> None:
    routine = load(SHIPPED_LIBRARY.find("heating-pad"))
    long = compile(routine, Options(settings={"time": "25m"}, beyond_bounds=True))
    assert [finding.rule for finding in lint(routine, long)] == ["heat-minutes", "load-time"]
    stretch = load(SHIPPED_LIBRARY.find("knee-to-chest"))
    long = compile(stretch, Options(settings={"hold": "90s"}, beyond_bounds=True))
    assert "hold-length" in [finding.rule for finding in lint(stretch, long)]
