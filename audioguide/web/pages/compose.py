"""Make me a session: a form, the session that it makes, and its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from audioguide.compose import purpose
from audioguide.compose.refusal import KEYS, Refusal, Refused, about, named
from audioguide.compose.stock import Stock
from audioguide.compose.wishes import LONGEST, MOST_SEED, SHORTEST, Asked, read
from audioguide.errors import AudioguideError
from audioguide.units import TICKS_PER_SECOND
from audioguide.vocabulary.vocabulary import vocabulary
from audioguide.web import own_routines
from audioguide.web.addresses import part
from audioguide.web.composed import COUNTS, LABELS, LONGEST_VALUE, QUOTED, is_made, name_of, whole_number
from audioguide.web.pages.audio import disposition
from audioguide.web.pages.given import given_text
from audioguide.web.query import BadQuery
from audioguide.web.said import said
from audioguide.web.service import Service

POSITIONS = ("on a chair", "standing", "lying", "on the floor", "in bed")
AVOIDED = (
    "kneeling", "lying on your back", "lying on your stomach", "lying on your side", "sitting on the floor",
    "on a chair", "standing",
)  # fmt: skip
NOTHING = "anything"  # the word for "no equipment at all"
VARIETY = {1: "Few exercises, each for a long time", 2: "Rather few", 3: "Some", 4: "Rather many", 5: "Many"}
AIM_NAMES = {
    "unwind": "Unwind", "mobility": "Mobility", "strength": "Strength", "desk": "At the desk",
    "sleep": "Sleep", "morning": "Morning",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticks:
    """One question with things to tick: each choice with whether it is ticked, and `more` in words."""

    choices: tuple[tuple[str, bool], ...]
    more: str

    @property
    def given(self) -> bool:
        """Return whether anything is asked for."""
        return bool(self.more) or any(ticked for _, ticked in self.choices)


def form(service: Service, request: Request) -> Response:
    """Show the form; with `make`, go to the session, or show all that stands in its way."""
    asked, refusals = asked_from(request.query_params)
    stock = service.sessions.stock()
    advice = ""
    if "make" in request.query_params:
        try:
            _check(asked, refusals, stock)
            service.sessions.made(name_of(asked), again=True)
            return RedirectResponse(f"/routine/{part(name_of(asked))}", 303)
        except Refused as error:
            refusals, advice = list(error.refusals), error.advice
        except BadQuery as error:
            cause = error.__cause__
            if not isinstance(cause, Refused):
                raise
            refusals, advice = list(cause.refusals), cause.advice
    return service.page(
        "compose.html", request, asked=asked, labels=LABELS, keys=KEYS, aims=AIM_NAMES, varieties=VARIETY,
        levels=vocabulary().names["level"], ticks=_ticks(asked, stock), nothing=NOTHING,
        regions=_regions(stock), minutes=_minutes(asked.length), most_seed=MOST_SEED,
        bounds=(SHORTEST // (60 * TICKS_PER_SECOND), LONGEST // (60 * TICKS_PER_SECOND)),
        tastes=_tastes(service, stock), faults=_by_field(refusals),
        refusals=[(each.field, _said(each)) for each in refusals],
        advice=named(advice, QUOTED), status=422 if refusals else 200,
    )  # fmt: skip


def _check(asked: Asked, refusals: Sequence[Refusal], stock: Stock) -> None:
    """Raise Refused with all that is not understood, in one go."""
    found = list(refusals)
    try:
        read(asked, stock.exercises)
    except Refused as error:
        found += error.refusals
    if found:
        raise Refused(found)


def asked_from(query: QueryParams) -> tuple[Asked, list[Refusal]]:
    """Return what a form asks for, and what of it cannot be read."""
    given: dict[str, Any] = {}
    refusals: list[Refusal] = []
    for each in fields(Asked):
        texts = [" ".join(text.split()) for text in query.getlist(KEYS[each.name])]
        text = ", ".join(filter(None, texts))
        if len(text) > LONGEST_VALUE:
            refusals.append(about(each.name, f"{LONGEST_VALUE} characters is the limit"))
        elif each.name not in COUNTS:
            given[each.name] = text
        elif text and (count := whole_number(text)) is None:
            refusals.append(about(each.name, f"'{text}' is not a whole number"))
        elif text:
            given[each.name] = count
    return replace(Asked(), **given), refusals


def shown(service: Service, name: str) -> dict[str, Any] | None:
    """Return what the page of a session says beside its player; None for any other routine."""
    if not is_made(name):
        return None
    session, asked = service.sessions.made(name).session, service.sessions.asked(name)
    another = replace(asked, seed=(asked.seed + 1) % (MOST_SEED + 1))
    return {
        "name": name, "asks": session.asks, "floor": session.way_to_the_floor, "warnings": session.warnings,
        "tastes": service.diary.tastes(), "whys": session.whys, "omissions": session.omissions,
        "another": f"/compose?{_link(another)}&make=1", "change": f"/compose?{_link(asked)}",
        "yaml": f"/made/{part(name)}.yaml", "as": _file_name(session.text),
        "folder": own_routines.own_folder(service.library),
    }  # fmt: skip


def today(service: Service) -> dict[str, Any] | None:
    """Return what the list of routines says of the session of today; None where there is none."""
    sessions = service.sessions
    if sessions.daily is None:
        return None
    name = sessions.name_on(sessions.today())
    try:
        made = sessions.made(name)
    except AudioguideError as error:
        return {"fault": said(error, service.library)}
    return {"name": name, "document": made.entry.routine.document, "length": made.session.wishes.length}


def yaml(service: Service, request: Request) -> Response:
    """Send a session as a file."""
    name = request.path_params["name"]
    if not is_made(name):
        raise HTTPException(404, "this page does not exist")
    text = service.sessions.made(name).session.text
    headers = {"content-disposition": disposition(f"{_file_name(text)}.yaml")}
    return Response(text, headers=headers, media_type="application/yaml")


async def keep(service: Service, request: Request) -> Response:
    """Save a session among the user's own routines."""
    name = request.path_params["name"]
    if not is_made(name):
        raise HTTPException(404, "this page does not exist")
    chosen = await given_text(request, "name")
    return await run_in_threadpool(_keep, service, name, chosen)


