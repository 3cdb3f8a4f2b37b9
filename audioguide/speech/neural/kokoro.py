"""Kokoro in the child process: phonemes and a voice's vectors in, sound out."""

from __future__ import annotations

import json
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.neural.sentences import within
from audioguide.speech.neural.session import Session, read_checked
from audioguide.speech.process.jobs import JobError

RATE = 24_000
VECTOR = 256  # numbers in a style, of which a voice has one for each number of phonemes
MOST_SYMBOLS = 480  # of 510; far below it, nothing is lost

Styles = NDArray[np.float32]


class Kokoro:
    """Kokoro-82M as exported to ONNX."""

    def __init__(self, job: dict[str, Any]) -> None:
        """Load the model of `job`: its `files`, their `sha256`, and the `symbols` file. Raises JobError."""
        self._session = Session(read_checked(job["files"], job["sha256"]), "Kokoro")
        with open(job["symbols"], encoding="utf-8") as file:
            self._symbols: dict[str, int] = json.load(file)["vocab"]

    @property
    def rate(self) -> int:
        """Return the sampling rate in Hz."""
        return RATE

    def sounds(self, phonemes: str, job: dict[str, Any]) -> list[NDArray[np.float32]]:
        """Return what is heard of `phonemes`, in parts, in the voice of `job` at its speed."""
        known = "".join(symbol for symbol in phonemes if symbol in self._symbols)
        styles = blended(job["voice"])
        return [self._sound(part, styles, job["speed"]) for part in within(known, MOST_SYMBOLS)]

    def _sound(self, phonemes: str, styles: Styles, speed: float) -> NDArray[np.float32]:
        ids = [self._symbols[symbol] for symbol in phonemes]
        return self._session.run({
            "tokens": np.array([[0, *ids, 0]], dtype=np.int64),
            "style": styles[min(len(ids), len(styles)) - 1][None],
            "speed": np.array([speed], dtype=np.float32),
        })  # fmt: skip


def blended(parts: list[dict[str, Any]]) -> Styles:
    """Return the weighted mean of the vectors of `parts`: each a `file`, its `sha256`, `key`, `weight`."""
    mean = sum(
        np.float32(part["weight"]) * _styles(part["file"], part["sha256"], part.get("key", ""))
        for part in parts
    )
    return np.asarray(mean, dtype=np.float32)


@lru_cache(maxsize=16)
def _styles(file: str, sha256: str, key: str) -> Styles:
    data = read_checked([file], sha256)
    if key:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            found = archive[key]
    else:
        found = np.frombuffer(data, "<f4") if len(data) % 4 == 0 else np.zeros(0)
    if not found.size or found.size % VECTOR or not np.isfinite(found).all():
        raise JobError("voice", f"{file} is not the file of a Kokoro voice")
    return np.asarray(found, dtype=np.float32).reshape(-1, VECTOR)
