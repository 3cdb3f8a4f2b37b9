"""Piper in the child process: any voice that is an ONNX file with its JSON."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.neural.session import Session, read_checked
from audioguide.speech.process.jobs import JobError

# Symbols that Piper puts around a sentence and between its phonemes.
START, END, BETWEEN = "^", "$", "_"
# With noise, a sentence differs by up to 70 ms from call to call; without, it is the same to the byte.
NOISE = 0.0


class Piper:
    """A voice of Piper (VITS)."""

    def __init__(self, job: dict[str, Any]) -> None:
        """Load the voice of `job`: its `files` (model and JSON) and their `sums`. Raises JobError."""
        model, about = (
            read_checked([file], sum_) for file, sum_ in zip(job["files"], job["sums"], strict=True)
        )
        settings = read_settings(about, job["files"][1])
        self.rate: int = settings["audio"]["sample_rate"]
        self._ids: dict[str, list[int]] = settings["phoneme_id_map"]
        self._slowness = float(settings.get("inference", {}).get("length_scale", 1.0))
        self._session = Session(model, job["files"][0])

    def sounds(self, phonemes: str, job: dict[str, Any]) -> list[NDArray[np.float32]]:
        """Return what is heard of `phonemes` at the speed of `job`; nothing where none is known."""
        known = [symbol for symbol in unicodedata.normalize("NFD", phonemes) if symbol in self._ids]
        if not any(symbol.isalpha() for symbol in known):
            return []
        ids = [*self._ids[START], *self._ids[BETWEEN]]
        for symbol in known:
            ids += [*self._ids[symbol], *self._ids[BETWEEN]]
        ids += self._ids[END]
        scales = [NOISE, self._slowness / job["speed"], NOISE]
        inputs = {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
        }
        if "sid" in self._session.inputs:
            inputs["sid"] = np.array([job["speaker"]], dtype=np.int64)
        sound = self._session.run(inputs)
        if not np.isfinite(sound).all():
            raise JobError("voice", "the model produced invalid numbers instead of sound: it is damaged")
        # Its level differs from sentence to sentence, and may go beyond full scale.
        return [sound * np.float32(0.7 / max(0.01, float(np.abs(sound).max(initial=0.0))))]


def read_settings(data: bytes, name: str) -> dict[str, Any]:
    """Return the JSON of a Piper voice. Raises JobError where it is not one that can be spoken here."""
    try:
        settings = json.loads(data)
        kind = settings.get("phoneme_type", "espeak")
        ids = settings["phoneme_id_map"]
        whole = all(symbol in ids for symbol in (START, END, BETWEEN)) and settings["audio"]["sample_rate"]
    except (ValueError, KeyError, TypeError, AttributeError):
        kind = whole = ""
    if not whole:
        raise JobError("voice", f"{name} is not the JSON of a Piper voice")
    if kind != "espeak":
        raise JobError(
            "voice",
            f"{name} is a voice with phonemes of the type '{kind}': only those of espeak are supported",
        )
    return dict(settings)
