"""The process that speaks: one JSON job a line on stdin, one JSON answer a line on stdout.

espeak-ng can end or hang the process it lives in, so it lives in this one. What it says also depends on
what it said before: the wavering of its pitch and its breath go on from where they were. So each job has
a fresh copy of this process, in which espeak-ng was never used; where there are no copies, the first job
is the only one. The same job then gives the same samples.

The module imports nothing of audioguide: run by its path under `python -P`, it finds its modules whatever
the current folder holds.

Usage: worker.py FOLDER, an empty folder for the process's own use.
"""

from __future__ import annotations

import ctypes
import difflib
import gc
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, TextIO

try:
    import espeakng_loader
except ImportError:  # the system's library may do
    espeakng_loader = None

FOLDER_PREFIX = "audioguide-voice-"
PHONEMES_FLAG = 0x100  # espeakPHONEMES: what stands between [[ and ]] is phonemes
AS_IPA = 2  # espeakPHONEMES_IPA
SEED = 1
# On a Mac, what a library has begun does not always survive in a copy; Windows has no copies.
COPIES = hasattr(os, "fork") and sys.platform != "darwin"
WORD_GAP = 7  # espeakWORDGAP, in about 30 ms; pyttsx3 has no name for it
LIBRARY_VARIABLE = "AUDIOGUIDE_ESPEAK_LIBRARY"
DATA_VARIABLE = "ESPEAK_DATA_PATH"
DATA_NAME = "espeak-ng-data"
LONGEST_DATA_PATH = 150  # with 160 bytes or more, espeak-ng 1.52 ends the process by exit(1)
SYSTEM_LIBRARIES = (
    "libespeak-ng.so.1",
    "/opt/homebrew/lib/libespeak-ng.1.dylib",
    "/usr/local/lib/libespeak-ng.1.dylib",
    r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
)
KINDS = {
    **dict.fromkeys(("female", "feminine", "woman", "women", "girl", "lady"), "f"),
    **dict.fromkeys(("male", "masculine", "man", "men", "boy", "gentleman"), "m"),
}  # what espeak-ng has as variants of every voice: +f3, +m3
FALLBACKS = ("en-us", "en-gb", "f3", "m3")  # proposed where no name is near
NO_LIBRARY = "the voice needs the library espeak-ng, and none was found"
INSTALL = f"""one of these fixes it:
  pip install espeakng-loader
  apt install libespeak-ng1   (on a Mac: brew install espeak-ng)
  export {LIBRARY_VARIABLE}=/path/to/libespeak-ng.so.1"""

Work = Callable[[], dict[str, Any]]


class JobError(Exception):
    """A start or a job that failed for a reason; `kind` is start, voice or speech."""

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.hint = hint  # what to type on the command line


def main() -> None:
    """Tell that the voice is ready, then answer jobs until stdin ends."""
    answers = _take_stdout()
    folder = Path(sys.argv[1])
    apart = partial(_apart, answers)
    known = _loaded(folder) or apart(lambda: _answered(lambda: speaker(folder).known()))
    _answer(answers, {"once": not COPIES, **known.get("about", known)})
    if "about" in known:
        voices = Voices(known["voices"], known["variants"])
        gc.disable()  # it would touch, and so copy, all memory of each copy
        for line in sys.stdin:
            _answer(answers, _answer_to(folder, voices, json.loads(line), apart))
    if folder.name.startswith(FOLDER_PREFIX):  # the parent may have died: leave nothing behind
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # espeak-ng may fail an assertion in an orderly exit


def _apart(answers: TextIO, work: Work) -> dict[str, Any]:
    """Return what `work` returns in a copy of this process; where that copy dies, die in the same way."""
    if not COPIES:
        return work()
    source, sink = os.pipe()
    if not (copy := os.fork()):
        os.close(source)
        answers.close()  # where this process is killed, the parent must not wait for its copy
        code = 1
        try:
            with os.fdopen(sink, "w", encoding="ascii") as answer:
                json.dump(work(), answer)
            code = 0
        finally:  # whatever happens, a copy does not go on with the jobs
            os._exit(code)
    os.close(sink)
    with os.fdopen(source, encoding="ascii") as answer:
        text = answer.read()
    if code := os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]):
        if code < 0:
            with suppress(OSError):  # that of SIGKILL cannot be set
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)
    made: dict[str, Any] = json.loads(text)
    return made


