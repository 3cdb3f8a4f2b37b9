"""Phonemes from espeak-ng: only in a child process, since some texts end the process it runs in."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

from audioguide.reading.marks import sounds
from audioguide.speech.process.jobs import JobError
from audioguide.speech.process.library import about_library, load_library

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS of speak_lib.h
_DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_UTF8 = 1
_IPA = 2  # espeakPHONEMES_IPA
_CLAUSE = re.compile(r"(?<=[.,;:!?])\s+")
_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z-]+)?\)")  # "(en)": it goes on by the rules of that language


# Marks with no word at them: espeak-ng would read "exclamation" for one that follows a name.
_ALONE = re.compile(r"(?<!\S)[.,;:!?'\"()\u2018\u2019\u201c\u201d\u2026-]+(?!\S)")


def sayable(text: str) -> list[tuple[str, str | None]]:
    """Return the `sounds` of a clause without marks that stand alone."""
    parts = [(words if said is not None else _ALONE.sub(" ", words), said) for words, said in sounds(text)]
    return [(words, said) for words, said in parts if said is not None or words.strip()]


class Phonemes:
    """espeak-ng as a source of phonemes in IPA."""

    def __init__(self, folder: Path) -> None:
        """Start espeak-ng; `folder` may hold a link to its data. Raises JobError."""
        self._library = load_library(folder)
        if self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _DO_NOT_EXIT) < 0:
            raise JobError("start", "espeak-ng cannot start: its data is missing or damaged")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [
            ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int,
        ]  # fmt: skip
        self.about = about_library(self._library)

    def ipa(self, text: str, language: str) -> str:
        """Return `text` in IPA as `language` reads it, with the punctuation that models know.

        Raises JobError of the kind "voice" where espeak-ng does not know the language.
        """
        if self._library.espeak_SetVoiceByName(language.encode()):
            raise JobError("voice", f"espeak-ng does not know the language '{language}' of this voice")
        # Clause by clause: espeak-ng drops the marks, and the models pause at them.
        clauses = [self._clause(part) for part in _CLAUSE.split(text.strip()) if part]
        return " ".join(clause for clause in clauses if clause)

    def _clause(self, text: str) -> str:
        """Return the phonemes of `text`; how a marked word is said stands in its mark, as IPA."""
        parts = [self._plain(words) if said is None else said for words, said in sayable(text)]
        spoken = " ".join(filter(None, parts))
        return spoken + (text[-1] if spoken and text[-1] in ".,;:!?" else "")

    def _plain(self, text: str) -> str:
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        got = []
        while rest.value:
            got.append(self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA).decode())
        return _SWITCH.sub("", " ".join(part for part in got if part)).strip()
