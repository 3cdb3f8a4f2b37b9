"""What the ear can keep: warnings before the act that they concern, and pronouns near their nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.script.script import Cue

_THING = (
    r"(?:ball|band|bottle|chair|cloth|compress|cubes?|cushion|bath|ice|mat|pack|pad|roller|shower|strap|towel|wall|"
    r"water|weights?|wrap)"
)
_WARNING = re.compile(
    r"^(?:never|do not|don['\u2019]t|be careful|take care|make sure|use only|only use|keep away|beware)\b|"
    r"\b(?:never|must not|should not)\b",
    re.IGNORECASE,
)
# What was spoken of just before: "Always wrap it in a towel."
_OF_IT = re.compile(r"^(?:always|check|make sure|never|test)\b.*\b(?:it|its|them|the water)\b", re.IGNORECASE)
_READY = re.compile(r"\b(?:aside|beside|next to|ready|within reach)\b", re.IGNORECASE)
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
    r"\b(?:a|an|the|your|his|her|their|this|that|one|both|two|some|each|left|right|other)\b"
    r"(?=((?: [a-z][a-z'\u2019-]*){1,3}))",  # ahead: "the back of the chair" names both
    re.IGNORECASE,
)
# "Shoulders back": parts of the body need no article.
_PARTS = re.compile(
    r"\b(?:ankles|arms|elbows|eyes|feet|fingers|fists|hands|heels|hips|knees|legs|palms|shoulders|thumbs|toes)\b",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\b(?:and|as|at|away|back|behind|by|down|for|from|in|into|is|of|off|on|onto|or|out|over|so|then|to|"
    r"towards?|under|until|up|when|while|with)\b.*",
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
_ADJECTIVE = re.compile(
    r"left|right|other|wrapped|warm|soft|frozen|small|thin|firm|same|whole|next|last|first|second|short|long|few|"
    r"slow|deep|gentle|good|big|\w+ly",
    re.IGNORECASE,
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
    just_done = ""
    for cue in subject.script.cues:
        text = cue.text or ""
        if cue.kind == "chapter":
            done = {}  # another exercise has things of its own
        if cue.kind != "say" or cue.step == "closing":
            continue
        things = {each.lower() for each in _THINGS.findall(text)}
        late = just_done if _OF_IT.search(text) else ""
        just_done = ""
        if _AWAY.search(text):
            done = {}
        elif late or _WARNING.search(text):
            if late := late or next((done[thing] for thing in sorted(things) if thing in done), ""):
                found = f"'{text}' comes after '{late}'"
                yield subject.places[cue.step].found("warning-after-act", found)
        elif things and _ACT.search(text):
            done |= {thing: text for thing in things if thing not in done}
            just_done = "" if _READY.search(text) else text


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
    """Return whether one of the three sentences before, or one of the same step, names what it stands for."""
    near = [*before[-NEAR:], *(each for each in before if each.step == cue.step)]
    # What the opening speaks of is meant in the opening alone.
    said = [each.text or "" for each in near if each.step != "opening" or cue.step == "opening"]
    if pronoun == "it" and any(_MASS.search(text) for text in said):
        return True
    if pronoun == "them" and any(_PARTS.search(text) for text in said):
        return True
    phrases = (_NO_NOUN.sub("", found).split() for text in said for found in _NOUNS.findall(text))
    return any(_fits(pronoun, noun) for phrase in phrases for noun in phrase)


def _fits(pronoun: str, noun: str) -> bool:
    if noun.lower() in _NEVER_MEANT or _ADJECTIVE.fullmatch(noun):
        return False
    many = bool(_MANY.search(noun)) and not _ONE.search(noun)
    return many == (pronoun == "them")