def _keep(service: Service, name: str, chosen: str) -> Response:
    library = service.library
    if chosen in library.routines():
        raise HTTPException(409, f"there is already a routine called '{chosen}': choose another name")
    result = own_routines.save(library, chosen, service.sessions.made(name).session.text)
    if result["faults"]:
        return JSONResponse(result, 422)
    folder = own_routines.own_folder(library)
    return JSONResponse(
        {
            "page": f"/routine/{part(chosen)}",
            "edit": f"/own/{part(chosen)}",
            "file": f"{folder}/{chosen}.yaml",
        }
    )


def _tastes(service: Service, stock: Stock) -> list[tuple[str, str, str]]:
    """Return name, title and taste of the exercises that are liked or disliked."""
    titles = {each.name: each.title for each in stock.facts}
    found = [(name, titles.get(name, name), taste) for name, taste in service.diary.tastes().items()]
    return sorted(found, key=lambda each: each[1].lower())


def _link(asked: Asked) -> str:
    given = {each.name: getattr(asked, each.name) for each in fields(Asked)}
    return urlencode({KEYS[name]: value for name, value in given.items() if value != getattr(Asked(), name)})


def _file_name(text: str) -> str:
    """Return what a session is saved as, unless another name is chosen: its title in small letters."""
    title = text.partition("\n")[0].removeprefix("title:")
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:64].strip("-") or "session"


def _minutes(text: str) -> str:
    return text.removesuffix("m").strip() or "15"


def _by_field(refusals: Sequence[Refusal]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in refusals:
        found.setdefault(each.field, []).append(_said(each))
    return found


def _said(refusal: Refusal) -> str:
    text = refusal.named(QUOTED)
    return text[:1].upper() + text[1:]


def _regions(stock: Stock) -> list[tuple[str, list[str]]]:
    """Return the parts of the body that there are exercises for, by region."""
    useful = [each for each in stock.facts if not each.excluded]
    found: dict[str, list[str]] = {}
    for name, region in vocabulary().regions.items():
        if any(purpose.is_for(each, name) for each in useful):
            found.setdefault(region, []).append(name)
    return list(found.items())


def _ticks(asked: Asked, stock: Stock) -> dict[str, Ticks]:
    """Return the questions with things to tick: of equipment and conditions, those that exercises name."""
    used = {name for each in stock.facts if not each.excluded for name in each.equipment}
    minded = {name for each in stock.facts if not each.excluded for name in each.cautions}
    words = vocabulary().names
    offered = {
        "body": words["body"],
        "position": POSITIONS,
        "avoid": AVOIDED,
        "without": (NOTHING, *(name for name in words["equipment"] if name in used)),
        "mind": tuple(name for name in words["contraindication"] if name in minded),
    }
    return {field: _ticked(names, getattr(asked, field)) for field, names in offered.items()}


def _ticked(names: Sequence[str], text: str) -> Ticks:
    given = [word for word in (" ".join(each.split()) for each in re.split("[,;]", text)) if word]
    low = {word.lower() for word in given}
    return Ticks(
        tuple((name, name in low) for name in names),
        ", ".join(word for word in given if word.lower() not in names),
    )
