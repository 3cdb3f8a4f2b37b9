"""The walk through the raw data of a routine: where it is, and what is known there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from audioguide.errors import Fault
from audioguide.routine.language.values import Amount
from audioguide.routine.source import YamlSource

ROLES = {"start": "bell", "end": "bowl", "open": "chime", "close": "bowl", "halfway": "chime"}
BARE_WORD = re.compile(
    r"[a-z][a-z0-9_-]*|\S.*\.(wav|flac|ogg|mp3|aiff?|m4a|aac|mp4|wma|opus|caf|amr|mov|webm|3gp)",
    re.IGNORECASE,
)

Path = tuple[object, ...]
SoundCheck = Callable[[str], object]


def is_sound(mark: str) -> bool:
    """Return whether a mark names a sound (one small word, a file) or says something."""
    return bool(BARE_WORD.fullmatch(mark)) and not mark[:1].isupper()


def nearest(name: object, known: list[str]) -> str:
    """Return "; did you mean 'x'?" where something like `name` is known."""
    close = get_close_matches(str(name).lower(), known, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A place in the file, with the settings, sounds and sides that count there."""

    source: YamlSource
    amounts: Mapping[str, Amount | None]
    sounds: Mapping[str, object]
    find_sound: SoundCheck
    find_bed: SoundCheck
    sides: tuple[str, ...] = ()
    repeats: bool = False
    voice: str = "en-us"
    spoken: bool = True  # or only shown
    voices: Mapping[str, str] = field(default_factory=dict)  # the name of the voice of each role
    pauses: bool = False  # may stand inside a text
    within: str = ""  # "marks", or nothing
    names: bool = False  # of parts, for {next}
    path: Path = ()

    def at(self, *parts: object) -> Walk:
        """Go into a part."""
        return replace(self, path=(*self.path, *parts))

    def fault(self, found: str, allowed: str = "", *, part: str = "") -> Fault:
        """Make a fault here."""
        return self.source.fault(self.path, found, allowed, part=part)