def _take_stdout() -> TextIO:
    # pyttsx3 prints on stdout: keep the real one for answers alone.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _loaded(folder: Path) -> dict[str, Any]:
    """Load all libraries, and start none; return what is wrong, if anything is."""
    try:
        _pyttsx3_on(load_library(folder))
    except ImportError as error:
        found = f"the library {error.name or 'pyttsx3'} cannot be loaded ({error})"
        told = f"{found}; `audioguide doctor` says what to install"
        return {"kind": "start", "error": " ".join(told.split())}
    except Exception as error:  # noqa: BLE001 (the parent has to hear of it, whatever it is)
        return {"kind": "start", "error": str(error), "hint": getattr(error, "hint", "")}
    return {}


def _answer_to(
    folder: Path, voices: Voices, job: dict[str, Any], apart: Callable[[Work], dict[str, Any]]
) -> dict[str, Any]:
    def known() -> dict[str, Any]:
        return {"voices": voices.listed} if job["op"] == "voices" else {"id": voices.find(job["voice"])}

    answer = _answered(known)
    return apart(lambda: _answered(lambda: _done(folder, answer["id"], job))) if "id" in answer else answer


def _answered(work: Work) -> dict[str, Any]:
    try:
        return work()
    except JobError as error:
        return {"kind": error.kind, "error": str(error), "hint": error.hint}
    except Exception as error:  # noqa: BLE001
        return {"kind": "speech", "error": f"{type(error).__name__}: {error}"}


def _done(folder: Path, voice: str, job: dict[str, Any]) -> dict[str, Any]:
    if job["op"] == "phonemes":
        return {"phonemes": speaker(folder).phonemes(job["text"], voice)}
    speaker(folder).speak(
        job["text"], voice, job["rate"], job["pitch"], job["path"], gap=job.get("gap", 0),
        phonemes=job.get("phonemes", False),
    )  # fmt: skip
    return {"done": True}


@cache
def speaker(folder: Path) -> Speaker:
    """Return the speaker of this process, and start it where there is none yet."""
    return Speaker(load_library(folder))


class Speaker:
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
        about = {"ready": True, **_about(self._library)}
        return {"voices": voices, "variants": _variants(self._espeak), "about": about}

    def _on_error(self, exception: Exception, **_others: object) -> None:
        self._errors.append(str(exception))

    def _on_lost_error(self, lost: sys.UnraisableHookArgs) -> None:
        # An error in espeak-ng's callback, such as a full disk, reaches nobody, and the driver
        # would wait for ever.
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
            raise JobError("speech", self._errors[0] if self._errors else "the voice stopped before the end")

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
                raise JobError("speech", f"the voice did not take the {name} {value}")

    def _has(self, name: str, value: str | int) -> bool:
        return str(self._engine.getProperty(name)).lower() == str(value).lower()


class Voices:
    """The voices of espeak-ng, found by id, language or name in any case."""

    def __init__(self, voices: list[dict[str, Any]], variants: dict[str, str]) -> None:
        self.listed = voices
        self._variants = variants
        self._ids = {_plain(voice["id"]): voice["id"] for voice in voices}
        for voice in voices:
            self._ids.setdefault(_plain(voice["id"].rpartition("/")[2]), voice["id"])
        for voice in voices:
            for name in (*voice["languages"], voice["name"]):
                self._ids.setdefault(_plain(name), voice["id"])

    def find(self, wanted: str) -> str:
        """Return the id for en-us, gmw/en-us, English (America), en-us+f3 and the like.

        Raises JobError of the kind "voice", naming the nearest ones.
        """
        name, plus, variant = wanted.partition("+")
        if asked := self._kind_of_voice(wanted):
            raise JobError("voice", asked)
        known = _choose("voice", name, self._ids)
        return f"{known}+{_choose('voice variant', variant, self._variants)}" if plus else known

    def _kind_of_voice(self, wanted: str) -> str:
        """Say how to ask for a woman's or a man's voice, where that is what `wanted` asks for."""
        words = re.split(r"[^a-z]+", _plain(wanted))
        meant = {word: difflib.get_close_matches(word, KINDS, n=1, cutoff=0.85) for word in words if word}
        letter = next((KINDS[near[0]] for near in meant.values() if near), None)
        if letter is None or _plain(wanted) in self._ids:
            return ""
        others = "-".join(word for word, near in meant.items() if not near)
        base = others if others in self._ids else "en-us"
        some = [name for name in sorted(self._variants) if re.fullmatch(rf"{letter}\d", name)]
        who = "a woman" if letter == "f" else "a man"
        written = " or ".join(f"{base}+{name}" for name in some[1:4])
        return f"there is no voice {wanted!r}: for {who}, write {written}"


