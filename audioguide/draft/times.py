"""Lengths of time in a sentence, and what each is: a hold, a movement, a rest, a tempo, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from audioguide.draft.numbers import NUMBER, RANGE, Range, range_of, value

Meaning = Literal["hold", "duration", "rest", "tempo", "other"]

_UNIT = r"(?:seconds?|secs?|(?<![a-z])s(?![a-z'])|minutes?|mins?|hours?|hrs?)"
_SLOW = r"(?:full |whole |good |complete |slow |long |entire |short |extra |additional |more )?"
_RANGED = rf"{RANGE}[ -]?{_SLOW}(?P<unit>{_UNIT})\b(?P<half> and a half)?(?P<longer> or more| or longer|\+)?"
_MIXED = (
    rf"(?P<low_m>{NUMBER})[ -]?(?P<unit_low>{_UNIT}) ?(?:-|to|or|and|up to) ?"
    rf"(?P<high_m>{NUMBER}|a)[ -]?(?P<unit_high>{_UNIT})\b"
)
_PARTS = rf"(?P<mins>{NUMBER}) (?:minutes?|mins?),? (?:and )?(?P<secs>{NUMBER}) (?:seconds?|secs?)\b"
_HALF = (
    r"(?P<part>half of a|half an?|a half|a quarter of an?) (?P<half_unit>minute|hour|"
    r"second)\b(?! (?:time|turn))"
)
# "a second" may be an ordinal: it is a time after a preposition or a word for waiting, or before a pause.
_ARTICLE = (
    r"(?P<article>an?) (?:full |whole |good |complete |brief |single |solid |"
    r"slow )?(?P<a_unit>second|minute|hour)\b"
    r"(?: and a half(?P<a_half>))?(?: or (?P<or>two|three|so|more|longer))?"
    r"(?! (?:time|set|person|rep|repetition|exercise|dumbbell|barbell|weight|option|way|variation|version|"
    r"chair|towel|pillow|band|arm|leg|side|hand|position|step|movement|later|round|one)\b)"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w.]){pattern}", re.IGNORECASE))
    for name, pattern in (
        ("parts", _PARTS),
        ("mixed", _MIXED),
        ("half", _HALF),
        ("ranged", _RANGED),
        ("article", _ARTICLE),
        (
            "count",
            (
                rf"(?:a |the )?(?:slow )?count(?:ing)?(?: slowly| silently)?(?: of| to| for| up to) {RANGE}"
                r"(?! (?:times|rep))"
            ),
        ),
        ("counts", rf"{RANGE}[- ](?:slow )?counts?\b"),
    )
)
_ANY = re.compile(rf"\b{_UNIT}\b|\d(?:s|sec|min)|count", re.IGNORECASE)
_KEPT = re.compile(
    r"hold|held|stay|remain|keep|paus|squeez|maintain|press|push|contract|tens|tight|stretch", re.IGNORECASE
)
_AT_EACH_BREATH = re.compile(
    r"\s*(?:during|on|with|for|as you|while you) (?:each |every |the |your )*(?:in|ex)hal", re.I
)
_COUNT_ON = re.compile(r"(?:^|[,;.] |\b(?:and|then) )$", re.IGNORECASE)  # "tuck in your chin, count to two"
_OF_AGE = re.compile(r"\b(?:over|under|your|their|his|her|early|mid|late|the)(?: the)?[ -]?$", re.IGNORECASE)
LONGEST_HOLD = 2 * 3600  # seconds
_SIZES = {"s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True, slots=True)
class Time:
    """A length in seconds, where it stands in its sentence, and what it means there."""

    seconds: Range
    start: int
    end: int
    meaning: Meaning
    counted: bool = False
    cue: str = ""


@lru_cache(maxsize=4096)
def times(sentence: str, before: str = "", *, moving: bool = False) -> tuple[Time, ...]:
    """Return the lengths of time of a sentence, in order.

    `before` are the sentences before it; `moving` says that a time without a verb of its own
    is that of a movement.
    """
    found: list[Time] = []
    if not _ANY.search(sentence):
        return ()
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(start < each.end and each.start < end for each in found):
                continue
            if name == "article" and not _is_length(sentence, match):
                continue
            if name == "ranged" and match["unit"].lower() == "s" and _OF_AGE.search(sentence[:start]):
                continue
            seconds = _seconds(name, match)
            meaning, cue = _meaning(sentence, start, end, before=before, moving=moving)
            if meaning == "hold" and (seconds.low or 0) > LONGEST_HOLD:
                meaning = "other"  # "rest and raise the leg for the first 48 hours"
            counted = name in ("count", "counts")
            asked = name == "count" and _COUNT_ON.search(sentence[:start]) and " to " in match.group().lower()
            if counted and _AT_EACH_BREATH.match(sentence, end):
                meaning = "tempo"
            elif counted and meaning != "other":
                kept = asked or (meaning == "hold" and _KEPT.match(cue))
                meaning = "hold" if kept else "tempo"
            found.append(Time(seconds, start, end, meaning, counted, cue))
    return tuple(sorted(found, key=lambda each: each.start))


def _seconds(name: str, match: re.Match[str]) -> Range:
    if name == "parts":
        total = value(match["mins"]) * 60 + value(match["secs"])
        return Range(total, total)
    if name == "mixed":
        low = value(match["low_m"]) * _size(match["unit_low"])
        high = (1.0 if match["high_m"].lower() == "a" else value(match["high_m"])) * _size(match["unit_high"])
        return Range(low, max(low, high))
    if name == "half":
        length = _size(match["half_unit"]) * (0.25 if "quarter" in match["part"].lower() else 0.5)
        return Range(length, length)
    if name == "article":
        low = high = _size(match["a_unit"])
        if match["a_half"] is not None:
            low = high = low * 1.5
        if match["or"] in ("two", "three"):
            high *= 2 if match["or"] == "two" else 3
        return Range(low, None if match["or"] in ("more", "longer") else high)
    if name in ("count", "counts"):
        return range_of(match)
    seconds = range_of(match)
    if match["half"]:
        seconds = Range(*(None if end is None else end + 0.5 for end in (seconds.low, seconds.high)))
    if match["longer"]:
        seconds = Range(seconds.low, None)
    return seconds.times(_size(match["unit"]))


def _size(unit: str) -> float:
    return _SIZES[unit[0].lower()]


_LENGTH_BEFORE = re.compile(
    r"\b(?:for|after|about|around|hold|holding|pause|pausing|wait|last(?:s|ing)?|up to|"
    r"at least|over|take|within|"
    r"every|only|just|nearly|almost|to|rest|squeeze|of|than|than about|or|by)\s+(?:about |around |"
    r"just |at least |only )*$",
    re.IGNORECASE,
)
_LENGTH_AFTER = re.compile(
    r"[ -]*(?:pause|hold|squeeze|contraction|rest|stretch|count|or so|or two|each|at|and then|"
    r"then|between|in)\b|"
    r"\s*[.,;)]|\s*$",
    re.IGNORECASE,
)


def _is_length(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[: match.start()]
    if not _LENGTH_BEFORE.search(before) and not re.match(
        r"[ -]*(?:pause|hold|squeeze|contraction|stretch)\b", sentence[match.end() :], re.IGNORECASE
    ):
        return False
    # "after a second exercise" is an ordinal, "after a minute of rest" is none.
    return match["a_unit"].lower() != "second" or bool(
        match["or"]
        or match["a_half"] is not None
        or _LENGTH_AFTER.match(sentence, match.end())
        or re.match(
            r" (?:as|while|with|before|after|on|when|to|so|and|or|of|if|but|here|there)\b",
            sentence[match.end() :],
        )
    )


_PROGRESS = re.compile(
    r"\b(?:work(?:ing)?(?: your way)? (?:up )?(?:to(?:wards?)?|until)|"
    r"build(?:ing)?(?: your way)?(?: it)? up|build(?:ing)? to|"
    r"progress(?:ing)?|increas\w+|gradually (?:\w+ )?(?:to|up)|eventually|your goal|the goal|over time|"
    r"as you (?:get|become|grow)|lengthen (?:the|your) (?:hold|time)|once you can|when you can|"
    r"until you (?:can|are able)|if you can(?! ?not|'t)|more advanced|advanced|for (?:a|"
    r"more of a|an extra) challenge)\b",
    re.IGNORECASE,
)
# What is reported rather than asked for, and how often rather than how long.
_REPORT = re.compile(
    r"\b(?:calories|burns?|stud(?:y|ies)|research\w*|people who|participants|experts?|can take|"
    r"every|per (?:day|week)|"
    r"a (?:day|week)|daily|weekly|each day|later|ago|within|minutes of (?:exercise|activity|"
    r"stretching)|weeks?|"
    r"this (?:routine|workout|video|article|program(?:me)?|session)|the (?:whole|"
    r"entire) (?:routine|workout|session|"
    r"program(?:me)?)|(?:it|this|that|they|which|all) takes?|takes (?:about|around|only|just|less)|"
    r"will take|should take|minute read|sitting for|"
    r"oven|bake|simmer|boil|fry|pan)\b",
    re.IGNORECASE,
)
_TEMPO_BEFORE = re.compile(
    (
        r"\b(?:inhal(?:e|ing)|exhal(?:e|ing)|breath(?:e|ing) (?:slowly |deeply |gently )?(?:in|"
        r"out)|breathe)\b[^.;]*$"
    ),
    re.IGNORECASE,
)
_TEMPO_AROUND = re.compile(
    r"\b(?:lower(?:ing)?|rais(?:e|ing)|lift(?:ing)?|return(?:ing)?|descend(?:ing)?|come|"
    r"bend(?:ing)?|straighten(?:ing)?|"
    r"curl(?:ing)?|roll(?:ing)?|ris(?:e|ing)|mov(?:e|ing)|reach(?:ing)?|tak(?:e|ing))\b[^.;]*"
    r"\b(?:over|tak(?:e|ing)|(?:to|on|for) (?:a|the)(?: slow)?)(?: the course of)?(?: about|"
    r" around)? ?$|\btak(?:e|ing)(?: about| around)? ?$|"
    r"\bover(?: the course of| a period of)?(?: about| around)? ?$",
    re.IGNORECASE,
)

_CUES: tuple[tuple[Meaning, str], ...] = (
    ("tempo", r"inhal(?:e|ing)|exhal(?:e|ing)|breath(?:e|ing) (?:\w+ )?(?:in|out)"),
    (
        "rest",
        (
            r"rest(?:ing)?(?! (?:in|here|there|on|your|the|with|against)\b)(?: between| for|"
            r" in between)?|recover\w*|take a break|break|"
            r"wait(?:ing)?(?! (?:here|there)\b)|between (?:\w+ )?(?:sets?|rep\w*|exercises?|sides?|"
            r"holds?|stretches)|"
            r"relax(?:ing)?(?! (?:in|into|here|the|your)\b)"
        ),
    ),
    (
        "duration",
        (
            r"continu(?:e|ing)(?! to hold)|repeat(?:ing|ed)?|perform(?:ing)?|do(?:ing)?|alternat(?:e|"
            r"ing)|circl(?:e|ing)|circles|"
            r"rotat(?:e|ing)|rotations|roll(?:ing)?(?! (?:onto|over|to)\b)|march(?:ing)?|"
            r"walk(?:ing)?(?! (?:your|the)\b)|jog(?:ging)?|run(?:ning)?|"
            r"pedal(?:l?ing)?|cycl(?:e|ing)|swing(?:ing)?|shak(?:e|ing)|rock(?:ing)?|"
            r"bounc(?:e|ing)|jump(?:ing)?|skip(?:ping)?|"
            r"tap(?:ping)?|massag(?:e|ing)|flow(?:ing)?|sway(?:ing)?|puls(?:e|ing)|kick(?:ing)?|"
            r"keep (?:this|that) (?:movement |motion |exercise )?(?:up|going)|keep (?:on )?(?!holding|"
            r"stretching|pressing|pushing|pulling|squeezing|"
            r"breathing|contracting|tensing|lean|bend)\w+ing|go|carry on|"
            r"practi[cs](?:e|ing)|exercise|mov(?:e|ing)(?= (?:back|from|up|side|slowly|"
            r"your|in|forth|for))|wiggl\w+|"
            r"stir(?:ring)?|step(?:ping)? (?:on|up|side|back and)|climb(?:ing)?|"
            r"row(?:ing)?|breath(?:e|ing)(?! (?:in|out|normally)\b)|flutter\w*|scissor\w*|"
            r"skat(?:e|ing)|swim\w*|punch(?:ing)?|hop(?:ping)?|danc(?:e|ing)|box(?:ing)"
        ),
    ),
    (
        "hold",
        (
            r"hold(?:s|ing)?|held|wait(?:ing)? (?:here|there)|stay(?:ing)?|remain(?:ing)?|"
            r"keep(?:ing)?|maintain(?:ing)?|paus(?:e|"
            r"ing)|squeez(?:e|ing)|contract(?:ing|ion)?|"
            r"tens(?:e|ing)|tighten(?:ing)?|clench(?:ing)?|balanc(?:e|ing)|freeze|brac(?:e|"
            r"ing)|linger|stop(?:ping)?|sustain|support yourself|stretch(?:ing)?|"
            r"sink|hang(?:ing)?|isometric\w*|press(?:ing)?|push(?:ing)?|resist(?:ing)?|"
            r"lean(?:ing)?|rest(?:ing)? (?:in|here|there|on|your|the|with|against)|"
            r"relax(?:ing)? (?:in|into|here|the|your)|pull(?:ing)?|gaz(?:e|ing)|sit(?:ting)?|"
            r"stand(?:ing)?|li(?:e|ying)|kneel(?:ing)?|"
            r"lift(?:ing)?|rais(?:e|ing)|bend(?:ing)?|reach(?:ing)?|twist(?:ing)?|"
            r"draw(?:ing)?|extend(?:ing)?|let|tilt(?:ing)?|(?<!in )turn(?:ing)?|"
            r"arch(?:ing)?|engag(?:e|ing)|suck(?:ing)?|flex(?:ing)?|point(?:ing)?|"
            r"tuck(?:ing)?|hug(?:ging)?|spread|plank|wall[- ]sit|pose|position"
        ),
    ),
)
_CUE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _CUES), re.IGNORECASE)
_VAGUE = re.compile(
    r"do|perform|repeat|exercise|go\b|practi|breath|carry", re.IGNORECASE
)  # no movement of their own
_HELD_AFTER = re.compile(
    r"[ -]*(?:long |isometric |static |full )?(?:hold|pause|squeeze|contraction|stretch|balance|plank)s?\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?P<hold>hold|pause)(?: time| for| each| duration)*\s*[:=-]\s*$|\b(?P<rest>rest)(?: time|"
    r" for)?\s*[:=-]\s*$|"
    r"\b(?P<duration>work|on|interval)\s*[:=-]\s*$",
    re.IGNORECASE,
)
_FINISH = re.compile(r"^(?:\W*(?:then|and))*\W*(?:after|for|at the end of)\b", re.IGNORECASE)


_OFTEN = re.compile(r"\s*(?:a|per|each|every) (?:day|week|session)\b|\s*(?:daily|weekly|ago|later|into)\b")


# "Heavy enough that you fail in 30 seconds": the hold lasts as long.
_FAILS = re.compile(r"\b(?:fail|tire|give out|fatigue|are exhausted)\b[^,;]*$", re.IGNORECASE)
_BREATH_HELD = re.compile(r"\b(?:hold|holding|keep) (?:your|the) breath\b[^,;]*$", re.IGNORECASE)
_WITHIN = re.compile(r"\bin(?: just| only| about| around)? $", re.IGNORECASE)


def _meaning(sentence: str, start: int, end: int, *, before: str, moving: bool) -> tuple[Meaning, str]:
    """Return what the length at `start` to `end` is, and the word that says so."""
    head, tail = sentence[:start], sentence[end:]
    clause = re.split(r"[;:(]|\. ", head)[-1]
    if label := _LABEL.search(head):
        return _kind(label), label.group()
    reported = (
        _REPORT.search(head) or _WITHIN.search(head) or _REPORT.match(tail.strip(" ,")) or _OFTEN.match(tail)
    )
    if _FAILS.search(clause) and any(bare_hold(each) for each in re.split(r"(?<=[.!?]) ", before)):
        return "hold", "hold"
    if _PROGRESS.search(sentence[:end]) or reported:
        return "other", ""
    if _HELD_AFTER.match(tail):
        return "hold", tail.split()[0].strip(" -.,")
    if _TEMPO_AROUND.search(clause) or _BREATH_HELD.search(clause):
        return "tempo", ""
    return _by_verb(clause, tail, before, moving=moving)


def _by_verb(clause: str, tail: str, before: str, *, moving: bool) -> tuple[Meaning, str]:
    """Return what a time is by the verb before it, or else by what is around its sentence."""
    cues = [found for found in _CUE.finditer(clause) if not _is_noun(clause, found)]
    if not cues:
        return _without_verb(clause, tail, before, moving=moving)
    cue = cues[-1].group()
    kind = _kind(cues[-1])
    each = re.match(r"\s*(?:each|apiece|at a time)\b", tail) and re.search(r"\d|times", clause)
    breathing = cue.lower().startswith("breath") and not moving
    return ("hold", cue) if kind == "duration" and (each or breathing) else (kind, cue)


def _is_noun(clause: str, cue: re.Match[str]) -> bool:
    """Return whether a word of movement names a thing: "roll the ball under the arch of your foot"."""
    return bool(_DETERMINER.search(clause[: cue.start()]) and _NAMES_A_THING.fullmatch(cue.group()))


_DETERMINER = re.compile(r"\b(?:the|your|an?) $", re.IGNORECASE)
_NAMES_A_THING = re.compile(r"arch|step|bend|point|turn|draw|rest|row|tuck|stand|lift|raise", re.IGNORECASE)


def _kind(cue: re.Match[str]) -> Meaning:
    return cast("Meaning", cue.lastgroup)


def _without_verb(clause: str, tail: str, before: str, *, moving: bool) -> tuple[Meaning, str]:
    """Read "After 20 seconds, relax": what came before was kept up for so long."""
    finished = bool(_FINISH.match(f"{clause} "))
    following = tail.strip(" ,.")
    if not finished and clause.strip(" ,"):
        return ("duration" if moving else "hold"), ""
    cue = None if finished else _CUE.match(following)
    if clause.strip(" ,").lower().startswith("for"):
        cue = cue or _CUE.search(following)
    if cue:
        return _kind(cue), cue.group()
    earlier = [each for each in _CUE.finditer(before) if _kind(each) in ("hold", "duration")]
    earlier = [each for each in earlier if not _VAGUE.match(each.group())]
    kept = any(each.group().lower() in ("hold", "stay", "remain", "maintain") for each in earlier)
    goes_on = [each for each in (earlier if moving else earlier[-1:]) if _kind(each) == "duration"]
    if goes_on and not kept:
        return "duration", goes_on[-1].group()
    return ("duration" if moving and not earlier else "hold"), ""


def bare_hold(sentence: str) -> bool:
    """Return whether a sentence asks to hold a position, with or without a time."""
    return bool(_HOLD_ORDER.search(sentence))


_HOLD_ORDER = re.compile(
    r"\b(?:hold|holding|stay|staying|remain|pause|pausing|maintain|maintaining|"
    r"sustain|keep)\b(?= *(?:[.,;]|$|_+|for _+|for\b|as\b|here\b|there\b|"
    r"in (?:this|the|that)\b|at (?:the|this)\b|(?:this|the|that|each|it)(?: \w+)? (?:position|"
    r"stretch|pose|contraction|"
    r"posture|hold|tension|squeeze)\b|(?:this|it|the stretch|and)\b|points?\b|briefly|momentarily|then\b))|"
    r"\b(?:brief|short|several[- ]second|slight) (?:pause|hold)\b|"
    r"\bhold(?:ing)? the (?:position|stretch|pose|contraction)\b",
    re.IGNORECASE,
)
