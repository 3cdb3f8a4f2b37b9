"""Writing the picture of a timeline to a file."""

from __future__ import annotations

from pathlib import Path

from audioguide.drawing.picture import check_suffix, write_drawn
from audioguide.export.metadata import Metadata
from audioguide.export.picture.page import picture
from audioguide.script.layout import Timeline


def write_picture(path: Path, timeline: Timeline, about: Metadata | None = None) -> None:
    """Write the picture of `timeline` to `path`, as SVG or PNG by its suffix.

    Raises UsageError for another suffix, OutputError where it cannot be drawn or written.
    """
    check_suffix(path)
    write_drawn(path, picture(timeline, about))