def _choose(what: str, wanted: str, known: dict[str, str]) -> str:
    plain = _plain(wanted)
    if plain in known:
        return known[plain]
    near: dict[str, str] = {}
    for name in difflib.get_close_matches(plain, known, n=20, cutoff=0.6):
        near.setdefault(known[name], name)
    some = list(near.values())[:5] or [name for name in FALLBACKS if name in known]
    tip = "`audioguide voices` lists all" if what == "voice" else ""
    raise JobError("voice", f"there is no {what} {wanted!r}: try {', '.join(some)}", tip)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _variants(espeak: Any) -> dict[str, str]:
    # espeak-ng takes an unknown variant in silence, so each is checked against this list.
    listed = espeak.ListVoices(espeak.VOICE(languages=b"variant"))
    files = [voice.identifier.decode().rpartition("/")[2] for voice in listed]
    return {_plain(file): file for file in files}


def _pyttsx3_on(library: ctypes.CDLL) -> tuple[Any, Any]:
    # pyttsx3 loads espeak from a few fixed places: for one import, each of them is `library`.
    loader: Any = ctypes.cdll
    loader.LoadLibrary = lambda _name: library
    try:
        import pyttsx3
        from pyttsx3.drivers import _espeak, espeak  # noqa: F401 (`init` imports it, in each copy anew)
    finally:
        del loader.LoadLibrary
    return pyttsx3, _espeak


def _about(library: ctypes.CDLL) -> dict[str, str]:
    data = ctypes.c_char_p()
    library.espeak_Info.restype = ctypes.c_char_p
    version = library.espeak_Info(ctypes.byref(data)).decode()
    name: str = library._name  # noqa: SLF001 - ctypes tells it nowhere else
    return {"version": version, "library": name, "data": os.fsdecode(data.value or b"")}


def load_library(folder: Path) -> ctypes.CDLL:
    """Load espeak-ng and show it its data; own variable first, then espeakng-loader, then the system.

    A link to the data is made in `folder` where their path is too long for espeak-ng.
    Raises JobError of the kind "start", which says what to install.
    """
    tried = []
    for name, data in _libraries():
        try:
            library = ctypes.CDLL(name)
        except OSError as error:
            tried.append(str(error))
            continue
        if chosen := os.environ.get(DATA_VARIABLE) or data:
            os.environ[DATA_VARIABLE] = _short(_data_folder(Path(os.path.expanduser(chosen))), folder)
        return library
    raise JobError("start", NO_LIBRARY, "\n  - ".join([INSTALL, *tried]))


def _libraries() -> Iterator[tuple[str, str | None]]:
    chosen = os.path.expanduser(os.environ.get(LIBRARY_VARIABLE, ""))  # no shell does it in a service
    if chosen:  # nothing else: who names a library wants that one
        beside = Path(chosen).parent / DATA_NAME
        yield chosen, str(beside) if beside.is_dir() else None
        return
    if espeakng_loader is not None:
        yield espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    for name in SYSTEM_LIBRARIES:
        yield name, None


def _data_folder(data: Path) -> Path:
    # Without its file phontab espeak-ng ends the process, with nothing to catch.
    for folder in (data / DATA_NAME, data):
        if (folder / "phontab").is_file():
            return folder
    raise JobError("start", f"{data} holds no data of espeak-ng (the file phontab is missing)")


def _short(data: Path, folder: Path) -> str:
    if len(os.fsencode(data)) <= LONGEST_DATA_PATH:
        return str(data)
    link = folder / "data"
    link.symlink_to(data.absolute(), target_is_directory=True)
    if len(os.fsencode(link)) > LONGEST_DATA_PATH:
        raise JobError("start", f"the path {data} is too long for espeak-ng; so is the temporary folder's")
    return str(link)


if __name__ == "__main__":
    main()
