"""`audioguide play`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import completing, options
from audioguide.cli.signals import Terminated


@options.choosing()
def command(
    choices: options.Choices,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME_OR_FILE",
            show_default=False,
            help="a routine, or a sound file; default: the routine that the overlay names",
            autocompletion=completing.routines,
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser", help="play it in the browser, on a page that shows the words")
    ] = False,
    out: Annotated[
        str,
        typer.Option("-o", "--out", metavar="DIR", help="where to write it", rich_help_panel=options.FILES),
    ] = "out",
) -> None:
    """Play a routine on this computer.

    Makes the MP3 first, as `render` does; what was made before is kept. Ctrl-C stops.
    """
    from audioguide.cli.commands.play import play

    try:
        play(name, choices, out, browser=browser)
    except Terminated:
        raise
    except KeyboardInterrupt:  # that is how it is stopped
        typer.echo("stopped")
