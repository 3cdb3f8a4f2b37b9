"""What engines with a neural model have in common; a subclass says which voices it has."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.driver import Driver, program
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.neural.memory import MEMORY, MOST
from audioguide.speech.scripts import foreign_word
from audioguide.speech.takes import RECIPE, Take, check_plausible, read_take
from audioguide.speech.versions import own_library, version
from audioguide.speech.voices.folder import Installed, installed

START_SECONDS = 30.0
LOAD_SECONDS = 60.0  # measured: 1.3 s on an idle machine
PHRASE_SECONDS = 20.0
CHARACTER_SECONDS = 0.5  # six times what Kokoro needs
# Times the estimate at the voice's own pace. Measured on 30 phrases of the library: 0.90 to 1.34.
PLAUSIBLE = (0.3, 2.5)
# From so many words a minute on a voice hurries a little; to so many it is as calm as it can be.
CALM, BRISK = 120, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuralVoice:
    """A voice: what to load for it, what to ask with each phrase, and all checksums in `identity`."""

    id: str
    name: str
    languages: tuple[str, ...]
    reads: str  # the language in which espeak-ng makes its phonemes
    identity: str
    model: Mapping[str, Any] = field(repr=False)
    job: Mapping[str, Any] = field(repr=False)

    @property
    def listed(self) -> Voice:
        """Return it as an entry of the list."""
        return Voice(self.id, self.name, self.languages)


class NeuralEngine(Engine):
    """One child process with one model; one thread."""

    traits = Traits(rate=False, pitch=False, stable=True, together=MOST)

    def __init__(
        self, *, command: Sequence[str] = (), patience: float = PHRASE_SECONDS,
        added: Sequence[Installed] | None = None,
    ) -> None:  # fmt: skip
        """Speak through `command`, the program of this package unless given.

        A phrase may take `patience` seconds plus 0.5 a character. The voices that were added to this machine
        are `added`, those in its folder of voices unless given.
        """
        self._added = added
        self._driver = Driver(tuple(command) or program("audioguide.speech.neural.program"), START_SECONDS)
        self._patience = patience
        self._loaded: tuple[Path, Mapping[str, Any]] | None = None
        self._closed = 0

    @property
    def added(self) -> Sequence[Installed]:
        """Return the voices that were added to this machine."""
        return installed(self.name) if self._added is None else self._added

    @abstractmethod
    def missing(self) -> str:
        """Return what has to be installed before any voice speaks; "" where all is there."""

    @abstractmethod
    def known(self) -> Iterable[NeuralVoice]:
        """Return the voices that are listed: none where packages are missing."""

    @abstractmethod
    def find(self, name: str) -> NeuralVoice:
        """Return the voice called `name`, or the best one for a language. Raises EngineError."""

    @abstractmethod
    def pace(self, rate: int) -> float:
        """Return what the model is asked for, to be as calm or as brisk as `rate` words a minute can be."""

    def fingerprint(self, voice: str = "") -> str:
        """Name model, voice, runtime and phonemes; an unknown voice is named as it is."""
        packages = ("onnxruntime", "espeakng-loader", "soxr")
        try:
            identity = self.find(voice).identity
        except EngineError:
            identity = f"unknown {voice}"
        versions = [f"{package} {version(package)}" for package in packages]
        return "; ".join([RECIPE, self.name, identity, "1 thread", *versions, *own_library()])

    def voices(self) -> tuple[Voice, ...]:
        """List the voices. Raises EngineError where something has to be installed first."""
        if missing := self.missing():
            raise EngineError(missing)
        return tuple(voice.listed for voice in self.known())

    def voice_for(self, name: str) -> str:
        """Return the id of the voice that `find` finds. Raises EngineError."""
        return self.find(name).id

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return why it cannot speak all of `phrases`: what is not installed, a text it cannot read."""
        if missing := self.missing():
            return missing
        try:
            voices = {name: self.find(name) for name in {phrase.voice for phrase in phrases}}
        except EngineError as error:
            return str(error)
        for phrase in phrases:
            voice = voices[phrase.voice]
            if word := foreign_word(shown(phrase.text), voice.reads):
                return (
                    f"the voice {voice.id} reads {', '.join(voice.languages)}, and not {word!r} "
                    "(choose a voice of that language: `audioguide voices` lists them)"
                )
        return ""

    def about(self) -> Mapping[str, str]:
        """Return the versions of what it runs on. Raises EngineError where it does not start."""
        if missing := self.missing():
            raise EngineError(missing)
        greeting = self._driver.twice("could not start", lambda: self._driver.running().greeting)
        return {
            "runtime": f"onnxruntime {version('onnxruntime')}",
            "phonemes": f"espeak-ng {greeting.get('version', '')} from {greeting.get('library', '')}",
        }

    def speak(self, phrase: Phrase) -> Clip:
        """Return the phrase as a clip of whole ticks at the voice's level, peaks below -3 dBFS.

        A child that dies, hangs or writes what cannot be the phrase is replaced once. Raises EngineError.
        """
        text = clean(phrase.text)
        if obstacle := self.obstacle([phrase]):
            raise EngineError(obstacle)
        voice, closed = self.find(phrase.voice), self._closed
        with MEMORY.use(self, lambda: self._closed == closed):
            if self._closed != closed:
                raise EngineError("the voice was closed")
            return self._driver.twice(
                f'could not speak "{shown(text)}"',
                lambda: self._take(text, phrase, voice).clip(warm=phrase.warm),
            )

    def close(self) -> None:
        """End the child, if there is one; from another thread, a phrase that it is speaking fails."""
        self._closed += 1
        self._driver.close()
        MEMORY.forget(self)

    @property
    def holding(self) -> bool:
        """Tell whether there is a child, which may have a model in memory."""
        return self._driver.alive

    def end(self) -> None:
        """Release the model; the next phrase loads it again."""
        self._driver.end()

    def _take(self, text: str, phrase: Phrase, voice: NeuralVoice) -> Take:
        child = self._driver.running()
        if self._loaded != (child.folder, voice.model):
            self._loaded = None
            self._driver.ask({"op": "load", **voice.model}, LOAD_SECONDS)
            self._loaded = child.folder, voice.model
        path = child.folder / "phrase.wav"
        path.unlink(missing_ok=True)
        job = {"op": "speak", "text": text, "language": voice.reads, "speed": self.pace(phrase.rate)}
        self._driver.ask(
            {**job, **voice.job, "path": str(path)}, self._patience + CHARACTER_SECONDS * len(text)
        )
        take = read_take(path).trimmed()
        check_plausible(take, text, self.traits.words_a_minute or BRISK, PLAUSIBLE)
        return take


def calmness(rate: int) -> float:
    """Return 1 for a `rate` of 120 words a minute or less, 0 for 200 or more, and between them."""
    return min(1.0, max(0.0, (BRISK - rate) / (BRISK - CALM)))
