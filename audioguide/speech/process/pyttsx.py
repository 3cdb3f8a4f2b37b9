"""pyttsx3 in a process of its own, since espeak-ng can end or hang the process it lives in.

What espeak-ng says also depends on what it said before: the wavering of its pitch and its breath go on from
where they were. So each job has a fresh copy of this process, in which espeak-ng was never used; where there
are no copies, the first job is the only one. The same job then gives the same samples.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache
from pathlib import Path
from typing import Any

from audioguide.speech.process.jobs import COPIES, Apart, JobError, serve
from audioguide.speech.process.library import about_library, load_library, read_voices
from audioguide.speech.process.names import Voices, plain

PHONEMES_FLAG = 0x100  # espeakPHONEMES: what stands between [[ and ]] is phonemes
AS_IPA = 2  # espeakPHONEMES_IPA
SEED = 1
WORD_GAP = 7  # espeakWORDGAP, in about 30 ms; pyttsx3 has no name for it


def main() -> None:
    """Speak with pyttsx3 until stdin ends."""
    serve(Pyttsx)


class Pyttsx:
    """Answers jobs, each in a copy of this process."""

    def __init__(self, folder: Path, apart: Apart) -> None:
        """Load all libraries, and start none; learn in a copy which voices there are. Raises JobError."""
        library = load_library(folder)
        _pyttsx3_on(library)
        if COPIES:
            read_voices(library)
        self._folder, self._apart = folder, apart
        known = apart(lambda: speaker(folder).known())
        if "error" in known:
            raise JobError("start", known["error"], known.get("hint", ""))
        self._voices = Voices(known["voices"], known["variants"])
        self.about = {"once": not COPIES, **known["about"]}
        gc.disable()  # it would touch, and so copy, all memory of each copy

    def answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """List the voices, list the phonemes of a text, or speak a phrase. Raises JobError."""
        if job["op"] == "voices":
            return {"voices": self._voices.listed}
        voice = self._voices.find(job["voice"])
        return self._apart(lambda: _done(speaker(self._folder), voice, job))


def _done(speaker: EspeakSpeaker, voice: str, job: dict[str, Any]) -> dict[str, Any]:
    if job["op"] == "phonemes":
        return {"phonemes": speaker.phonemes(job["text"], voice)}
    speaker.speak(
        job["text"], voice, job["rate"], job["pitch"], job["path"], gap=job.get("gap", 0),
        phonemes=job.get("phonemes", False),
    )  # fmt: skip
    return {"done": True}


@cache
def speaker(folder: Path) -> EspeakSpeaker:
    """Return the speaker of this process, and start it where there is none yet."""
    return EspeakSpeaker(load_library(folder))


class EspeakSpeaker:
    """pyttsx3 on its espeak driver, one file a job.

    A few private fields of the driver are touched; pyttsx3 2.99 offers no other way to start clean.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        pyttsx3, self._espeak = _pyttsx3_on(library)
        self._engine = pyttsx3.init("espeak")
        self._driver = self._engine.proxy._driver  # noqa: SLF001
        self._library = library
        self._flags, self._reads_mnemonics = 0, False
        self._synth, self._espeak.Synth = self._espeak.Synth, self._flagged
        self._errors: list[str] = []
        self._engine.connect("error", self._on_error)
        sys.unraisablehook = self._on_lost_error
        # Until its first run pyttsx3 queues settings, and that run then drops them.
        self._engine.proxy.setBusy(False)
        if hasattr(library, "espeak_ng_SetRandSeed"):  # else breath begins with the clock
            library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))

    def known(self) -> dict[str, Any]:
        """Return the voices, their variants, and what is to be known about espeak-ng."""
        # MBROLA voices speak at 16 kHz, which pyttsx3 would write down as 22,050 Hz.
        usable = [each for each in self._engine.getProperty("voices") if not each.id.startswith("mb/")]
        voices = [{"id": each.id, "name": each.name, "languages": list(each.languages)} for each in usable]
        return {"voices": voices, "variants": _variants(self._espeak), "about": about_library(self._library)}

    def _on_error(self, exception: Exception, **_others: object) -> None:
        self._errors.append(str(exception))

    def _on_lost_error(self, lost: sys.UnraisableHookArgs) -> None:
        # An error in espeak-ng's callback, such as a full disk, reaches nobody, and the driver
        # would wait forever.
        self._errors.append(str(lost.exc_value))
        self._driver._speaking = False  # noqa: SLF001
        self._driver.endLoop()

    def _flagged(self, *arguments: Any, flags: int = 0, **named: Any) -> Any:
        # The driver takes no flags; they count for one call of espeak-ng.
        return self._synth(*arguments, flags=flags | self._flags, **named)

    def speak(
        self,
        text: str,
        voice: str,
        rate: int,
        pitch: int,
        path: str,
        *,
        gap: int = 0,
        phonemes: bool = False,
    ) -> None:
        """Write `text` to the WAV file `path`, with `gap` units between words. Raises JobError.

        `voice` is an id. With `phonemes`, what stands between [[ and ]] is espeak-ng's mnemonics.
        """
        self._errors.clear()
        self._flags, self._reads_mnemonics = PHONEMES_FLAG if phonemes else 0, phonemes
        self._espeak.SetParameter(WORD_GAP, gap, 0)
        self._set({"voice": voice, "rate": int(rate), "pitch": int(pitch)})
        self._engine.save_to_file(text, path)
        self._engine.runAndWait()
        self._espeak.Synchronize()  # runAndWait itself returns after 10 ms, ready or not
        finished = not self._driver._speaking  # noqa: SLF001
        # Left in place, the driver would write the same text to the same file once more.
        self._driver._text_to_say = self._driver._save_file = None  # noqa: SLF001
        if self._errors or not finished:
            raise JobError("speech", self._errors[0] if self._errors else "the voice stopped too early")

    def phonemes(self, text: str, voice: str) -> str:
        """Return the IPA of `text`, a clause a line; [[ ]] holds mnemonics. Raises JobError."""
        self._set({"voice": voice})
        # espeak_TextToPhonemes takes no flags: it goes by those of the last text that was spoken.
        if not self._reads_mnemonics:
            self._espeak.SetSynthCallback(lambda *_heard: 0)
            self._synth(b" ", flags=PHONEMES_FLAG)
            self._espeak.Synchronize()
            self._espeak.SetSynthCallback(self._driver._onSynth)  # noqa: SLF001
            self._reads_mnemonics = True
        convert = self._library.espeak_TextToPhonemes
        convert.restype, convert.argtypes = ctypes.c_char_p, [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        written = ctypes.create_string_buffer(text.encode())
        place = ctypes.c_void_p(ctypes.addressof(written))
        clauses = []
        while place.value:
            clauses.append(convert(ctypes.byref(place), 1, AS_IPA).decode())
        return "\n".join(filter(None, clauses))

    def _set(self, wanted: dict[str, str | int]) -> None:
        # All of them, each time: between jobs espeak-ng falls back to some defaults, and what it
        # reads back then is not always what it speaks with. The voice brings a rate of its own.
        for name, value in wanted.items():
            self._engine.setProperty(name, value)
        self._espeak.Synchronize()  # without it, 41 % of settings are lost on the way
        for name, value in wanted.items():
            if not self._has(name, value):
                raise JobError("speech", f"the voice did not accept the {name} {value}")

    def _has(self, name: str, value: str | int) -> bool:
        return str(self._engine.getProperty(name)).lower() == str(value).lower()


def _variants(espeak: Any) -> dict[str, str]:
    # espeak-ng takes an unknown variant in silence, so each is checked against this list.
    listed = espeak.ListVoices(espeak.VOICE(languages=b"variant"))
    files = [voice.identifier.decode().rpartition("/")[2] for voice in listed]
    return {plain(file): file for file in files}


def _pyttsx3_on(library: ctypes.CDLL) -> tuple[Any, Any]:
    # pyttsx3 loads espeak from a few fixed places: for one import, each of them is `library`.
    loader: Any = ctypes.cdll
    loader.LoadLibrary = lambda _name: library
    try:
        import pyttsx3
        from pyttsx3.drivers import _espeak, espeak  # noqa: F401 (`init` imports it, in each copy)
    finally:
        del loader.LoadLibrary
    return pyttsx3, _espeak
