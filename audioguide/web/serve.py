"""A server on this machine, or in the home network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from audioguide.compose.wishes import Asked
from audioguide.errors import OutputError
from audioguide.listener.options import Options
from audioguide.routine.library import Library
from audioguide.script.script import VoiceChoice
from audioguide.speech.auto import chosen_engine
from audioguide.web.app import make_app
from audioguide.web.security.access import Tokens
from audioguide.web.security.hosts import hosts_for, own_addresses
from audioguide.web.security.protocol import BACKLOG, served_by
from audioguide.web.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a server listens: `link` opens the page and carries the token, `feed` is the podcast."""

    link: str
    feed: str
    port: int
    lan: bool


def serve(
    options: Options,
    library: Library,
    tokens: Tokens,
    *,
    port: int,
    lan: bool,
    host_names: Sequence[str] = (),
    started: Callable[[Address], None],
    daily: Asked | None = None,
) -> None:
    """Serve the page until Ctrl-C; `started` is called when it can be reached.

    The session of each day is made from `daily`, if it is given.

    It listens to this machine only, unless `lan`; port 0 takes any. Raises OutputError for one that is taken,
    EngineError for an unknown engine, UsageError for a name of `host_names` that no browser sends.
    """
    chosen_engine(options.voice_over(VoiceChoice()).engine).close()  # reported now: each page would repeat it
    with closing(_bound("0.0.0.0" if lan else "127.0.0.1", port)) as listener:  # noqa: S104 - asked for
        port = listener.getsockname()[1]
        hosts = hosts_for(port, lan=lan, more=host_names)
        host = next(iter(own_addresses()), "127.0.0.1") if lan else "127.0.0.1"
        base = f"http://{host}:{port}"
        service = Service(
            options, library, tokens, cookie=f"audioguide_{port}", lan=lan, base=base if lan else "",
            daily=daily,
        )  # fmt: skip
        server = served_by(service.end, app=make_app(service, hosts))
        started(
            Address(
                link=f"{base}/?token={tokens.page}", feed=f"{base}/feed/{tokens.feed}/audioguide.xml",
                port=port, lan=lan,
            )
        )  # fmt: skip
        server.run(sockets=[listener])


def _bound(address: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot listen on port {port}: {reason}; choose another with --port") from error
    return listener
