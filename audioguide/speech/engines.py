"""The table of engines."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from audioguide.errors import EngineError
from audioguide.speech.engine import Engine

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


def _tone() -> Engine:
    from audioguide.speech.tone import ToneEngine

    return ToneEngine()


ENGINES: dict[str, Callable[[], Engine]] = {
    "pyttsx3": _pyttsx3,
    "kokoro": _kokoro,
    "piper": _piper,
    "tone": _tone,
}


def make_engine(name: str) -> Engine:
    """Return a new engine. Raises EngineError for an unknown `name`, with the known ones."""
    if name in ENGINES:
        return ENGINES[name]()
    near = difflib.get_close_matches(name.lower(), ENGINES, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise EngineError(f"there is no engine {name!r}: the engines are {', '.join(ENGINES)}{hint}")
