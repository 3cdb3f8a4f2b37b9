"""`audioguide show`."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from audioguide.cli.options import Choices
from audioguide.cli.preparing import script_of
from audioguide.estimate import estimated
from audioguide.export.about import About, about


def show(name: str, choices: Choices, picture: Path | None, *, as_json: bool) -> None:
    """Print the timed script of the routine `name`, or write it as a picture, from estimated lengths.

    Raises UsageError for a picture that is neither SVG nor PNG, OutputError where it cannot be written.
    """
    if picture is not None:
        from audioguide.export.picture.write import check_suffix

        check_suffix(picture)
    timeline = estimated(script_of(name, choices))
    if picture is not None:
        from audioguide.export.picture.write import write_picture

        write_picture(picture, timeline, _about(name))
        typer.echo(str(picture), err=as_json)
    if as_json:
        from audioguide.export.script_json import script_json

        typer.echo(json.dumps({**script_json(timeline), "estimated": True}, ensure_ascii=False))
    elif picture is None:
        from audioguide.cli.present import timeline_table

        timeline_table(timeline, _about(name))


def _about(name: str) -> About:
    if name.lower().endswith(".json"):  # a timed script does not say
        return About()
    from audioguide.routine.library import find
    from audioguide.routine.load import load

    return about(load(find(name)).document)
