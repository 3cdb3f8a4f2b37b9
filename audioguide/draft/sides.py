"""Left and right: whether a text asks for both sides, and whether its movement has a side at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from audioguide.draft.numbers import NUMBER

Sides = Literal["none", "left_right", "left_right_both"]

LIMB = (
    r"(?:ankle|arm|ear|elbow|foot|forearm|glute|hand|heel|hip|knee|leg|shoulder|thigh|toe|"
    r"wrist|calf|side|buttock|finger|"
    r"hamstring|thumb|quad|shin|cheek|buttcheek|bicep|bicep|tricep|limb|palm|fist)"
)
_LIMBS = rf"(?:{LIMB}s?|feet|calves|thighs|way|direction|one)"
_OTHER = r"(?:other|opposite|second|alternate|right|left|contralateral)"
_ADJECTIVES = r"(?:\w+ ){0,2}?"
_CHANGE = (
    r"(?:switch(?:ing)?|swap(?:ping)?|chang(?:e|ing)|revers(?:e|ing)(?= (?:sides|legs|arms|feet|hands)))"
)
_PLACE_OF = r"(?! (?:of|by|the)\b)"
_ASKED: tuple[str, ...] = (
    # Do 10 leading with the left leg, and 10 with the right.
    (
        rf"\b(?:do )?{NUMBER} (?:\w+ )?(?:on|with) (?:the|your) (?:left|right)\b[^.;]{{0,12}}?,? "
        rf"(?:and|then) {NUMBER}\b"
    ),
    (
        rf"\b{_CHANGE} (?:over )?(?:your |the |to (?:the )?)?{_ADJECTIVES}(?:sides?|legs?|arms?|"
        rf"feet|foot|hands?|knees?|"
        rf"movements?|positions? of (?:the|your) (?:legs|arms|feet))\b"
    ),
    r"\b(?:switch|swap)(?= *(?:[.,;]|$| and\b| over\b| to\b))|\bchange (?:over|sides)\b",
    # Repeat on the other side, then do the same with your right leg.
    (
        rf"\b(?:repeat\w*|same|again|continue|perform|do(?:ing)?|over|finish|complete\w*|then|now|"
        rf"next|replicate|proceed|"
        rf"mirror|execute|follow\w*)\b[^.;]{{0,80}}?\b(?:on|with|for|to|using|by|from|at|in|"
        rf"towards?|onto|of|through) "
        rf"(?:the |your |this )?{_OTHER} {_ADJECTIVES}{_LIMBS}\b"
    ),
    (
        r"\b(?:go(?:ing)?|mov(?:e|ing)|continu(?:e|ing))(?: (?:on|over|straight|"
        r"along))? to the next (?:side|leg|arm|foot)\b"
    ),
    rf"\b(?:repeat|then|now)(?: (?:the|your|this|it|for))* {_OTHER} {_ADJECTIVES}{_LIMBS}\b",
    rf"^(?:(?:then|and|now|next),? )*(?:the |your )?(?:other|opposite) {_LIMBS}(?= *(?:[.,;]|$| and))",
    r"\brepeat(?:ing|ed)?\b[^.;]{0,60}?\b(?:on|with|to) the (?:other|opposite)\b(?! end)",
    (
        r"\b(?:roll|turn|flip|move|shift|lie|change)(?: over| around| back| yourself)?(?: (?:on|in)?to| on)? "
        r"(?:the|your) (?:other|opposite) side\b(?=,? (?:and|to) (?:repeat|do)|,? then)"
    ),
    (
        r"\b(?:turn|roll|flip|switch|lie|lying)\b[^.;]{0,40}\b(?:left|right|other|opposite) side,? and "
        r"(?:then )?(?:repeat|do (?:it|the same))\b"
    ),
    # Do the other leg as well.
    (
        rf"(?:^|[.,;] |\b(?:and|then|now|to|also) )(?:do|stretch|train|work|treat|roll|try|move (?:on )?to|"
        rf"go to|onto) (?:the |your )?(?:other|opposite|second) {_LIMBS}\b"
    ),
    (
        r"\b(?:on|for|with|per|to|by|in|using|at) (?:the )?(?:each|either|both|"
        r"every) (?:other )?(?:sides?)\b(?! (?:of|by)\b)"
    ),
    r"\b(?:each|per|every) side\b(?! of\b)|\bboth sides\b(?! of\b)|\ba side\b(?= *[.,;)]| *$)|/ ?side\b",
    (
        rf"\b(?:\d+|times|reps?|repetitions?|seconds?|minutes?|secs?|mins?|breaths?|repeat|sets?|"
        rf"once|twice)\b[^.;]{{0,30}}?"
        rf"\b(?:on |for |with |per |using |/ ?)?(?:each|per|every|either) {LIMB}\b(?! of\b)"
    ),
    (
        r"\brepeat(?:ed)?\b[^.;,]{0,40}? (?:on|for) both "
        r"(?:legs|arms|feet|hands|knees|hips|ankles|wrists|shoulders)\b"
    ),
    (
        rf"\b(?:each|every|either) {LIMB}\b(?=[^.;,]{{0,12}} (?:for|about|at least|up to)\b[^.;,]{{0,16}}"
        rf" (?:seconds?|secs?|minutes?|mins?|times)\b)"
    ),
    rf"\b{NUMBER} (?:on|for) both (?:legs|arms|feet|hands|knees|hips|ankles|wrists|shoulders)\b",
    rf"\b(?:twice|times|reps?|repetitions) (?:with|on|for) (?:each|either|both) {_LIMBS}\b{_PLACE_OF}",
    (
        r"\b(?:repeat|same|again|continue)\b[^.;]{0,60}?\b(?:on|to|with) (?:the |your )?(?:left|"
        r"right)(?= *(?:[.,;]|$))"
    ),
    (
        r"\b(?:for|with|per|on) each (?:leg|arm|foot|knee|limb)\b(?=[^.;]* (?:have|has|are|"
        r"is) (?:been )?(?:completed|performed|done))"
    ),
    (
        r"\balternat(?:e|es|ing|ed|ely)\b(?!(?: \w+){0,2} (?:between (?:\w+ )?(?:arching|rounding|"
        r"cat|the two|these)|hot|cold|directions?\b))"
    ),
    (
        r"\bone (?:leg|arm|foot|knee|side|hand|heel|shoulder|ankle) (?:at a time|after the other|"
        r"and then the other|, then the other)"
    ),
    rf"\bthen (?:\w+ ){{0,4}}the other(?: {LIMB})?(?= *(?:[.,;]|$))",
    (
        r"\b(?:from )?side[- ]to[- ]side\b(?= *[.,;]|$| for| \d| until| with| as| in| slowly|"
        r" gently| several| a)"
    ),
    (
        r"\b(?:to|toward|towards|on) (?:the|your) (?:left|right)(?: side)?\b[^.]{0,60}?\b(?:then|"
        r"and|before|followed by)\b[^.]{0,40}?"
        r"\b(?:to |toward |towards |on )?(?:the|your) (?:left|right)\b(?! (?:leg|arm|knee|hand|"
        r"foot|elbow|hip|shoulder) (?:straight|bent|on))"
    ),
    r"\bto one side,? (?:and )?then (?:to )?the other\b|\bone side,? then (?:to )?the other\b",
    (
        r"\b(?:left|right) (?:and|then|side and) (?:the |your )?(?:left|"
        r"right)(?: sides?)?\b(?= *(?:[.,;]|$| side| alternat))"
    ),
    r"\bwith the (?:legs?|arms?|feet|hands?|knees?) (?:reversed|switched|swapped)\b",
    (
        r"\brepeat (?:this |the (?:stretch|exercise|movement|pose) )?(?:\w+ ){0,2}(?:facing|lying|"
        r"leaning|turning|looking|twisting|bending) "
        r"(?:\w+ ){0,3}(?:other|opposite) (?:way|side|direction)\b"
    ),
    r"\bboth (?:the )?(?:left and(?: the)? right|right and(?: the)? left)\b",
)
_ASK = re.compile("|".join(f"(?:{each})" for each in _ASKED), re.IGNORECASE)
_ROUND = re.compile(
    r"\b(?:circl\w+|circular|rotat\w+ (?:your |the |both )?(?:arms|wrists|ankles|hands|feet|"
    r"shoulders|forward|"
    r"backward)|clockwise|roll (?:your |the |both )?(?:shoulders|wrists|"
    r"ankles)|direction of (?:the|your) circles?|forwards?|backwards?)",
    re.I,
)
_DIRECTION = re.compile(r"\b(?:other|opposite|reverse|each|both) (?:way|ways|directions?)\b", re.IGNORECASE)
_DIRECTION_ONLY = re.compile(rf"\b{_OTHER} (?:\w+ )?(?:way|direction)\b", re.IGNORECASE)
_BOTH_TOO = re.compile(
    r"\b(?:then|and then|and|followed by|next|finish(?:ing)? with|finally|"
    r"afterwards?),?(?: (?:repeat|do|try|pull|hug|bring|draw|perform|the same|"
    r"it|this|once|more|stretch|lift|raise|with|for|on|to|your|the|hold|it is|by|"
    r"exercise))*,? both (?:\w+ )?(?:legs|knees|arms|feet|hands|sides|shoulders|hips|ankles)\b"
    r"(?: (?:together|at (?:the same time|once)|simultaneously|to))?|\bboth (?:legs|knees|arms|"
    r"feet) (?:together|at (?:the same time|once)|simultaneously)\b",
    re.IGNORECASE,
)
_ONE_SIDED = re.compile(
    rf"\b(?:one|left|right|a single|single|your (?:top|upper|front|back|bent|lifted|raised|"
    rf"working)) (?:\w+ )?{LIMB}\b|"
    r"\bto(?:wards?)? (?:one|the (?:left|right|side)|(?:the|your) shoulder)(?: side)?\b|"
    r"\b(?:single|one)[- ](?:leg|arm)(?:ged|ed)?\b|\bon (?:your|one|the|either) side\b",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(twist|rotate|turn|lean|bend|reach|lift|raise|lower|step|kick|swing|tilt|pull|push|"
    r"drop|roll|punch|touch|cross|"
    r"extend|bring|press|move|slide|look|lunge|draw|place|stretch|straighten|circle|curl|shift|"
    r"tap|hop|jump|rock|sway|"
    r"drive|hug|point|flex|side ?bend|shake|squeeze|open|hike|take)(?:s|ing|es|e?d)?\b",
    re.IGNORECASE,
)
_AWAY = re.compile(rf"\b(?:other|opposite) (?:\w+ )?(?:{_LIMBS})\b", re.IGNORECASE)
_SIDE_WORD = re.compile(
    rf"\b(left|right)\b(?: (?:\w+ )?({LIMB}s?|foot|dumbbell|kettlebell|weight))?", re.IGNORECASE
)
_WAY = re.compile(rf"\b(?:to|towards?) (?:the|your) (left|right)\b(?! {LIMB})", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|now|next|repeat|before|again|back|after|and)\b", re.IGNORECASE)
_AGAIN = re.compile(
    (
        r"^(?:\W*(?:and|now|then|next|after that|once done|return\b.*?(?:and|,)))|\b(?:then|now|"
        r"next|simultaneously|and)\b"
    ),
    re.I,
)


def sides_of(sentences: Sequence[str]) -> Sides:
    """Return the sides that a text asks for. A change of direction of circles is not a side."""
    if not (any(map(_asks, sentences)) or _goes_over(sentences) or _mirrors(sentences)):
        return "none"
    for sentence in sentences:
        together = _BOTH_TOO.search(sentence)
        if together and not re.search(r"\bboth sides\b", together.group(), re.I):
            placed = _STANDS.match(sentence[: together.start()])
            if not placed or not together.group().lower().startswith("both"):
                return "left_right_both"
    return "left_right"


# "Start by standing with both feet together" is where the movement begins.
_STANDS = re.compile(r"^\W*(?:start|begin|stand|sit|lie|kneel|keep|place|put)", re.IGNORECASE)


_TURNS = re.compile(r"\b(?:twist|rotate|turn|lean|bend|look|tilt)", re.IGNORECASE)
_FACES = re.compile(r"\b(?:facing|lying|leaning)\b", re.IGNORECASE)


# No pattern of _ASK matches a sentence without one of these.
_SIDE_WORDS = re.compile(
    r"\b(?:sw|chang|revers|next|other|opposite|second|altern|left|right|contralateral|each|either|both|every|"
    r"per|side|one )|/ ?side",
    re.IGNORECASE,
)


def _asks(sentence: str) -> bool:
    if not _SIDE_WORDS.search(sentence):
        return False
    for match in _ASK.finditer(sentence):
        words = match.group()
        way = _DIRECTION_ONLY.search(words) or _DIRECTION.search(words)
        reversed_only = way and (
            _ROUND.search(sentence) or not (_TURNS.search(sentence) or _FACES.search(words))
        )
        if not reversed_only and not _places(match) and not _of_a_thing(match, sentence):
            return True
    return False


# "Loaded with 5 kg on each side", "the arms straight out at both sides": where something is.
_AT_SIDES = re.compile(
    r"(?:\b(?:on|at|from|for|to|by|in|with) )?(?:the )?\b(?:each|both|either|every) sides?$", re.IGNORECASE
)
_DOSE_WORDS = re.compile(
    r"\b(?:times|reps?|repetitions?|sets?|seconds?|secs?|minutes?|mins?|breaths?|repeat|do|perform|once|"
    r"twice|stretch|"
    r"complete|alternat\w+|exercise|hold for|stay|circles|again)\b|\d ?x ?\d|"
    r"\b\d+(?! ?(?:lbs?|kg|pounds|inch|cm|"
    r"degrees))\b|"
    r"\b(?:two|three|four|five|six|eight|ten|twelve|fifteen|twenty)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:lbs?|kg|pounds|handles?|grip|loaded|weights? (?:selected|is|are)|length|amount of weight|"
    r"even split)\b",
    re.IGNORECASE,
)


# "Swing your arm side to side": one limb goes there and back.
_LIMB_WAVES = re.compile(
    r"\b(?:arm|hand|finger|thumb|foot|toe|wrist|ankle|jaw|tongue)s? (?:\w+ ){0,2}$", re.IGNORECASE
)


def _of_a_thing(match: re.Match[str], sentence: str) -> bool:
    """Return whether "each side" says where something is, and not how often."""
    words = match.group()
    of_body = re.search(r"\bsides? of the body\b", sentence[match.start() :], re.I)
    if re.match(r"next to\b", words, re.I) or (of_body and not re.match(_CHANGE, words, re.I)):
        return bool(not _DOSE_WORDS.search(sentence))
    if words.lower().startswith(("side to side", "side-to-side", "from side")):
        return bool(_LIMB_WAVES.search(sentence[: match.start()]))
    if "at a time" in words.lower():
        return bool(re.match(r" (?:so that|to help|in order)", sentence[match.end() :]))
    if not _AT_SIDES.search(words):
        return False
    if re.search(r"\b(?:at|from) (?:the )?(?:each|both|either) sides?$", sentence[: match.end()], re.I):
        return not re.search(r"\b(?:times|reps|repetitions|repeat|seconds)\b", sentence, re.I)
    return bool(_THING.search(sentence)) or not _DOSE_WORDS.search(sentence)


_PLACED = re.compile(
    r"\b(?:same|other|opposite|both|each|either) (?:time|hand|hands)\b(?! ?(?:and repeat|repeat))|"
    r"\b(?:place|put|cross|rest|grab|grasp|hold|clasp|reach|wrap|set|position|interlace|"
    r"hook)\b[^.;,]*$",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:repeat|same|switch|swap|change|alternat|again|each|per|both sides|every|over on)", re.I
)


def _places(match: re.Match[str]) -> bool:
    """Return whether "the other leg" only says where something goes: "place your foot on the other knee"."""
    if _STRONG.search(match.group()) or re.match(rf"(?:do )?{NUMBER}\b", match.group(), re.I):
        return False
    moved = re.search(
        r"\b(?:place|put|cross|rest|grab|grasp|hold|clasp|wrap|set|position|hook|keep|use|with|support)\b",
        match.group(),
        re.I,
    )
    return bool(moved) and not re.match(r"\W*(?:then|now|next)\W+(?:with|do)", match.group(), re.I)


def _goes_over(sentences: Sequence[str]) -> bool:
    """Return whether a verb comes again with the other side: "twist ... then twist to the other side"."""
    seen: set[str] = set()
    for sentence in sentences:
        for clause in re.split(r"[,;]|\b(?:and then|then|while|as)\b", sentence):
            verbs = {found[1].lower() for found in _VERBS.finditer(clause)}
            away = _AWAY.search(clause)
            if away and verbs & seen and not _ROUND.search(sentence) and not _onto(clause, away):
                return True
            seen |= verbs
    return False


# "Bend the other knee to support your back": it only steadies.
_STEADIES = re.compile(
    r"\s*(?:to (?:support|steady|stabili[sz]e|balance|protect)|for (?:support|balance|stability))\b",
    re.IGNORECASE,
)


_UP_OR_DOWN = re.compile(r"\b(?:up|down|upwards?|downwards?|forwards?|backwards?)\b", re.IGNORECASE)


def _onto(clause: str, away: re.Match[str]) -> bool:
    """Return whether the other limb is where a movement ends or what is held, not what moves."""
    head = clause[: away.start()]
    if _STEADIES.match(clause, away.end()):
        return True
    if re.search(r"direction|way", away.group(), re.I) and _UP_OR_DOWN.search(head):
        return True
    if re.search(r"\bside|direction|way", away.group(), re.I):
        return bool(re.search(r"\b(?:across|over|of|from|on)\b(?: \w+){0,2} ?$", head, re.I))
    return bool(
        re.search(
            r"\b(?:to|on|onto|over|under|across|against|behind|with|of|by|near|toward|towards|than|"
            r"keeping|while|inside|outside|"
            r"beside|between|in|your|past|around)(?: (?:the|your))? ?$",
            head,
            re.I,
        )
    ) or bool(re.search(r"\b(?:keep|hold|with)\b", head, re.I))


def _mirrors(sentences: Sequence[str]) -> bool:
    """Return whether the same movement is described for the left and for the right."""
    way = ""
    for sentence in sentences:
        for match in _WAY.finditer(sentence):
            if way and match[1].lower() != way and _THEN.search(sentence, 0, match.start()):
                return True
            way = match[1].lower()
    done: dict[tuple[str, str], set[str]] = {}
    for sentence in sentences:
        for clause in re.split(r"[,;.]|\b(?:and|while|as|then)\b", sentence):
            verbs = [found[1].lower() for found in _VERBS.finditer(clause)]
            sides = [
                (found[1].lower(), (found[2] or "side").lower()) for found in _SIDE_WORD.finditer(clause)
            ]
            if not verbs or not sides:
                continue
            side, limb = sides[0]
            if verbs[0] in ("place", "bring", "cross", "keep", "press", "reach") and not _AGAIN.search(
                sentence
            ):
                done.setdefault((verbs[0], limb), set()).add("")
                continue
            known = done.setdefault((verbs[0], limb), set())
            known.add(side)
            if {"left", "right"} <= known:
                return True
    return False


def is_one_sided(sentences: Sequence[str]) -> bool:
    """Return whether a movement is that of one side, whatever the text says of the other one."""
    return any(map(_ONE_SIDED.search, sentences))


def asks_for_other(text: str) -> bool:
    """Return whether a clause asks for the other side, as "switch legs" does."""
    return _asks(text) and bool(
        _STRONG.search(text)
        or re.match(r"\W*(?:then|now|next|and)?\W*(?:the )?(?:other|opposite)\b", text, re.I)
    )


def describes_both(sentences: Sequence[str]) -> bool:
    """Return whether a text describes the movement of both sides itself: nothing needs to be mirrored."""
    kept = [
        each
        for each in sentences
        if not re.match(r"\W*(?:repeat|switch|swap|change|do the same)\b", each, re.I)
    ]
    return _goes_over(kept) or _mirrors(kept) or bool(_IN_TURN.search(" ".join(kept)))


_IN_TURN = re.compile(
    r"\bside[- ]to[- ]side\b|\b(?:to|towards?) (?:the|your) (?:left|"
    r"right)\b[^.]{0,60}\b(?:then|and)\b[^.]{0,40}\b(?:the|your) (?:left|right)\b|"
    r"\bone side,? (?:and )?then (?:to )?the other\b|\bone (?:leg|arm|foot|knee|"
    r"side) (?:at a time|after the other)",
    re.IGNORECASE,
)
