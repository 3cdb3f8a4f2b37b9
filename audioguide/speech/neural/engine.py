"""What engines with a neural model have in common; a subclass says which voices it has."""

from __future__ import annotations

import json
import threading
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.child import Child
from audioguide.speech.driver import Driver, program
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.neural.memory import Memory
from audioguide.speech.neural.places import MOST, Places
from audioguide.speech.scripts import foreign_word
from audioguide.speech.takes import RECIPE, Take, check_plausible, read_take
from audioguide.speech.versions import own_library, version
from audioguide.speech.voices.folder import Installed, installed

# Seconds in which the child works; where others have the cores, it may take four times as long.
LOAD_SECONDS = 30.0  # measured: 1.3
PHRASE_SECONDS = 20.0
CHARACTER_SECONDS = 0.5  # six times what Kokoro needs
PATIENCE = 4.0
START_SECONDS = 120.0  # by the clock; measured on an idle machine: 0.2
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


@dataclass(slots=True, eq=False)
class Narrator:
    """A child process with a model in memory, as soon as one was loaded."""

    driver: Driver
    model: Mapping[str, Any]
    _loaded_in: Child | None = None

    @property
    def holding(self) -> bool:
        """Return whether there is a child."""
        return self.driver.alive

    def end(self) -> None:
        """Release the model; the next phrase loads it again."""
        self.driver.end()

    def load(self) -> Child:
        """Return the child, with the model. Raises as `Driver.ask`."""
        child = self.driver.running()
        if self._loaded_in is not child:
            _ask(self.driver, {"op": "load", **self.model}, LOAD_SECONDS)
            self._loaded_in = child
        return child


# All engines of this process share the models: one that ends leaves its model to the next for a minute. The
# places for models are those of the machine.
MODELS: Memory[Narrator] = Memory(places=Places())


class NeuralEngine(Engine):
    """Speaks with models that it shares with other engines; one thread."""

    traits = Traits(rate=False, pitch=False, stable=True, together=MOST)

    def __init__(
        self, *, command: Sequence[str] = (), patience: float = PHRASE_SECONDS,
        added: Sequence[Installed] | None = None,
    ) -> None:  # fmt: skip
        """Speak through `command`, the program of this package unless given.

        A phrase may take `patience` seconds of a core plus 0.5 a character, and four times that by the clock.
        The voices that were added to this machine are `added`, those in its folder of voices unless given.
        """
        self._added = added
        self._command = tuple(command) or program("audioguide.speech.neural.program")
        self._patience = patience
        self._speaking: Narrator | None = None
        self._guard = threading.Lock()  # of that: what another engine speaks with by now must not be ended
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
                    f"the voice {voice.id} reads {', '.join(voice.languages)}, not {word!r} "
                    "(choose a voice for that language: `audioguide voices` lists them)"
                )
        return ""

    def about(self) -> Mapping[str, str]:
        """Return the versions of what it runs on. Raises EngineError where it does not start."""
        if missing := self.missing():
            raise EngineError(missing)
        driver = Driver(self._command, START_SECONDS)
        try:
            greeting = driver.twice("could not start", lambda: driver.running().greeting)
        finally:
            driver.close()
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
        voice = self.find(phrase.voice)
        with self._narrator(voice) as narrator:
            return narrator.driver.twice(
                f'could not speak "{shown(text)}"',
                lambda: self._take(narrator, text, phrase, voice).clip(warm=phrase.warm),
            )

    def close(self) -> None:
        """End what it is speaking, from another thread; a model that is idle stays for a minute."""
        with self._guard:
            self._closed += 1
            if self._speaking:
                self._speaking.driver.close()

    @contextmanager
    def _narrator(self, voice: NeuralVoice) -> Iterator[Narrator]:
        """Yield a child for `voice` that nobody else speaks with. Raises EngineError where this is closed."""
        closed, key = self._closed, (self._command, json.dumps(voice.model, sort_keys=True))

        def made() -> Narrator:
            return Narrator(Driver(self._command, START_SECONDS), voice.model)

        with MODELS.use(key, made, lambda: self._closed == closed) as narrator:
            with self._guard:
                if self._closed != closed:
                    raise EngineError("the voice was closed")
                self._speaking = narrator
            try:
                yield narrator
            finally:
                with self._guard:
                    self._speaking = None

    def _take(self, narrator: Narrator, text: str, phrase: Phrase, voice: NeuralVoice) -> Take:
        path = narrator.load().folder / "phrase.wav"
        path.unlink(missing_ok=True)
        job = {"op": "speak", "text": text, "language": voice.reads, "speed": self.pace(phrase.rate)}
        seconds = self._patience + CHARACTER_SECONDS * len(text)
        _ask(narrator.driver, {**job, **voice.job, "path": str(path)}, seconds)
        take = read_take(path).trimmed()
        check_plausible(take, text, self.traits.words_a_minute or BRISK, PLAUSIBLE)
        return take


def _ask(driver: Driver, job: Mapping[str, Any], seconds: float) -> None:
    driver.ask({**job, "cpu_seconds": seconds}, PATIENCE * seconds)


def calmness(rate: int) -> float:
    """Return 1 for a `rate` of 120 words a minute or less, 0 for 200 or more, and between them."""
    return min(1.0, max(0.0, (BRISK - rate) / (BRISK - CALM)))
