"""`audioguide draft`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


def command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="a text, Markdown, HTML, PDF, DOCX, JSON or CSV file with exercises; - for standard input",
        ),
    ],
    out: Annotated[
        str | None, typer.Option("-o", "--out", metavar="DIR", help="where to write; default: drafts")
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="ask for values that the text does not give")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Make routines from a leaflet, an article or another text.

    Writes a routine for each exercise, and a session that includes them. With --json, prints what was
    understood; files are then written only with -o.
    """
    from audioguide.cli.commands.draft import draft as draft_routines

    draft_routines(source, out, as_json=as_json, interactive=interactive)
