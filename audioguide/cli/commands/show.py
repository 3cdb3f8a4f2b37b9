"""`audioguide show`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.failures import print_notes
from audioguide.cli.folded import columns, folded, terminal_columns
from audioguide.cli.options import Choices
from audioguide.cli.prepare import read_call, scripted
from audioguide.cli.streams import BOLD, DIM, print_styled
from audioguide.cli.strip import BLOCKS, PLAIN, Signs, strip
from audioguide.compiler.estimate import estimated, is_exact
from audioguide.export.metadata import Metadata, metadata_of
from audioguide.export.script_text import heading, heard, in_position
from audioguide.pipeline.voice_origin import blamed
from audioguide.routine.load import Routine
from audioguide.routine.skipping import names_to_skip
from audioguide.script.layout import Timeline
from audioguide.script.script import Script
from audioguide.script.text import one_line
from audioguide.speech.engine import VoiceError
from audioguide.speech.engines import AUTO, ENGINES, make_engine
from audioguide.storage.places import expanded
from audioguide.units import format_clock, seconds

HEAD = 8  # columns before what a line of the head says
EXACT = "exact: every phrase is in the voice pack"
ESTIMATED = "estimated: the voice is measured when it speaks; holds are exact"


def show(name: str | None, choices: Choices, picture: Path | None, *, as_json: bool) -> None:
    """Print the timed script of the routine `name`, or write it as a picture, from estimated lengths.

    Raises UsageError for a picture that is neither SVG nor PNG, OutputError where it cannot be written.
    """
    if picture is not None:
        from audioguide.drawing.picture import check_suffix

        print_notes()
        picture = expanded(str(picture), "--picture")
        check_suffix(picture)
    call = read_call(choices)
    [name] = call.names([name] if name else None)
    routine, script = scripted(name, call)
    _check_engine(script)
    timeline = estimated(script)
    metadata = metadata_of(routine.document) if routine else Metadata()  # a timed script does not say
    if picture is not None:
        from audioguide.export.picture.write import write_picture

        write_picture(picture, timeline, metadata)
        typer.echo(str(picture), err=as_json)
    if as_json:
        from audioguide.export.script_json import script_json

        parts = {"parts": names_to_skip(routine)} if routine else {}
        print_json("show", {**script_json(timeline), **parts, "estimated": True})
    elif picture is None:
        timeline_table(timeline, metadata, _parts(routine))


def _check_engine(script: Script) -> None:
    """Raise VoiceError where no engine has the name that was asked for: an estimate needs none."""
    # Engines of other packages are looked for only where the name is none of ours.
    if script.voice.engine not in (AUTO, *ENGINES):
        try:
            make_engine(script.voice.engine).close()
        except VoiceError as error:
            raise blamed(script, error) from error


def _parts(routine: Routine | None) -> str:
    """Name the parts that can be left out."""
    names = names_to_skip(routine) if routine else []
    return f"parts, for --skip NAME: {', '.join(names)}" if names else ""


def timeline_table(timeline: Timeline, metadata_of: Metadata, parts: str = "") -> None:
    """Print the timed script: its head, the timeline in a few lines, and a table of the cues.

    Estimated lengths are marked as such; `parts` is a line above the timeline.
    """
    from audioguide.cli.tables import table

    room = terminal_columns()
    for line in heading(timeline):
        _echo_head(line, timeline.script.title, room)
    if metadata_of.facts:
        _echo(" · ".join(f"{name} {value}" for name, value in metadata_of.facts), room)
    if parts:
        _echo(parts, room)
    for line in folded(f"({EXACT if is_exact(timeline.script) else ESTIMATED})", room):
        print_styled(line, DIM)
    typer.echo()
    for line in strip(timeline, shutil.get_terminal_size().columns, _signs()):
        typer.echo(line)
    typer.echo()
    held = in_position(timeline)
    rows = [
        (
            format_clock(timed.start),
            f"{seconds(timed.length):.3f}",
            timed.cue.kind if timed.cue.advances else f"  {timed.cue.kind}",
            f"{heard(timed)}{held.get(id(timed), '')}".removeprefix(" · "),
        )
        for timed in timeline.cues
    ]
    table(("at", "seconds", "cue", "what"), rows, right=(1,))


def _echo_head(line: str, title: str, room: int | None) -> None:
    """Print a line of the head: the title in bold, a rule no wider than the terminal."""
    if line == one_line(title):
        for part in folded(line, room):
            print_styled(part, BOLD)
    elif line.strip("=") or room is None:
        _echo(line, room, HEAD)
    else:
        typer.echo("=" * min(columns(one_line(title)), room))


def _echo(line: str, room: int | None, indent: int = 0) -> None:
    for part in folded(line, room, indent):
        typer.echo(part)


def _signs() -> Signs:
    """Return blocks where the terminal can show them, else what every terminal has."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return PLAIN
    try:
        BLOCKS.all.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return BLOCKS
