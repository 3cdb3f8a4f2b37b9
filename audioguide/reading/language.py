"""The language that a voice speaks, read from its name."""

from __future__ import annotations

import re

# What espeak-ng calls its voices; one may be asked for by that name, too.
_BY_NAME = {
    "afrikaans": "af", "amharic": "am", "aragonese": "an", "arabic": "ar", "assamese": "as",
    "azerbaijani": "az", "bashkir": "ba", "belarusian": "be", "bulgarian": "bg", "bengali": "bn",
    "bishnupriya manipuri": "bpy", "bosnian": "bs", "catalan": "ca", "cherokee": "chr", "chinese": "cmn",
    "czech": "cs", "chuvash": "cv", "welsh": "cy", "danish": "da", "german": "de", "greek": "el",
    "english": "en", "esperanto": "eo", "spanish": "es", "estonian": "et", "basque": "eu", "persian": "fa",
    "finnish": "fi", "faroese": "fo", "french": "fr", "gaelic": "ga", "gaelic (scottish)": "gd",
    "guarani": "gn", "greek (ancient)": "grc", "gujarati": "gu", "hakka chinese": "hak", "hawaiian": "haw",
    "hebrew": "he", "hindi": "hi", "croatian": "hr", "haitian creole": "ht", "hungarian": "hu",
    "armenian": "hy", "armenian (west armenia)": "hyw", "interlingua": "ia", "indonesian": "id",
    "ido": "io", "icelandic": "is", "italian": "it", "japanese": "ja", "lojban": "jbo", "georgian": "ka",
    "karakalpak": "kaa", "kazakh": "kk", "greenlandic": "kl", "kannada": "kn", "korean": "ko",
    "konkani": "kok", "kurdish": "ku", "kyrgyz": "ky", "latin": "la", "luxembourgish": "lb",
    "lingua franca nova": "lfn", "lithuanian": "lt", "latgalian": "ltg", "latvian": "lv", "māori": "mi",
    "macedonian": "mk", "malayalam": "ml", "marathi": "mr", "malay": "ms", "maltese": "mt",
    "totontepec mixe": "mto", "myanmar": "my", "norwegian bokmål": "nb", "nahuatl": "nci", "nepali": "ne",
    "dutch": "nl", "nogai": "nog", "oromo": "om", "oriya": "or", "punjabi": "pa", "papiamento": "pap",
    "klingon": "piqd", "polish": "pl", "portuguese": "pt", "pyash": "py", "lang belta": "qdb",
    "quechua": "qu", "k'iche'": "quc", "quenya": "qya", "romanian": "ro", "russian": "ru", "sindhi": "sd",
    "shan": "shn", "sinhala": "si", "sindarin": "sjn", "slovak": "sk", "slovenian": "sl",
    "lule saami": "smj", "albanian": "sq", "serbian": "sr", "swedish": "sv", "swahili": "sw", "tamil": "ta",
    "telugu": "te", "thai": "th", "tigrinya": "ti", "turkmen": "tk", "setswana": "tn", "turkish": "tr",
    "tatar": "tt", "uyghur": "ug", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz", "vietnamese": "vi",
    "xextan-test": "xex", "chinese (cantonese)": "yue", "chinese (cantonese, latin as jyutping)": "yue",
}  # fmt: skip
_CODES = frozenset(_BY_NAME.values())

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
    "j": "en-us",  # the Japanese speakers of Kokoro's package read English here
    "p": "pt-br",
    "z": "zh",
}
_BLENDS = frozenset({"hazel", "juniper", "willow", "linden"})  # of these speakers
_PIPER = re.compile(r"([a-z]{2,3})_([A-Z]{2})-")
UNKNOWN = ""
_CMN = {"zh": "cmn"}  # Mandarin, as espeak-ng calls it


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that espeak-ng speaks."""
    return tuple(sorted(_CODES))


def locale_of(voice: str) -> str:
    """Return the code of the language of `voice` in small letters, such as "en-us"; "" where it is unknown.

    Takes codes (de, en-us+f3), ids (gmw/en-US), names of espeak-ng (English (America)), of Kokoro (af_heart)
    and of Piper (de_DE-thorsten-medium).
    """
    name = voice.strip()
    if found := _PIPER.match(name):
        return f"{found[1]}-{found[2].lower()}"
    plain = name.lower()
    first = plain.partition(":")[0]  # of a blend such as jf_alpha:0.6+jm_kumo:0.4
    if found := _LETTER.fullmatch(first):
        return _LETTERS[found[1]]
    if first in _BLENDS:
        return _LETTERS["j"]
    if code := _BY_NAME.get(plain) or _BY_NAME.get(plain.partition(" (")[0]):
        return code
    if found := _CODE.search(plain):
        return f"{found[1]}-{found[2]}" if found[2] else found[1]
    return UNKNOWN


def language_of(voice: str) -> str:
    """Return the language code of the voice called `voice`: "en" of "gmw/en-us+f3", "de" of "German".

    "" where the name does not say.
    """
    code = locale_of(voice).partition("-")[0]
    return _CMN.get(code, code) if code in _CODES or code in _CMN else UNKNOWN


def is_english(voice: str) -> bool:
    """Return whether `voice` speaks English."""
    return locale_of(voice).split("-")[0] == "en"
