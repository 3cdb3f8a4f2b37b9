"""Random routines that use every key of the language; each text and each sound in them is one of a kind."""

from __future__ import annotations

import json
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from hypothesis import strategies as st

from audioguide.routine.language.document import schema
from tests.property.strategies import Draw, Step

# Spelt in several ways.
MOMENTS = ("1s", "2s", "5s", "5", "5000ms", "0:07", "8s", "10s", "15s", "20s", "0.5m")
STAYS = ("8s", "20s", "30s", "45s", "1m", "$stay")
SOUNDS = tuple(f"s{letter}" for letter in "abcdefghijklmnop")
INNER = """title: Inner
settings: {stay: {default: 9s, min: 5s, max: 60s}}
safety: {notice: none, closing: none}
steps:
  - say: Text inner.
  - hold: $stay
"""

_EVERY: ContextVar[bool] = ContextVar("every", default=False)  # whether all keys of a mapping are written

times = st.sampled_from(["1s", "5s", "$other"])
counts = st.sampled_from([1, 2, 3, "$reps"])
yes = st.booleans()


def folder_for(path: Path) -> Path:
    """Fill the folder at `path` with what the routines include and sound; return it."""
    path.mkdir(exist_ok=True)
    (path / "inner.yaml").write_text(INNER, encoding="utf-8")
    for name in SOUNDS:
        soundfile.write(path / f"{name}.wav", 0.3 * np.sin(np.arange(9600) * 0.06), 48_000)
    return path


def some(draw: Draw, **keys: st.SearchStrategy[Any]) -> Step:
    """Return a mapping with some of `keys`; `_` at the end of a name is not part of it."""
    chosen = set(keys) if _EVERY.get() else draw(st.sets(st.sampled_from(sorted(keys))))
    return {name.rstrip("_"): draw(keys[name]) for name in sorted(chosen)}


@st.composite
def documents(draw: Draw) -> Step:
    """Return a routine: texts are "Text aaa." and so on, sounds are files of its own."""
    notice = draw(st.sampled_from(["none", "none", "general"]))
    safety = {"notice": notice, "closing": draw(st.sampled_from(["none", "gentle", "day", "sleep"]))}
    document: Step = {"title": "Property", "safety": safety | some(
        draw, avoid_with=st.just(["a recent injury"]), rules=st.just(["R1"])
    )}  # fmt: skip
    document |= some(
        draw,
        summary=st.just("One line."), position=st.just("lying on your back"), welcome=st.just("TEXT"),
        progress=yes, body=st.just(["back"]), equipment=st.just(["chair"]), length=lengths(),
        source=st.just({"name": "a leaflet", "note": "a note", "url": "https://example.org"}) | st.just(
            [{"name": "a sheet", "address": "https://example.org", "says": "hold 5 s", "note": "a note"}]
        ),
        level=st.just("gentle"), phase=st.just("stretch"),
        doses=st.just({"two": {"reps": 2}}), voice=voices(), profile=st.sampled_from(["quiet", "sleep"]),
        bed=st.sampled_from(["rain", "none"]), bed_volume=st.sampled_from([-3, 2]), chimes=chimes(),
        seed=st.integers(0, 9), say_as=st.just({"property": "PROP-er-tee"}),
        allow=st.just({"long-silence": "It is the point."}),
    )  # fmt: skip
    document["voices"] = {"counter": draw(voices()), "other": draw(voices())}
    document["settings"] = {
        "stay": draw(settings("10s", "5s", "30s")), "reps": draw(settings(2, 1, 3)),
        "other": draw(settings("5s", "4s", "9s")),
    }  # fmt: skip
    document["steps"] = draw(st.lists(steps(2, inside=()), min_size=1, max_size=4))
    return _with_sounds(_one_of_a_kind(document))


