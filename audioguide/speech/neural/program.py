"""The child process of neural voices: it keeps one model in memory, and speaks one phrase at a time."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.neural.phonemes import Phonemes
from audioguide.speech.neural.sentences import sentences
from audioguide.speech.process.jobs import Apart, JobError, serve
from audioguide.speech.silence import span

PAUSE_SECONDS = 0.4  # between sentences
EDGE_SECONDS = 0.03  # of what a sentence keeps around its words


class Model(Protocol):
    """A loaded model."""

    @property
    def rate(self) -> int:
        """Return the sampling rate in Hz."""

    def sounds(self, phonemes: str, job: dict[str, Any]) -> list[NDArray[np.float32]]:
        """Return what is heard of `phonemes`, in parts."""


def main() -> None:
    """Speak until stdin ends."""
    serve(ModelSpeaker)


def _kokoro(job: dict[str, Any]) -> Model:
    from audioguide.speech.neural.kokoro import Kokoro

    return Kokoro(job)


def _piper(job: dict[str, Any]) -> Model:
    from audioguide.speech.neural.piper import Piper

    return Piper(job)


MODELS: dict[str, Callable[[dict[str, Any]], Model]] = {"kokoro": _kokoro, "piper": _piper}


class ModelSpeaker:
    """Loads a model when asked to, and speaks with it."""

    def __init__(self, folder: Path, apart: Apart) -> None:
        del apart  # a model in a copy of the process would be loaded once more for each phrase
        self._phonemes = Phonemes(folder)
        self._model: Model | None = None
        self.about: dict[str, Any] = self._phonemes.about

    def answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """Load a model, or speak `text` into the WAV file `path`. Raises JobError."""
        if job["op"] == "load":
            self._model = None  # the old one first: two of them would need twice the memory
            self._model = MODELS[job["model"]](job)
            return {"done": True}
        if self._model is None:
            raise JobError("speech", "no model is loaded")
        samples = self._spoken(self._model, job)
        with wave.open(job["path"], "wb") as file:
            file.setparams((1, 2, self._model.rate, 0, "NONE", ""))
            file.writeframes(np.rint(np.clip(samples, -1.0, 1.0) * 32_767).astype("<i2").tobytes())
        return {"done": True}

    def _spoken(self, model: Model, job: dict[str, Any]) -> NDArray[np.float32]:
        heard: list[NDArray[np.float32]] = []
        pause = np.zeros(round(PAUSE_SECONDS * model.rate), dtype=np.float32)
        for sentence in sentences(job["text"]):
            phonemes = self._phonemes.ipa(sentence, job["language"])
            for sound in model.sounds(phonemes, job):
                heard += [pause, _trimmed(sound, model.rate)]
        if not heard:
            raise JobError(
                "voice", f'the voice cannot say "{job["text"]}" (is it in the language of the voice?)'
            )
        return np.concatenate(heard[1:])


def _trimmed(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    first, end = span(samples, rate)
    edge = round(EDGE_SECONDS * rate)
    return samples[max(0, first - edge) : end + edge]
