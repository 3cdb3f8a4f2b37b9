"""audioguide: routines compiled into guided MP3s that you follow with your eyes closed.

The names below are the public API; each is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from audioguide.api import (
        AudioguideError,
        Clip,
        Library,
        Options,
        Output,
        Receipt,
        Routine,
        Script,
        Timeline,
        check,
        compile,
        find,
        fit,
        from_segment,
        load,
        render,
        stream,
        timeline,
        to_segment,
        verify,
    )

__all__ = [
    "AudioguideError", "Clip", "Library", "Options", "Output", "Receipt", "Routine", "Script", "Timeline",
    "check", "compile", "find", "fit", "from_segment", "load", "render", "stream", "timeline", "to_segment",
    "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'audioguide' has no attribute '{name}'")
    from audioguide import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
