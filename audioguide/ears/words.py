"""A text as words that can be compared: what was written and what was heard, read by the same rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audioguide.ears.sounds import Phones, SoundsOf, phones
from audioguide.reading.marks import pieces
from audioguide.reading.read import Reading
from audioguide.reading.two_sounds import VERBS

_WORD = re.compile(r"\d+(?:[.:]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SHORT = {
    "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would",
}  # fmt: skip
_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "it's": "it is", "that's": "that is",
    "there's": "there is", "what's": "what is", "here's": "here is", "let's": "let us", "he's": "he is",
    "she's": "she is", "gonna": "going to", "wanna": "want to", "alright": "all right", "til": "until",
    "'til": "until", "till": "until", "ok": "okay",
}  # fmt: skip
_HALF = re.compile(r"\b(\d+)\.5\b")
# A voice is asked for "cloze"; a recogniser writes "close", whichever of its two sounds it heard.
_SPELT = {said: word for word, said in VERBS.items() if said != "dessert"}
_FILLERS = frozenset({"um", "uh", "hmm", "mm", "mhm", "ah", "er"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written and as it sounds; a `name` is one whose sounds somebody wrote down."""

    text: str
    phones: Phones
    name: bool = False


def words_of(text: str, reads: Reading, sounds: SoundsOf) -> tuple[Word, ...]:
    """Return the words of `text` as `reads` has them said: units, signs and numbers in words.

    Contractions are written out, and a name has the sounds that the lexicon gives it. Raises EngineError
    where espeak-ng cannot say a word.
    """
    found: list[Word] = []
    for part, said in pieces(reads(text)):
        if said is not None:
            found.append(Word(part.lower(), phones(said), name=True))
            continue
        found += [Word(_SPELT.get(word, word), sounds(word)) for word in plain_words(part)]
    return tuple(word for word in found if word.phones)


def plain_words(text: str) -> list[str]:
    """Return the words of `text` in small letters, contractions and halves written out."""
    words: list[str] = []
    text = _HALF.sub(r"\1 and a half", text.replace("\u2019", "'").lower())
    for found in _WORD.finditer(text):
        words += _written_out(found.group()).split()
    return words


def _written_out(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    for short, long in _SHORT.items():
        if word.endswith(short) and len(word) > len(short):
            return word.removesuffix(short) + long
    return word


def without_fillers(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return `words` without the sounds that a recogniser writes for a breath."""
    return tuple(word for word in words if word.text not in _FILLERS)
