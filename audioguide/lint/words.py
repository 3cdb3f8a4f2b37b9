"""What is said: for closed eyes, one short thing at a time, and never with force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.lint.texts import Text, orders

LONGEST_SENTENCE = 20  # words

_HELPER = (
    r"(?:a |an |the |your )?(?:\w+ )?(?:chiropractor|doctor|gp|nurse|physician|physiotherapist|professional|"
    r"specialist|therapist)"
)
_PICTURE = r"(?:diagram|drawing|figure|illustration|image|mirror|photo|picture|video)"
_SIGHT = re.compile(
    r"(?<!your )(?<!wrist )\bwatch(?:ing)?\b(?! out)|"
    rf"\bsee(?:ing)?\b(?! (?:{_HELPER}|how|if|where|whether|you)\b)|"
    r"\blook(?:ing)?\b(?! (?:after|forward)\b)|\bgaz(?:e|ing)\b|\bstar(?:e|ing) at\b|\beyes on\b|"
    r"\b(?:are|as|is) (?:illustrated|pictured|shown)\b|\blike (?:so|this)\b|"
    r"\b(?:at|on) (?:the|your) screen\b|"
    rf"\b(?:from|in|on) the {_PICTURE}\b|\b{_PICTURE} (?:above|below|shows)\b",
    re.IGNORECASE,
)
_EYES_OPENED = re.compile(r"\bopen your eyes\b", re.IGNORECASE)

_PAIN = r"(?:pain|ache|discomfort|burn|burning|hurt|resistance|stiffness|limit|limits)"
_FORCE = re.compile(
    r"\bbounc(?:e|es|ing)\b|\bjerk(?:s|ing)?\b|\bforc(?:e|ing)\s+(?:your|the|it|yourself)\b|"
    r"\b(?:with|use|by)\s+(?:\w+\s+)?force\b|\bforcefully\b|\bno pain\b|\bas hard as\b|"
    rf"\b(?:push|work|go|stretch|breathe)(?:ing)?\s+(?:on\s+)?(?:through|past|into)\s+(?:(?:the|your|any|that)\s+)?{_PAIN}\b|"
    rf"\bpush(?:ing)?\s+through(?=\s*[.,;!]|\s*$|\s+it\b)|\bignor(?:e|ing)\s+(?:the|your|any)\s+{_PAIN}\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:avoid|do not|don.?t|instead of|never|no|nor|not|rather than|without)\b", re.I)
_NO_PAIN_NO = re.compile(r"\bno pain\b[,\s]*(?:and\s+|means\s+)?no\b", re.IGNORECASE)


def words(subject: Subject) -> Iterator[Finding]:
    """Check each text of each file."""
    for routine in subject.files:
        for text in subject.texts[str(routine.path)]:
            yield from _broken(text)
    for routine in subject.files if subject.worded else ():
        for text in subject.texts[str(routine.path)]:
            yield from _sight(text)
            for sentence in text.sentences:
                yield from _sentence(text, sentence)


def _sight(text: Text) -> Iterator[Finding]:
    opened = _EYES_OPENED.search(text.text)
    for match in _SIGHT.finditer(text.text, 0, opened.start() if opened else len(text.text)):
        found = f"'{match.group()}' needs eyes"
        yield text.place.found("sight-words", found, *text.keys, word=match.group())


def _broken(text: Text) -> Iterator[Finding]:
    """Yield the first line of a text that goes on in the next one: it will be a phrase of its own."""
    lines = [line.strip() for line in text.written.splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if following[0].islower() and line[-1].isalnum() | (line[-1] in ",-\u2013\u2014"):
            found = f"“{following}” begins with a small letter"
            yield text.place.found("broken-line", found, *text.keys, word=following)
            return


def _sentence(text: Text, sentence: str) -> Iterator[Finding]:
    count = sum(any(letter.isalnum() for letter in word) for word in sentence.split())
    if count > LONGEST_SENTENCE:
        found = f"a sentence of {count} words"
        yield text.place.found("long-sentence", found, *text.keys)
    moves = orders(sentence)
    if len(moves) > 1:
        found = f"{' and '.join(moves).lower()} in one sentence"
        yield text.place.found("many-actions", found, *text.keys, word=moves[1])
    for match in _FORCE.finditer(sentence):
        if _forces(sentence, match):
            found = f"'{match.group()}' asks for force"
            yield text.place.found("forcing-words", found, *text.keys, word=match.group())


def _forces(sentence: str, match: re.Match[str]) -> bool:
    if match.group().lower() == "no pain":  # "there is no pain" is no slogan
        return bool(_NO_PAIN_NO.match(sentence, match.start()))
    return not _NEGATION.search(sentence, 0, match.start())
