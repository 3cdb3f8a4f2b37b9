"""`audioguide show`: its arguments and options."""

from pathlib import Path
from typing import Annotated

import typer

from audioguide.cli import options


@options.choosing(without=options.MIXED)
def command(
    choices: options.Choices,
    name: options.Name = None,
    picture: Annotated[
        Path | None,
        typer.Option("--picture", metavar="FILE", help="draw it as a picture instead: FILE.svg or FILE.png"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show what a routine will say and when.

    The times are estimated: no voice is needed, and nothing is written.
    """
    from audioguide.cli.commands.show import show as show_routine

    show_routine(name, choices, picture, as_json=as_json)
