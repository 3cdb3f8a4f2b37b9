"""`audioguide show`."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from audioguide.cli.options import Choices
from audioguide.cli.prepare import scripted
from audioguide.compiler.estimate import estimated
from audioguide.export.metadata import About, about


def show(name: str, choices: Choices, picture: Path | None, *, as_json: bool) -> None:
    """Print the timed script of the routine `name`, or write it as a picture, from estimated lengths.

    Raises UsageError for a picture that is neither SVG nor PNG, OutputError where it cannot be written.
    """
    if picture is not None:
        from audioguide.drawing.picture import check_suffix

        check_suffix(picture)
    routine, script = scripted(name, choices)
    timeline = estimated(script)
    told = about(routine.document) if routine else About()  # a timed script does not say
    if picture is not None:
        from audioguide.drawing.picture import write_picture

        write_picture(picture, timeline, told)
        typer.echo(str(picture), err=as_json)
    if as_json:
        from audioguide.export.script_json import script_json

        typer.echo(json.dumps({**script_json(timeline), "estimated": True}, ensure_ascii=False))
    elif picture is None:
        from audioguide.cli.commands.present import timeline_table

        timeline_table(timeline, told)