@st.composite
def settings(draw: Draw, default: Any, least: Any, most: Any) -> Step:
    bounds = some(draw, min=st.just(least), max=st.just(most), label=st.just("each"), source=st.just("ours"))
    more = some(draw, weight=st.sampled_from([0, 2]))
    if isinstance(default, str):
        more |= some(
            draw, load=st.sampled_from([{"min": "1s"}, {"min": "5s", "max": "90s"}]),
            step=st.sampled_from(["1s", "5s"]),
        )  # fmt: skip
    return {"default": default} | bounds | more


@st.composite
def lengths(draw: Draw) -> Step:
    return {"default": "5m"} | some(
        draw, min=st.just("1m"), max=st.just("9m"), label=st.just("all of it"), source=st.just("ours")
    )


@st.composite
def voices(draw: Draw) -> Step:
    voice = some(
        draw, name=st.sampled_from(["en-us", "en-gb"]), rate=st.sampled_from([110, 125]),
        pitch=st.just(45), warm=yes,
    )  # fmt: skip
    return voice or {"rate": 110}


@st.composite
def chimes(draw: Draw) -> Step:
    return some(draw, volume=st.sampled_from(["-3dB", 2]), explain=yes) or {"explain": False}


@st.composite
def steps(draw: Draw, depth: int, *, inside: tuple[str, ...]) -> Step:
    if depth == 2 and draw(st.integers(0, 2)) == 0:
        return draw(sides(depth, inside=inside))
    kinds = {
        "say": says(inside=inside), "hold": holds(), "rest": rests(), "count": counted(), "chime": sounded(),
        "breathe": breathing(), "pause": pauses(), "chapter": chapters(),
        "include": st.just({"include": "inner.yaml"}) | st.just(
            {"include": "inner.yaml", "settings": {"stay": "$stay"}}
        ),
    }  # fmt: skip
    if "exact" in inside:
        kinds = {name: kinds[name] for name in ("hold", "rest", "breathe")}
    if depth:
        kinds |= {"repeat": repeats(depth, inside=inside)}
        if "sides" not in inside:
            kinds |= {"sides": sides(depth, inside=inside)}
    step = draw(kinds[draw(st.sampled_from(sorted(kinds)))])
    return step | some(draw, id=st.sampled_from(["one", "two"]), voice=st.just("other") | voices())


@st.composite
def says(draw: Draw, *, inside: tuple[str, ...]) -> Step:
    def wording() -> Any:
        if draw(st.integers(0, 4)) == 0:
            return ["TEXT", "TEXT"]
        if "sides" in inside and draw(yes):
            return dict.fromkeys(
                draw(st.sampled_from([("left", "right"), ("left", "right", "both")])), "TEXT"
            )
        return "TEXT"

    step: Step = {"say": wording()}
    others = ["first", "last"] if "repeat" in inside and draw(yes) else ["short", "minimal"]
    for key in draw(st.sets(st.sampled_from(others))):
        step[key] = wording()
    return step | some(
        draw, settle=times, gap=times, alone=yes, enter=yes, release=yes,
        into=st.sampled_from(["back", "standing", "chair"]),
    )  # fmt: skip


@st.composite
def holds(draw: Draw) -> Step:
    step: Step = {"hold": draw(st.sampled_from(STAYS)), "marks": draw(marks())}
    if draw(yes):
        step = {"hold": draw(paces()) | {"breaths": draw(counts)}}
        step["marks"] = draw(marks()) | {
            "breaths": draw(breath_words() | st.sampled_from(["tone", "voice", "both", "none"]))
        }
    return step | some(
        draw, chime=ends(), release=st.sampled_from(["0s", "3s"]), load=st.just({"min": "1s", "max": "90s"}),
        exact=yes,
    )  # fmt: skip


@st.composite
def ends(draw: Draw) -> Any:
    """Return the sounds at the two ends of a hold or rest."""
    sound = st.sampled_from(["SOUND", "none", "bell"])
    return draw(sound) if draw(yes) else some(draw, start=sound, end=sound) or {"end": "none"}


