"""`audioguide serve`."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress

import typer

from audioguide.cli.options import Choices, wished
from audioguide.routine.personal import config_folder


def serve(
    choices: Choices, host_names: Sequence[str], *, port: int, lan: bool, browser: bool, new_link: bool
) -> None:
    """Serve the page until Ctrl-C, and show where it is."""
    from audioguide.web.access import kept_tokens
    from audioguide.web.serve import Place
    from audioguide.web.serve import serve as serve_page

    wishes, _ = wished(choices)
    tokens = kept_tokens(config_folder(), renew=new_link)

    def started(place: Place) -> None:
        if place.lan:
            _show_code(place.link)
            typer.echo("On the phone, in the same network, scan this or open:")
        else:
            typer.echo("On this machine (--lan lets the phone in):")
        typer.echo(f"  {place.link}")
        typer.echo(f"As a podcast, for an app that takes an address:\n  {place.feed}")
        typer.echo("Whoever has the link may use the page. Ctrl-C ends it.")
        if browser:
            webbrowser.open(place.link)

    with suppress(KeyboardInterrupt):  # that is how it ends
        serve_page(wishes, tokens, port=port, lan=lan, host_names=host_names, started=started)


def _show_code(link: str) -> None:
    import segno

    code = segno.make(link, micro=False)
    encoding = sys.stdout.encoding or "ascii"
    try:
        "█▀▄".encode(encoding)
    except (UnicodeEncodeError, LookupError):  # a terminal that cannot show it has the link
        return
    code.terminal(sys.stdout, compact=True, border=2)
