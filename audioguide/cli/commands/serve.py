"""Serve the page, and print its links."""

from __future__ import annotations

import sys
import webbrowser
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.commands.daily import read_daily, tried
from audioguide.cli.failures import print_notes, report
from audioguide.cli.prepare import read_call
from audioguide.cli.signals import Terminated
from audioguide.cli.streams import terminal
from audioguide.errors import OutputError
from audioguide.listener.config import CONFIG_VARIABLE, config_folder
from audioguide.pipeline.phrase import phrase_script
from audioguide.pipeline.voice import phrases_of, settled
from audioguide.pipeline.voice_origin import blamed
from audioguide.script.script import VoiceChoice
from audioguide.speech.engine import VoiceError
from audioguide.speech.espeak import PyttsxEngine
from audioguide.storage.places import NOWHERE
from audioguide.web import serve as server
from audioguide.web.pages.qr import code_of
from audioguide.web.security.access import TOKENS_FILE, kept_tokens, new_tokens

if TYPE_CHECKING:
    from audioguide.cli.options import Choices
    from audioguide.cli.prepare import Call
    from audioguide.compose.wishes import Asked
    from audioguide.web.security.access import Tokens
    from audioguide.web.serve import Address


@dataclass(frozen=True, slots=True)
class Page:
    """How the page is served: to whom, at which `port`, and with which links."""

    lan: bool
    port: int
    host_names: tuple[str, ...]
    browser: bool
    new_link: bool


def serve(choices: Choices, page: Page, daily: str) -> None:
    """Serve the page until somebody stops it; `daily` are the options of `compose` for each day's session."""
    print_notes()
    call = read_call(choices)
    _try_voice(call)
    asked = _daily(daily, call) if daily else None
    tokens = _tokens(config_folder(), renew=page.new_link)

    def started(place: Address) -> None:
        _announce(place, browser=page.browser)

    try:
        server.serve(
            call.layered.options,
            call.listener.library,
            tokens,
            port=page.port,
            lan=page.lan,
            host_names=page.host_names,
            started=started,
            daily=asked,
        )
    except Terminated:  # by the system, which looks at the exit code
        raise
    except KeyboardInterrupt:  # that is how it ends
        typer.echo("stopped")


def _announce(place: Address, *, browser: bool) -> None:
    """Print the links of the server, and open it in a browser if asked."""
    if place.lan:
        _show_code(place.link)
        typer.echo("On your phone, in the same network, scan this or open:")
    else:
        typer.echo("On this machine (add --lan for your phone):")
    typer.echo(f"  {place.link}")
    typer.echo(f"As a podcast, for an app that accepts an address:\n  {place.feed}")
    typer.echo("Anyone with the link can use the page. Press Ctrl-C to stop.")
    if browser:
        webbrowser.open(place.link)


def _try_voice(call: Call) -> None:
    """See to it that there is such a voice: else each file would say so, one by one."""
    layered = call.layered
    if not layered.options.voice:
        return
    script = phrase_script("Rest.", layered.options.voice_over(VoiceChoice()))
    script = settled(replace(script, origins=layered.origins))
    phrases_of(script)
    if script.voice.engine == PyttsxEngine.name:  # which knows its voices only where it runs
        with closing(PyttsxEngine()) as espeak:
            try:
                espeak.phonemes("Rest.", script.voice.name)
            except VoiceError as error:
                raise blamed(script, error) from error


def _daily(text: str, call: Call) -> Asked:
    """Return what each day's session is made from; it is tried now, so that errors show here."""
    asked = read_daily(text)
    tried(asked, call.listener.library, call.layered.options)
    return asked


def _tokens(folder: Path, *, renew: bool) -> Tokens:
    """Return the tokens of the links; where none can be kept, ones that last as long as this run."""
    try:
        return kept_tokens(folder, renew=renew)
    except OutputError as error:
        if renew and (folder / TOKENS_FILE).exists():  # the old links would work again tomorrow
            raise
        reason = "there is no home folder" if folder == NOWHERE else str(error)
        report(
            f"note: the link and the feed below work only until you stop this command: {reason} "
            f"(set {CONFIG_VARIABLE} to a writable folder)",
            debug=False,
        )
        return new_tokens()


def _show_code(link: str) -> None:

    code = code_of(link)
    encoding = sys.stdout.encoding or "ascii"
    try:
        "█▀▄".encode(encoding)
    except (UnicodeEncodeError, LookupError):  # a terminal that cannot show it has the link
        return
    code.terminal(terminal(sys.stdout), compact=True, border=2)
