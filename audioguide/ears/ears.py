"""Ears that listen to phrases, several at a time; each phrase is judged by the better of two hearings."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Self

import numpy as np
from numpy.typing import NDArray

from audioguide.ears.judge import Judgement, judge
from audioguide.ears.recogniser import (
    LANGUAGE,
    HeardWord,
    Hearing,
    Recogniser,
    fingerprint,
    missing,
)
from audioguide.ears.sounds import Speller
from audioguide.errors import EngineError
from audioguide.reading.read import Reading
from audioguide.storage.cache import Cache, key_of

Hear = Callable[[NDArray[np.float32], int, bool], Hearing]


class Ears(AbstractContextManager["Ears"]):
    """A recogniser, and espeak-ng for how written words sound."""

    def __init__(
        self, reads: Reading, *, workers: int = 1, hear: Hear | None = None, cache: Cache | None = None
    ) -> None:
        """Listen to phrases that a voice `reads`, `workers` at a time; through `hear` instead of the model.

        What was heard is kept in `cache`, if there is one. Raises EngineError where the extra is not
        installed, or the voice does not speak English.
        """
        if hear is None and (gone := missing()):
            raise EngineError(gone)
        if reads.language.split("-", maxsplit=1)[0] != LANGUAGE:
            raise EngineError(
                f"words cannot be checked: the voice speaks '{reads.language}', and the recogniser only "
                f"knows English"
            )
        self._reads = reads
        self._workers = workers
        self._hear = hear or _Model(workers).hear
        if cache is not None:
            self._hear = _Remembered(self._hear, cache).hear
        self._sounds = Speller()
        self._lock = threading.Lock()  # one process of espeak-ng

    def judge(self, text: str, samples: NDArray[np.float32], rate: int) -> Judgement:
        """Return what is understood of `text` in `samples`, (n,) float32 at `rate` Hz. Raises EngineError.

        Where something seems wrong, it listens once more, with the times of the words, and the better
        hearing counts: what can be understood once is there.
        """
        first = self._hear(samples, rate, False)
        judged = self._judged(text, first.text, ())
        if not judged.findings:
            return judged
        second = self._hear(samples, rate, True)
        texts = (second.text, first.text)
        return min((self._judged(text, each, second.words) for each in texts), key=lambda each: each.rank)

    def judge_all(self, phrases: Iterable[tuple[str, NDArray[np.float32]]], rate: int) -> Iterator[Judgement]:
        """Yield what is understood of each (text, samples), in order."""
        with ThreadPoolExecutor(self._workers) as pool:
            yield from pool.map(lambda phrase: self.judge(phrase[0], phrase[1], rate), phrases)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process of espeak-ng."""
        self._sounds.__exit__()

    def _judged(self, text: str, heard: str, times: Sequence[HeardWord]) -> Judgement:
        with self._lock:
            return judge(text, heard, self._reads, self._sounds, times)


class _Model:
    """The recogniser, loaded by the first phrase that is heard."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def hear(self, samples: NDArray[np.float32], rate: int, times: bool) -> Hearing:
        return Recogniser(workers=self._workers).hear(samples, rate, times=times)


class _Remembered:
    """What `hear` heard, in a store: the same samples are listened to once."""

    def __init__(self, hear: Hear, cache: Cache) -> None:
        self._hear = hear
        self._cache = cache

    def hear(self, samples: NDArray[np.float32], rate: int, times: bool) -> Hearing:
        digest = hashlib.sha256(samples.tobytes()).hexdigest()
        key = key_of("hearing/1", fingerprint(), rate, times, digest)
        if (found := _unpacked(self._cache.get(key))) is None:
            found = self._hear(samples, rate, times)
            self._cache.put(key, json.dumps(found.as_json()).encode())
        return found


def _unpacked(data: bytes | None) -> Hearing | None:
    try:
        return Hearing.from_json(json.loads(data)) if data else None
    except (ValueError, KeyError, TypeError):
        return None
