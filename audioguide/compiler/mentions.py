"""What the listener should know of what was left out: the words that went with it, and who still speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audioguide.routine.names import slug
from audioguide.routine.skipping import LeftOut
from audioguide.script.script import Cue

MOST_SHOWN = 4
SHORTEST = 4  # letters of a name that is looked for in texts: shorter ones are words of their own


def notes_of(gone: LeftOut, cues: Sequence[Cue], places: Mapping[str, str]) -> Iterator[str]:
    """Yield what to say of parts that were left out: the words that went too, and `cues` that name them."""
    if gone.words:
        more = f" and {len(gone.words) - MOST_SHOWN} more" if len(gone.words) > MOST_SHOWN else ""
        yield f"left out with it: {', '.join(gone.words[:MOST_SHOWN])}{more}"
    names = {slug(name): name for name in gone.names if len(slug(name)) >= SHORTEST}
    told: set[str] = set()
    for cue in cues:
        text = cue.text or ""
        if text in told or cue.kind == "chapter":
            continue
        told.add(text)
        said = f"-{slug(text)}-"
        if name := next((name for key, name in names.items() if f"-{key}-" in said), None):
            place = places.get(cue.step, cue.step)
            yield f"{place}: “{text}” still speaks of {name}, which is left out"
