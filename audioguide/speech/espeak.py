"""pyttsx3 with espeak-ng, driven from outside its process and checked word for word's length."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.language import is_english
from audioguide.reading.marks import shown
from audioguide.speech import worker
from audioguide.speech.child import Child, ChildLost
from audioguide.speech.engine import Phrase, Voice, VoiceError
from audioguide.speech.mnemonics import sent_to_espeak
from audioguide.speech.pace import asked_of_espeak
from audioguide.speech.recording import check_length, check_voice, read_recording, to_clip, trimmed
from audioguide.speech.text import clean

START_SECONDS = 30.0
PHRASE_SECONDS = 5.0
CHARACTER_SECONDS = 0.05
RECIPE = "recording/4"  # raise it when the way from recording to clip changes

Result = TypeVar("Result")


class PyttsxEngine:
    """The default engine: one child process, started by the first phrase, replaced when it fails."""

    name = "pyttsx3"

    def __init__(self, *, command: Sequence[str] = (), patience: float = PHRASE_SECONDS) -> None:
        """Speak through `command`, the worker unless given.

        A phrase may take `patience` seconds plus 0.05 a character.
        """
        # -P keeps the current folder off the path: a file json.py in it must not be imported.
        self._command = tuple(command) or (sys.executable, "-P", worker.__file__)
        self._patience = patience
        self._child: Child | None = None
        self._spent = False
        self._closed = 0

    def fingerprint(self) -> str:
        """Name the versions of all that shapes a clip, without starting the child."""
        versions = [f"{package} {_version(package)}" for package in ("pyttsx3", "espeakng-loader", "soxr")]
        own = os.path.expanduser(os.environ.get(worker.LIBRARY_VARIABLE, ""))
        return "; ".join([RECIPE, *versions, _stamp(own), os.environ.get(worker.DATA_VARIABLE, "")])

    def voices(self) -> tuple[Voice, ...]:
        """List the voices of espeak-ng. Raises EngineError."""
        answer = self._twice("could not list the voices", lambda: self._ask({"op": "voices"}, self._patience))
        return tuple(Voice(v["id"], v["name"], tuple(v["languages"])) for v in answer["voices"])

    def about(self) -> dict[str, str]:
        """Return the `version`, the `library` and the `data` of espeak-ng. Raises EngineError."""
        greeting = self._twice("could not start", lambda: self._running().greeting)
        return {name: str(greeting.get(name, "")) for name in ("version", "library", "data")}

    def speak(self, phrase: Phrase) -> Clip:
        """Return the phrase as a clip of whole ticks at the voice's level, peaks below -3 dBFS.

        A child that dies, hangs or writes what cannot be the phrase is replaced once.
        Raises EngineError with the phrase where that does not help either; VoiceError at once where
        the voice is unknown or espeak-ng is missing.
        """
        text = clean(phrase.text)
        return self._twice(f'could not speak "{shown(text)}"', lambda: self._recorded(text, phrase))

    def sent(self, text: str, voice: str) -> str:
        """Return `text`, which was read already, as it goes to espeak-ng. Raises EngineError."""
        return sent_to_espeak(clean(text), english=is_english(voice))

    def phonemes(self, text: str, voice: str) -> str:
        """Return the IPA that espeak-ng makes of `text`, a clause a line. Raises EngineError."""
        job = {"op": "phonemes", "text": self.sent(text, voice), "voice": voice}
        answer = self._twice("could not list the phonemes", lambda: self._ask(job, self._patience))
        return str(answer["phonemes"])

    def close(self) -> None:
        """End the child, if there is one; from another thread, a phrase that it is speaking fails."""
        self._closed += 1
        self._end()

    def _end(self) -> None:
        child, self._child, self._spent = self._child, None, False
        if child is not None:
            child.end()

    def _twice(self, failure: str, attempt: Callable[[], Result]) -> Result:
        closed = self._closed
        try:
            return attempt()
        except (ChildLost, ValueError) as error:
            self._end()
            if self._closed != closed:  # another thread wants an end, not one more child
                raise EngineError(f"{failure}: {error}") from error
        try:
            return attempt()
        except (ChildLost, ValueError) as error:
            self._end()
            raise EngineError(f"{failure}: {error}") from error

    def _recorded(self, text: str, phrase: Phrase) -> Clip:
        path = self._running().folder / "phrase.wav"
        path.unlink(missing_ok=True)
        rate, gap = asked_of_espeak(phrase.voice, phrase.rate)
        sent = self.sent(text, phrase.voice)
        job = {"op": "speak", "text": sent, "voice": phrase.voice, "rate": rate, "gap": gap}
        job |= {"pitch": phrase.pitch, "phonemes": sent != text}
        self._ask({**job, "path": str(path)}, self._patience + CHARACTER_SECONDS * len(text))
        samples = trimmed(read_recording(path))
        check_length(samples, shown(text), phrase.rate, phrase.voice)
        check_voice(samples)
        return to_clip(samples, warm=phrase.warm)

    def _ask(self, job: dict[str, Any], limit: float) -> dict[str, Any]:
        child = self._running()
        answer = child.ask(job, limit)
        # What was said before would be heard in the next phrase, where each does not have a copy of its own.
        self._spent = bool(child.greeting.get("once")) and job["op"] != "voices"
        return _without_error(answer)

    def _running(self) -> Child:
        if self._spent:
            self._end()
        if self._child is None:
            # Known before it has answered, so that it can be closed while it starts.
            child = self._child = Child(self._command, worker.FOLDER_PREFIX)
            try:
                _without_error(child.greet(START_SECONDS))
            except EngineError:
                self._end()
                raise
        return self._child


def _without_error(answer: dict[str, Any]) -> dict[str, Any]:
    if "error" not in answer:
        return answer
    # An unknown voice or a missing library is the same in a fresh child.
    if answer.get("kind") == "voice":
        raise VoiceError("voice", answer["error"], hint=answer.get("hint", ""))
    if answer.get("kind") == "start":
        raise VoiceError("engine", answer["error"], hint=answer.get("hint", ""))
    raise ChildLost(answer["error"], hint=answer.get("hint", ""))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def _stamp(library: str) -> str:
    try:
        found = Path(library).stat() if library else None
    except OSError:
        found = None
    return f"{library} {found.st_size} {found.st_mtime_ns}" if found else library
