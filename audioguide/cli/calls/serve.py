"""`audioguide serve`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


@options.choosing(only=frozenset({"voice", "rate", "engine"}))
def command(
    choices: options.Choices,
    lan: Annotated[
        bool, typer.Option("--lan", help="let devices in your network in, with the link shown")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65_535, help="port to listen on (0: any free port)"),
    ] = 8765,
    host_name: Annotated[
        list[str] | None,
        typer.Option("--host-name", metavar="NAME", help="another host name for this machine"),
    ] = None,
    daily: Annotated[
        str,
        typer.Option(
            "--daily",
            metavar="OPTIONS",
            show_default=False,
            help='a new session every day, from the options of `compose`: "--for back --length 12m"',
        ),
    ] = "",
    browser: Annotated[bool, typer.Option("--open", help="open the page in a browser")] = False,
    new_link: Annotated[
        bool, typer.Option("--new-link", help="make a new link and feed, and revoke the old ones")
    ] = False,
) -> None:
    """Open a page to pick, adjust and play routines.

    On this computer, or with --lan also on your phone.
    """
    from audioguide.cli.commands.serve import Page, serve

    page = Page(lan=lan, port=port, host_names=tuple(host_name or ()), browser=browser, new_link=new_link)
    serve(choices, page, daily)
