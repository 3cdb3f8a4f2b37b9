"""Many phrases at once, spoken by as many engines as help."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.speech.cache import CachedEngine
from audioguide.speech.engine import Engine, Phrase, VoiceError
from audioguide.storage.cache import Cache

Heard = Callable[[int, Clip], None]

# One more voice costs 50 ms of a core before it says a word; a phrase takes about 15 ms, and for
# most of them the voice only waits.
PHRASES_EACH = 4


class Unspoken(EngineError):  # noqa: N818
    """A phrase could not be spoken, for a `reason`; `place` is its place among those that were asked for."""

    def __init__(self, place: int, error: EngineError) -> None:
        super().__init__(error.message, hint=error.hint)
        self.place = place
        self.reason = error


class Speakers:
    """Engines of one kind in front of one store of clips, each in one thread at a time.

    `hits` counts the phrases that came from the store, `misses` those that were spoken.
    """

    def __init__(self, make: Callable[[], Engine], cache: Cache, *, workers: int | None = None) -> None:
        """Speak through engines from `make`, at most `workers` of them (one for each core)."""
        self._make = make
        self._cache = cache
        self._workers = workers or os.cpu_count() or 1
        self._engines = [CachedEngine(make(), cache)]
        self._answered = 0

    @property
    def misses(self) -> int:
        """Return how many phrases were spoken here; another process may have spoken some meanwhile."""
        return sum(engine.misses for engine in self._engines)

    @property
    def hits(self) -> int:
        """Return how many phrases came from the store, or were the same as another."""
        return self._answered - self.misses

    def find(self, phrase: Phrase) -> Clip | None:
        """Return the clip from the store, or None for a phrase that is still to be spoken."""
        try:
            clip = self._engines[0].find(phrase)
        except EngineError:  # no voice speaks such a text, and `speak` says why
            return None
        self._answered += clip is not None
        return clip

    def speak(self, phrases: Sequence[Phrase], heard: Heard) -> None:
        """Speak all `phrases` and keep them; call `heard` in this thread with the place and clip of each.

        Raises Unspoken for the first of `phrases` that fails; all before it have then been spoken. Where the
        engine says in advance that it cannot speak some of them, raises EngineError and speaks none.
        """
        if not phrases:
            return
        if obstacle := self._engines[0].obstacle(phrases):
            raise self._without_voice(phrases) or EngineError(obstacle)
        failures: list[Unspoken] = []
        idle = self._hired(len(phrases))
        with ThreadPoolExecutor(idle.qsize()) as pool:
            jobs = {pool.submit(_speak, idle, phrases[places[0]]): places for places in self._alike(phrases)}
            try:
                for job in as_completed(jobs):
                    if job.cancelled():
                        continue
                    try:
                        self._hand_over(heard, jobs[job], job.result())
                    except EngineError as error:
                        failures.append(Unspoken(jobs[job][0], error))
                        _cancel_behind(jobs, failures[-1].place)
            except BaseException:
                # Nobody waits for what is being spoken. An engine may try twice: so may this.
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(job.done() for job in jobs):
                    self.close()
                    wait(jobs, timeout=0.05)
                raise
        if failures:
            raise min(failures, key=lambda failure: failure.place)

    def _without_voice(self, phrases: Sequence[Phrase]) -> Unspoken | None:
        """Return which of `phrases` is for a voice that the engine lacks; None if that is not it."""
        for place, phrase in enumerate(phrases):
            try:
                self._engines[0].voice_for(phrase.voice)
            except VoiceError as error:
                return Unspoken(place, error)
            except EngineError:
                return None
        return None

    def close(self) -> None:
        """End all engines."""
        for engine in self._engines:
            engine.close()

    def _alike(self, phrases: Sequence[Phrase]) -> list[list[int]]:
        # Phrases that share a key are spoken once.
        places: dict[str, list[int]] = {}
        for place, phrase in enumerate(phrases):
            try:
                key = self._engines[0].key(phrase)
            except EngineError:
                key = str(place)
            places.setdefault(key, []).append(place)
        return list(places.values())

    def _hired(self, phrases: int) -> queue.SimpleQueue[CachedEngine]:
        most = self._engines[0].traits.together or self._workers
        wanted = max(1, min(self._workers, most, phrases // PHRASES_EACH))
        while len(self._engines) < wanted:
            self._engines.append(CachedEngine(self._make(), self._cache))
        idle: queue.SimpleQueue[CachedEngine] = queue.SimpleQueue()
        for engine in self._engines[:wanted]:
            idle.put(engine)
        return idle

    def _hand_over(self, heard: Heard, places: list[int], clip: Clip) -> None:
        self._answered += len(places)
        for place in places:
            heard(place, clip)


def _speak(idle: queue.SimpleQueue[CachedEngine], phrase: Phrase) -> Clip:
    engine = idle.get()
    try:
        return engine.speak(phrase)
    finally:
        idle.put(engine)


def _cancel_behind(jobs: dict[Future[Clip], list[int]], failed: int) -> None:
    # Jobs begin in order, so those before the failed one go on: the first failure is always the same.
    for job, places in jobs.items():
        if places[0] > failed:
            job.cancel()
