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


def language_of(voice: str) -> str:
    """Return the language code of the voice called `voice`: "en" of "gmw/en-us+f3", "de" of "German".

    "" where the name does not say.
    """
    name = voice.strip().lower().partition("+")[0].rpartition("/")[2]
    plain = name.replace("_", "-")
    code = plain.partition("-")[0]
    return code if code in _CODES else _BY_NAME.get(name, _BY_NAME.get(name.partition(" (")[0], ""))


# Voices that name each letter of the Latin alphabet ("em, oh, vee, ee"): all others read English somehow.
_SPELLING = frozenset({"ba", "cv", "hyw", "ja", "kok", "ky", "my", "nog", "shn", "ti"})
_LATIN = re.compile(r"[a-z]+", re.IGNORECASE)
_KANJI = re.compile(r"[\u3400-\u9fff]+")


def spells_latin(voice: str) -> bool:
    """Tell whether `voice` names the letters of the Latin alphabet, one by one, instead of reading words."""
    return language_of(voice) in _SPELLING


def unread_letters(text: str, voice: str) -> list[str]:
    """Return the words of `text` that `voice` names letter by letter, such as kanji ("Chinese letter")."""
    found = _KANJI.findall(text) if language_of(voice) == "ja" else []
    return found + (_LATIN.findall(text) if spells_latin(voice) else [])
