"""Each safety rule is spoken, printed or checked where it belongs."""

from __future__ import annotations

import re

import pytest

from audioguide.compile import compile
from audioguide.routine import library
from audioguide.routine.load import load
from audioguide.routine.notices import DISCLAIMER, OPENINGS
from audioguide.routine.safety import RULES
from audioguide.speech.text import estimate
from audioguide.units import TICKS_PER_SECOND

NAMES = sorted(path.stem for path in library.SHIPPED.glob("*.yaml"))
NO_HEAT = ("heart disease", "diabetes", "dermatitis", "high blood pressure", "peripheral neuropathy")

# What must be heard for a rule to count as spoken: every one of these words.
HEARD: dict[str, tuple[str, ...]] = {
    "R1": (r"move slowly|listen to your body",),
    "R2": (r"never strain",),
    "R3": (r"never put ice on bare skin", r"cloth"),
    "R4": (r"heat can harm the skin", r"keep to the minutes"),
    "R5": (r"water that you can bear", r"never boiling"),
    "R6": (r"chronic illness", r"ask a doctor first"),
    "R7": tuple(f"no heat with .*{illness}" for illness in NO_HEAT),
    "R8": (r"with a teacher first",),
    "R9": (r"senior", r"ask a (physician|doctor)|speak with a physician"),
    "R10": (r"pain means stop",),
    "R11": (r"injur|hurt your back", r"ask a (physician|doctor)|speak with a physician"),
    "R12": (r"more than a week",),
    "R13": (r"low back pain for a long time",),
    "R14": (r"arthritis",),
    "R15": (r"tingling or numbness",),
    "R16": (r"daily life",),
    "R17": (r"fever", r"weight loss", r"bowel", r"bladder", r"digestion"),
}


def unheard(rules: list[str], words: str) -> list[str]:
    """Return the rules that are to be spoken and of which `words` say nothing."""
    spoken = [rule for rule in rules if "spoken" in RULES[rule].ways]
    return [rule for rule in spoken if not all(re.search(part, words.lower()) for part in HEARD[rule])]


def test_all_rules_are_there_and_each_is_kept_in_some_way() -> None:
    assert list(RULES) == [f"R{number}" for number in range(1, 20)]
    assert {rule for rule, each in RULES.items() if "spoken" in each.ways} == set(HEARD)
    for rule, each in RULES.items():
        assert "printed" in each.ways, rule
        assert each.text.endswith("."), rule
    assert RULES["R19"].text == DISCLAIMER


@pytest.mark.parametrize("notice", OPENINGS)
def test_a_notice_says_what_it_stands_for(notice: str) -> None:
    opening = OPENINGS[notice]
    assert unheard(list(opening.rules), " ".join(opening.sentences)) == []


@pytest.mark.parametrize("notice", OPENINGS)
def test_a_notice_is_short_and_one_breath_at_a_time(notice: str) -> None:
    sentences = OPENINGS[notice].sentences
    words = sum(len(sentence.split()) for sentence in sentences)
    assert words <= (62 if {"R7"} & set(OPENINGS[notice].rules) else 32)
    for sentence in sentences:
        assert len(sentence.split()) <= 20, sentence
        assert estimate(sentence, 120) < 9 * TICKS_PER_SECOND, sentence


@pytest.mark.parametrize("name", NAMES)
def test_a_routine_speaks_its_rules_and_keeps_no_unknown_one(name: str) -> None:
    routine = load(library.find(name))
    words = " ".join(cue.text or "" for cue in compile(routine).cues if cue.kind == "say")
    rules = routine.document.safety.rules
    assert [rule for rule in rules if rule not in RULES] == []
    assert unheard(rules, words) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_routine_keeps_the_rules_that_are_for_all(name: str) -> None:
    rules = load(library.find(name)).document.safety.rules
    assert [rule for rule, each in RULES.items() if each.where == "all" and rule not in rules] == []
    assert rules == sorted(rules, key=lambda rule: int(rule[1:]))


@pytest.mark.parametrize("name", NAMES)
def test_a_session_keeps_every_rule_of_what_it_includes(name: str) -> None:
    routine = load(library.find(name))
    for included in routine.includes.values():
        missing = set(included.document.safety.rules) - set(routine.document.safety.rules)
        assert missing == set(), included.name


@pytest.mark.parametrize("name", NAMES)
def test_heat_and_ice_are_known_by_what_is_used(name: str) -> None:
    """A routine that takes heat or ice to the skin cannot forget the rules of it."""
    document = load(library.find(name)).document
    used, rules = set(document.equipment), set(document.safety.rules)
    assert bool(used & {"ice", "cold pack"}) == ("R3" in rules)
    if used & {"heating pad", "hot-water bottle", "heat wrap", "shower"}:
        assert {"R4", "R6", "R7"} <= rules
    if "R7" in rules:
        for illness in ("heart disease", "diabetes", "dermatitis", "hypertension", "peripheral neuropathy"):
            assert illness in document.safety.avoid_with
