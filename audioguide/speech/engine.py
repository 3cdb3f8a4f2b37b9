"""What every engine promises: text in, a finished clip out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from audioguide.errors import EngineError
from audioguide.script.choices import FASTEST, HIGHEST_PITCH, LOWEST_PITCH, SLOWEST

if TYPE_CHECKING:  # a dry run knows phrases but needs no numpy
    from audioguide.audio.clip import Clip

RATES = range(SLOWEST, FASTEST + 1)  # words a minute
PITCHES = range(LOWEST_PITCH, HIGHEST_PITCH + 1)


VoicePart = Literal["engine", "voice", "rate", "pitch"]


class VoiceError(EngineError):
    """The choice of the voice cannot be had, whatever it is to say; `part` is what is wrong with it."""

    def __init__(self, part: VoicePart, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.part = part


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to speak: `rate` in words a minute (80 to 450), `pitch` from 0 to 99, with or without warmth.

    Raises VoiceError for a rate or a pitch outside these.
    """

    text: str
    voice: str
    rate: int
    pitch: int
    warm: bool = False

    def __post_init__(self) -> None:
        parts: tuple[tuple[VoicePart, int, range], ...] = (
            ("rate", self.rate, RATES), ("pitch", self.pitch, PITCHES),
        )  # fmt: skip
        for name, value, known in parts:
            if value not in known:
                found = f"a voice has no {name} {value}: it goes from {known[0]} to {known[-1]}"
                raise VoiceError(name, found)


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of an engine; `languages` are codes such as en-us."""

    id: str
    name: str
    languages: tuple[str, ...]


class Engine(Protocol):
    """A source of spoken clips. One thread at a time; for more speed, several engines."""

    @property
    def name(self) -> str:
        """Return the name under which `audioguide.speech.engines` knows it."""

    def fingerprint(self) -> str:
        """Name everything but the phrase that shapes a clip, without starting anything."""

    def voices(self) -> tuple[Voice, ...]:
        """List the voices. Raises EngineError where the engine cannot be had."""

    def speak(self, phrase: Phrase) -> Clip:
        """Return the whole phrase as a clip that starts and ends softly, or raise EngineError.

        The same phrase gives the same samples, whatever was said before.
        """

    def close(self) -> None:
        """Let go of all processes and files; once more does no harm, and speaking starts anew."""
