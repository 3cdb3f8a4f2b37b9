"""Random routine documents for property tests: valid by construction, every kind of step among them.

Lengths of clips are those of `tests.conftest.word_lengths`: 83 ticks a word, 401 ticks a sound.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.routine.load import load
from audioguide.script.script import Script

Step = dict[str, Any]
Draw = st.DrawFn

PROPERTY = settings(database=None, derandomize=True)

WORD, SOUND, COUNT = 83, 401, 83
SHORTEST_PHASE = 2 * WORD  # "Breathe out."
SOUNDS = ("bell", "bowl", "chime", "tick", "wood", "start", "end", "open", "close", "halfway", "gong")
WORDS = ("slowly", "lift", "your", "knee", "and", "breathe", "into", "the", "floor")


def compiled(document: Step, **asked: str) -> Script:
    """Write `document` as JSON, which is YAML, load and compile it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "routine.yaml"
        path.write_text(json.dumps(document), encoding="utf-8")
        return compile(load(path), Options(settings=asked))


def document(steps: list[Step], **more: object) -> Step:
    """Return a routine of `steps` with three settings: hold, more and reps."""
    return {
        "title": "Property",
        "safety": {"notice": "none", "closing": "none"},
        "sounds": {"gong": {"file": "bowl", "volume": "-4.5dB"}, "wood": {"volume": 2}},
        "settings": {
            "hold": {"default": "5s", "min": "2s", "max": "9s"},
            "more": {"default": "1s", "min": "0s", "max": "3s"},
            "reps": {"default": 2, "min": 1, "max": 5},
        },
        "steps": steps,
        **more,
    }


def ticks(low: int = 0, high: int = 2000) -> st.SearchStrategy[int]:
    """Return lengths in ticks; those that lie on no border of a frame are as likely as others."""
    return st.integers(low, high)


@st.composite
def written(draw: Draw, length: int | None = None) -> Any:
    """Return a time as an author may write it: "1.5s", "1500ms", 1.5."""
    count = draw(ticks()) if length is None else length
    forms: list[Any] = [f"{count * 4}ms", f"{count / 250:.3f}s", count / 250]
    return draw(st.sampled_from(forms))


