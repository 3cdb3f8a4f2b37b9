"""The routines that ship, and what is heard in them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated_lengths
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.layout import Lengths
from audioguide.script.script import ClipRef, Script

NAMES = SHIPPED_LIBRARY.shipped
_COMPILED: dict[str, Script] = {}


@cache
def shipped(name: str) -> Routine:
    return load(SHIPPED / f"{name}.yaml")


def text_of(name: str) -> str:
    return (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")


def compiled(name: str, options: Options = NOTHING) -> Script:
    """Return a routine compiled with `options`, once for all tests of this process.

    What has other settings is compiled each time: there are too many to keep.
    """
    if options.settings:
        return compile(shipped(name), options)
    key = f"{name} {options}"
    if key not in _COMPILED:
        _COMPILED[key] = compile(shipped(name), options)
    return _COMPILED[key]


@cache
def heard(name: str) -> tuple[str, ...]:
    """Return all that is heard, in order; a hold is HOLD, and breaths are BREATHS."""
    names = {"hold": "HOLD", "breath": "BREATHS"}
    said = []
    for cue in compiled(name).cues:
        if cue.kind in names:
            said.append(names[cue.kind])
        if cue.text and cue.kind != "chapter":
            said.append(cue.text)
    return tuple(said)


def lengths_by(engine: str) -> Lengths:
    """Return what estimates the clips of a script as if this engine spoke, whatever is installed."""

    def lengths(script: Script) -> dict[ClipRef, int]:
        return estimated_lengths(replace(script, voice=replace(script.voice, engine=engine)))

    return lengths
