"""Tables and receipts for a person at a terminal."""

from __future__ import annotations

import os
import shutil
import sys

import typer

from audioguide.cli.strip import BLOCKS, PLAIN, Signs, strip
from audioguide.cli.tables import table
from audioguide.export.metadata import About
from audioguide.export.script_text import heading, heard
from audioguide.timeline.layout import Timeline
from audioguide.units import format_clock, seconds


def timeline_table(timeline: Timeline, about: About) -> None:
    """Print the timed script: its head, the timeline in a few lines, and a table of the cues.

    Estimated lengths are marked as such.
    """
    for line in heading(timeline):
        typer.echo(typer.style(line, bold=True) if line == timeline.script.title else line)
    if about.facts:
        typer.echo(" · ".join(f"{name} {value}" for name, value in about.facts))
    typer.echo(typer.style("(estimated: the voice is measured when it speaks; holds are exact)", dim=True))
    typer.echo()
    for line in strip(timeline, shutil.get_terminal_size().columns, _signs()):
        typer.echo(line)
    typer.echo()
    rows = [
        (
            format_clock(timed.start),
            f"{seconds(timed.length):.3f}",
            timed.cue.kind if timed.cue.advances else f"  {timed.cue.kind}",
            heard(timed),
        )
        for timed in timeline.cues
    ]
    table(("at", "seconds", "cue", "what"), rows, right=(1,))


def _signs() -> Signs:
    """Return blocks where the terminal can show them, else what every terminal has."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return PLAIN
    try:
        BLOCKS.all.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return BLOCKS
