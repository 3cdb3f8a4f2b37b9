"""audioguide: routines compiled into guided MP3s that you follow with your eyes closed.

The public API is `audioguide.api`; each of its names is here too, and loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from audioguide.api import *  # noqa: F403


# What needs none of the heavy libraries comes from its own module.
_LIGHT = {"AudioguideError": "audioguide.errors", "Options": "audioguide.listener.options"}


def __getattr__(name: str) -> Any:
    if name in _LIGHT:
        return getattr(import_module(_LIGHT[name]), name)
    if not name.startswith("_"):  # Python itself asks for these
        api = import_module("audioguide.api")
        if name == "api":
            return api
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module 'audioguide' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *import_module("audioguide.api").__all__})
