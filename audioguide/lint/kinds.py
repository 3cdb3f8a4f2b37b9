"""What a routine is about, as far as safety goes: ice, heat, yoga; and how long ice or heat lasts.

A routine says so by its notice or its safety rules (R3 ice, R4 heat, R8 yoga). Where it does not, its
title tells, or a text together with a wait of three minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audioguide.lint.finding import Place
from audioguide.lint.subject import Subject
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.load import Routine
from audioguide.script.script import SOFT, Cue, Side
from audioguide.units import TICKS_PER_SECOND

Kind = Literal["ice", "heat", "yoga"]
RULE: dict[Kind, str] = {"ice": "R3", "heat": "R4", "yoga": "R8"}

LONG_WAIT = 180 * TICKS_PER_SECOND
ANY_WAIT = 60 * TICKS_PER_SECOND

_NOT = r"(?<!no )(?<!never )(?<!not )(?<!without )"
_BODY = r"(?:blood|body|breath|hands?|palms?|skin|sun)"
_POSES = (
    r"(?:boat|bow|bridge|butterfly|camel|cat|chair|child(?:['\u2019]?s)?|cobra|corpse|cow|crane|crow|"
    r"dancer|dolphin|eagle|"
    r"easy|fish|frog|garland|goddess|half moon|happy baby|hero|lizard|locust|lotus|mountain|pigeon|"
    r"plank|plough|plow|"
    r"puppy|sphinx|staff|tree|triangle|warrior|wheel)"
)
WORDS: dict[Kind, re.Pattern[str]] = {
    "ice": re.compile(
        rf"{_NOT}(?<!break the )\b(?:ice\b(?! cream)|icing\b|(?:cold|cool|cooling) (?:packs?|pads?|"
        rf"compress)|frozen|"
        r"gel pack)",
        re.I,
    ),
    "heat": re.compile(
        rf"{_NOT}\b(?:heat(?:ing)?\b(?! (?:from|in|of) (?:the |your )?{_BODY}\b)|hot[- ]water|"
        r"hot (?:bath|compress|packs?|shower|stones?|towel|tub)|warm(?:ed)? (?:\w+ )?(?:bags?|bath|"
        r"bottle|compress|packs?|"
        r"pads?|pillow|shower|towel|wrap)|cherry (?:pit|stone) pillow|electric blanket|infrared|sauna|"
        r"steam (?:bath|room)|"
        r"wheat bag)",
        re.I,
    ),
    "yoga": re.compile(
        rf"\b(?:yoga|\w*asanas?|sun salutations?|vinyasa|chaturanga|(?:downward|upward)(?:[- ]facing)? dog|"
        rf"warrior (?:one|two|three|[123]|i{{1,3}})|{_POSES} pose)\b",
        re.I,
    ),
}
# What must be said for the rule of each to count as spoken.
_RULE_SAID: dict[Kind, re.Pattern[str]] = {
    "ice": re.compile(
        r"\b(?:bare|naked) skin\b|\b(?:wrap\w*|cloth|towel)\b.*\bskin\b|"
        r"\b(?:never|no|not|don.?t)\b.*\b(?:against|directly|on|onto|touch\w*)\b(?! numb).*\bskin\b",
        re.I,
    ),
    "heat": re.compile(
        r"\bheat\b.*\b(?:burn|harm|hurt)s?\b|\bburns? (?:the|your) skin\b|\bkeep to the time\b|"
        r"\b(?:no|never|not) (?:longer|more) than\b.*\bminutes?\b",
        re.I,
    ),
    "yoga": re.compile(
        r"\b(?:from|with|without|ask) (?:a |an |your )?(?:\w+ )?(?:teacher|instructor|professional)\b|"
        r"\bprofessional instruction\b",
        re.I,
    ),
}
# What is only imagined cools and warms nobody.
_IMAGINED = re.compile(r"\bin your mind\b|\bimagin\w+|\bpicture (?:a|an|the|your)\b|\bvisuali[sz]\w+", re.I)
_OFF = re.compile(
    r"\b(?:lift|pull|take)\b.*\b(?:away|off)\b|\bremove\b|\b(?:switch|turn)\b.*\boff\b|\b(?:comes?|"
    r"goes) off\b|"
    r"\b(?:lay|put)\b.*\b(?:aside|away|down)\b|\b(?:come|get|step) out\b|\bun(?:plug|wrap)\b|"
    r"\boff with (?:it|the)\b",
    re.I,
)
_CONDITION = re.compile(r"\b(?:if|once|should|when|yet)\b", re.I)
_NOT_YET = re.compile(
    r"\b(?:before|in a (?:minute|moment)|soon|until|will)\b|\b(?:do not|don.?t|never)\b(?! forget)", re.I
)
_LATER = re.compile(r"\b(?:later|nearby|ready|within reach)\b", re.I)


def speaks(subject: Subject, kind: Kind) -> bool:
    """Return whether the listener hears the rule of `kind`: from the notice that opens the file, or a step.

    A rule that is only listed is read by nobody whose eyes are closed. In a language that is not
    understood here, the list has to do.
    """
    if RULE[kind] in OPENINGS[subject.routine.document.safety.notice].rules:
        return True
    if subject.foreign:
        return any(RULE[kind] in routine.document.safety.rules for routine in subject.files)
    said = (text.text for each in subject.texts.values() for text in each if text.keys[:1] == ("say",))
    return any(_RULE_SAID[kind].search(text) for text in said)


def kinds_of(subject: Subject, routine: Routine) -> frozenset[Kind]:
    """Return what the file of `routine` itself is about."""
    safety = routine.document.safety
    own = {*safety.rules, *OPENINGS[safety.notice].rules}
    named = {kind for kind, rule in RULE.items() if rule in own}
    return frozenset(named | described(subject, routine))


def kinds_by_file(subject: Subject) -> dict[str, frozenset[Kind]]:
    """Map the path of each file to what it is about."""
    return {str(routine.path): kinds_of(subject, routine) for routine in subject.files}


def described(subject: Subject, routine: Routine) -> set[Kind]:
    """Return what its words say that a routine is about."""
    titled = {kind for kind, pattern in WORDS.items() if pattern.search(routine.document.title)}
    sentences = (each for text in subject.texts[str(routine.path)] for each in text.sentences)
    whole = "\n".join(each for each in sentences if not _IMAGINED.search(each))
    said = {kind for kind, pattern in WORDS.items() if pattern.search(whole)}
    return titled | (said if longest_wait(subject, routine) >= LONG_WAIT else said & {"yoga"})


def longest_wait(subject: Subject, routine: Routine) -> int:
    """Return the longest hold or soft time of a file, in ticks."""
    return max((cue.length or 0 for cue in _waits(subject, routine)), default=0)


def _waits(subject: Subject, routine: Routine) -> Iterator[Cue]:
    for cue in subject.script.cues:
        if (cue.kind == "hold" or cue.kind in SOFT) and subject.places[cue.step].routine is routine:
            yield cue


@dataclass(slots=True)
class Spell:
    """A time with ice or heat on one place of the skin: `length` in ticks, up to its last wait."""

    kind: Kind | None = None
    length: int = 0
    place: Place | None = None
    side: Side | None = None


def spells(subject: Subject) -> Iterator[Spell]:
    """Yield each time with ice or heat; it ends when the words take it off, or with the file."""
    for routine in subject.files:
        kinds = kinds_of(subject, routine) - {"yoga"}
        if kinds:
            cues = [cue for cue in subject.script.cues if subject.places[cue.step].routine is routine]
            yield from (spell for spell in _spells(subject, cues, kinds) if spell.length)


def _spells(subject: Subject, cues: list[Cue], kinds: frozenset[Kind]) -> Iterator[Spell]:
    spell = Spell()
    for cue in cues:
        if cue.kind == "say" and cue.step not in ("opening", "closing"):
            kind = _begun(cue.text or "", kinds, spell.kind)
            if kind != spell.kind:
                yield spell
                spell = Spell(kind)
        elif cue.kind == "hold" or cue.kind in SOFT:
            if cue.side != spell.side and cue.kind == "hold":
                yield spell
                spell = Spell(spell.kind, side=cue.side)
            length = cue.length or 0
            if spell.kind is None and len(kinds) == 1 and length >= ANY_WAIT:
                spell.kind = next(iter(kinds))
            if spell.kind is not None and (cue.kind == "hold" or length >= ANY_WAIT):
                spell.length += length
                spell.place = subject.places[cue.step]
    yield spell


def _begun(sentence: str, kinds: frozenset[Kind], now: Kind | None) -> Kind | None:
    if match := _OFF.search(sentence):
        later = _CONDITION.search(sentence) or _NOT_YET.search(sentence, 0, match.start())
        return now if later else None
    named = [kind for kind in kinds if WORDS[kind].search(sentence)]
    return named[0] if len(named) == 1 and not _LATER.search(sentence) else now
