"""What all pages of one server share."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from audioguide.compose.wishes import Asked
from audioguide.errors import AudioguideError
from audioguide.listener.config import config_folder
from audioguide.listener.diary import Diary
from audioguide.listener.options import Options
from audioguide.routine.library import Library
from audioguide.script.script import VoiceChoice
from audioguide.units import amount, clock
from audioguide.web.building.written import Written
from audioguide.web.composed import Sessions
from audioguide.web.jobs import Jobs
from audioguide.web.pages.conditional import Changes
from audioguide.web.query import Query, read_query
from audioguide.web.routines import Entry, Routines
from audioguide.web.security.access import Tokens, cookie_of, same
from audioguide.web.versions import Versions
from audioguide.web.voices import VoiceList

READERS = 16  # files that can be read from at the same moment


@dataclass(slots=False)
class Service:
    """The routines, their versions, and the templates that show them."""

    options: Options
    library: Library
    tokens: Tokens
    cookie: str = "audioguide"
    lan: bool = False
    base: str = ""  # where other devices find the server, where they do
    warm: bool = True  # read all routines before anybody asks
    daily: Asked | None = None  # what the session of each day is made from
    jobs: Jobs = field(default_factory=Jobs)
    readers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS))
    # These wait for a voice, and may do so for minutes.
    listeners: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS))
    # What the feed tells: bytes and ticks of each routine that was spoken already.
    sizes: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)
    guesses: dict[tuple[object, ...], tuple[int, int]] = field(default_factory=dict)
    # What no feed can have, and why.
    unheard: dict[tuple[object, ...], AudioguideError] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    # By feed, what is still being spoken for it.
    measuring: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)
    written: Written = field(default_factory=Written)

    def is_measured(self, key: tuple[object, ...]) -> bool:
        """Return whether the exact size of an episode is known, or that it has none."""
        return key in self.sizes or key in self.unheard

    @cached_property
    def shelf(self) -> Routines:
        """Return the routines."""

        def made(name: str) -> Entry | None:
            return self.written.entry(name) or self.sessions.entry(name)

        return Routines(self.library, self.options, self.closing, made)

    @cached_property
    def sessions(self) -> Sessions:
        """Return what composes sessions."""
        return Sessions(self.library, self.options, self.daily, diary=self.diary)

    @cached_property
    def diary(self) -> Diary:
        """Return the practice log, and what the listener likes."""
        return Diary(config_folder())

    @cached_property
    def versions(self) -> Versions:
        """Return what makes versions of them."""
        return Versions(self.shelf, self.options, self.jobs)

    @cached_property
    def voices(self) -> VoiceList:
        """Return the voices of the listener's engine."""
        return VoiceList(self.options.voice_over(VoiceChoice()).engine)

    @cached_property
    def templates(self) -> Environment:
        """Return the templates; all that is put into them is escaped."""
        found = Environment(
            loader=PackageLoader("audioguide.web"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        found.globals.update(clock=clock, amount=amount)
        return found

    @cached_property
    def static(self) -> dict[str, bytes]:
        """Return the files of the page by name."""
        folder = files("audioguide.web").joinpath("static")
        return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}

    def page(self, template: str, request: Request, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page made of `template`."""
        shown = self.templates.get_template(template).render(**self._common(request), **values)
        return HTMLResponse(shown, status)

    def _common(self, request: Request) -> dict[str, Any]:
        may = self.may_change(request)
        return {"may_change": may, "feed": f"/feed/{self.tokens.feed}/audioguide.xml" if may else ""}

    def feed_at(self, request: Request, file: str = "audioguide.xml") -> str:
        """Return the address of a feed, for other devices where they can reach it."""
        base = self.base or f"http://{request.headers['host']}"
        return f"{base}/feed/{self.tokens.feed}/{file}"

    def may_change(self, request: Request) -> bool:
        """Return whether who asks has shown the token."""
        return same(cookie_of(request.headers.get("cookie", ""), self.cookie) or "", self.tokens.page)

    def query(self, request: Request) -> Query:
        """Return the version that a link asks for. Raises UsageError, RoutineError."""
        return self.query_of(request.path_params["name"], request)

    def query_of(self, name: str, request: Request) -> Query:
        """Return the version of the routine `name` that a link asks for. Raises as `query` does."""
        routine = self.shelf.entry(name).routine
        query = dict(request.query_params)
        voices = [voice.id for voice in self.voices.all()] if "voice" in query else []
        return read_query(routine, query, voices)

    def get_ready(self, query: Query) -> None:
        """Have the first words of a version spoken beside, before somebody presses play."""

        def work() -> None:
            with suppress(AudioguideError):  # reported where somebody presses play
                self.versions.get_ready(query)

        if self.warm and not self.closing.is_set():
            self.readers.submit(work)

    def warm_up(self) -> None:
        """List all routines and voices, unless the server ends: nobody has to wait for that."""
        with suppress(AudioguideError):  # a request gets the reason
            self.shelf.listed()
        if not self.closing.is_set():
            self.voices.all()
        with suppress(AudioguideError):
            self.sessions.warm_up(lambda: not self.closing.is_set())

    def end(self) -> None:
        """Drop what waits to be made, and give up what is being made."""
        self.closing.set()
        for task in self.measuring.values():
            task.cancel()
        self.jobs.close()
        if "versions" in vars(self):
            self.versions.end()

    def close(self) -> None:
        """End, and read no more."""
        self.end()
        for each in (self.readers, self.listeners):
            each.shutdown(wait=False, cancel_futures=True)
