"""Versions of routines, as links ask for them: estimated at once, spoken and streamed on demand."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from audioguide.compiler.estimate import estimated
from audioguide.errors import UsageError
from audioguide.listener.layers import ON_THE_PAGE, Layer
from audioguide.listener.options import Options
from audioguide.listener.plan import PlanSession
from audioguide.listener.request import Request, request
from audioguide.pipeline.build import build, plan_requests
from audioguide.pipeline.gather import measured, speak_first
from audioguide.pipeline.live import FITTED, why_not_live
from audioguide.pipeline.stream import Stream, stream
from audioguide.script.layout import Lengths, Timeline
from audioguide.script.script import ClipRef, Script
from audioguide.storage.cache import user_cache
from audioguide.web.jobs import Busy, Jobs
from audioguide.web.making import Abandoned, Making
from audioguide.web.query import BadQuery, PlanPart, Query
from audioguide.web.routines import Entry, Routines, Stamp

# Versions that can be played on without being made again: so many, and so many bytes of them at most.
MOST_KEPT = 24
MOST_BYTES = 256_000_000

Key = tuple[str, str, Stamp]


@dataclass(frozen=True, slots=True)
class Versions:
    """Makes versions of the routines of `shelf`, over the listener's own `options`."""

    shelf: Routines
    options: Options
    jobs: Jobs
    _made: OrderedDict[Key, Making] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _early: threading.Lock = field(default_factory=threading.Lock)

    def looked_at(self, query: Query) -> Timeline:
        """Return the version with estimated lengths: at once, without a voice. Raises RoutineError."""
        return estimated(self._script(self.shelf.entry(query.name), query))

    def sessions(self, query: Query) -> tuple[tuple[PlanSession, Request], ...]:
        """Return the sessions of the plan that is asked for. Raises Unfit where nothing may grow."""
        spot = query.spot or PlanPart()
        asked = self._request(self.shelf.entry(query.name), query)
        try:
            return plan_requests(asked, sessions=spot.sessions, weeks=spot.weeks)
        except UsageError as error:
            raise BadQuery(error.message) from error

    async def streamed(self, query: Query) -> Stream:
        """Return the version to listen to; who asks for the same one waits for the same work.

        Raises Busy where too much is waiting, RoutineError, EngineError, OutputError.
        """
        while True:
            making = await self.making(query)
            with making.waited_for(), suppress(Abandoned):  # a moment before it was asked for
                # A listener who goes away does not end the work: another may wait for it.
                return await asyncio.shield(asyncio.wrap_future(making.whole))

    async def making(self, query: Query) -> Making:
        """Return the version on its way, begun if nobody else asked for it. Raises as `streamed` does."""
        making = await asyncio.to_thread(self._begun, query)  # its files are looked at, and maybe read
        making.asked()
        return making

    def get_ready(self, query: Query) -> None:
        """Speak the first words of a version that somebody looks at, if no other is being spoken so."""
        if self._early.acquire(blocking=False):
            try:
                speak_first(self._script(self.shelf.entry(query.name), query), user_cache())
            finally:
                self._early.release()

    def end(self) -> None:
        """End what is heard while it is spoken."""
        for making in list(self._made.values()):
            if making.live:
                making.live.fail(Busy())

    def _begun(self, query: Query) -> Making:
        entry = self.shelf.entry(query.name)
        key = (query.name, query.text, entry.stamp)
        with self._lock:
            found = self._made.get(key)
            if found is None or found.may_be_tried_again:
                found = self._made[key] = self._begin(entry, query)
            self._made.move_to_end(key)
            self._forget()
        return found

    def _forget(self) -> None:
        """Let go of those that were asked for longest ago, but for the newest."""
        sizes = {key: made.whole.result().mp3.size for key, made in self._made.items() if _is_there(made)}
        while len(self._made) > MOST_KEPT or (len(self._made) > 1 and sum(sizes.values()) > MOST_BYTES):
            key, _ = self._made.popitem(last=False)
            sizes.pop(key, None)

    def _begin(self, entry: Entry, query: Query) -> Making:
        making = Making()
        progress = making.progress(self.jobs.go_on)

        def lengths(script: Script) -> Mapping[ClipRef, int]:
            making.why = FITTED
            return measured(script, user_cache(), progress).lengths

        def work() -> None:
            try:
                script = self._script(entry, query, lengths)
                making.why = why_not_live(script)
                made = stream(script, progress=progress, begun=making.begun)
            except BaseException as error:
                making.fail(error)
                raise
            making.done(made)
            made.mp3.finish()  # the listener has the first bytes by now; the place in the row is kept

        self.jobs.begin(work)
        return making

    def _script(self, entry: Entry, query: Query, lengths: Lengths | None = None) -> Script:
        asked = self._request(entry, query)
        if query.spot:
            _, asked = self.sessions(query)[query.spot.number - 1]
        return build(asked, lengths)

    def _request(self, entry: Entry, query: Query) -> Request:
        return request(entry.routine, [Layer("defaults", self.options), Layer(ON_THE_PAGE, query.options)])


def _is_there(made: Making) -> bool:
    return made.whole.done() and not made.whole.exception()
