"""What the ear can keep: warnings before the act that they concern, and pronouns near their nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.script.script import Cue

_THING = (
    r"(?:ball|band|bottle|chair|cloth|compress|cubes?|cushion|ice|mat|pack|pad|roller|shower|strap|towel|wall|"
    r"water|weights?|wrap)"
)
_WARNING = re.compile(
    r"^(?:never|do not|don['\u2019]t|be careful|take care|make sure|use only|only use|keep away|beware)\b|"
    r"\b(?:never|must not|should not)\b",
    re.IGNORECASE,
)
# What brings the body and a thing together; wrapping it or having it ready does not yet.
_ACT = re.compile(
    r"^(?:now,? |then,? |next,? |slowly |gently )*"
    r"(?:apply|dip|drink|fill|hang|lay|lean|lie|place|pour|press|put|rub|sit|stand|step)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(rf"\b{_THING}\b", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:take|remove|lift)\b.*\b(?:off|away)\b|\bremove\b|\bswitch\b.*\boff\b", re.IGNORECASE
)

_ADVERB = r"(?:again|carefully|gently|just|now|slowly|softly|then)"
_OBJECT = re.compile(
    rf"^(?:{_ADVERB},? )*(?:bring|close|dip|draw|fill|hold|lay|lean|lift|lower|move|open|place|press|pull|"
    r"push|put|raise|roll|set|slide|squeeze|stretch|take|test|tie|turn|wrap|wring) (it|them)\b",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\b(?:a|an|the|your|his|her|their|this|that|one|both|two|some|each)\b"
    r"(?: (?:left|right|other|wrapped|warm|soft|frozen|small|thin|firm))*((?: [a-z][a-z'\u2019-]*))",
    re.IGNORECASE,
)
# What warnings and closings speak of, and no hand takes hold of.
_NEVER_MEANT = frozenset(
    {
        "body",
        "breath",
        "doctor",
        "illness",
        "little",
        "minute",
        "minutes",
        "physician",
        "skin",
        "teacher",
        "time",
    }
)
_MASS = re.compile(r"\b(?:ice|water)\b", re.IGNORECASE)
NEAR = 3
_MANY = re.compile(r"s$|^(?:feet|people|teeth)$", re.IGNORECASE)
_ONE = re.compile(r"ss$", re.IGNORECASE)


def hearing(subject: Subject) -> Iterator[Finding]:
    """Check what is heard, in its order."""
    if not subject.worded or subject.foreign or subject.script.guidance == "chimes":
        return
    yield from _late_warnings(subject)
    yield from _far_pronouns(subject)


def _late_warnings(subject: Subject) -> Iterator[Finding]:
    done: dict[str, str] = {}
    for cue in subject.script.cues:
        text = cue.text or ""
        if cue.kind != "say" or cue.step == "closing":
            continue
        things = {each.lower() for each in _THINGS.findall(text)}
        if _AWAY.search(text):
            done = {}
        elif _WARNING.search(text):
            if late := next((done[thing] for thing in sorted(things) if thing in done), None):
                found = f"'{text}' comes after '{late}'"
                yield subject.places[cue.step].found("warning-after-act", found)
        elif _ACT.search(text):
            done |= {thing: text for thing in things if thing not in done}


def _far_pronouns(subject: Subject) -> Iterator[Finding]:
    before: list[Cue] = []
    for cue in subject.script.cues:
        if cue.kind == "switch":
            before = []
        if cue.kind != "say":
            continue
        match = _OBJECT.search(cue.text or "")
        if match and not _named(match[1].lower(), cue, before):
            word = match[1]
            found = f"'{word}' is far from what it stands for"
            yield subject.places[cue.step].found("distant-pronoun", found, "say", word=match.group())
        before.append(cue)


def _named(pronoun: str, cue: Cue, before: list[Cue]) -> bool:
    """Tell whether one of the three sentences before, or one of the same step, names what it stands for."""
    near = [*before[-NEAR:], *(each for each in before if each.step == cue.step)]
    # What the opening speaks of is meant in the opening alone.
    said = [each.text or "" for each in near if each.step != "opening" or cue.step == "opening"]
    if pronoun == "it" and any(_MASS.search(text) for text in said):
        return True
    return any(_fits(pronoun, noun.strip()) for text in said for noun in _NOUNS.findall(text))


def _fits(pronoun: str, noun: str) -> bool:
    if noun.lower() in _NEVER_MEANT:
        return False
    many = bool(_MANY.search(noun)) and not _ONE.search(noun)
    return many == (pronoun == "them")
