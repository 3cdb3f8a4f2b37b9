"""For each check, what it leaves alone and what it finds: five of both, or more."""

from __future__ import annotations

from audioguide.routine.language.checks import CHECKS
from tests.lint.conftest import Rules
from tests.lint.routines import ROUTINES, Case, say
from tests.lint.test_guidance import CASES
from tests.lint.texts import TEXTS
from tests.tables import every


def one(said: str) -> str:
    """Hold and come back after these words, without time to settle."""
    return say(said, "0s") + "  - hold: 20s\n" + say("Come back.")


def found(rules: Rules, case: Case) -> list[str]:
    if isinstance(case, str):
        return rules(case)
    head, steps, *title = case
    return rules(steps, head, *title)


def text_as_routine(rule: str, text: str) -> str:
    return one(text) if rule == "no-settle" else say(text)


FINE: list[tuple[str, Case]] = [(rule, case) for rule, (fine, _) in ROUTINES.items() for case in fine]
FAULTY: list[tuple[str, Case]] = [(rule, case) for rule, (_, faulty) in ROUTINES.items() for case in faulty]
FINE += [(rule, text_as_routine(rule, text)) for rule, (fine, _) in TEXTS.items() for text in fine]
FAULTY += [(rule, text_as_routine(rule, text)) for rule, (_, faulty) in TEXTS.items() for text in faulty]


def test_there_are_five_of_both_for_every_check() -> None:
    assert {*ROUTINES, *TEXTS} | {case[0] for case in CASES} == set(CHECKS)
    for rule in {*ROUTINES, *TEXTS}:
        assert sum(each == rule for each, _ in FINE) >= 5, rule
        assert sum(each == rule for each, _ in FAULTY) >= 5, rule


@every(("rule", "case"), FINE)
def test_what_is_fine_is_left_alone(rules: Rules, rule: str, case: Case) -> None:
    assert rule not in found(rules, case)


def test_the_words_of_a_breath_may_name_the_side(rules: Rules) -> None:
    words = "words: {in: In through the left., out: Out through the right.}"
    steps = (
        f"  - sides: [left, right]\n    steps:\n      - breathe: {{in: 4s, out: 6s, cycles: 2, {words}}}\n"
    )
    assert rules(steps) == []


@every(("rule", "case"), FAULTY)
def test_what_is_not_is_found(rules: Rules, rule: str, case: Case) -> None:
    assert rule in found(rules, case)