@st.composite
def sentences(draw: Draw, most: int = 6) -> str:
    """Return one sentence of up to `most` words."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most))
    return " ".join(words).capitalize() + "."


@st.composite
def documents(draw: Draw) -> Step:
    """Return a whole routine with at least one hold."""
    safety = {
        "notice": draw(st.sampled_from(["none", "general", "breathing"])),
        "closing": draw(st.sampled_from(["none", "gentle"])),
    }
    return document([*draw(step_lists()), draw(holds())], safety=safety)


@st.composite
def step_lists(draw: Draw, depth: int = 0, *, sides: bool = False) -> list[Step]:
    """Return one to four steps; repeats and sides nest twice."""
    kinds = [says(sides=sides), holds(), holds(), pauses(), chimes(), breaths(), chapters()]
    if depth < 2:
        kinds.append(repeats(depth, sides=sides))
        if not sides:
            kinds += [both_sides(depth), includes()]
    return draw(st.lists(st.one_of(kinds), min_size=1, max_size=4))


@st.composite
def says(draw: Draw, *, sides: bool = False) -> Step:
    step: Step = {"say": " ".join(draw(st.lists(sentences(), min_size=1, max_size=2)))}
    if sides and draw(st.booleans()):
        step["say"] = draw(
            st.sampled_from(
                ["Now the {side} leg.", {"left": "Left, and lift.", "right": "Turn over. Right."}]
            )
        )
    if draw(st.booleans()):
        step["short"] = draw(sentences(2))
    for key in draw(st.sampled_from([(), ("settle",), ("gap",), ("settle", "gap")])):
        step[key] = draw(written())
    return step


@st.composite
def pauses(draw: Draw) -> Step:
    return {draw(st.sampled_from(["settle", "rest", "switch", "gap"])): draw(st.none() | written())}


@st.composite
def chimes(draw: Draw) -> Step:
    step: Step = {"chime": draw(st.sampled_from(SOUNDS))}
    return step | ({"gap": draw(written())} if draw(st.booleans()) else {})


@st.composite
def chapters(draw: Draw) -> Step:
    return {"chapter": draw(sentences())}


@st.composite
def includes(draw: Draw) -> Step:
    return {"include": "cat-stretch", "settings": {"reps": draw(st.integers(5, 6))}}


@st.composite
def repeats(draw: Draw, depth: int, *, sides: bool) -> Step:
    step: Step = {"repeat": draw(st.sampled_from([1, 2, 3, "$reps"]))}
    if draw(st.booleans()):
        step["rest"] = draw(written())
    if draw(st.booleans()):
        step["grow"] = {"hold": draw(growths())}
    return step | {"steps": draw(step_lists(depth + 1, sides=sides))}


@st.composite
def growths(draw: Draw) -> Step:
    return {draw(st.sampled_from(["by", "to"])): draw(st.just("$more") | written())}


@st.composite
def both_sides(draw: Draw, depth: int) -> Step:
    step: Step = {"sides": draw(st.permutations(["left", "right"]))}
    if draw(st.booleans()):
        step["switch"] = draw(written())
    return step | {"steps": draw(step_lists(depth + 1, sides=True))}


@st.composite
def paces(draw: Draw) -> Step:
    """Return one breath; each phase is long enough for its word."""
    pace = {
        "in": draw(written(draw(ticks(SHORTEST_PHASE, 1500)))),
        "out": draw(written(draw(ticks(SHORTEST_PHASE)))),
    }
    for key in draw(st.sampled_from([(), ("full",), ("empty",), ("full", "empty")])):
        pace[key] = draw(written(draw(ticks(WORD, 500))))
    return pace


@st.composite
def breaths(draw: Draw) -> Step:
    voice = draw(st.sampled_from(["all", "none", "first two", 1]))
    more = {"cycles": draw(st.integers(1, 3)), "voice": voice, "tone": draw(st.booleans())}
    return {"breathe": draw(paces()) | more}


@st.composite
def holds(draw: Draw) -> Step:
    """Return a hold by seconds, by breaths or by a setting, with chimes and marks."""
    kind = draw(st.sampled_from(["time", "time", "time", "breaths", "setting"]))
    if kind == "breaths":
        style = draw(st.sampled_from(["tone", "voice", "both", "none"]))
        step: Step = {
            "hold": draw(paces()) | {"breaths": draw(st.integers(1, 3))},
            "marks": {"breaths": style},
        }
    elif kind == "setting":
        step = {"hold": "$hold", "marks": draw(st.sampled_from([{}, {"halfway": "tick"}, {"countdown": 1}]))}
    else:
        length = draw(ticks(1, 3000))
        step = {"hold": draw(written(length)), "marks": draw(marks(length))}
    sounds = st.sampled_from(("none", *SOUNDS))
    chime = draw(st.none() | sounds | st.fixed_dictionaries({"start": sounds, "end": sounds}))
    return step | ({"chime": chime} if chime is not None else {})


@st.composite
def marks(draw: Draw, length: int) -> Step:
    """Return marks for a hold of `length` ticks that neither overlap nor outlast it; they may touch."""
    found: Step = {"at": {}, "before_end": {}}
    free = 0
    for mark in draw(st.lists(mark_cues(), max_size=3)):
        start = free + draw(st.sampled_from([0, 0, 1]) | ticks(0, 900))
        if start + mark_length(mark) > length:
            break
        free = start + mark_length(mark)
        key, offset = draw(st.sampled_from([("at", start), ("before_end", length - start)]))
        found[key][f"{offset * 4}ms"] = mark
    most = min(5, (length - free) // 250)
    if most and draw(st.booleans()):
        count = draw(st.integers(1, most))
        found["countdown"] = draw(st.sampled_from([count, {"from": count}]))
    elif not free and mark_length(mark := draw(mark_cues())) <= length - length // 2:
        found["halfway"] = mark
    return {key: value for key, value in found.items() if value}


@st.composite
def mark_cues(draw: Draw) -> Any:
    """Return a mark in one of its forms."""
    text, sound = draw(sentences(4)), draw(st.sampled_from(SOUNDS))
    return draw(st.sampled_from([text, {"say": text}, sound, {"chime": sound}]))


def mark_length(mark: Any) -> int:
    """Return how many ticks a mark sounds."""
    text = str(*mark.values()) if isinstance(mark, dict) else str(mark)
    return SOUND if text in SOUNDS else WORD * len(text.split())
