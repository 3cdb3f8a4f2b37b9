"""By which names this machine may be called: a page elsewhere can point its own at it (DNS rebinding)."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from audioguide.errors import UsageError
from audioguide.untrusted.characters import cleaned

LOGGER = logging.getLogger("audioguide.web")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
HTTP_PORT = 80
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The values that a Host header may have, in small letters."""

    allowed: frozenset[str]

    _noted: list[bool] = field(default_factory=list, compare=False)

    def knows(self, host: str | None) -> bool:
        """Return whether a Host header names this server: name and port, and nothing around them.

        The first one that does not is noted in the log: the page itself has no use for an option of `serve`.
        """
        if host is not None and host.lower() in self.allowed:
            return True
        if not self._noted:
            self._noted.append(True)
            LOGGER.warning("somebody used another name for this server; `--host-name NAME` would allow it")
        return False


def hosts_for(port: int, *, lan: bool = False, more: Iterable[str] = ()) -> Hosts:
    """Return the hosts of a server at `port`: loopback; in a network its own addresses; `more` names.

    Raises UsageError for one of `more` that no browser would send.
    """
    known = [*LOOPBACK, *map(_as_sent, more)]
    if lan:
        known += [*own_addresses(), *local_names()]
    ports = [f"{name}:{port}" for name in known]
    return Hosts(frozenset(ports + (known if port == HTTP_PORT else [])))


def _as_sent(name: str) -> str:
    """Return `name` as a browser sends it: in small letters, `ä` as its ASCII form, IPv6 in brackets."""
    plain = name.strip().lower()
    with suppress(ValueError):
        if (address := ip_address(plain.strip("[]"))).version == 6:
            return f"[{address}]"
    with suppress(UnicodeError):
        if _NAME.fullmatch(sent := plain.encode("idna").decode()):
            return sent
    wrong = f"--host-name {cleaned(name)!r} is not the name of a machine"
    raise UsageError(f"{wrong}: write it without http:// and port, such as laptop.home")


def own_addresses() -> list[str]:
    """Return the IPv4 addresses of this machine in its networks, the one that leads outside first."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: the system only says which of its addresses it would use (RFC 5737: nobody's).
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [each for each in dict.fromkeys(found) if not each.startswith("127.")]


def local_names() -> list[str]:
    """Return the names by which other devices find this machine: NAME.local."""
    name = socket.gethostname().split(".")[0].lower()
    return [f"{name}.local"] if name and name != "localhost" else []
