"""Each safety rule is spoken, printed or checked where it belongs."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.compiler.pauses import GAP
from audioguide.export.picture.page import picture
from audioguide.export.script_json import dump
from audioguide.export.script_text import script_text
from audioguide.listener.options import Options
from audioguide.routine import library
from audioguide.routine.language.notices import DISCLAIMER, OPENINGS
from audioguide.routine.language.safety import RULES
from audioguide.routine.load import load
from audioguide.script.script import Script
from audioguide.speech.estimate import estimate
from audioguide.units import TICKS_PER_SECOND
from tests.conftest import Write
from tests.shipped import compiled, shipped
from tests.slow import first
from tests.tables import every

NAMES = sorted(path.stem for path in library.SHIPPED.glob("*.yaml"))
NO_HEAT = ("heart disease", "diabetes", "dermatitis", "high blood pressure", "peripheral neuropathy")

# What must be heard for a rule to count as spoken: every one of these words.
HEARD: dict[str, tuple[str, ...]] = {
    "R1": (r"move slowly|listen to your body",),
    "R2": (r"never strain", r"breath"),  # a neutral neck only where the exercise has one
    "R3": (r"never put ice on bare skin", r"cloth"),
    "R4": (r"heat can harm the skin", r"keep to the time"),
    "R5": (r"water that you can bear", r"never boiling"),
    "R6": (r"long-term illness", r"ask your doctor first"),
    "R7": tuple(f"no heat with .*{illness}" for illness in NO_HEAT),
    "R8": (r"from a teacher first",),
    "R9": (r"older|senior", r"arthriti[cs]", r"ask (a|your) (physician|doctor)|speak with a physician"),
    "R10": (r"stop if anything hurts, tingles or goes numb",),
    "R11": (
        r"injur|hurt your back",
        r"new or old|ever hurt|ever injured|injured recently",
        r"ask (a|your) (physician|doctor)|speak with a physician",
    ),
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


@every("notice", OPENINGS)
def test_a_notice_says_what_it_stands_for(notice: str) -> None:
    opening = OPENINGS[notice]
    assert unheard(list(opening.rules), " ".join([*opening.sentences, *opening.then])) == []


@every("notice", OPENINGS)
def test_a_notice_is_short_and_one_breath_at_a_time(notice: str) -> None:
    opening = OPENINGS[notice]
    spoken = sum(estimate(sentence, 120) + GAP for sentence in opening.sentences) - GAP
    # With heat and ice all warnings come before the first thing is filled or switched on.
    warm = bool({"R3", "R4"} & set(opening.rules))
    assert spoken <= (51 if warm else 25) * TICKS_PER_SECOND
    for sentence in (*opening.sentences, *opening.then):
        assert len(sentence.split()) <= 20, sentence
        assert estimate(sentence, 120) < 9 * TICKS_PER_SECOND, sentence


def made_of_one(made: Script) -> bool:
    """Return whether there is one hold alone."""
    return sum(cue.kind == "hold" for cue in made.cues) == 1


@every("name", first(50, NAMES))
def test_a_routine_speaks_its_rules_and_keeps_no_unknown_one(name: str) -> None:
    routine = shipped(name)
    words = " ".join(cue.text or "" for cue in compiled(name).cues if cue.kind == "say")
    rules = routine.document.safety.rules
    assert [rule for rule in rules if rule not in RULES] == []
    if routine.document.safety.notice == "meditation":
        rules = [rule for rule in rules if rule != "R11"]  # nothing is moved: printed, not spoken
    assert unheard(rules, words) == []


@every("name", first(50, NAMES))
def test_every_routine_keeps_the_rules_that_are_for_all(name: str) -> None:
    rules = shipped(name).document.safety.rules
    assert [rule for rule, each in RULES.items() if each.where == "all" and rule not in rules] == []
    assert rules == sorted(rules, key=lambda rule: int(rule[1:]))


@every("name", first(50, NAMES))
def test_a_session_keeps_every_rule_of_what_it_includes(name: str) -> None:
    routine = shipped(name)
    for included in routine.includes.values():
        missing = set(included.document.safety.rules) - set(routine.document.safety.rules)
        assert missing == set(), included.name


@every("name", first(50, NAMES))
def test_heat_and_ice_are_known_by_what_is_used(name: str) -> None:
    """A routine that takes heat or ice to the skin cannot forget the rules of it."""
    document = shipped(name).document
    used, rules = set(document.equipment), set(document.safety.rules)
    assert bool(used & {"ice", "cold pack"}) == ("R3" in rules)
    if used & {"heating pad", "hot-water bottle", "heat wrap", "shower"}:
        assert {"R4", "R6", "R7"} <= rules
    if "R7" in rules:
        for illness in ("heart disease", "diabetes", "dermatitis", "hypertension", "peripheral neuropathy"):
            assert illness in document.safety.avoid_with


def test_what_is_printed_has_the_rules_of_all_that_is_included(write: Write) -> None:
    write("title: B\nsafety: {rules: [R3], avoid_with: [frostbite, age]}\nsteps:\n  - gap: 1s\n", "b.yaml")
    path = write(
        "title: A\nsafety: {notice: yoga, rules: [R99], avoid_with: [age]}\nsteps:\n  - include: b.yaml\n"
    )
    safety = compile(load(path)).safety
    assert safety.avoid == ("age", "frostbite")
    assert safety.rules == ("R1", "R2", "R3", "R8", "R9", "R10", "R11", "R18", "R19")


@pytest.mark.parametrize("name", ["cat-stretch", "heating-pad", "full-back-care"])
def test_every_rule_is_printed_where_a_script_is(name: str, tmp_path: Path) -> None:
    routine = shipped(name)
    timeline = estimated(compile(routine))
    path = tmp_path / f"{name}.script.json"
    path.write_text(dump(timeline), encoding="utf-8")
    again = estimated(read_script(path))
    drawn = ElementTree.fromstring(picture(timeline).svg)
    shown = " ".join("".join(each.itertext()) for each in drawn.iter() if each.tag.endswith("text"))
    for text in (script_text(timeline), script_text(again), shown):
        for rule in routine.document.safety.rules:
            assert RULES[rule].text in text, rule
        assert "; ".join(routine.document.safety.avoid_with) in text


def test_an_author_who_names_no_rule_still_has_those_for_all_printed(write: Write) -> None:
    text = script_text(estimated(compile(load(write("title: A\nsteps:\n  - gap: 1s\n")))))
    for rule, each in RULES.items():
        assert (each.text in text) == (each.where == "all"), rule


@every(
    "steps",
    [
        "  - say: Sit.\n    settle: 5s\n  - say: Lean.\n    settle: 3s\n  - hold: 10s",
        "  - chapter: One\n  - say: Sit.\n    settle: 5s\n  - say: Lean.\n  - hold: 10s",
        (
            "  - repeat: 2\n    steps:\n    - say: Sit.\n      settle: 5s\n    - say: Lean.\n"
            "    - say: Hold still.\n    - hold: 10s"
        ),
    ],
)
def test_the_rest_of_a_notice_waits_until_the_listener_is_in_place(steps: str, write: Write) -> None:
    made = compile(load(write(f"title: A\nsafety: {{notice: yoga}}\nsteps:\n{steps}\n")))
    words = [cue.text for cue in made.cues if cue.kind == "say"]
    opening = OPENINGS["yoga"]
    bells = (
        ["A bell sounds when the time starts.", "A deep, low tone sounds when it ends."]
        if made_of_one(made)
        else []
    )
    bells = bells or ["A bell starts each hold.", "A deep, low tone ends it."]
    before = ["A.", *opening.sentences, *bells, "Sit.", *opening.then, "Lean."]
    assert words[: len(before)] == before
    settled = next(index for index, cue in enumerate(made.cues) if cue.text == "Sit.") + 1
    assert (made.cues[settled].kind, made.cues[settled].length) == ("settle", 5 * TICKS_PER_SECOND)


@every(
    "steps",
    [
        "  - say: Sit.\n    settle: 5s\n  - hold: 10s",
        "  - hold: 10s",
        "  - {breathe: {in: 4s, out: 6s, cycles: 1}}",
    ],
)
def test_the_rest_of_a_notice_never_stands_between_an_instruction_and_its_hold(
    steps: str, write: Write
) -> None:
    made = compile(load(write(f"title: A\nsafety: {{notice: heat}}\nsteps:\n{steps}\n")))
    heard = [cue for cue in made.cues if cue.kind in ("say", "hold", "breath")]
    heat = ["A.", *OPENINGS["heat"].sentences, *OPENINGS["heat"].then]
    assert [cue.text for cue in heard[: len(heat)]] == heat
    assert next(cue for cue in heard if cue.step != "opening").step == "steps[0]"


def test_bells_alone_say_nothing_of_a_notice(write: Write) -> None:
    path = write("title: A\nsafety: {notice: heat}\nsteps:\n  - say: Sit.\n  - hold: 10s\n")
    assert not [cue for cue in compile(load(path), Options(guidance="chimes")).cues if cue.kind == "say"]


@pytest.mark.parametrize(
    ("avoid", "named"),
    [
        ("a knee injury", "an injury, new or old"),
        ("a groin strain", "an injury, new or old"),
        ("a recent joint replacement", "an injury, new or old"),
        ("recent injury or trauma", "ever hurt your back"),
        ("a back injury, new or old, without a physician's go-ahead", "ever hurt your back"),
        ("late pregnancy", "ever hurt your back"),
    ],
)
def test_whom_a_doctor_has_to_see_first_depends_on_what_can_be_hurt(
    avoid: str, named: str, write: Write
) -> None:
    safety = f'safety: {{notice: stretch, avoid_with: ["{avoid}"]}}'
    alone = write(f"title: A\n{safety}\nsteps:\n  - {{say: Sit., settle: 5s}}\n", "a.yaml")
    within = write("title: B\nsafety: {notice: stretch}\nsteps:\n  - include: a.yaml\n", "b.yaml")
    for path in (alone, within):
        asked = [cue.text for cue in compile(load(path)).cues if "ask a doctor" in (cue.text or "")]
        assert asked == [f"If you are an older adult, have arthritis or {named}, ask a doctor first."]
