"""The engine `piper`: any voice of Piper that was added, an ONNX file with its JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audioguide.errors import EngineError
from audioguide.speech.engine import INSTALL, Traits
from audioguide.speech.neural.engine import NeuralEngine, NeuralVoice, calmness
from audioguide.speech.neural.places import MOST
from audioguide.speech.pace import OWN_PACE
from audioguide.speech.voices.choose import choose
from audioguide.speech.voices.folder import Installed

RUNTIME = "onnxruntime"
# Asked for 0.77 of its speed, a sentence is 1.2 times as long: calm, and still clear.
SLOWEST, FASTEST = 0.77, 1.0
MOST_LISTED = 20  # of the speakers of one model; some have 900


class PiperEngine(NeuralEngine):
    """Piper without piper-tts: onnxruntime, and phonemes from the espeak-ng that is there anyway."""

    name = "piper"
    traits = Traits(rate=False, pitch=False, stable=True, together=MOST, words_a_minute=OWN_PACE["piper"])

    def missing(self) -> str:
        """Return what has to be installed: the runtime, or a voice."""
        if find_spec(RUNTIME) is None:
            return f"the engine {self.name} needs {RUNTIME}: {INSTALL}"
        return ""

    def find(self, name: str) -> NeuralVoice:
        """Return the voice called `name`, a speaker of it (`VOICE#NAME`), or one for a language.

        Raises EngineError.
        """
        voice, _, speaker = name.strip().partition("#")
        added = {each.id.lower(): each for each in self.added}
        if speaker and (found := added.get(voice.lower())):
            return _voice(found, speaker)
        return choose(name, list(self.known()), self.name)

    def pace(self, rate: int) -> float:
        """Return the share of its own speed to ask for."""
        return round(FASTEST - (FASTEST - SLOWEST) * calmness(rate), 3)

    def known(self) -> Iterator[NeuralVoice]:
        """Yield the voices that were added; of those with many speakers, the first 20."""
        for each in self.added:
            yield _voice(each, "")
            for speaker in list(_speakers(each))[:MOST_LISTED]:
                yield _voice(each, speaker)


def _voice(voice: Installed, speaker: str) -> NeuralVoice:
    number = _number(voice, speaker)
    settings = _settings(voice.files[1][0])
    paths, sums = [str(path) for path, _, _ in voice.files], [sha256 for _, _, sha256 in voice.files]
    reads = str(settings.get("espeak", {}).get("voice") or voice.language)
    return NeuralVoice(
        id=f"{voice.id}#{speaker}" if speaker else voice.id,
        name=f"{voice.about}, speaker {speaker}" if speaker else voice.about,
        languages=(voice.language,), reads=reads, identity=f"{' '.join(sums)} speaker {number}",
        model={"model": "piper", "files": paths, "sums": sums}, job={"speaker": number},
    )  # fmt: skip


def _number(voice: Installed, speaker: str) -> int:
    speakers = _speakers(voice)
    if not speaker:
        return 0
    if speaker in speakers:
        return speakers[speaker]
    count = int(_settings(voice.files[1][0]).get("num_speakers") or 1)
    if speaker.isdecimal() and int(speaker) < count:
        return int(speaker)
    names = ", ".join(list(speakers)[:5]) or "no others"
    raise EngineError(f"the voice {voice.id} has no speaker '{speaker}': there are {count} ({names} …)")


def _speakers(voice: Installed) -> dict[str, int]:
    found = _settings(voice.files[1][0]).get("speaker_id_map") or {}
    return {str(name): int(number) for name, number in found.items()}


@lru_cache(maxsize=64)
def _settings(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):  # the child process says why it cannot be used
        return {}
    return dict(found) if isinstance(found, dict) else {}
