"""Which language a voice speaks, by its name."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?:^|/)([a-z]{2,3})(?:[-_]([a-z0-9-]+))?(?:$|\+)")
# Names of Kokoro's voices: the first letter is the language.
_LETTER = re.compile(r"([abefhijpz])[fm]_\w+")
_LETTERS = {
    "a": "en-us",
    "b": "en-gb",
    "e": "es",
    "f": "fr",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-br",
    "z": "zh",
}
_PIPER = re.compile(r"([a-z]{2,3})_([A-Z]{2})-")
UNKNOWN = ""


def language_of(voice: str) -> str:
    """Return the code of the language of `voice` in small letters, such as "en-us"; "" where it is unknown.

    Takes codes (de, en-us+f3), ids (gmw/en-US), names of espeak-ng (English (America)), of Kokoro (af_heart)
    and of Piper (de_DE-thorsten-medium).
    """
    name = voice.strip()
    if found := _PIPER.match(name):
        return f"{found[1]}-{found[2].lower()}"
    plain = name.lower()
    if found := _LETTER.fullmatch(plain):
        return _LETTERS[found[1]]
    if "english" in plain:
        return "en"
    if found := _CODE.search(plain):
        return f"{found[1]}-{found[2]}" if found[2] else found[1]
    return UNKNOWN


def is_english(voice: str) -> bool:
    """Tell whether `voice` speaks English."""
    return language_of(voice).split("-")[0] == "en"