@st.composite
def rests(draw: Draw) -> Step:
    return {"rest": draw(st.sampled_from(STAYS))} | some(draw, exact=yes, chime=ends(), marks=marks())


@st.composite
def counted(draw: Draw) -> Step:
    words = st.sampled_from([["TEXT"], ["TEXT", "TEXT"], ["TEXT", "none", "TEXT"], ["none", "TEXT"]])
    return {"count": draw(words | st.integers(2, 4))} | some(
        draw, tempo=st.sampled_from([40, 60]), reps=counts, chime=st.sampled_from(["SOUND", "tick", "none"])
    )


@st.composite
def sounded(draw: Draw) -> Step:
    return {"chime": draw(st.sampled_from(["SOUND", "SOUND", "bell", "close"]))} | some(draw, gap=times)


@st.composite
def pauses(draw: Draw) -> Step:
    return {draw(st.sampled_from(["settle", "switch", "gap"])): draw(st.none() | times)}


@st.composite
def chapters(draw: Draw) -> Step:
    return {"chapter": "TEXT"} | some(
        draw, bed=st.sampled_from(["ocean", "none"]), bed_volume=st.just(-2),
        profile=st.sampled_from(["quiet", "standard"]),
    )  # fmt: skip


@st.composite
def repeats(draw: Draw, depth: int, *, inside: tuple[str, ...]) -> Step:
    more = some(draw, rest=times, shuffle=yes, exact=yes, grow=growths())
    inside = (*inside, "repeat", *(["exact"] if more.get("exact") else []))
    inner = draw(st.lists(steps(depth - 1, inside=inside), min_size=1, max_size=3))
    return {"repeat": draw(counts)} | more | {"steps": inner}


@st.composite
def growths(draw: Draw) -> Step:
    ways = [{"by": "5s"}, {"by": "-2s"}, {"to": "8s"}, {"to": "25s"}, ["10s", "20s"], ["10s", "20s", "30s"]]
    return {"stay": draw(st.sampled_from(ways))} | some(draw, reps=st.sampled_from([{"by": 1}, [1, 2]]))


@st.composite
def sides(draw: Draw, depth: int, *, inside: tuple[str, ...]) -> Step:
    names = draw(st.sampled_from([["left", "right"], ["both"], ["left", "right", "left"], ["front", "back"]]))
    inner = draw(st.lists(steps(depth - 1, inside=(*inside, "sides")), min_size=1, max_size=3))
    return {"sides": names} | some(draw, switch=times) | {"steps": inner}


@st.composite
def marks(draw: Draw) -> Step:
    found: Step = {}
    moments = st.lists(st.sampled_from(MOMENTS), max_size=2, unique=True)
    for key in draw(st.sets(st.sampled_from(["at", "before_end", "every"]))):
        if names := draw(moments):
            found[key] = {name: draw(mark()) for name in names}
    return found | some(draw, halfway=mark(), countdown=countdowns(), tempo=metronomes(), random=at_random())


@st.composite
def mark(draw: Draw) -> Any:
    one = st.sampled_from(["TEXT", {"say": "TEXT"}, {"say": "TEXT", "voice": "other"}, {"chime": "SOUND"}])
    return draw(one | st.lists(one, min_size=2, max_size=2))


@st.composite
def countdowns(draw: Draw) -> Any:
    return draw(
        st.sampled_from([3, {"from": 3}, {"from": 3, "chime": "SOUND"}, {"from": 2, "voice": "other"}])
    )


@st.composite
def metronomes(draw: Draw) -> Step:
    return {"beats": draw(st.sampled_from([30, 60]))} | some(draw, chime=st.just("SOUND"))


@st.composite
def at_random(draw: Draw) -> Step:
    low, high = draw(st.sampled_from([("2s", "5s"), ("5s", "20s"), ("40s", "50s")]))
    return {"min": low, "max": high} | some(draw, chime=st.just("SOUND"))


@st.composite
def paces(draw: Draw) -> Step:
    return {"in": "4s", "out": "6s"} | some(
        draw, full=st.sampled_from(["0s", "2s"]), empty=st.sampled_from(["0s", "2s"])
    )


