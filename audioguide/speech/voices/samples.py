"""What a voice says when somebody wants to hear it: a sentence in its language, and its name."""

from __future__ import annotations

from audioguide.reading.language import language_of

# Most routines that ship open with it, so that a voice which only knows their phrases can say it too.
_ENGLISH = "Move slowly, listen to your body, and never strain."
SENTENCES = {
    "en": _ENGLISH,
    "de": "Beweg dich langsam, hör auf deinen Körper, und überanstreng dich nicht.",
    "es": "Inspira despacio, y deja caer los hombros.",
    "fr": "Inspirez lentement, et relâchez les épaules.",
    "hi": "धीरे से साँस लें, और कंधों को ढीला छोड़ दें।",
    "it": "Inspira lentamente, e lascia scendere le spalle.",
    "nl": "Adem langzaam in, en laat je schouders zakken.",
    "pl": "Zrób powolny wdech i opuść ramiona.",
    "pt": "Inspire devagar, e solte os ombros.",
    "ru": "Медленно вдохните и опустите плечи.",
    "sv": "Andas in långsamt, och låt axlarna sjunka.",
    "uk": "Повільно вдихніть і опустіть плечі.",
    "cmn": "慢慢吸气，放松肩膀。",
}
_ANY = "10"  # every voice reads a number
_PARTS = ("low", "medium", "high", "x_low")  # how large a Piper voice is: not its name


def sentence_in(language: str) -> str:
    """Return a sentence of a routine in `language` (a code such as en-us); a number in unknown ones."""
    return SENTENCES.get(language_of(language), _ANY) if language else _ENGLISH


def spoken_name(voice: str, name: str = "") -> str:
    """Return what to call the voice with the id `voice`: Heart for af_heart, Joe for en_US-joe-medium.

    Where the id is a code of a language, it is `name`, the long one.
    """
    base, _, speaker = voice.partition("#")
    parts = [part for part in base.split("-") if part not in _PARTS]
    word = parts[-1] if base.count("-") >= 2 else base.rpartition("_")[2] or base
    if speaker:
        return f"{word.capitalize()}, {speaker}"
    plain = word.isalpha() and (len(word) > 3 or "_" in base)
    return word.capitalize() if plain else name or voice
