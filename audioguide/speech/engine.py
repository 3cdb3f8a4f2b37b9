"""What every engine promises: text in, a finished clip out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from audioguide.errors import EngineError
from audioguide.script.choices import FASTEST, HIGHEST_PITCH, LOWEST_PITCH, SLOWEST

if TYPE_CHECKING:  # a dry run knows phrases but needs no numpy
    from audioguide.audio.clip import Clip

RATES = range(SLOWEST, FASTEST + 1)  # words a minute
PITCHES = range(LOWEST_PITCH, HIGHEST_PITCH + 1)
INSTALL = "pip install 'audioguide[natural]'"  # what the natural voices need

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
                found = f"a voice cannot have a {name} of {value}: use {known[0]} to {known[-1]}"
                raise VoiceError(name, found)


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of an engine; `languages` are codes such as en-us."""

    id: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What holds for every voice of an engine.

    `rate` and `pitch` say that it follows the words a minute and the pitch of a phrase, `words` that it
    speaks words at all, `stable` that a phrase gives the same bytes each time. At most `together` copies
    of the engine work at once, None as many as there are cores. `words_a_minute` is its own pace where it
    does not follow a rate.
    """

    rate: bool = True
    pitch: bool = True
    words: bool = True
    stable: bool = False
    together: int | None = None
    words_a_minute: int | None = None


class Engine(Protocol):
    """A source of spoken clips. One thread at a time; for more speed, several engines.

    A class that derives from it need not write the methods that have an answer here.
    """

    traits: Traits = Traits()

    @property
    def name(self) -> str:
        """Return the name under which `audioguide.speech.engines` knows it."""

    def fingerprint(self, voice: str = "") -> str:
        """Name everything but the phrase that shapes a clip of `voice`, without starting anything."""

    def voices(self) -> tuple[Voice, ...]:
        """List the voices. Raises EngineError where the engine cannot be had."""

    def voice_for(self, name: str) -> str:
        """Return the id of the voice that speaks where `name` is asked for. Raises EngineError."""
        return name

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return why it cannot speak all of `phrases`; "" where nothing is known against it.

        It starts nothing. The first line is a sentence of its own; others may list what is missing.
        """
        del phrases
        return ""

    def about(self) -> Mapping[str, str]:
        """Return what `audioguide doctor` prints, by topic. Raises EngineError where it does not work."""
        return {}

    def at_hand(self, phrase: Phrase) -> Clip | None:
        """Return the clip of a phrase that needs no speaking, or None."""
        del phrase
        return None

    def speak(self, phrase: Phrase) -> Clip:
        """Return the whole phrase as a clip that starts and ends softly, or raise EngineError.

        The same phrase gives the same samples, whatever was said before.
        """

    def close(self) -> None:
        """Let go of all processes and files; once more does no harm, and speaking starts them again.

        What costs much to load may stay for a minute, for the next engine.
        """
        return
