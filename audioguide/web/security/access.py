"""Who may: two tokens of 128 bits, one for the page and one that only reads the feed."""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from audioguide.errors import OutputError
from audioguide.storage.atomic import make_folder, sync_folder
from audioguide.untrusted.files import open_regular

TOKENS_FILE = "serve.json"
LOGGER = logging.getLogger("audioguide.web")
TOKEN_BYTES = 16
LARGEST_BYTES = 64 * 1024
MOST_WRONG = 10  # a minute, from one address; the right token always passes
MINUTE = 60.0
MOST_ADDRESSES = 1000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token of the page, which may do all, and the one of the feed."""

    page: str
    feed: str


def new_tokens() -> Tokens:
    """Return fresh tokens."""
    return Tokens(secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES))


def kept_tokens(folder: Path, *, renew: bool = False) -> Tokens:
    """Return the tokens kept in `folder`, made where there are none; `renew` makes the old ones worthless.

    They are kept so that a page on a home screen and a subscribed feed still work tomorrow. Only the
    owner may read the file; one that is damaged is replaced, and the log says so.
    Raises OutputError where it cannot be read or written.
    """
    path = folder / TOKENS_FILE
    if not renew and (found := _read(path)):
        return found
    tokens = new_tokens()
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        make_folder(folder)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"page": tokens.page, "feed": tokens.feed}, file)
            file.flush()
            os.fsync(file.fileno())  # a power cut must not make the links and feeds of today worthless
        os.replace(part, path)
        sync_folder(folder)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    return tokens


def _read(path: Path) -> Tokens | None:
    try:
        with open_regular(path) as file:
            data = json.loads(file.read(LARGEST_BYTES))
        tokens = Tokens(str(data["page"]), str(data["feed"]))
        if min(len(tokens.page), len(tokens.feed)) >= TOKEN_BYTES:
            return tokens
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError):
        pass
    LOGGER.warning("%s has no readable links: new ones are made, and the old ones stop working", path)
    return None


def same(one: str, other: str) -> bool:
    """Compare two tokens without telling by the time taken how much of them is right."""
    return hmac.compare_digest(one.encode(), other.encode())


def cookie_of(header: str, name: str) -> str | None:
    """Return the cookie `name` of a Cookie header."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


@dataclass(slots=True)
class Wrong:
    """Counts the wrong tokens that come from an address."""

    now: Callable[[], float] = time.monotonic
    _times: dict[str, deque[float]] = field(default_factory=dict)

    def again(self, address: str) -> bool:
        """Note one more, and return whether that is too many for this minute."""
        if len(self._times) > MOST_ADDRESSES:
            self._times.clear()
        times = self._times.setdefault(address, deque(maxlen=MOST_WRONG + 1))
        now = self.now()
        while times and now - times[0] >= MINUTE:
            times.popleft()
        times.append(now)
        return len(times) > MOST_WRONG
