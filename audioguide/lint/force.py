"""Words that ask for force, told apart from those that forbid it or warn of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PAIN = r"(?:ache|burn|burning|discomfort|hurt|limits?|pain|resistance|stiffness)"
_THE = r"(?:(?:any|some|that|the|your)\s+)?"
_HURTS = r"(?:aches|burns|hurts|is painful|stings)"
_POWER = r"(?:force|might|power|strength)"
_FORCE = re.compile(
    r"\bbounc(?:e|es|ing)\b(?!-free)|\bjerk(?:s|ing)?\b|\byank\w*|\bcrank(?:s|ing)?\s+(?:it|the|up|your)\b|"
    r"\bforc(?:e|ing)\s+(?:it|the|your|yourself)\b|\b(?:by|use|with)\s+(?:\w+\s+)?force\b|"
    rf"\bforcefully\b|\b(?:brutal|violent)ly\b|\bfull {_POWER}\b|\ball (?:of )?your {_POWER}\b|"
    r"\bno pain\b|\bas hard as\b|\bpush(?:ing)?\s+hard\b|\b(?:pull|push|"
    r"stretch)(?:ing)?\s+(?:\w+\s+)?harder\b|"
    r"\b(?:battle|fight|go|push|stretch|struggle|work)(?:ing)?\s+(?:on\s+)?(?:(?:it|them|yourself|"
    r"your \w+)\s+)?"
    rf"(?:beyond|into|past|through)\s+{_THE}(?:(?:edge|limits?|point|threshold)\s+of\s+{_THE})?{_PAIN}\b|"
    rf"\bbreathe\s+(?:on\s+)?(?:past|through)\s+{_THE}{_PAIN}\b|"
    r"\b(?:power|push)(?:ing)?\s+through(?=\s*[.,;!]|\s*$|\s+it\b)|\bsuffer through\b|"
    rf"\b(?:bear|endure|forget|ignor(?:e|ing)|never mind|tolerate)\s+{_THE}{_PAIN}\b|"
    r"\bgrit your teeth\b|\bpain is weakness\b|\bfeel the burn\b|"
    rf"\buntil it {_HURTS}\b|\beven (?:if|though|when) it {_HURTS}\b|"
    rf"\bkeep \w+ing (?:although|if|though|when|while) it {_HURTS}\b|"
    r"\b(?:has to|must|needs to|should|will) (?:ache|burn|hurt)\b|"
    rf"\b(?:do not|don.?t|never) (?:ease off|give up|stop) (?:because|even|if|just|"
    rf"when)\b.*\b(?:{_PAIN}|{_HURTS})\b",
    re.IGNORECASE,
)
# After these a "not" allows: "Don't be afraid to push through".
_NEGATION = re.compile(
    r"\b(?:avoid(?:ing)?|do not|\w+n['\u2019]t|dont|instead of|never|no|nor|not|nothing|rather than|"
    r"refrain from|stop|without)\b(?! (?:be (?:afraid|scared|shy)|fear|hesitate|stop|worry)\b)",
    re.IGNORECASE,
)
# What is said of force, rather than asked for: "Bouncing is not needed."
_WARNED = re.compile(
    r"\s+(?:(?:it|the|your|\w+)\s+){0,2}?(?:(?:are|does|is) (?:never|no|not)|(?:are|is)n.?t|does harm|harms?|"
    r"injures?|(?:can|could|may|might|will) (?:harm|hurt|injure|tear)|tears?)\b",
    re.IGNORECASE,
)
_NO_PAIN_NO = re.compile(r"\bno pain\b[,\s]*(?:and\s+|means\s+)?no\b", re.IGNORECASE)


def forces(sentence: str) -> Iterator[str]:
    """Yield the words of a sentence that ask for force."""
    for match in _FORCE.finditer(sentence):
        if match.group().lower() == "no pain":  # "there is no pain" is no slogan
            asked = bool(_NO_PAIN_NO.match(sentence, match.start()))
        else:
            asked = not _NEGATION.search(sentence, 0, match.start()) and not _WARNED.match(
                sentence, match.end()
            )
        if asked:
            yield match.group()
