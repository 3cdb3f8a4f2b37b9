"""A wish in a sentence, as options: the words of the vocabulary and the length in it, and no more."""

from __future__ import annotations

import re

from audioguide.compose.wishes import AIMS
from audioguide.errors import UsageError
from audioguide.vocabulary.vocabulary import vocabulary

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_MINUTES = re.compile(r"(\d+)\s*-?\s*(?:m|min|mins|minutes?)\b")
_NUMBERS = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_SPELT = re.compile(rf"\b({'|'.join(_NUMBERS)})(?=\s*-?\s*min)")
_HALVES = {"quarter of an hour": "15m", "half an hour": "30m", "half hour": "30m", "an hour": "60m"}
_LONGEST = 4  # words of a part of the body: "back of the thighs"
EXAMPLE = '--for "neck, shoulders" --length 15m'


def as_options(sentence: str) -> str:
    """Return the options of `compose` that a sentence names; an example where it names nothing."""
    text = " ".join(sentence.lower().split())
    parts = _parts(text)
    words = {*_WORD.findall(text)}
    aim = next((each for each in AIMS if each in words), "")
    if not parts and not aim:
        return EXAMPLE
    options = [f'--for "{", ".join(parts)}"'] if parts else []
    options += [f"--length {length}"] if (length := _length(text)) else []
    return " ".join([*options, *([f"--aim {aim}"] if aim else [])])


def refused(sentence: str) -> UsageError:
    """Return the error for a sentence in place of options."""
    return UsageError(
        "compose takes options, not a sentence", hint=f"try `audioguide compose {as_options(sentence)}`"
    )


def _length(text: str) -> str:
    text = _SPELT.sub(lambda word: str(_NUMBERS[word[1]]), text)
    if found := _MINUTES.search(text):
        return f"{found[1]}m"
    return next((length for said, length in _HALVES.items() if said in text), "")


def _parts(text: str) -> list[str]:
    """Return the parts of the body in a text, each with the complaint before it; longer names first."""
    known, idle = {**vocabulary().meant["body"], **vocabulary().wished}, vocabulary().complaints
    words, found, at = _WORD.findall(text), [], 0
    while at < len(words):
        for count in range(_LONGEST, 0, -1):
            name = " ".join(words[at : at + count])
            if name in known and len(words[at : at + count]) == count:
                found.append(f"{words[at - 1]} {name}" if at and words[at - 1] in idle else name)
                at += count
                break
        else:
            at += 1
    return [each for each in dict.fromkeys(found) if each not in AIMS]
