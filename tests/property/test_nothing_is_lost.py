"""Whatever is written is in the script, or named in its place: by an error, or by a finding of `check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.load import Routine, load_text
from audioguide.script.choices import Guidance
from tests.property.strategies import PROPERTY, Draw, Step

SILENT = {"no-effect", "lost-mark"}
# Spelt in several ways; short ones are in most holds.
MOMENTS = ("1s", "2s", "5s", "5", "5000ms", "7s", "0:07", "8s", "9s", "10s", "15s", "20s", "0.5m")
GUIDANCE: tuple[Guidance, ...] = ("fade", "full", "short", "minimal")
TEXT = re.compile(r"Text [a-z]+")
TIME = st.sampled_from(["8s", "20s", "30s", "45s", "1m", "$stay"])
COUNT = st.sampled_from([1, 2, 3, "$reps"])


@st.composite
def documents(draw: Draw) -> Step:
    """Return a routine whose texts are all different: Text a., Text b. and so on."""
    settings = {
        "stay": {"default": draw(st.sampled_from(["10s", "30s"])), "max": "30s"},
        "reps": {"default": draw(st.integers(1, 3)), "max": 3},
        "other": {"default": "5s", "min": "4s", "max": "9s"},
    }
    chosen = draw(st.sets(st.sampled_from(sorted(settings))))
    document: Step = {
        "title": "Property",
        "safety": {"notice": "none", "closing": "none"},
        "profile": draw(st.sampled_from(["standard", "standard", "sleep"])),
        "settings": {"stay": settings["stay"], "reps": settings["reps"]} | {n: settings[n] for n in chosen},
        "steps": draw(st.lists(steps(2, sides=False), min_size=1, max_size=4)),
    }
    numbered: Step = _numbered(document)
    return numbered


def _numbered(value: Any) -> Any:
    """Return `value` with each TEXT as one of its own, in letters: digits would be read as numbers."""
    count = 0

    def walk(value: Any) -> Any:
        nonlocal count
        if isinstance(value, dict):
            return {key: walk(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner) for inner in value]
        if value == "TEXT":
            count += 1
            return "Text " + "".join("abcdefghij"[int(digit)] for digit in f"{count:03}") + "."
        return value

    return walk(value)


@st.composite
def steps(draw: Draw, depth: int, *, sides: bool) -> Step:
    if not depth or draw(st.integers(0, 2)):
        return draw(st.one_of(says(sides=sides), holds(), holds(), breath_holds(), breathing(), chimes()))
    kind = draw(st.sampled_from(["repeat", "grow", *([] if sides else ["sides"])]))
    inner = draw(st.lists(steps(depth - 1, sides=sides or kind == "sides"), min_size=1, max_size=3))
    if kind == "sides":
        names = draw(
            st.lists(st.sampled_from(["left", "right", "both"]), min_size=1, max_size=2, unique=True)
        )
        return {"sides": names, "steps": inner}
    growth = {"stay": draw(st.sampled_from([{"by": "0s"}, {"by": "5s"}, {"to": "8s"}, {"to": "25s"}]))}
    return {"repeat": draw(COUNT), **({"grow": growth} if kind == "grow" else {}), "steps": inner}


@st.composite
def holds(draw: Draw) -> Step:
    return {"hold": draw(TIME), "marks": draw(marks())}


@st.composite
def breath_holds(draw: Draw) -> Step:
    return {"hold": draw(paces()) | {"breaths": draw(COUNT)}, "marks": {"breaths": draw(breath_words())}}


@st.composite
def breathing(draw: Draw) -> Step:
    return {"breathe": draw(breaths())}


@st.composite
def chimes(draw: Draw) -> Step:
    return {"chime": draw(st.sampled_from(["bell", "close"]))}


@st.composite
def says(draw: Draw, *, sides: bool) -> Step:
    texts: Any = "TEXT"
    if sides and draw(st.booleans()):
        names = draw(st.sampled_from([("left", "right"), ("left", "right", "both")]))
        texts = dict.fromkeys(names, "TEXT")
    step: Step = {"say": texts}
    for key in draw(st.sets(st.sampled_from(["short", "minimal"]))):
        step[key] = "TEXT"
    return step


@st.composite
def marks(draw: Draw) -> Step:
    found: Step = {}
    moments = st.lists(st.sampled_from(MOMENTS), max_size=1 + draw(st.booleans()), unique=True)
    for key in ("at", "before_end", "every"):
        if names := draw(moments):
            found[key] = dict.fromkeys(names, "TEXT")
    if draw(st.booleans()):
        found["halfway"] = "TEXT"
    return found


@st.composite
def paces(draw: Draw) -> Step:
    rests = draw(st.sets(st.sampled_from(["full", "empty"])))
    return {"in": "4s", "out": "6s"} | dict.fromkeys(sorted(rests), draw(st.sampled_from(["0s", "2s"])))


@st.composite
def breath_words(draw: Draw) -> Step:
    return dict.fromkeys(sorted(draw(st.sets(st.sampled_from(["in", "full", "out", "empty"])))), "TEXT")


@st.composite
def breaths(draw: Draw) -> Step:
    more: Step = {"cycles": draw(st.sampled_from([1, 2, 3, 6, 9, "$reps"]))}
    more["voice"] = draw(st.sampled_from(["all", "none", "first two", 1]))
    if words := draw(breath_words()):
        more["words"] = words
    more |= dict.fromkeys(sorted(draw(st.sets(st.sampled_from(["halfway", "last"])))), "TEXT")
    return draw(paces()) | more


@PROPERTY
@given(documents())
def test_every_text_is_in_the_script_or_named_in_its_place(document: Step) -> None:
    written = json.dumps(document, indent=1)
    made = _made(written)
    if made is None:
        event("refused")
        return
    routine, findings = made
    said: set[str] = set()
    for settings in _choices(routine):
        for guidance in GUIDANCE:
            said |= _said(routine, Options(guidance=guidance, settings=settings))
    if set(TEXT.findall(written)) - said:  # a hold in between may have room for a mark
        for stay in range(10, 30):
            said |= _said(routine, Options(settings={"stay": f"{stay}s"}, beyond_bounds=True))
    named = {finding.fault.line for finding in findings if finding.rule in SILENT}
    for number, line in enumerate(written.splitlines(), 1):
        for text in TEXT.findall(line):
            if text not in said:
                event("named")
                assert number in named or number - 1 in named, (text, [str(each) for each in findings])


@PROPERTY
@given(documents())
def test_every_setting_changes_the_script_or_is_named(document: Step) -> None:
    made = _made(json.dumps(document, indent=1))
    if made is None:
        return
    routine, findings = made
    named = {finding.fault.line for finding in findings if finding.rule == "no-effect"}
    for name, setting in document["settings"].items():
        line = routine.source.fault(("settings", name), "").line
        if line not in named:
            low = setting.get("min", "3s" if name == "stay" else 1)
            cues = [_cues(routine, name, value) for value in (low, setting["max"])]
            assert cues[0] != cues[1] or None in cues, name


def _made(written: str) -> tuple[Routine, tuple[Finding, ...]] | None:
    try:
        routine = load_text(written, Path("routine.yaml"))
        return routine, lint(routine, compile(routine))
    except RoutineError as error:
        refused = error
    assert refused.faults, "an error that names no place"
    return None


def _choices(routine: Routine) -> list[dict[str, str]]:
    """Return the settings as they are written, and at their most."""
    settings = routine.document.settings
    return [{}, {name: str(each.max) for name, each in settings.items() if each.max}]


def _said(routine: Routine, options: Options) -> set[str]:
    try:
        cues = compile(routine, options).cues
    except RoutineError:  # a mark outside of the hold that a listener chose
        return set()
    return {text for cue in cues for text in TEXT.findall(cue.text or "")}


def _cues(routine: Routine, name: str, value: object) -> object:
    try:
        return compile(routine, Options(settings={name: str(value)})).cues
    except RoutineError:
        return None  # it has its effect
