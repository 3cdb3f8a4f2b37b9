"""What a text says besides the movement: warnings, who should not do it, tips, and what nobody does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.draft.counts import counts
from audioguide.draft.text import Sentence
from audioguide.draft.times import bare_hold, times
from audioguide.draft.vocabulary import is_action, is_order

_AVOID_IF = re.compile(
    r"\b(?:if you (?:have|had|suffer|are|were|recently|experience)\b[^.]*?\b(?:avoid|skip|"
    r"don'?t|do not|consult|check with|talk to|speak (?:to|with)|ask|"
    r"see|leave out|should not|shouldn'?t)\b|(?:avoid|skip|do not (?:do|try|perform)|"
    r"don'?t (?:do|try|perform))\b[^.]*?\bif you(?:'ve| have| had| are| suffer)|"
    r"not (?:suitable|recommended|safe|advised|appropriate) (?:for|if|during|after)|"
    r"contraindicat\w+|(?:should avoid|should not (?:do|try|perform)))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bif you (?:have|had|suffer(?: from)?|are|were|recently had|experience|'ve had|have had|"
    r"have recently had)\s+(?P<a>[^,.;]+)|"
    r"\b(?:not (?:suitable|recommended|safe|advised|appropriate) (?:for|if you have|during|"
    r"after)|contraindicat\w+[:]?|contraindicated (?:for|in|with))\s+(?P<b>[^.;]+)|"
    r"^(?P<c>(?:people|anyone|those|women)\b[^.,;]*?) (?:should|must)\b",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"^\W*(?:caution|warning|important|safety|precaution)s?\b|\b(?:stop|ease off|"
    r"back off)\b[^.]*\b(?:pain|hurts?|dizzy|numb\w*|tingl\w+)\b|"
    r"\b(?:if|when)\b[^.]*\b(?:pain|hurts?|dizz\w+|numb\w*|tingl\w+)\b|\b(?:consult|ask|"
    r"check with|talk to|see) (?:a|your|with your) (?:doctor|physician|"
    r"physiotherapist|physical therapist|healthcare|health care|gp)\b|\b(?:injur\w+|dangerous|"
    r"unsafe)\b|\bnever\b|\bpain[- ]free\b|\bshould not (?:hurt|feel pain)\b",
    re.IGNORECASE,
)
_TIP = re.compile(
    r"^\W*(?:tips?|note|hint|remember|focus|nb|pro tip|make sure|be sure|ensure|do not|don'?t|"
    r"avoid|try not|be careful|keep in mind|the key|concentrate)\b|"
    r"\b(?:should|will) (?:feel|be|not|remain|stay|also)\b|^(?:you|your|the|this|these|it|there)\b",
    re.IGNORECASE,
)
_NO_STEP = re.compile(
    r"\bthis (?:will be|is|should be)(?: now)? (?:your|the) starting position\b|"
    r"^\W*(?:variations?|modifications?|alternativ\w+|benefits?|muscles?|equipment|level|"
    r"caloric|this (?:stretch|exercise|movement|pose|one|position|also|helps?|can|will|works|"
    r"targets|is)|you can(?: also)? (?:also |use|do|perform|try|vary)|for (?:a|more of a|"
    r"an) (?:\w+ )?"
    r"(?:challenge|variation)|it (?:helps?|also|can|works|targets|is)|these (?:exercises?|"
    r"stretches)|the (?:stretch|exercise|pose) (?:helps?|works|targets|is)|why|source|"
    r"references?|photo|image|figure|video)\b",
    re.IGNORECASE,
)

# What is stated rather than asked: it has a subject and its verb.
_DECLARES = re.compile(
    r"^\W*(?:we|i|he|she|they|people|most|many|some|there|that|if|to|bed|exercises?|stretching|"
    r"studies|research|thanks?|ring|call|best|kind|yours|hi|dear)\b|"
    r"^(?:\w+\W+){1,6}?(?:is|are|was|were|can|will|has|have|helps?|may|might|becomes?|makes?|"
    r"means|tells?|works?|targets?|strengthens?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The sentences of an exercise by what they are for."""

    steps: tuple[Sentence, ...]
    tips: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    avoid_with: tuple[str, ...]


def sorted_out(sentences: Sequence[Sentence]) -> Sorted:
    """Sort sentences into steps, tips and warnings; leave out what tells nothing to do."""
    steps: list[Sentence] = []
    tips: list[Sentence] = []
    warnings: list[Sentence] = []
    avoid: list[str] = []
    for each in sentences:
        if _AVOID_IF.search(each.text):
            avoid += _conditions(each.text)
            warnings.append(each)
        elif _WARNING.search(each.text) and not is_action(each.text):
            warnings.append(each)
        elif _NO_STEP.search(each.text):
            continue
        elif counts(each.text) or times(each.text) or bare_hold(each.text):
            steps.append(each)
        elif _TIP.search(each.text) and not re.match(r"^\W*(?:then|now)\b", each.text):
            tips.append(each)
        elif is_order(each.text) or (steps and not _DECLARES.match(each.text)):
            steps.append(each)
    return Sorted(tuple(steps), tuple(tips), tuple(warnings), tuple(dict.fromkeys(avoid)))


def _conditions(text: str) -> list[str]:
    found = _CONDITION.search(text)
    if not found:
        return []
    words = next(group for group in found.groups() if group)
    words = re.sub(r"^(?:an?|any)\s+", "", words.strip())
    return [words[:100]] if words else []
