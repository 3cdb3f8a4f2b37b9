"""What both sources ask for, line by line, in the compiled scripts: words, their order, and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated, estimated_lengths
from audioguide.fitting.fit import fit
from audioguide.lint.load import bounds_at
from audioguide.lint.subject import subject_of
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.load import loads
from audioguide.script.script import Script
from tests.slow import first


@cache
def shipped(name: str) -> Routine:
    return load(SHIPPED_LIBRARY.find(name))


def heard(name: str) -> list[str]:
    """Return all that is heard, in order; a hold is HOLD, and breaths are BREATHS."""
    names = {"hold": "HOLD", "breath": "BREATHS"}
    said = []
    for timed in estimated(compile(shipped(name))).cues:
        if timed.cue.kind in names:
            said.append(names[timed.cue.kind])
        if timed.cue.text and timed.cue.kind != "chapter":
            said.append(timed.cue.text)
    return said


# Each row: a routine, and what must be heard in this order (regular expressions).
TABLE: list[tuple[str, list[str]]] = [
    ("back-relaxation", [r"stomach", r"neck be long, in line with your back", r"palms.*ribs", r"legs relax"]),
    (
        "back-relaxation",
        [r"hands press", r"shoulder blades", r"slowly lift", "HOLD", r"Slowly lower.*forehead"],
    ),
    (
        "back-relaxation",
        [r"navel to your spine", "HOLD", r"Keep breathing|top of your head", r"Second lift", r"Last lift"],
    ),
    (
        "diaphragmatic-breathing",
        [r"Breathe in deeply", r"ribs", r"Press slightly", r"gently through your mouth"],
    ),
    ("diaphragmatic-breathing", [r"muscles of your back relax", "BREATHS", r"eased"]),
    (
        "neutral-spine",
        [r"lower back lifts", r"other way", r"rises slightly", r"deeply", r"belly in", "BREATHS"],
    ),
    (
        "upper-arm-raise",
        [r"[Oo]nly your arms", r"Straighten.*elbows soft", r"point to the ceiling.*comfortable"],
    ),
    ("upper-arm-raise", [r"Breathe easily", r"raise both arms", "HOLD", r"Slowly lower both arms"]),
    ("knee-to-chest", [r"left thigh with both hands", "HOLD", r"left foot to the floor"]),
    (
        "knee-to-chest",
        [r"right thigh with both hands", "HOLD", r"hold both thighs", "HOLD", r"One foot|one foot"],
    ),
    ("seated-hamstring-stretch", [r"cannot roll", r"right knee bent", r"back straight", r"Lean", "HOLD"]),
    (
        "seated-hamstring-stretch",
        [r"Bend your left knee", r"Stretch your right leg", r"back straight", "HOLD"],
    ),
    (
        "cat-stretch",
        [r"sink", r"belly in", r"round your back up", "HOLD", r"sink", r"belly in", r"round", "HOLD"],
    ),
    ("thread-the-needle", [r"never overstretch", "HOLD", r"[Nn]ever overstretch", "HOLD"]),
    (
        "corpse-pose",
        [r"pillow", r"belly grow soft", "HOLD", r"halfway", r"breathe more deeply", r"fingers", r"one side"],
    ),
    ("bridge-pose", [r"neck in line", r"buttocks", r"lift your hips", "HOLD", r"bone by bone"]),
    ("forward-bend", [r"eyes open", r"dizzy", r"reach towards your toes", "HOLD", r"hands on your thighs"]),
    ("foam-roller-release", [r"Never go to your neck or your lower back", r"lean back", r"Hold your head"]),
    ("foam-roller-release", [r"roll to and fro", "HOLD", r"Lower your hips", r"roll off to one side"]),
    (
        "ice-massage",
        [r"bare skin", r"after exercise", r"thin cloth", r"about 20 minutes", r"place the cloth", "HOLD"],
    ),
    (
        "cold-compress",
        [r"bare skin", r"frozen peas or a gel pack", r"stay awake", r"lay the wrapped pack", "HOLD"],
    ),
    (
        "hot-water-bottle",
        [r"never boiling", r"Never lie on the bottle", r"Fill", r"air out", r"Lie on your side"],
    ),
    (
        "warm-towel",
        [
            r"never boiling",
            r"Dip",
            r"Wring the wet towel out",
            r"Test the wet towel",
            "HOLD",
            r"Take the wet towel off",
        ],
    ),
    (
        "hot-shower",
        [r"eyes open", r"does not slip", r"faint", r"never boiling|warm", r"Test the water", "HOLD"],
    ),
    (
        "heating-pad",
        [r"Never lie on the pad", r"Switch your pad on", r"cushion", "HOLD", r"Switch the pad off"],
    ),
    (
        "heat-wrap",
        [r"long-term illness", r"without cuts or rash", r"while you work", "HOLD", r"Take the wrap off"],
    ),
    ("heat-move-ice", [r"Switch your pad on", "HOLD", r"no ice touches your bare skin", r"stomach", "HOLD"]),
    (
        "before-you-start",
        [r"For every yes", r"injured recently", r"injured your back", r"although you have treated"],
    ),
    ("before-you-start", [r"tingling", r"bowel", r"get help today, as an emergency", r"information only"]),
    ("mindfulness-meditation", [r"Welcome", r"Mindfulness", "HOLD", r"halfway", r"breathe more deeply"]),
    (
        "bedtime",
        [r"Good evening", r"never strain", r"dark and quiet", r"Lie down in your bed", r"Let them rest"],
    ),
    ("lower-back", [r"Knee to chest", r"halfway", r"Open your eyes", r"one side", r"stand up", r"chair"]),
    ("lower-back", [r"last exercise", r"down to your knees", r"hands and knees", r"round"]),
    ("unwind", [r"heels", r"onto one side", r"onto your back", r"left thigh with both hands"]),
    ("morning-ten", [r"heels", r"kneel upright", r"stand up", r"feet as wide", r"eyes open"]),
    ("desk-break", [r"eyes open", r"stand up from your chair", r"Sit down again", r"within the hour"]),
]


@pytest.mark.parametrize(("name", "wanted"), TABLE)
def test_what_the_sources_ask_for_is_heard_in_its_order(name: str, wanted: list[str]) -> None:
    said = iter(heard(name))
    for pattern in wanted:
        assert any(re.search(pattern, text) for text in said), pattern


NEVER = (
    r"Breathe on, neck",
    r"arch your back",
    r"^(?:Lift|Raise|Bend) \d of \d",
    r"ever injured\.$",
    r"That is all",
)


@pytest.mark.parametrize("name", SHIPPED_LIBRARY.shipped)
def test_words_that_confused_listeners_are_gone(name: str) -> None:
    assert [text for text in heard(name) for pattern in NEVER if re.search(pattern, text)] == []


def versions(name: str) -> Iterator[Script]:
    """Yield the script of a routine at its defaults, its bounds, and fitted to three lengths."""
    routine = shipped(name)
    settings, length = routine.document.settings, routine.document.length
    yield compile(routine)
    for end in ("min", "max"):
        yield compile(
            routine, Options(settings={key: str(getattr(each, end)) for key, each in settings.items()})
        )
    for total in (length.min, length.default, length.max) if length else ():
        assert total
        yield fit(routine, NOTHING, total.value, lengths=estimated_lengths).script


@pytest.mark.parametrize("name", first(12, SHIPPED_LIBRARY.shipped))
def test_the_body_is_in_position_for_as_long_as_the_source_says(name: str) -> None:
    routine = shipped(name)
    for script in versions(name):
        subject = subject_of(routine, script)
        for each in loads(subject.timeline):
            bounds = bounds_at(subject.places[each.hold.cue.step])
            if bounds and bounds.min is not None:
                assert each.length >= bounds.min
            if bounds and bounds.max is not None:
                assert each.length <= bounds.max


@pytest.mark.parametrize("name", [name for name in SHIPPED_LIBRARY.shipped if shipped(name).document.length])
def test_a_fit_shortens_nothing_that_a_source_gives(name: str) -> None:
    length = shipped(name).document.length
    assert length
    assert length.min
    settings = fit(shipped(name), NOTHING, length.min.value, lengths=estimated_lengths).script.settings
    assert settings.get("raise", "30s") == "30s"
    assert int(settings.get("raises", 3)) >= 3
    assert int(settings.get("spine", 6)) >= 6
    assert int(settings.get("arches", 5)) >= 5


@pytest.mark.parametrize("name", SHIPPED_LIBRARY.shipped)
def test_nobody_who_lies_is_asked_to_lie_down(name: str) -> None:
    lies = ""
    for text in heard(name):
        if match := re.match(r"(?:Slowly )?[Ll]ie (?:down )?on your (back|stomach)", text):
            assert match[1] != lies, text
            lies = match[1]
        elif re.search(r"stand up|hands and knees|kneel|heels|one side|roll|[Ss]it", text):
            lies = ""
