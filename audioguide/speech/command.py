"""The engine `command`: any program that takes a text on standard input and gives a WAV file."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.decode import RECIPE, decode
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.settings import COMMAND_VARIABLE, configured
from audioguide.speech.takes import Take, check_plausible
from audioguide.speech.versions import stamp, version

PHRASE_SECONDS = 30.0
CHARACTER_SECONDS = 0.2
EVERYDAY_RATE = 150  # words a minute; a program may speak at half of that, or at twice
PLAUSIBLE = (0.2, 4.0)
WAV = "{wav}"
HELP = (
    "the engine command needs a command: set `voice_command` in config.yaml, or "
    f'{COMMAND_VARIABLE}, such as "espeak-ng --stdin --stdout"'
)


class CommandEngine(Engine):
    """Runs the configured command once for each phrase."""

    name = "command"
    traits = Traits(rate=False, pitch=False)

    def __init__(self, template: str | None = None, *, patience: float = PHRASE_SECONDS) -> None:
        """Speak by `template`, the configured command unless given.

        A phrase may take `patience` seconds plus 0.2 a character.
        """
        self._template = template
        self._patience = patience
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = 0

    def fingerprint(self, voice: str = "") -> str:
        """Name the command, and the size and time of its program."""
        del voice
        words = self._words()
        program = stamp(shutil.which(words[0]) or words[0]) if words else ""
        return "; ".join([RECIPE, self.name, *words, program, f"soxr {version('soxr')}"])

    def voices(self) -> tuple[Voice, ...]:
        """Return the one voice: what the program says by default. Raises EngineError."""
        if missing := self._missing():
            raise EngineError(missing)
        return (Voice("default", Path(self._words()[0]).name, ()),)

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return why the command cannot run."""
        del phrases
        return self._missing()

    def about(self) -> Mapping[str, str]:
        """Return the command. Raises EngineError where it cannot run."""
        self.voices()
        return {"command": shlex.join(self._words())}

    def speak(self, phrase: Phrase) -> Clip:
        """Return what the command says of the phrase, trimmed, at the voice's level. Raises EngineError."""
        text = shown(clean(phrase.text))  # the program reads in its own way
        if missing := self._missing():
            raise EngineError(missing)
        try:
            take = self._take(text, phrase).trimmed()
            check_plausible(take, text, EVERYDAY_RATE, PLAUSIBLE)
            return take.clip(warm=phrase.warm)
        except ValueError as error:
            raise EngineError(f'could not speak "{text}": {error}') from error

    def close(self) -> None:
        """End the program where it runs."""
        self._closed += 1
        if self._running is not None:
            _end(self._running)

    def _words(self) -> list[str]:
        template = configured().command if self._template is None else self._template
        try:
            words = shlex.split(template, posix=os.name == "posix")
        except ValueError:
            return [template]
        return [word.strip('"') for word in words] if os.name == "nt" else words

    def _missing(self) -> str:
        words = self._words()
        if not words:
            return HELP
        if shutil.which(words[0]) is None:
            return f"the engine command cannot find the program '{words[0]}' of its command"
        return ""

    def _take(self, text: str, phrase: Phrase) -> Take:
        closed = self._closed
        with tempfile.TemporaryDirectory(prefix="audioguide-command-") as name:
            path = Path(name) / "phrase.wav"
            values = {"{voice}": phrase.voice, "{rate}": str(phrase.rate), "{pitch}": str(phrase.pitch)}
            words = [_filled(word, {**values, WAV: str(path)}) for word in self._words()]
            sound = self._run(words, text, Path(name))
            if self._closed != closed:
                raise EngineError("the voice was closed")
            if not any(WAV in word for word in self._words()):
                path.write_bytes(sound)
            if not path.is_file() or not path.stat().st_size:
                raise ValueError(f"the command {words[0]} produced no sound")
            return decode(path)

    def _run(self, words: list[str], text: str, folder: Path) -> bytes:
        limit = self._patience + CHARACTER_SECONDS * len(text)
        try:
            process = self._running = subprocess.Popen(  # noqa: S603 (the user's own command)
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder,
                start_new_session=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise EngineError(f"the command {words[0]} cannot start: {error.strerror or error}") from error
        try:
            sound, complaints = process.communicate(text.encode() + b"\n", timeout=limit)
        except BaseException as error:  # Ctrl-C too
            _end(process)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise ValueError(f"the command {words[0]} took longer than {limit:g} s") from None
            raise
        finally:
            self._running = None
        if process.returncode:
            said = complaints.decode(errors="replace").strip().splitlines()
            reason = f": {said[-1][:200]}" if said else ""
            raise ValueError(f"the command {words[0]} ended with code {process.returncode}{reason}")
        return sound


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
