"""The voices of espeak-ng, found by id, language or name."""

from __future__ import annotations

import difflib
import re
from typing import Any

from audioguide.speech.process.jobs import JobError
from audioguide.speech.voices.elsewhere import elsewhere

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
    "ελληνικά": "el", "british": "en-gb", "american": "en-us", "us": "en-us", "usa": "en-us",
    "scottish": "en-gb-scotland",
}  # fmt: skip
RENAMED = {
    "zh": "cmn",
    "iw": "he",
    "no": "nb",
    "nn": "nb",
    "in": "id",
    "ji": "yi",
    "tl": "fil",
}  # other codes
_CODE = re.compile(r"[a-z]{2,3}([-.][a-z0-9-]+)*")
_SOME = 5
_ALL = "`audioguide voices` lists all"
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
        if plain(name) not in self._ids:
            raise self._unknown(wanted, plain(name))
        known = self._ids[plain(name)]
        return f"{known}+{_variant(variant, self._variants)}" if plus else known

    def _unknown(self, wanted: str, name: str) -> JobError:
        """Return what is wrong with `wanted`, whose `name` is not a voice, and what to write instead."""
        if not name:
            return JobError("voice", f"a voice needs a name: write {FALLBACKS[0]}", _ALL)
        said, hint = elsewhere(wanted)
        if said:
            return JobError("voice", said, hint)
        if meant := self._language(name):
            return JobError("voice", f"there is no voice {wanted!r}: write {' or '.join(meant)}", _ALL)
        return JobError("voice", f"there is no voice {wanted!r}: try {_nearest(name, self._ids)}", _ALL)

    def _language(self, name: str) -> list[str]:
        """Return the voices of the language called `name`: Deutsch, Spanish, es-MX, zh, English (UK)."""
        words = re.split(r"[\s(),-]+", name)
        if own := next((OWN_NAMES[each] for each in (name, *words) if each in OWN_NAMES), ""):
            return [own] if own in self._ids else []
        code = RENAMED.get(words[0], words[0]) if _CODE.fullmatch(name) else ""
        known = {
            voice["languages"][0]: voice["name"].lower().partition(" (")[0].split() for voice in self.listed
        }
        called = [each for each, names in known.items() if set(words) & set(names)]
        found = called or [each for each in known if each.split("-")[0] == code]
        usual = [each for each in FALLBACKS if each in found]
        return usual or [each for each in found if "latn" not in each][:_SOME]

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


def _variant(wanted: str, known: dict[str, str]) -> str:
    name = plain(wanted)
    if name in known:
        return known[name]
    raise JobError("voice", f"there is no voice variant {wanted!r}: try {_nearest(name, known)}")


def _nearest(name: str, known: dict[str, str]) -> str:
    near: dict[str, str] = {}
    for other in difflib.get_close_matches(name, known, n=20, cutoff=0.6):
        near.setdefault(known[other], other)
    return ", ".join(list(near.values())[:_SOME] or [other for other in FALLBACKS if other in known])


def plain(name: str) -> str:
    """Return `name` as it is compared: in lower case, with hyphens."""
    return name.strip().lower().replace("_", "-")
