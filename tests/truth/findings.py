"""What the verifier finds, and what it sees in the timed script alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

What = Literal[
    "tag", "length", "script", "sides", "place", "sound", "level", "hold", "words", "silence", "tone"
]
Cue = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as the script says; `cue` counts from 0, `tick` is a moment in the file."""

    what: What
    said: str
    tick: int | None = None
    cue: int | None = None
    decoder: str = ""


def is_tone(cue: Cue) -> bool:
    """Return whether a cue is a phase of a breath with a tone that can be heard."""
    return str(cue.get("sound", "")) in ("breath-in", "breath-out", "breath-full")


def is_spoken(cue: Cue) -> bool:
    """Return whether a cue is heard as words."""
    return "text" in cue and cue["kind"] != "chapter"


def is_sounding(cue: Cue) -> bool:
    """Return whether a cue is heard as something else than words."""
    return "sound" in cue and cue["sound"] != "breath-empty"


def check_script(script: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what the script promises and should not: words in holds, marks outside, mistaken sides."""
    cues = script["cues"]
    holds = [(cue["start"], cue["start"] + cue["length"]) for cue in cues if cue["kind"] == "hold"]
    for index, cue in enumerate(cues):
        start, end = cue["start"], cue["start"] + cue["length"]
        if cue["kind"] == "say" and any(start < last and first < end for first, last in holds):
            yield Finding(what="script", said=f"'{cue['text']}' is spoken in a hold", cue=index, tick=start)
        if end > script["length"]:
            yield Finding(what="script", said="a cue that ends behind the file", cue=index, tick=start)
        if cue["kind"] == "mark" and not any(first <= start < end <= last for first, last in holds):
            yield Finding(what="script", said="a mark outside of its hold", cue=index, tick=start)
    yield from _wrong_sides(cues)
    yield from _holds_on_another_side(cues)
    yield from _unequal_sides(cues)


def _mirrored(text: str) -> str:
    other = {"left": "right", "right": "left"}
    return re.sub(r"\b(?:left|right)\b", lambda word: other[word[0]], text)


def _wrong_sides(cues: list[Cue]) -> Iterator[Finding]:
    """As long as one side is on, words may name the other ("keep your right knee bent"), but less often.

    As often or more only where the other side hears the mirror image of the same words.
    """
    spoken = [index for index, cue in enumerate(cues) if is_spoken(cue)]
    visits = [(side, list(run)) for side, run in groupby(spoken, lambda index: cues[index].get("side"))]
    texts = [" ".join(cues[index]["text"] for index in visit).lower() for _, visit in visits]
    for (side, visit), text in zip(visits, texts, strict=True):
        named = re.findall(r"\b(left|right)\b", text)
        mirrored = side in named and _mirrored(text) in texts
        if side in ("left", "right") and named and named.count(side) * 2 <= len(named) and not mirrored:
            said = f"on the side {side} it is named {named.count(side)} times, the other more or as often"
            yield Finding(what="sides", said=said, cue=visit[0], tick=cues[visit[0]]["start"])


def _holds_on_another_side(cues: list[Cue]) -> Iterator[Finding]:
    """What is said before a hold, since the last or since sides changed, is of the side of that hold."""
    said: set[str] = set()
    for index, cue in enumerate(cues):
        if cue["kind"] == "say" and "side" in cue:
            said.add(cue["side"])
        elif cue["kind"] in ("switch", "hold"):
            if cue["kind"] == "hold" and said and cue.get("side") not in {*said, None}:
                shown = f"a hold of the side {cue['side']} behind words of {sorted(said)}"
                yield Finding(what="sides", said=shown, cue=index, tick=cue["start"])
            said = set()


def _unequal_sides(cues: list[Cue]) -> Iterator[Finding]:
    lengths: dict[tuple[object, object], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for cue in cues:
        if cue["kind"] == "hold" and cue.get("side"):
            lengths[cue.get("step"), cue.get("rep")][cue["side"]].add(cue["length"])
    for (step, rep), sides in lengths.items():
        if len(set(map(frozenset, sides.values()))) > 1:
            shown = ", ".join(f"{side} {sorted(ticks)}" for side, ticks in sides.items())
            yield Finding(what="sides", said=f"unequal holds at {step}, rep {rep}: {shown}")
