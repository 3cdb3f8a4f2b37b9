"""What to know of parts that were left out: the words that went with them, and texts that still name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audioguide.routine.names import slug
from audioguide.routine.skipping import LeftOut
from audioguide.script.script import Cue

MOST_SHOWN = 4
COMMON = 3  # texts that say a word: from so many on, it is a word of the routine, not the name of a part
SHORTEST = 4  # letters of a name that is looked for in texts: shorter ones are words of their own


def notes_of(gone: LeftOut, cues: Sequence[Cue], places: Mapping[str, str]) -> Iterator[str]:
    """Yield what to say of parts that were left out: the words that went too, and `cues` that name them."""
    yield from gone.meant
    if gone.words:
        yield f"left out with it: {_shown(gone.words)}"
    texts = {cue.text: places.get(cue.step, cue.step) for cue in cues if cue.text and cue.kind != "chapter"}
    known: set[str] = set()
    for name in gone.names:
        if len(key := slug(name)) < SHORTEST or key in known:
            continue
        known.add(key)
        said = [f"“{text}” ({place})" for text, place in texts.items() if f"-{key}-" in f"-{slug(text)}-"]
        if said and ("-" in key or len(said) < COMMON):
            yield f"{name} is left out, but the words still mention it: {_shown(said)}"


def _shown(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - MOST_SHOWN} more" if len(texts) > MOST_SHOWN else ""
    return f"{', '.join(texts[:MOST_SHOWN])}{more}"
