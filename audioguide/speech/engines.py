"""The table of engines."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from audioguide.speech.engine import Engine, VoiceError

# Each is imported when it is made: a dry run pays for none.


def _pyttsx3() -> Engine:
    from audioguide.speech.espeak import PyttsxEngine

    return PyttsxEngine()


def _tone() -> Engine:
    from audioguide.speech.tone import ToneEngine

    return ToneEngine()


ENGINES: dict[str, Callable[[], Engine]] = {"pyttsx3": _pyttsx3, "tone": _tone}


def make_engine(name: str) -> Engine:
    """Return a new engine. Raises VoiceError for an unknown `name`, with the known ones."""
    if name in ENGINES:
        return ENGINES[name]()
    near = difflib.get_close_matches(name.lower(), ENGINES, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise VoiceError("engine", f"there is no engine {name!r}: the engines are {', '.join(ENGINES)}{hint}")
