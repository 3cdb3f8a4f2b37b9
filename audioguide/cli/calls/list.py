"""`audioguide list`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import completing, options


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", show_default=False, help="words to search for")
    ] = None,
    body: Annotated[
        list[str] | None,
        typer.Option(
            "--body",
            metavar="PART",
            help="for this part of the body, such as back",
            autocompletion=completing.words("body"),
        ),
    ] = None,
    position: Annotated[
        list[str] | None,
        typer.Option(
            "--position",
            metavar="WORD",
            help="such as lying, sitting, standing",
            autocompletion=completing.words("position"),
        ),
    ] = None,
    equipment: Annotated[
        list[str] | None,
        typer.Option(
            "--equipment",
            metavar="THING",
            help="with this, such as chair; or none",
            autocompletion=completing.words("equipment"),
        ),
    ] = None,
    min_length: Annotated[
        str | None, typer.Option("--min-length", metavar="TIME", help="at least this long, such as 5m")
    ] = None,
    max_length: Annotated[
        str | None, typer.Option("--max-length", metavar="TIME", help="at most this long, such as 10m")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the routines and about how long each one takes.

    Words and filters make the list shorter.
    """
    from audioguide.cli.commands import list as lists

    filters = lists.Filters(
        words=words or (), body=body or (), position=position or (), equipment=equipment or (),
        min_length=min_length, max_length=max_length,
    )  # fmt: skip
    lists.list_routines(filters, as_json=as_json)
