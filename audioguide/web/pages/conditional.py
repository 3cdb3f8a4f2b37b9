"""Answers that are sent only if they changed: entity tags and dates of RFC 9110, section 13."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from audioguide.web.pages.ranges import lists

MOST_KNOWN = 500  # addresses of feeds


@dataclass(slots=True)
class Changes:
    """When each address was first answered with what it is answered with now."""

    _known: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def since(self, address: str, etag: str) -> datetime:
        """Return the second in which the answer to `address` became the one with this `etag`."""
        if (found := self._known.get(address)) is None or found[0] != etag:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[address] = (etag, datetime.now(UTC).replace(microsecond=0))
        return found[1]


def unless_known(request: Request, answer: Response, changes: Changes | None = None) -> Response:
    """Return `answer` with its entity tag, 304 where the client has it already, 412 where it wants another.

    With `changes` it has a date, too. That counts only where the client sends no entity tag, and only from
    the next second on: within the same one, there may have been two different answers.
    """
    etag = sha256(bytes(answer.body)).hexdigest()[:32]
    answer.headers["etag"] = f'"{etag}"'
    if (wanted := request.headers.get("if-match")) is not None and not lists(wanted, etag, weak=False):
        return Response(status_code=412, headers={"etag": answer.headers["etag"]})
    answer.headers.setdefault("cache-control", "private, no-cache")
    since = changes.since(str(request.url), etag) if changes else None
    if since and datetime.now(UTC) - since >= timedelta(seconds=1):
        answer.headers["last-modified"] = format_datetime(since, usegmt=True)
    if not _is_known(request, etag, since if "last-modified" in answer.headers else None):
        return answer
    kept = {name: answer.headers[name] for name in ("etag", "cache-control")}
    return Response(status_code=304, headers=kept)


def _is_known(request: Request, etag: str, since: datetime | None) -> bool:
    if (known := request.headers.get("if-none-match")) is not None:
        return lists(known, etag)
    seen = request.headers.get("if-modified-since")
    if seen is None or since is None:
        return False
    try:
        date = parsedate_to_datetime(seen)
    except ValueError:
        return False
    return date.replace(tzinfo=date.tzinfo or UTC) >= since
