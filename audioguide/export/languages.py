"""Languages by two letters (ISO 639-1), as voices have them, and by three (ISO 639-2), as tags do."""

from __future__ import annotations

from audioguide.script.script import VoiceChoice
from audioguide.speech.voices.packaged import language_of

UNKNOWN = "und"
_SPOKEN_WITHOUT_NAME = "en"  # the routines that ship are English

# ISO 639-2, the bibliographic codes where there are two (ID3v2.3 and players know those).
_THREE = {
    "af": "afr", "am": "amh", "ar": "ara", "as": "asm", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben",
    "bs": "bos", "ca": "cat", "cs": "cze", "cy": "wel", "da": "dan", "de": "ger", "el": "gre", "en": "eng",
    "eo": "epo", "es": "spa", "et": "est", "eu": "baq", "fa": "per", "fi": "fin", "fr": "fre", "ga": "gle",
    "gd": "gla", "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "arm", "id": "ind",
    "is": "ice", "it": "ita", "ja": "jpn", "ka": "geo", "kk": "kaz", "kn": "kan", "ko": "kor", "ku": "kur",
    "la": "lat", "lb": "ltz", "lt": "lit", "lv": "lav", "mk": "mac", "ml": "mal", "mr": "mar", "ms": "may",
    "mt": "mlt", "my": "bur", "nb": "nob", "ne": "nep", "nl": "dut", "no": "nor", "or": "ori", "pa": "pan",
    "pl": "pol", "pt": "por", "ro": "rum", "ru": "rus", "sd": "snd", "si": "sin", "sk": "slo", "sl": "slv",
    "sq": "alb", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tr": "tur",
    "tt": "tat", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "chi", "cmn": "chi", "yue": "chi",
}  # fmt: skip


def two_letters(voice: VoiceChoice) -> str:
    """Return the language of `voice` as it is written in a page: "en"; "" where its name does not say."""
    # "gmw/en-us", "en-us+f3", "de", and of other engines "en_US-lessac-medium"; "af_heart" is not Afrikaans.
    named = language_of(voice.name) or voice.name
    name = named.lower().rpartition("/")[2].replace("_", "-").partition("+")[0]
    language = name.partition("-")[0]
    return language if language in _THREE else _SPOKEN_WITHOUT_NAME if not name else ""


def three_letters(voice: VoiceChoice) -> str:
    """Return the language of `voice` as tags want it: "eng"; "und" where its name does not say."""
    return _THREE.get(two_letters(voice), UNKNOWN)
