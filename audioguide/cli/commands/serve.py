"""`audioguide serve`."""

import sys
from typing import Annotated

import typer

from audioguide.cli import options
from audioguide.cli.failures import tell_notes
from audioguide.cli.signals import Terminated


@options.choosing(only=frozenset({"voice", "rate", "engine"}))
def serve(
    choices: options.Choices,
    lan: Annotated[
        bool, typer.Option("--lan", help="let other devices of the network in, with the link that is shown")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65_535, help="where to listen; 0: anywhere")
    ] = 8765,
    host_name: Annotated[
        list[str] | None,
        typer.Option("--host-name", metavar="NAME", help="another name by which this machine is called"),
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="open the page in a browser")] = False,
    new_link: Annotated[
        bool, typer.Option("--new-link", help="make a new link and a new feed; the old ones end")
    ] = False,
) -> None:
    """Serve a page to choose a routine, turn it and listen: on this machine, or for the phone (--lan)."""
    from audioguide.cli.prepare import read_call
    from audioguide.listener.files import config_folder
    from audioguide.web.security.access import kept_tokens
    from audioguide.web.serve import Address
    from audioguide.web.serve import serve as serve_page

    tell_notes()
    call = read_call(choices)
    tokens = kept_tokens(config_folder(), renew=new_link)

    def started(place: Address) -> None:
        if place.lan:
            _show_code(place.link)
            typer.echo("On the phone, in the same network, scan this or open:")
        else:
            typer.echo("On this machine (--lan lets the phone in):")
        typer.echo(f"  {place.link}")
        typer.echo(f"As a podcast, for an app that takes an address:\n  {place.feed}")
        typer.echo("Whoever has the link may use the page. Ctrl-C ends it.")
        if browser:
            import webbrowser

            webbrowser.open(place.link)

    try:
        serve_page(
            call.layered.options,
            call.listener.library,
            tokens,
            port=port,
            lan=lan,
            host_names=host_name or (),
            started=started,
        )
    except Terminated:  # by the system, which looks at the exit code
        raise
    except KeyboardInterrupt:  # that is how it ends
        return


def _show_code(link: str) -> None:
    from audioguide.web.pages.qr import code_of

    code = code_of(link)
    encoding = sys.stdout.encoding or "ascii"
    try:
        "█▀▄".encode(encoding)
    except (UnicodeEncodeError, LookupError):  # a terminal that cannot show it has the link
        return
    code.terminal(sys.stdout, compact=True, border=2)
