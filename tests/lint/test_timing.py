"""Moments: settling, ways out, silence, marks over marks."""

from __future__ import annotations

from tests.lint.conftest import Findings, Rules
from tests.tables import every

WAY_OUT = "  - say: Slowly come back.\n    settle: 3s\n"


@every(
    ("text", "settle", "found"),
    [
        ("Lift your hips.", "1s", ["no-settle"]),
        ("Lift your hips.", "2s", []),
        ("Hips up.", "0s", ["no-settle"]),
        ("Lift your hips. Breathe on, in and out.", "0s", []),
        ("Hold.", "0s", []),
    ],
)
def test_there_is_time_to_settle_after_an_order(
    rules: Rules, text: str, settle: str, found: list[str]
) -> None:
    assert rules(f"  - say: {text}\n    settle: {settle}\n  - hold: 10s\n{WAY_OUT}") == found


def test_the_settle_that_nobody_wrote_is_enough(rules: Rules) -> None:
    assert rules(f"  - say: Lift your hips.\n  - hold: 10s\n{WAY_OUT}") == []


@every(
    ("behind", "found"),
    [
        (WAY_OUT, []),
        ("", ["no-way-out"]),
        ("  - gap: 2s\n", ["no-way-out"]),
        ("  - chime: close\n" + WAY_OUT, []),
        ("  - rest: 5s\n" + WAY_OUT, ["no-way-out"]),
        ("  - breathe: {in: 4s, out: 6s, cycles: 2}\n" + WAY_OUT, ["no-way-out"]),
        ("  - hold: 10s\n" + WAY_OUT, ["no-way-out"]),
    ],
)
def test_words_lead_out_of_a_hold(rules: Rules, behind: str, found: list[str]) -> None:
    assert rules("  - say: Lift your hips.\n  - hold: 10s\n" + behind) == found


def test_in_the_profile_sleep_nobody_wonders_at_the_end(rules: Rules) -> None:
    late = "  - say: Rest now.\n  - hold: 150s\n    marks: {halfway: chime}\n" * 2 + "  - say: Let go.\n"
    early = late + "  - hold: 301s\n    marks: {every: {50s: Let go.}}\n"
    assert rules(late) == ["long-silence"] * 2
    assert rules(late, profile="sleep") == []
    assert rules(early, profile="sleep") == ["long-silence"] * 2
    assert rules("  - hold: 20s\n", profile="sleep") == []


def test_rest_and_sleep_need_no_way_out(rules: Rules) -> None:
    assert rules("  - hold: 60s\n") == []
    assert rules("  - hold: 20s\n", "safety: {notice: none, closing: sleep}") == []


@every(
    ("hold", "found"),
    [
        ("  - hold: 50s\n", []),
        ("  - hold: 2m\n", ["long-silence"]),
        ("  - hold: 100s\n    marks: {halfway: tick}\n", []),
        ("  - hold: 10m\n    marks: {every: {5m: tick}}\n", []),
        ("  - hold: 20m\n    marks: {every: {10m: tick}}\n", ["long-silence"]),
        ("  - rest: 90s\n", ["long-silence"]),
        ("  - breathe: {in: 4s, out: 6s, cycles: 12, voice: none}\n", []),
        (
            "  - breathe: {in: 4s, out: 6s, cycles: 12, voice: none, tone: false}\n",
            ["long-silence", "no-effect"],
        ),
    ],
)
def test_silence_lasts_a_minute_at_most(rules: Rules, hold: str, found: list[str]) -> None:
    assert rules(f"  - say: Rest.\n{hold}{WAY_OUT}") == found


def test_silence_is_reported_where_it_is(findings: Findings) -> None:
    (found,) = findings(f"  - say: Rest.\n    settle: 1s\n  - hold: 3m\n    chime: none\n{WAY_OUT}")
    assert (found.rule, found.step, found.fault.line) == ("long-silence", "steps[1]", 6)
    assert "3 minutes 1 second" in found.fault.found


def test_the_silence_at_the_end_counts_unless_one_sleeps(rules: Rules) -> None:
    steps = "  - say: Rest.\n  - hold: 3m\n    chime: none\n"
    assert rules(steps, "safety: {notice: none, closing: none}") == ["long-silence"]
    assert rules(steps, "safety: {notice: none, closing: none}", guidance="chimes") == []


def test_a_mark_that_runs_into_another_is_reported_and_the_rest_is_still_checked(findings: Findings) -> None:
    steps = """  - say: Lift your hips.
    settle: 0s
  - hold: 10s
    marks: {before_end: {5s: "Only a few more seconds, and then it is over."}, countdown: 3}
"""
    found = findings(steps)
    assert [each.rule for each in found] == ["no-settle", "no-way-out", "mark-overlap"]
    assert found[2].step == "steps[1]"
    assert "'Only a few more seconds, and then it is over.' and the mark 'Three.'" in found[2].fault.found


def test_a_voice_of_100_to_130_words_a_minute(findings: Findings) -> None:
    assert findings(WAY_OUT, "voice: {rate: 100}") == findings(WAY_OUT, "voice: {rate: 130}") == ()
    (found,) = findings(WAY_OUT, "voice: {rate: 131}")
    assert (found.rule, found.fault.line, found.fault.column) == ("spoken-pace", 2, 15)
