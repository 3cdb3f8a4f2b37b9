"""English: is a word of two sounds an order here, and so a verb? By its place in the sentence.

espeak-ng finds verbs after "to", "you" or "then", and misses them where an instruction has them: first in a
sentence, after "and", after "slowly".
"""

from __future__ import annotations

import re
from functools import cache

from audioguide.reading.two_sounds import AFTER, AT_END, OTHERS, USUALLY_AFTER, VERBS

_ADVERB = r"(?:\w+ly|again|also|always|just|next|now|please|then|first|to finish|to begin|with care)"
_READY = (
    r"\b(?:when|once|if)\s+(?:you(?:['\u2019]re| are| feel)?\s+)?"
    r"(?:ready|comfortable|able|settled|possible|like)"
)
# An order starts a sentence or a clause, or goes on after a link, with adverbs between.
_ORDERED = re.compile(
    rf"(?:^|[.!?;:,\u2026\u2013\u2014()]|\b(?:and|or|then|now|but|next|so)|{_READY})[\s\"'\u201c\u2018]*(?:{_ADVERB},?\s+){{0,3}}$",
    re.IGNORECASE,
)
# After these comes a verb.
_LICENSED = re.compile(
    r"\b(?:to|you|we|they|i|who|can(?:not|['\u2019]t)?|could|will|would|shall|should|may|might|must|do|does|did|"
    r"(?:do|does|did|could|would|should|wo)n['\u2019]t|never|let['\u2019]?s|let us|help|please)"
    r"\s+(?:(?:not|also|always|never|\w+ly)\s+)*$",
    re.IGNORECASE,
)
# "Let your eyes close.", "as your eyelids close"
_LET = re.compile(
    r"(?:\b(?:let|make|feel|as|until|when)\s+(?:your|the|both|all)\s+(?:\w+\s+){1,3}|\b(?:eyes|eyelids|lids)\s+"
    r"(?:\w+ly\s+)?)$", re.IGNORECASE,
)  # fmt: skip
# "Your legs separate as you breathe in."
_SUBJECT = re.compile(rf"(?:^|[.!?;:,]\s+)(?:your|the|both)\s+\w+\s+(?:{_ADVERB}\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:\s+(?:\w+ly|again|and|as|now|while|when|with)\b)|\s*[.!;,]?$")
_LET_AFTER = re.compile(rf"{AT_END}|\s+(?:\w+ly|again|as|and|now)\b")
_QUOTES = "\"'\u2019\u201d"
_ENDS = re.compile(AT_END)
_WORDS = re.compile(r"\b(" + "|".join(VERBS) + r")\b", re.IGNORECASE)


def verbs(text: str) -> str:
    """Return `text` with words of two sounds respelt where a voice would take the wrong one."""
    text = _WORDS.sub(_said, text)
    lowered = text.lower()
    for word, pattern, instead in OTHERS:
        if word in lowered:
            text = _other(pattern).sub(instead, text)
    return text


def _said(found: re.Match[str]) -> str:
    word = found.group()
    if not _is_verb(word.lower(), found.string[: found.start()], found.string[found.end() :].lstrip(_QUOTES)):
        return word
    said = VERBS[word.lower()]
    return said.capitalize() if word[0].isupper() else said


@cache
def _other(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache  # few of them are met in one run
def _after(word: str) -> re.Pattern[str]:
    return re.compile(AFTER.get(word, USUALLY_AFTER), re.IGNORECASE)


def _is_verb(word: str, before: str, after: str) -> bool:
    follows = _after(word).match(after) is not None
    if _ORDERED.search(before):
        return follows
    if _LICENSED.search(before):
        return follows or _ENDS.match(after) is not None
    if word == "separate" and _SUBJECT.search(before):
        return _GOES_ON.match(after) is not None
    return bool(_LET.search(before) and _LET_AFTER.match(after))
