"""The ways onto a phone: the link and the feed as codes, and a plan as a feed of its own."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from audioguide.errors import AudioguideError
from audioguide.listener.plan import MOST_SESSIONS, MOST_WEEKS, PlanSession
from audioguide.web.addresses import part
from audioguide.web.pages.qr import drawn
from audioguide.web.query import PlanPart, Query
from audioguide.web.said import said
from audioguide.web.service import Service


def phone(service: Service, request: Request) -> Response:
    """Show the link and the feed, to be scanned or copied."""
    ways = {"The page": f"{service.base}/?token={service.tokens.page}"} if service.lan else {}
    ways["Podcast of all routines"] = service.feed_at(request)
    service.shelf.listed()  # what is left out is what was left out of these
    left_out = {name: said(error, service.library) for name, error in service.shelf.left_out().items()}
    left_out |= {str(name): said(error, service.library) for (name, *_), error in service.unheard.items()}
    return service.page(
        "phone.html", request, lan=service.lan, ways=_drawn(service, request, ways), left_out=left_out
    )


def plan(service: Service, request: Request) -> Response:
    """Show a plan, session by session, and its feed."""
    name = request.path_params["name"]
    entry = service.shelf.entry(name)
    query, fault = Query(name), ""
    sessions: list[PlanSession] = []
    try:
        query = service.query(request)
        sessions = [session for session, _ in service.versions.sessions(query)]
    except AudioguideError as error:
        fault = said(error, service.library)
    spot = query.spot or PlanPart()
    of_plan = "&".join(filter(None, (query.plain, spot.of_plan)))
    ways = (
        {}
        if fault
        else {"Podcast of this plan": service.feed_at(request, f"plan/{part(name)}.xml?{of_plan}")}
    )
    return service.page(
        "plan.html", request, entry=entry, sessions=sessions, fault=fault, spot=spot, query=query,
        ways=_drawn(service, request, ways), most=(MOST_SESSIONS, MOST_WEEKS), status=422 if fault else 200,
    )  # fmt: skip


def _drawn(service: Service, request: Request, ways: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return address and code of each way; none to who has not shown the token."""
    return {name: (at, drawn(at)) for name, at in ways.items()} if service.may_change(request) else {}
