"""How often: reps, sets and breaths that a sentence states, and how many times a day it does not mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audioguide.draft.numbers import NUMBER, RANGE, UNKNOWN, Range, range_of, value

_PER_DAY = (
    r"(?! ?(?:more )?(?:a|an|per|each|every|in a|throughout the|during the|"
    r"of the) ?(?:single )?(?:day|week|month|morning|"
    r"evening|night|year)\b| (?:daily|weekly|hourly|monthly)\b|/ ?(?:day|week))"
)
_NOT_AS_MANY = (
    r"(?! (?:as (?:much|many|long|big|large|heavy|high|strong|fast|likely)\b(?! as (?:you|"
    r"possible))|more than|(?:\w{3,}er|more|far)\b|as far\b(?! as you)|"
    r"your|the (?:size|weight|length|number)|body)\b)"
)
_MANNER = (
    r"(?:more |fast |powerful |strong |short |long |slow |slowly |full |complete |controlled |smooth |"
    r"gentle |total |good |small |"
    r"large |big |deep |easy |quick |"
    r"single |clean |of these |forward |backward |backwards |clockwise |reverse |alternating |"
    r"light |heavy |standing |seated |"
    r"knee |leg |arm |heel |toe |calf |shoulder |neck |hip |head |ankle |wrist |pelvic |side |"
    r"back |finger |chin |wall |sit-?to-?)"
)
_MOVES = (
    r"(?:circles|rolls|rotations|squats?|lifts|raises|curls|presses|push-?ups|press-?ups|"
    r"sit-?ups|pull-?ups|crunches|lunges|"
    r"taps|kicks|swings|twists|tilts|bridges|pulses|shrugs|jumps|thrusts|dips|extensions|"
    r"slides|stands|squeezes|turns|"
    r"nods|bends|reaches|pumps|steps|rounds|cycles|movements|flows|tucks|rows|flyes|marches|"
    r"strokes|pulls|pushes|swipes|revolutions|arcs|sweeps|passes|"
    r"clams(?:hells)?|jacks|burpees|hops|bounces|punches|contractions|dead ?bugs|bird[- ]dogs|cat[- ]cows|"
    r"planks)"
)
_REPS = rf"(?:reps?\b|repetitions?\b|times\b(?! {NUMBER}\b)|x\b(?! ?\d))"

_STATED: tuple[tuple[str, str], ...] = (
    (
        "sets",
        (
            rf"(?P<sets_low>{NUMBER})(?: ?(?:-|to|or) ?(?P<sets_high>{NUMBER}))? (?:\w+ )?sets? (?:of|"
            rf"x) {RANGE}"
            rf"(?![ -]?(?:\w+[ -])?(?:seconds?|secs?|s\b|minutes?|mins?|breaths?))"
        ),
    ),
    (
        "cross",
        (
            rf"(?P<sets_low>\d{{1,2}}) ?[xX*] ?{RANGE}(?![ -]?(?:seconds?|secs?|s\b|minutes?|mins?|"
            rf"breaths?|kg|lbs?|inch|cm|ft))"
        ),
    ),
    # "Hold for 5 seconds and relax. x 5"
    ("by", rf"[xX] ?{RANGE}(?=[ ]*(?:[.,;)]|$|on |per |each |/|both ))"),
    # 3 x 30 seconds: three times.
    (
        "timed",
        rf"{RANGE} ?[xX*] ?(?=\d{{1,3}}(?:-\d{{1,3}})?[ -]?(?:seconds?|secs?|s\b|minutes?|mins?|breaths?))",
    ),
    ("fragment", rf"^{RANGE} {_MANNER}*{_MOVES}(?=[.!]?$|,? (?:then|and then|on|with|per|each)\b)"),
    ("again", rf"^{RANGE} again\b"),
    ("those", rf"(?:^|(?<=[;,] ))\W*(?:then )?(?:do )?{RANGE} of (?:these|those|them)\b{_PER_DAY}"),
    ("reps", rf"{RANGE}[ -]?{_MANNER}*{_REPS}{_PER_DAY}{_NOT_AS_MANY}"),
    (
        "moves",
        (
            rf"\b(?:do|perform|complete|make|draw|try|repeat(?: for| with)?|aim for|execute|take|for|"
            rf"with|of|start with|then|another|have done|you've done) "
            rf"{RANGE} {_MANNER}*{_MOVES}\b{_PER_DAY}"
        ),
    ),
    (
        "moves",
        (
            rf"\brepeat (?:for )?{RANGE} {_MANNER}*"
            r"(?!seconds|secs|minutes|mins|breaths|sets|hours|days|weeks)"
            rf"[a-z]{{3,}}s\b(?= *(?:[.,;]|$)){_PER_DAY}"
        ),
    ),
    (
        "way",
        (
            rf"{RANGE} {_MANNER}*(?:{_MOVES} )?(?:in |on |to |with |for |per |of )?(?:each|either|both) "
            rf"(?:way|ways|direction|directions|side|sides|leg|arm|foot|hand|legs|arms|knee|"
            rf"ankle|wrist|shoulder)\b"
        ),
    ),
    ("per", rf"{RANGE} ?(?:per|/) ?(?:side|leg|arm|foot|hand|set)\b"),
    (
        "bare",
        (
            rf"\b(?:repeat|reps?|repetitions?|do|perform|complete)(?: (?:this|these|the|it|that|both|"
            rf"all)(?: (?:\w+ ){{0,2}}?"
            rf"(?:exercise|movement|stretch|sequence|cycle|process|pattern|motion|"
            rf"steps?))?)?(?: for)?(?: ?[:=])? {RANGE}"
            rf"(?= ?(?:[.,;)]|$|on each|on both|per |each|with each|to each|for each|more\b|"
            rf"leading\b|(?:on|with|to) (?:the|your) (?:left|right)\b|"
            rf"in all|in total|altogether|and\b|then\b))"
        ),
    ),
)
_PATTERNS = tuple((name, re.compile(rf"(?<![\w.]){pattern}", re.I)) for name, pattern in _STATED)
_TWICE = re.compile(
    rf"\b(?P<word>once or twice|twice|thrice|two or three times)\b{_PER_DAY}{_NOT_AS_MANY}|"
    r"\b(?:repeat|do (?:it|this)|perform (?:it|this))(?: \w+){0,4}? (?P<again>once(?: more|"
    r" again)?\b|one more time|one time)"
    rf"(?=[ ]*(?:[.,;)]|$|on|with|for|per|and|then)){_PER_DAY}",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"_{2,} ?(?:times|reps|repetitions)\b|"  # to be filled in by hand
    r"\b(?:recommended|prescribed|desired|required|suggested|specified|appropriate|certain|"
    r"given|set|planned|target|"
    r"intended|preferred|necessary|needed|assigned|same|allotted|advised)(?: \w+)? (?:amount|"
    r"number|count)s? of (?:\w+ )?"
    r"(?:reps|repetitions|times|sets|circles|rounds)\b|"
    r"\b(?:amount|number|quantity|series) of (?:\w+ )?(?:reps|repetitions|times|"
    r"sets)\b(?: (?:recommended|prescribed|desired|you))?|"
    r"\b(?:a few|few|several|many|a couple(?: of)?|multiple|numerous|"
    r"some)(?: more)? (?:\w+ )?(?:times|reps|repetitions)\b|"
    r"\b(?:all|the|your|desired|prescribed|recommended|required|planned) (?:of (?:the|"
    r"your) )?(?:\w+ )?(?:repetitions|reps)\b"
    r"(?= (?:are|is|have|has|for|on|with|before|in|of|with)|[ .,;]|$)|"
    r"\b(?:as many|however many)(?: \w+)? (?:times|reps|repetitions|as)\b|\bfor (?:repetitions|reps)\b|"
    r"\b(?:desired|prescribed|recommended|required|suggested|target) (?:reps|repetitions|times)\b",
    re.IGNORECASE,
)
_FIRST_FEW = re.compile(
    r"\b(?:first|last|next|past) (?:few|several|couple of)\b|\bat the same|\bsometimes\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:repeat|perform|do|complete|continue|for|alternat\w+|until|execute|go|keep|again|move|through)\b",
    re.I,
)
_DEFINES = re.compile(
    (
        r"\b(?:equals?|is|are|counts?(?: as)?|makes?|completes?|constitutes?|that'?s|represents?|"
        r"=)\s+(?:up |for )?(?:as )?$"
    ),
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"\b(?:work(?:ing)?(?: your way)? (?:up )?to(?:wards?)?|"
    r"build(?:ing)?(?: your way)?(?: it)? (?:up|to)|progress(?:ing)? to|increas\w+|"
    r"gradually|eventually|goal|once you can|when you can|until you can|aiming)\b[^.;]*$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:weeks?|stud(?:y|ies)|research\w*|people|athletes?|calories|most (?:people|trainers)|experts?|"
    r"percent|times (?:out of|in))\b",
    re.IGNORECASE,
)
_BREATHS = re.compile(
    rf"(?<![\w.]){RANGE} (?:or so )?(?:\w+,? ){{0,3}}?(?:breaths?|breath cycles?|"
    rf"breathing cycles?|inhal\w+|respirations)\b"
    r"(?! (?:a|per|each) minute)",
    re.IGNORECASE,
)
_ROUNDS_OF_BREATH = re.compile(rf"(?<![\w.]){RANGE} (?:rounds?|cycles?) of (?:\w+ )?breath\w*", re.IGNORECASE)
_ONE_BREATH = re.compile(
    r"\b(?:on|with|in|after|take|at) (?:the |your |a |each |every )?(?:\w+ )?$", re.IGNORECASE
)
_SETS_ALONE = re.compile(rf"(?<![\w.]){RANGE} (?:\w+ )?(?:sets?|rounds?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """How often: `reps`, UNKNOWN where the text speaks of a count without a number; `sets` where stated."""

    reps: Range
    start: int
    end: int
    sets: Range | None = None


@lru_cache(maxsize=4096)
def counts(sentence: str) -> tuple[Count, ...]:
    """Return every count of repetitions in a sentence, in order; without a number only if none has one."""
    stated = sorted(_stated(sentence), key=lambda each: each.start)
    if stated:
        return tuple(stated)
    return tuple(
        Count(UNKNOWN, match.start(), match.end())
        for match in _UNNUMBERED.finditer(sentence)
        if not _FIRST_FEW.search(sentence[max(0, match.start() - 8) : match.end()]) and _ASKS.search(sentence)
    )


_ANY = re.compile(rf"\d|\b(?:{NUMBER}|twice|thrice|once)\b|dozen", re.IGNORECASE)


def _stated(sentence: str) -> Iterator[Count]:
    taken: list[tuple[int, int]] = []
    if not _ANY.search(sentence):
        return
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            if not _counts(sentence, name, match):
                continue
            taken.append((start, end))
            sets = None
            if name in ("sets", "cross"):
                low = value(match["sets_low"])
                high = match["sets_high"] if name == "sets" else None
                sets = Range(low, value(high) if high else low)
            yield Count(range_of(match), start, end, sets)
    for match in _TWICE.finditer(sentence):
        if not any(match.start() < last and first < match.end() for first, last in taken):
            yield Count(_in_words(match), match.start(), match.end())


def _in_words(match: re.Match[str]) -> Range:
    words = (match["word"] or "").lower()
    return {
        "once or twice": Range(1, 2),
        "twice": Range(2, 2),
        "thrice": Range(3, 3),
        "two or three times": Range(2, 3),
    }.get(words, Range(1, 1))


# "Breathe in for five pumps and out for five pumps"
_BREATHED = re.compile(
    r"\b(?:breath(?:e|ing)|inhal(?:e|ing)|exhal(?:e|ing))(?: (?:in|out|slowly|deeply|gently))* $|\band out $",
    re.I,
)
_TIME_FOLLOWS = re.compile(
    (
        r"[ -]?(?:\w+ )?(?:seconds?|secs?|minutes?|mins?|hours?|breaths?|inch\w*|cm|feet|degrees|"
        r"kg|pounds|lbs?)\b"
    ),
    re.I,
)


def _counts(sentence: str, name: str, match: re.Match[str]) -> bool:
    """Return whether a match is a count that the reader is asked for."""
    head = sentence[: match.start()]
    of_breath = _ROUNDS_OF_BREATH.match(sentence, match.start("low"))
    if of_breath or _PROGRESS.search(f"{head}{match.group()}") or _REPORTED.search(sentence):
        return False
    walked = name == "moves" and re.match(r"take\b.*\bsteps$", match.group(), re.I)
    once = range_of(match).high == 1 or not re.search(r"\bcomplete $", head, re.I)
    breathed = name == "moves" and _BREATHED.search(head)
    if walked or breathed or (name == "reps" and once and _DEFINES.search(head)):
        return False
    if name in ("bare", "way", "per") and _TIME_FOLLOWS.match(sentence, match.end()):
        return False
    if name == "way" and (range_of(match).high == 1 or re.match(r" of\b", sentence[match.end() :])):
        return False
    words = match.group().lower()
    if (
        name == "reps"
        and re.search(r"\b(?:one|1)[ -]rep", words)
        and not re.search(r"\b(?:one|1) more", words)
    ):
        return bool(re.search(r"\b(?:perform|do|repeat|for)\b", head))
    return not re.search(r"\b(?:one|1) times?$", words) or bool(
        re.search(r"\b(?:repeat|do|perform)\b", head, re.I)
    )


@lru_cache(maxsize=4096)
def breaths(sentence: str) -> Range | None:
    """Return how many breaths a sentence asks for; None where it names no number."""
    if "reath" not in sentence and "nhal" not in sentence:
        return None
    for pattern in (_BREATHS, _ROUNDS_OF_BREATH):
        for match in pattern.finditer(sentence):
            found = range_of(match)
            if found.high is None or found.high > 1:
                return found
    return None


def sets_alone(sentence: str) -> Range | None:
    """Return the number of sets or rounds that a sentence states without reps."""
    match = _SETS_ALONE.search(sentence)
    return range_of(match) if match and not _PROGRESS.search(sentence[: match.start()]) else None


def rate_per_day(sentence: str) -> bool:
    """Return whether a sentence says how many times a day or a week."""
    return bool(_DAILY.search(sentence))


_DAILY = re.compile(
    r"\b(?:times|once|twice|sessions?)(?: or (?:twice|more))? (?:a|per|each|every|in a) (?:day|week)\b|"
    r"\b(?:daily|weekly|every (?:other )?day|every few hours|a day\b|per day\b|days a week)",
    re.IGNORECASE,
)
