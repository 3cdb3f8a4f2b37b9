"""Chapters for podcast players, in the format of the podcast namespace."""

from __future__ import annotations

import json
from collections.abc import Iterator

from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timeline
from audioguide.script.text import one_line
from audioguide.units import seconds
from audioguide.untrusted.characters import escaped


def chapters_json(timeline: Timeline) -> Iterator[str]:
    """Yield JSON chapters 1.2.0 (github.com/Podcastindex-org/podcast-namespace); times in seconds."""
    document = {
        "version": "1.2.0",
        "title": one_line(timeline.script.title),
        "chapters": [
            {"startTime": seconds(each.start), "endTime": seconds(each.end), "title": one_line(each.title)}
            for each in chapters_of(timeline)
        ],
    }
    yield escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
