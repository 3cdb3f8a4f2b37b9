"""Most texts are plain words that need no reading: this finds them, so that they cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from audioguide.reading.two_sounds import VERBS


class Need(Enum):
    """What reading a text takes."""

    NOTHING = "it is said as it is written"
    WORDS = "a word in it may be pronounced differently"
    ALL = "it has more than words"


_LETTERS = re.compile(r"[A-Za-z0-9 ,.;!?'\u2019-]*")
# Capitals together, a full stop inside a word, hyphens that are dashes, sides by one letter, numbers that are
# more than a whole number before a word or at the end.
_MORE = re.compile(
    r"[A-Z]{2}|[a-z][A-Z]|\w[.!?;]\w|--|(?:^|\s)-|\b[LRIVX]\b|\s[,.;!?]|[,;]\s*[,.;!?]|[.!?]\s*[,;]|^\W|"
    r"(?<![ \d])\d(?<!^\d)|\d(?!\d|[.,!?](?:\s+[A-Za-z]|$)|\s(?:[a-z]{3}|of |to |and |or |at |on )|$)"
)
_I_MYSELF = re.compile(r"\bI(?= (?:will|am|count|say)\b)")  # and not the Roman number
_WORD = re.compile(r"[a-z]+")
_SHORT = (
    "etc approx vs v ex btw lt rt max incl excl min mins dr mr mrs ms prof st w b n x i e g "
    "sec secs hrs lbs mph bpm rpm kph kmh deg degs pct cal cals kcal cms kgs kms wks yrs yds mtr msec sqm "
    "tsp tbsp vol ch chap jan feb mar apr jun jul aug sep sept oct nov dec "
    "esp alt ant post lat "
    "bilat unilat int ext ea fwd bwd bkwd bacwd wk mon tue tues wed thu thur thurs fri sat sun"
)
_OTHER_SOUNDS = "compress compresses incline uses tear tears minute content polish"
_ABBREVIATED = frozenset(_SHORT.split())
_BEFORE_NUMBER = re.compile(r"\b(?:nos?|nr|pp?|fig|ca?)\.?\s?\d", re.IGNORECASE)
_SAID_OTHERWISE = frozenset([*VERBS, *_OTHER_SOUNDS.split()])


def need_of(text: str, names: Collection[str]) -> Need:
    """Return what reading `text` takes; `names` are the first words of the names in a lexicon."""
    text = _I_MYSELF.sub("we", text)
    if not _LETTERS.fullmatch(text) or _MORE.search(text):
        return Need.ALL
    words = set(_WORD.findall(text.lower()))
    if not words.isdisjoint(_ABBREVIATED) or _BEFORE_NUMBER.search(text):
        return Need.ALL
    if any(word in _SAID_OTHERWISE or word in names or word.removesuffix("s") in names for word in words):
        return Need.WORDS
    return Need.NOTHING
