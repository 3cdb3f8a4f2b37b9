"""pyttsx3 with espeak-ng, driven from outside its process and checked word for word's length."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.audio.clip import Clip
from audioguide.reading.language import is_english
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.driver import Driver, program
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.mnemonics import sent_to_espeak
from audioguide.speech.pace import asked_of_espeak
from audioguide.speech.recording import check_length, check_voice, read_recording, to_clip, trimmed
from audioguide.speech.versions import own_library, version

PHRASE_SECONDS = 5.0
CHARACTER_SECONDS = 0.05
RECIPE = "recording/4"  # raise it when the way from recording to clip changes


class PyttsxEngine(Engine):
    """The default engine: one child process, started by the first phrase, replaced when it fails."""

    name = "pyttsx3"
    traits = Traits(stable=True)

    def __init__(self, *, command: Sequence[str] = (), patience: float = PHRASE_SECONDS) -> None:
        """Speak through `command`, the program of this package unless given.

        A phrase may take `patience` seconds plus 0.05 a character.
        """
        self._driver = Driver(tuple(command) or program("audioguide.speech.process.pyttsx"))
        self._patience = patience

    def fingerprint(self, voice: str = "") -> str:
        """Name the versions of all that shapes a clip, without starting the child."""
        del voice
        versions = [f"{package} {version(package)}" for package in ("pyttsx3", "espeakng-loader", "soxr")]
        return "; ".join([RECIPE, *versions, *own_library()])

    def voices(self) -> tuple[Voice, ...]:
        """List the voices of espeak-ng. Raises EngineError."""
        answer = self._driver.twice(
            "could not list the voices", lambda: self._driver.ask({"op": "voices"}, self._patience)
        )
        return tuple(Voice(v["id"], v["name"], tuple(v["languages"])) for v in answer["voices"])

    def about(self) -> dict[str, str]:
        """Return the `version`, the `library` and the `data` of espeak-ng. Raises EngineError."""
        greeting = self._driver.twice("could not start", lambda: self._driver.running().greeting)
        return {name: str(greeting.get(name, "")) for name in ("version", "library", "data")}

    def speak(self, phrase: Phrase) -> Clip:
        """Return the phrase as a clip of whole ticks at the voice's level, peaks below -3 dBFS.

        A child that dies, hangs or writes what cannot be the phrase is replaced once.
        Raises EngineError with the phrase where that does not help either; VoiceError at once where
        the voice is unknown or espeak-ng is missing.
        """
        text = clean(phrase.text)
        return self._driver.twice(f'could not speak "{shown(text)}"', lambda: self._recorded(text, phrase))

    def sent(self, text: str, voice: str) -> str:
        """Return `text`, which was read already, as it goes to espeak-ng. Raises EngineError."""
        return sent_to_espeak(clean(text), english=is_english(voice))

    def phonemes(self, text: str, voice: str) -> str:
        """Return the IPA that espeak-ng makes of `text`, a clause a line. Raises EngineError."""
        job = {"op": "phonemes", "text": self.sent(text, voice), "voice": voice}
        answer = self._driver.twice(
            "could not list the phonemes", lambda: self._driver.ask(job, self._patience)
        )
        return str(answer["phonemes"])

    def close(self) -> None:
        """End the child, if there is one; from another thread, a phrase that it is speaking fails."""
        self._driver.close()

    def _recorded(self, text: str, phrase: Phrase) -> Clip:
        path = self._driver.running().folder / "phrase.wav"
        path.unlink(missing_ok=True)
        rate, gap = asked_of_espeak(phrase.voice, phrase.rate)
        sent = self.sent(text, phrase.voice)
        job = {"op": "speak", "text": sent, "voice": phrase.voice, "rate": rate, "gap": gap}
        job |= {"pitch": phrase.pitch, "phonemes": sent != text}
        self._driver.ask({**job, "path": str(path)}, self._patience + CHARACTER_SECONDS * len(text))
        samples = trimmed(read_recording(path))
        check_length(samples, shown(text), phrase.rate, phrase.voice)
        check_voice(samples)
        return to_clip(samples, warm=phrase.warm)