@st.composite
def breath_words(draw: Draw) -> Step:
    return some(draw, in_=st.just("TEXT"), full=st.just("TEXT"), out=st.just("TEXT"), empty=st.just("TEXT"))


@st.composite
def breathing(draw: Draw) -> Step:
    long = draw(
        st.fixed_dictionaries({"cycles": st.sampled_from([1, 3, 6, 9, "$reps"])})
        | st.just({"for": "40s"})
        | st.just({"for": "2m"})
    )
    more = some(
        draw, voice=st.sampled_from(["all", "none", "first two", 1]), tone=yes, words=breath_words(),
        halfway=st.just("TEXT"), last=st.just("TEXT"),
    )  # fmt: skip
    return {"breathe": draw(paces()) | long | more}


def _one_of_a_kind(document: Step) -> Step:
    """Return `document` with each TEXT and SOUND as one of its own; sounds that run out are bells."""
    texts, sounds = 0, list(SOUNDS)

    def walk(value: Any) -> Any:
        nonlocal texts
        if isinstance(value, dict):
            return {key: walk(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner) for inner in value]
        if value == "TEXT":
            texts += 1
            return "Text " + "".join("abcdefghij"[int(digit)] for digit in f"{texts:03}") + "."
        if value == "SOUND":
            return sounds.pop() if sounds else "bell"
        return value

    whole: Step = walk(document)
    return whole


def _with_sounds(document: Step) -> Step:
    written = json.dumps(document)
    used = [name for name in SOUNDS if f'"{name}"' in written]
    ways: dict[str, Any] = {name: f"{name}.wav" for name in used}
    for name in used[::2]:
        ways[name] = {"file": f"{name}.wav", "volume": "-3dB"}
    return {**document, "sounds": ways} if ways else document


@st.composite
def one_of_each(draw: Draw) -> Step:
    """Return a routine with a step of each kind, every other one with all keys. It need not make sense."""
    token = _EVERY.set(draw(yes))
    try:
        return draw(_of_each())
    finally:
        _EVERY.reset(token)


@st.composite
def _of_each(draw: Draw) -> Step:
    inside = ("repeat", "sides")
    inner = [draw(says(inside=inside)), draw(says(inside=inside))]
    kinds = [
        holds(), holds(), holds(), rests(), rests(), counted(), breathing(), chapters(), sounded(), pauses(),
        sides(1, inside=()), repeats(1, inside=("sides",)), repeats(1, inside=("sides",)),
        st.just({"include": "inner.yaml", "settings": {"stay": "9s"}}),
    ]  # fmt: skip
    whole: Step = draw(documents())
    whole["steps"] += [_one_of_a_kind({"steps": [*inner, *(draw(kind) for kind in kinds)]})["steps"]][0]
    more = {"id": "one", "voice": "other"}
    whole["steps"] += [{key: None, **more} for key in ("gap", "settle", "switch", "rest")]
    whole["length"] = {"default": "5m", "min": "1m", "max": "9m", "label": "all of it", "source": "ours"}
    return whole


def keys_of_schema() -> set[tuple[str, str]]:
    """Return every key of the language: (the mapping it stands in, the key)."""
    found = schema()
    shapes = {"Document": found, **found["definitions"]}
    return {(name, key) for name, shape in shapes.items() for key in shape.get("properties", {})}


def keys_of(value: Any) -> set[tuple[str, str]]:
    """Return the keys that are written in `value`, a model of the language, or something that holds some."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return {key for each in value for key in keys_of(each)}
    if not hasattr(value, "model_fields_set"):
        return set()
    shape = type(value)
    aliases = {name: field.alias or name for name, field in shape.model_fields.items()}
    here = {(shape.__name__, aliases[name]) for name in value.model_fields_set}
    return here | {key for name in value.model_fields_set for key in keys_of(getattr(value, name))}
