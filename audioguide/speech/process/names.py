"""The voices of espeak-ng, found by id, language or name."""

from __future__ import annotations

import difflib
import re
from typing import Any

from audioguide.speech.process.jobs import JobError

KINDS = {
    **dict.fromkeys(("female", "feminine", "woman", "women", "girl", "lady"), "f"),
    **dict.fromkeys(("male", "masculine", "man", "men", "boy", "gentleman"), "m"),
}  # what espeak-ng has as variants of every voice: +f3, +m3
# What speakers call their languages, where espeak-ng has an English name.
OWN_NAMES = {
    "deutsch": "de", "francais": "fr-fr", "français": "fr-fr", "espanol": "es", "español": "es",
    "castellano": "es", "italiano": "it", "portugues": "pt", "português": "pt", "brasileiro": "pt-br",
    "nederlands": "nl", "svenska": "sv", "norsk": "nb", "dansk": "da", "suomi": "fi", "polski": "pl",
    "čeština": "cs", "cestina": "cs", "magyar": "hu", "türkçe": "tr", "turkce": "tr", "русский": "ru",
    "українська": "uk", "中文": "cmn", "日本語": "ja", "한국어": "ko", "हिन्दी": "hi", "العربية": "ar",
    "ελληνικά": "el", "british": "en-gb", "american": "en-us", "us": "en-us", "scottish": "en-gb-scotland",
}  # fmt: skip
FALLBACKS = ("en-us", "en-gb", "f3", "m3")  # proposed where no name is near


class Voices:
    """The voices of espeak-ng, found by id, language or name in any case."""

    def __init__(self, voices: list[dict[str, Any]], variants: dict[str, str]) -> None:
        self.listed = voices
        self._variants = variants
        self._ids = {plain(voice["id"]): voice["id"] for voice in voices}
        for voice in voices:
            self._ids.setdefault(plain(voice["id"].rpartition("/")[2]), voice["id"])
        for voice in voices:
            for name in (*voice["languages"], voice["name"]):
                self._ids.setdefault(plain(name), voice["id"])

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
        words = re.split(r"[^a-z]+", plain(wanted))
        meant = {word: difflib.get_close_matches(word, KINDS, n=1, cutoff=0.85) for word in words if word}
        letter = next((KINDS[near[0]] for near in meant.values() if near), None)
        if letter is None or plain(wanted) in self._ids:
            return ""
        others = "-".join(word for word, near in meant.items() if not near)
        base = others if others in self._ids else "en-us"
        some = [name for name in sorted(self._variants) if re.fullmatch(rf"{letter}\d", name)]
        who = "a woman" if letter == "f" else "a man"
        written = " or ".join(f"{base}+{name}" for name in some[1:4])
        return f"there is no voice {wanted!r}: for {who}, write {written}"


def _choose(what: str, wanted: str, known: dict[str, str]) -> str:
    name = plain(wanted)
    if name in known:
        return known[name]
    near: dict[str, str] = {}
    if what == "voice" and (own := OWN_NAMES.get(re.split(r"[\s(-]", name)[0])) in known:
        raise JobError("voice", f"there is no {what} {wanted!r}: write {own}")
    for other in difflib.get_close_matches(name, known, n=20, cutoff=0.6):
        near.setdefault(known[other], other)
    some = list(near.values())[:5] or [other for other in FALLBACKS if other in known]
    tip = "`audioguide voices` lists all" if what == "voice" else ""
    raise JobError("voice", f"there is no {what} {wanted!r}: try {', '.join(some)}", tip)


def plain(name: str) -> str:
    """Return `name` as it is compared: in lower case, with hyphens."""
    return name.strip().lower().replace("_", "-")
