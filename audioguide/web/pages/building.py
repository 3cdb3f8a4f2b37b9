"""The page that builds: its fields, a text after an edit, and a pasted text as a routine."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from audioguide.draft.draft import drafts_of
from audioguide.draft.readers.find import read
from audioguide.draft.together import together
from audioguide.errors import UsageError
from audioguide.routine.editing.edits import read_edit
from audioguide.routine.editing.fields import fields
from audioguide.routine.language.notices import CLOSINGS, OPENINGS
from audioguide.routine.language.positions import POSITIONS
from audioguide.script.choices import BEDS
from audioguide.script.shipped import shipped
from audioguide.web import own_routines, own_sounds
from audioguide.web.building.state import after
from audioguide.web.pages.conditional import unless_known
from audioguide.web.pages.given import given, given_text, text_in
from audioguide.web.service import Service

PASTED = "a pasted text"
SOUNDS = ("chime", "start", "end", "file", "halfway")


def form(service: Service, request: Request) -> Response:
    """Return the fields of all steps and of the routine, with words that each may take."""
    own = [f"{own_sounds.FOLDER}/{name}" for name in own_sounds.own_sounds(service.library)]
    sounds = ["none", *shipped(), *own]
    suggested = {
        **dict.fromkeys(SOUNDS, sounds), "bed": ["none", *BEDS, *own], "notice": list(OPENINGS),
        "closing": list(CLOSINGS), "include": list(service.library.routines()), "position": list(POSITIONS),
        "name": [voice.id for voice in service.voices.all()],
    }  # fmt: skip
    answer = JSONResponse({**fields(), "suggested": suggested}, headers={"cache-control": "no-cache"})
    return unless_known(request, answer)


async def build(service: Service, request: Request) -> Response:
    """Return a text as it is after an edit, with its cards, findings and timeline. Nothing is saved."""
    data = await given(request, "text")
    return JSONResponse(await run_in_threadpool(_built, service, request.path_params["name"], data))


def _built(service: Service, name: str, data: dict[str, Any]) -> dict[str, Any]:
    text = text_in(data, "text")
    if len(text.encode("utf-8", "replace")) > own_routines.LARGEST:
        raise HTTPException(413, f"a routine can have at most {own_routines.LARGEST // 1024} KiB")
    path = own_routines.path_of(service.library, name)
    try:
        edit = read_edit(data["edit"]) if data.get("edit") else None
        built = after(text, edit, path, service.library, service.options)
    except UsageError as error:
        raise HTTPException(409, error.message) from error
    if built.routine:
        service.written.keep(built.routine)
    return built.state


async def draft(_: Service, request: Request) -> Response:
    """Return the exercises of a pasted text as one routine, with what was skipped."""
    return JSONResponse(await run_in_threadpool(_drafted, await given_text(request, "text")))


def _drafted(text: str) -> dict[str, Any]:
    document = read(text.encode("utf-8", "replace"), PASTED)
    drafts = drafts_of(document)
    written = together(drafts, PASTED, document.title or "My exercises")
    return {
        "text": written, "notes": list(document.notes),
        "found": [{"title": each.exercise.title, "summary": each.summary} for each in drafts],
    }  # fmt: skip
