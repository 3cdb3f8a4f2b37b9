"""The steps of a text as cards: what they say, where they are heard, and what was assumed for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from audioguide.draft.together import ASSUMED
from audioguide.routine.editing.tree import Path, Tree, shown
from audioguide.routine.language.model import STEPS
from audioguide.script.layout import Timeline
from audioguide.units import seconds
from audioguide.web.pages.outline import lines

Times = Mapping[str, tuple[float, int]]
_ASSUMED = re.compile(
    rf"{ASSUMED}(?P<what>[\w ]+?) (?P<value>\S+)\. (?P<reason>.*?)"
    r"(?: From line (?P<line>\d+): \"(?P<words>.*)\")?"
)


def times_of(timeline: Timeline) -> Times:
    """Return by the name of each step the second of its start, and how many words and holds are before it."""
    starts = [each["start"] for each in lines(timeline) if each["kind"] in ("say", "hold")]
    found: dict[str, tuple[float, int]] = {}
    for timed in timeline.cues:
        step = timed.cue.step
        for end in (match.end() for match in re.finditer(r"steps\[\d+\]", step)):
            name = step[:end]
            if name.startswith("steps[") and name not in found:
                start = seconds(timed.start)
                found[name] = (start, bisect_left(starts, start))
    return found


def cards(tree: Tree, times: Times) -> list[dict[str, Any]]:
    """Return the steps as JSON data, those inside in `steps` of the one around them.

    `start` is the second at which a step is first heard, `line` how many words and holds are before it.
    """
    return _cards(tree, tree.data, ("steps",), times)


def _cards(tree: Tree, data: Any, path: Path, times: Times) -> list[dict[str, Any]]:
    steps = data.get("steps") if isinstance(data, dict) else None
    return [
        _card(tree, step, (*path, index), times)
        for index, step in enumerate(steps if isinstance(steps, list) else ())
    ]


def _card(tree: Tree, step: Any, path: Path, times: Times) -> dict[str, Any]:
    kind = next((key for key in STEPS if isinstance(step, dict) and key in step), "")
    start, line = times.get(shown(path), (None, None))
    own = {key: value for key, value in step.items() if key != "steps"} if isinstance(step, dict) else step
    return {
        "path": list(path), "kind": kind, "step": own, "start": start, "line": line,
        "comments": [_comment(text, number) for number, text in enumerate(tree.comments(path))],
        "steps": _cards(tree, step, (*path, "steps"), times) if kind in ("repeat", "sides") else None,
    }  # fmt: skip


def _comment(text: str, number: int) -> dict[str, Any]:
    found = _ASSUMED.fullmatch(text)
    return {"text": text, "number": number, "assumed": found.groupdict() if found else None}
