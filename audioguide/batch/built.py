"""The scripts of one version of a routine, compiled once for all rows that ask for it."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.audio.clip import Clip
from audioguide.batch.orders import Order
from audioguide.listener.plan import PlanSession
from audioguide.pipeline.build import build, plan_requests
from audioguide.pipeline.gather import gather, measured
from audioguide.pipeline.speaking import Speaking
from audioguide.pipeline.voice import phrases_of, settled
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.script.script import ClipRef, Script
from audioguide.speech.engine import Phrase
from audioguide.speech.pool import Heard
from audioguide.storage.cache import Cache

Built = tuple[tuple[Script, PlanSession | None], ...]
_LEVEL = 1  # of compression: a script has 60 kB, and many wait in the process that shares them out


class NotSpoken(Exception):  # noqa: N818 - a question that has another answer, not an error
    """A length was asked for that only the voice knows."""


@dataclass(slots=True)
class Measure:
    """The lengths of the clips of a script, from cache or voice; `spoken` counts those from the voice."""

    cache: Cache
    spoken: int = 0

    def __call__(self, script: Script) -> Mapping[ClipRef, int]:
        """Return the length in ticks of every clip. Raises as `gather` does."""
        found = measured(script, self.cache)
        self.spoken += len(found.spoken)
        return found.lengths


def from_cache(cache: Cache) -> Lengths:
    """Return what measures a script without speaking; raises NotSpoken where a phrase is not in `cache`."""

    def lengths(script: Script) -> Mapping[ClipRef, int]:
        script = settled(script)
        with Speaking(script, cache, 1) as speakers:
            return gather(script, _Silent(speakers)).lengths

    return lengths


@dataclass(frozen=True, slots=True)
class _Silent:
    """Speakers of whom only what the cache has can be had."""

    speakers: Speaking

    def find(self, phrase: Phrase) -> Clip | None:
        return self.speakers.find(phrase)

    def speak(self, phrases: Sequence[Phrase], heard: Heard) -> None:
        del heard
        if phrases:
            raise NotSpoken


def missing(script: Script, cache: Cache) -> Iterator[tuple[str, Phrase]]:
    """Yield each phrase that is not in `cache`, with the engine that speaks it."""
    script = settled(script)
    with Speaking(script, cache, 1) as speakers:
        for phrase in phrases_of(script).values():
            if speakers.find(phrase) is None:
                yield speakers.engine_of(phrase), phrase


def built(order: Order, routine: Routine, lengths: Lengths) -> Built:
    """Compile the script of `order`, or those of all sessions of its plan. Raises as `build` does."""
    request = order.request(routine)
    if order.plan is None:
        return ((build(request, lengths), None),)
    plan = order.plan
    listed = plan_requests(request, sessions=plan.sessions, weeks=plan.weeks, grow=plan.grow)
    return tuple((build(each, lengths), session) for session, each in listed)


def renamed(scripts: Built, first: Order, order: Order) -> Built:
    """Return the scripts of `first` as those of `order`, another row with the same version."""
    note = order.options.note or ""
    return tuple(
        (replace(script, name=order.stem + script.name.removeprefix(first.stem), remark=note), session)
        for script, session in scripts
    )


def pack(scripts: Built) -> bytes:
    """Return `scripts` as bytes for another process."""
    return zlib.compress(pickle.dumps(scripts), _LEVEL)


def unpack(data: bytes) -> Built:
    """Return the scripts that `pack` made bytes of."""
    found: Built = pickle.loads(zlib.decompress(data))  # noqa: S301 - from the process that started this one
    return found
