"""The table of engines."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from audioguide.errors import EngineError
from audioguide.speech.engine import Engine, VoiceError

# Each is imported when it is made: a dry run pays for none.


def _pyttsx3() -> Engine:
    from audioguide.speech.espeak import PyttsxEngine

    return PyttsxEngine()


def _kokoro() -> Engine:
    from audioguide.speech.kokoro import KokoroEngine

    return KokoroEngine()


def _piper() -> Engine:
    from audioguide.speech.piper import PiperEngine

    return PiperEngine()


def _command() -> Engine:
    from audioguide.speech.command import CommandEngine

    return CommandEngine()


def _recorded() -> Engine:
    from audioguide.speech.recorded import RecordedEngine

    return RecordedEngine()


def _tone() -> Engine:
    from audioguide.speech.tone import ToneEngine

    return ToneEngine()


def _pack() -> Engine:
    from audioguide.speech.pack.engine import PackEngine

    return PackEngine()


PACK = "pack"  # what was spoken before
ENGINES: dict[str, Callable[[], Engine]] = {
    "pyttsx3": _pyttsx3,
    PACK: _pack,
    "kokoro": _kokoro,
    "piper": _piper,
    "command": _command,
    "recorded": _recorded,
    "tone": _tone,
}
AUTO = "auto"  # the best of them that can speak here: `audioguide.speech.auto`
GROUP = "audioguide.engines"  # of entry points: engines from other packages


def engine_names() -> list[str]:
    """Return the names of all engines, those of other packages last."""
    return [*ENGINES, *sorted(set(_plug_ins()) - set(ENGINES))]


def make_engine(name: str) -> Engine:
    """Return a new engine; `audioguide.speech.auto` knows which one "auto" is.

    Raises VoiceError for an unknown `name`, with the known ones; EngineError for a plug-in that cannot
    be loaded.
    """
    if name in ENGINES:
        return ENGINES[name]()
    plug_ins = _plug_ins()  # looking through all that is installed takes 50 ms
    if name in plug_ins:
        return _loaded(name, plug_ins[name])
    known = [*ENGINES, *sorted(plug_ins), AUTO]
    near = difflib.get_close_matches(name.lower(), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise VoiceError("engine", f"unknown engine {name!r}; choose from {', '.join(known)}{hint}")


def _plug_ins() -> dict[str, EntryPoint]:
    return {found.name: found for found in entry_points(group=GROUP)}


def _loaded(name: str, found: EntryPoint) -> Engine:
    origin = f"the engine '{name}' of the package {found.dist.name if found.dist else found.value}"
    try:
        engine: Engine = found.load()()
    except Exception as error:  # code of others may fail in any way
        raise EngineError(f"{origin} cannot be loaded: {type(error).__name__}: {error}") from error
    lacks = [each for each in _PROMISED if not hasattr(engine, each)]
    if lacks or engine.name != name:
        wrong = f"it has no {', no '.join(lacks)}" if lacks else f"it calls itself '{engine.name}'"
        raise EngineError(f"{origin} is not an engine: {wrong}")
    return engine


_PROMISED = (
    "name", "traits", "fingerprint", "voices", "obstacle", "about", "voice_for", "at_hand", "speak", "close",
)  # fmt: skip
