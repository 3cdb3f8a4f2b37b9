"""The tags of a timeline: what a phone shows of the file, and what it was made of."""

from __future__ import annotations

import hashlib

from audioguide.export.captions import captions
from audioguide.export.cover import cover
from audioguide.export.languages import three_letters
from audioguide.export.script_json import dumped
from audioguide.routine.language.notices import ADVICE, DISCLAIMER
from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timeline
from audioguide.script.script import Script
from audioguide.script.tags import LyricLine, Tags
from audioguide.storage.cache import Cache

GENRE = "Speech"
_DIGITS = 16  # of the hash: enough to tell two scripts apart


def tags_of(timeline: Timeline, *, cache: Cache | None = None, year: int | None = None) -> Tags:
    """Return the tags of a file of `timeline`; without a `year`, nothing in them is of the clock.

    `cache` keeps the cover. Raises OutputError where it cannot be drawn.
    """
    script = timeline.script
    return Tags(
        title=script.title, artist=_artist(script), album=script.album,
        track=script.track, genre=GENRE, year=str(year) if year is not None else "",
        language=three_letters(script.voice), comment=_comment(timeline), cover=cover(timeline, cache),
        lines=tuple(LyricLine(each.start, each.text) for each in captions(timeline)),
        chapters=chapters_of(timeline), length=timeline.length,
    )  # fmt: skip


def tags_in_front(script: Script) -> Tags:
    """Return the tags of `script` that need no timeline: no chapters, no text, no cover and no length."""
    return Tags(
        title=script.title, artist=_artist(script), album=script.album, track=script.track, genre=GENRE,
        language=three_letters(script.voice), comment=f"{DISCLAIMER} {ADVICE}",
    )  # fmt: skip


def _artist(script: Script) -> str:
    return f"audioguide ({script.voice.name})"


def script_hash(timeline: Timeline) -> str:
    """Return the SHA-256 of the timed script (`X.script.json`) as it is written beside the file."""
    digest = hashlib.sha256()
    for part in dumped(timeline):
        digest.update(part.encode())
    return digest.hexdigest()


def _comment(timeline: Timeline) -> str:
    script = timeline.script
    settings = ", ".join(f"{name} {value}" for name, value in script.settings.items())
    parts = (
        DISCLAIMER,
        ADVICE,
        f"Settings: {settings}." if settings else "",
        f"Beyond the bounds of the routine: {', '.join(script.beyond_bounds)}."
        if script.beyond_bounds
        else "",
        f"Timed script: {script_hash(timeline)[:_DIGITS]}.",
    )
    return " ".join(part for part in parts if part)
