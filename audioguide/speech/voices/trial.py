"""A voice says a sentence before it is added: what does not speak here never gets to its place."""

from __future__ import annotations

from contextlib import closing

from audioguide.errors import EngineError
from audioguide.speech.engine import Phrase
from audioguide.speech.neural.engine import NeuralEngine
from audioguide.speech.voices.folder import Installed
from audioguide.speech.voices.samples import sentence_in

RATE, PITCH = 120, 50


def engine_for(name: str, *voices: Installed) -> NeuralEngine:
    """Return a new engine called `name` whose only added voices are `voices`."""
    from audioguide.speech.kokoro import KokoroEngine
    from audioguide.speech.piper import PiperEngine

    return {"kokoro": KokoroEngine, "piper": PiperEngine}[name](added=voices)


def missing_for(name: str) -> str:
    """Return what the engine `name` needs before it can try a voice, with the command that installs it."""
    return engine_for(name).missing()


def try_voice(voice: Installed) -> None:
    """Let `voice` say a sentence in its language. Raises EngineError that says why it cannot."""
    with closing(engine_for(voice.engine, voice)) as engine:
        try:
            engine.speak(Phrase(sentence_in(voice.language), voice.id, RATE, PITCH))
        except EngineError as error:
            reason = str(error).replace("\n", " ")
            raise EngineError(
                f"the voice {voice.id} was not added, because it cannot speak: {reason}"
            ) from error
