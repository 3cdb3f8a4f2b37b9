"""Tables and receipts for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audioguide.export.script_text import heading, heard
from audioguide.timeline import Timeline
from audioguide.units import format_clock, seconds


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print `rows` under `columns`; those at the indexes `right` are aligned to the right."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        shown.add_column(column, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    console = Console()
    # A pipe has no width: lines stay whole there.
    if not console.is_terminal:
        console = Console(width=200)
    console.print(shown)


def timeline_table(timeline: Timeline) -> None:
    """Print the timed script as a table, with estimated lengths marked as such."""
    console = Console()
    for line in heading(timeline):
        console.print(Text(line), style="bold" if line == timeline.script.title else "", soft_wrap=True)
    console.print(Text("(estimated: the voice is measured when it speaks; holds are exact)"), style="dim")
    console.print()
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
