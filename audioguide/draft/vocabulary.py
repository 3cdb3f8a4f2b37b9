"""Words of exercises: parts of the body, equipment, positions, and what a movement begins with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from audioguide.reading.orders import is_restful, orders
from audioguide.routine.language.positions import Position
from audioguide.vocabulary.vocabulary import Kind, vocabulary

BODY = re.compile(
    r"\b(?:abdomen|brows?|cheeks?|eyebrows?|eyes?|face|lips?|mouth|tongue|teeth|abdominals?|abs|ankles?|"
    r"arms?|back|belly|biceps?|body|bottom|butt|buttocks?|"
    r"calf|calves|chest|chin|core|ears?|"
    r"elbows?|feet|fingers?|fists?|foot|forearms?|forehead|glutes?|groin|hamstrings?|hands?|"
    r"head|heels?|hips?|jaw|knees?|legs?|"
    r"neck|palms?|pelvis|quadriceps|quads?|ribs?|shins?|shoulders?|shoulder blades|spine|"
    r"sternum|stomach|tailbone|thighs?|"
    r"thumbs?|toes?|torso|triceps|trunk|tummy|upper body|waist|wrists?|soles?|side|sit bones|"
    r"scapulae?|navel|crown|eyelids?|kneecaps?|instep|pelvic floor|muscles?|(?:front|back) passages?)\b",
    re.IGNORECASE,
)
# What a text means by words that stand for more than a part of the body: "your back", not "the back leg".
_PART_IN_TEXT: dict[str, str] = {
    "back": r"(?:my|your|the) back\b(?! (?:leg|foot|knee|heel|of))|spine|spinal|vertebrae|backache",
    "mid back": r"mid(?:dle)?[ -]back|lats|latissimus dorsi",
    "neck": r"neck|chin|nape|cervical spine",
    "hands": r"fingers?|thumbs?|fists?",
    "core": r"core|abdominals?|abs|abdomen|belly|obliques?",
    "glutes": r"glutes?|gluteal|gluteus|buttocks?",
    "arms": r"arms?|biceps?|triceps",
    "ankles": r"ankles?",
    "feet": r"feet|foot|toes?|heels?|plantar",
}
# These are named in almost any text, whatever it is for.
_EVERYWHERE = frozenset({"head", "eyes", "face", "legs", "breath", "mind", "whole body"})


def _any_of(table: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    """Return one pattern for a table of (name, words): it is much faster than a pattern for each row."""
    rows = "|".join(f"(?P<n{index}>{words})" for index, (_, words) in enumerate(table))
    return re.compile(rf"\b(?:{rows})\b", re.IGNORECASE)


def _names_in(pattern: re.Pattern[str], table: Sequence[tuple[str, str]], text: str) -> list[str]:
    """Return the name of every match, in the order of the text."""
    return [table[int((match.lastgroup or "n0")[1:])][0] for match in pattern.finditer(text)]


# What a text means by things that have other meanings: a step, a ball, a bar, a weight.
_THING_IN_TEXT: dict[str, str] = {
    "chair": r"(?<!high )(?<!wheel)chairs?|stool|armchair",
    "wall": r"(?:a|the|against) wall|wall for",
    "door frame": r"door(?:way|frame| frame)",
    "table": r"\b(?:a|the) table(?:top)?\b(?! ?top position)|countertop|\bcounter\b",
    "step": (
        r"(?:a|the|bottom) (?:step|stair)(?! (?:forward|back|to|with|out|away|up|in))|stairs|"
        r"staircase|step platform"
    ),
    "bed": r"\b(?:your|the|a) bed\b",
    "block": r"(?:yoga )?blocks?\b(?! (?:of|out))",
    "band": r"(?:resistance|exercise|elastic|loop|mini|thera)[ -]?bands?|\b(?:a|the) band\b|theraband",
    "ball": r"(?:tennis|massage) balls?",
    "exercise ball": (
        r"(?:exercise|stability|swiss|gym|physio|medicine) ball|\bball\b(?! of)(?! and socket)"
    ),
    "foam roller": r"foam roll(?:er)?|\broller\b",
    "stick": r"broomstick|\bstick\b|dowel",
    "dumbbells": r"dumbbells?|\bweights\b|hand weights",
    "barbell": r"barbell|ez[- ]bar",
    "weight plate": r"(?:weight |barbell )?plates?\b",
    "cable machine": r"cable|pulley",
    "bar": r"(?:pull|chin)[- ]?up bar|\bbar\b",
    "rack": r"(?:squat|power) rack",
    "box": r"\bbox\b",
    "support": r"(?:sturdy|stable|solid) (?:object|support|surface|piece)",
    "ice": r"ice cubes?|ice cup",
}
_NO_THINGS = frozenset({"helper", "shower"})  # a helper is asked for in other words: see `has_partner`
_PARTNER = re.compile(
    r"\b(?:your|a|the|have (?:your|a)) (?:partner|helper|assistant|spotter)\b|\bpar(?:t)?ner\b", re.I
)


def _table(kind: Kind, in_text: Mapping[str, str], without: AbstractSet[str]) -> tuple[tuple[str, str], ...]:
    """Return each name of the vocabulary with the words that stand for it in a text."""
    words: dict[str, list[str]] = {name: [] for name in vocabulary().names[kind] if name not in without}
    for word, name in vocabulary().meant[kind].items():
        if name in words:
            words[name].append(re.escape(word))
    # The longest first: "yoga mat" is one thing.
    return tuple(
        (name, in_text.get(name) or "|".join(rf"{word}\b" for word in sorted(found, key=len, reverse=True)))
        for name, found in words.items()
    )


@cache
def _parts() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    table = _table("body", _PART_IN_TEXT, _EVERYWHERE)
    return table, _any_of(table)


@cache
def _things() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    table = _table("equipment", _THING_IN_TEXT, _NO_THINGS)
    return table, _any_of(table)


_LIE = r"(?:lie|lay|lying|laying|recline|reclining|stretch out)"
_PLACES: tuple[tuple[Position, str], ...] = (
    (
        "hands and knees",
        (
            r"\bhands and (?:your |the )?knees\b|\ball fours\b|\btable ?top position\b|\bquadruped\b|"
            r"\bcrawling position\b|\bon (?:your )?knees and (?:your )?hands\b"
        ),
    ),
    (
        "back, knees bent",
        (
            rf"\b{_LIE}\b[^.]*\b(?:back|supine|face[- ]?up|faceup)\b[^.]*\b(?:knees?|legs) (?:are |"
            rf"slightly )?(?:bent|flexed)\b|\b{_LIE}\b[^.]*\bback\b[^.]*\bbend (?:your|both|"
            rf"the) knees\b|"
            rf"\b{_LIE}\b[^.]*\b(?:back|floor)\b[^.]*\bfeet (?:flat |"
            rf"planted )?on the (?:floor|ground)\b|\b(?:supine|"
            rf"back)\b[^.]*\b(?:knees bent|bent knees)\b|\bhook[- ]?lying\b"
        ),
    ),
    (
        "stomach",
        (
            rf"\b{_LIE}\b[^.]*\b(?:stomach|belly|tummy|front|abdomen|face[- ]?down|facedown|prone|"
            rf"chest[- ]down)\b|\b(?:on|onto) your (?:stomach|belly|tummy|front)\b|\bprone position\b|"
            rf"\bface[- ]?down\b"
        ),
    ),
    (
        "side",
        (
            rf"\b{_LIE}\b[^.]*\bon (?:(?:to )?your|one|the|either|a) (?:left |right |\w+ )?side\b|"
            rf"\bside[- ]lying\b|\bon your side\b"
        ),
    ),
    (
        "back",
        (
            rf"\b{_LIE}\b[^.]*\b(?:back|supine|face[- ]?up|faceup)\b|\b(?:on|onto) your back\b|"
            rf"\bsupine\b|\blying position\b|\b{_LIE} (?:down |flat )*(?:on|with your head)\b|"
            rf"\b{_LIE} (?:down|flat)\b|\blying (?:on|down)\b"
        ),
    ),
    (
        "heels",
        (
            r"\bsit(?:ting)? (?:back )?(?:down )?on(?:to)? (?:your|the) heels\b|"
            r"\bkneel[^.]*\bsit(?:ting)? back\b"
        ),
    ),
    ("kneeling", r"\bkneel(?:ing)?\b|\bon (?:your|one|both) knees?\b|\bget (?:down )?on (?:your )?knees\b"),
    (
        "chair",
        (
            r"\bsit(?:ting)?\b[^.]*\b(?:chair|stool|bench|seat|bed|box)\b|\bseated? (?:on|in|"
            r"at)\b[^.]*\b(?:chair|bench|stool|seat|machine)\b|\bseat(?:ed)? yourself\b[^.]*\b(?:chair|"
            r"bench|machine)\b|\bin (?:a|your) chair\b"
        ),
    ),
    (
        "standing",
        (
            r"\bstand(?:ing)?\b|\bfeet (?:are |should be |about |placed )*(?:shoulder|hip)[- ]|"
            r"\bon your feet\b|\bupright position\b|\bstep (?:one|your|forward|back|out)\b|\bsquat\b|"
            r"\blunge\b"
        ),
    ),
)
_POSITIONS = tuple((name, re.compile(words, re.I)) for name, words in _PLACES)
_SITTING = re.compile(
    (
        r"\b(?:sit(?:ting)?|seat(?:ed)? yourself|seated|sit down|cross[- ]legged)\b(?![- ]?(?:up|"
        r"bones?|back|and[- ]reach))"
    ),
    re.I,
)
SAID: dict[str, str] = {
    "back": "lying on your back",
    "back, knees bent": "lying on your back, knees bent",
    "stomach": "lying on your stomach",
    "side": "lying on your side",
    "hands and knees": "on hands and knees",
    "heels": "kneeling, on your heels",
    "kneeling": "kneeling",
    "chair": "sitting on a chair",
    "standing": "standing",
    "floor": "sitting on the floor",
}

_LEAD = (
    r"(?:(?:now|next|then|first|finally|also|and|from (?:this|here|there)\b[^,]*|slowly|gently|"
    r"carefully|simply|again|begin by|start by|start off by|"
    r"start|begin|to begin|to start|from [^,]{3,60}|with [^,]{3,80}|while [^,]{3,80}|"
    r"without [^,]{3,80}|keeping [^,]{3,80}|leaning [^,]{3,60}|"
    r"(?:as you|once|after|when|if you) [^,]{3,80},|using [^,]{3,60}|in (?:a|the|this|"
    r"your) [^,]{3,60}|(?:lying|standing|sitting|seated|kneeling) [^,]{3,80}|"
    r"on your [^,]{3,60}|on (?:an? |the |your )?(?:in|ex)hal\w*|inhale and|"
    r"exhale and|breathe (?:in|out) and|"
    r"(?:the|your) (?:process|idea|aim|task|trick|goal) is to|(?:this|the|"
    r"another)(?: \w+){0,2} (?:requires|asks) "
    r"(?:you|one) to|you do (?:this|the exercise) by|attempt to|try to|keep|you should|you can|"
    r"you will|you (?:need|have|want)(?: to)?|your goal is to|have your partner|"
    r"(?:to (?:do|perform)|for|in) the (?:[\w-]+ ){1,4}(?:exercise|stretch|pose|movement),?|"
    r"the (?:[\w-]+ ){1,4}(?:exercise|stretch|pose|movement) is [^,.]{3,40}? and|"
    r"(?:how(?: to)?(?: do it)?|action|start(?:ing)?(?: position)?|position|movement|do it|instructions?|"
    r"technique|"
    r"execution|set-?up|method|directions?):|step \d+|\d+)[:,.]? )*"
)
_MOVE = (
    r"(?:lie|lay|lying|laying|sit|sitting|seat|stand|standing|kneel|kneeling|squat|bend|"
    r"bending|straighten|extend|pull|push|press|lift|raise|lower|rotate|"
    r"rotating|turn|twist|tilt|lean|leaning|reach|reaching|stretch|roll|rolling|draw|drop|"
    r"drive|hug|hold|grab|grasp|grip|clasp|interlace|place|placing|position|put|bring|"
    r"cross|step|walk|march|jog|jump|hop|kick|swing|circle|shake|squeeze|tense|tighten|"
    r"contract|engage|flex|point|curl|arch|round|"
    r"tuck|nod|shrug|slide|shift|rock|sway|fold|hinge|open|close|touch|tap|hang|get|come|go|"
    r"take|move|keep|let|allow|relax|rest|support|"
    r"spread|thread|wrap|loop|straddle|stay|remain|inhale|exhale|breathe|perform|make|return|"
    r"repeat|switch|assume|set|elevate|interlock|lunge|crawl|dip|"
    r"attach|pick|use|balance|maintain|pause|release|start|begin|imagine|pretend|look|gaze|"
    r"gather|clench|pump|wiggle|massage|unroll|recline|pulse|"
    r"crouch|hook|sink|settle|find|ensure|make|uncross|uncurl|continue|brace|suck|pinch|scoot|"
    r"slump|shuffle|rise|mount|hoist|swivel|march|tug|grind|glide|ease|flatten|fall|lock|"
    r"unlock|lengthen|widen|focus|go|do|try|apply|stack|plant|anchor|clasp|cup|scoop|lace|"
    r"pedal|cycle|alternate|aim|flick|bunch|sustain|hover|exert|resist|swim|work|puff|stick|blink|purse|smile|"
    r"frown|wrinkle|"
    r"screw|sweep|hitch|scrunch|nudge|dig|trace|draw|punch|chop|unwind|collapse|surrender|soften|melt|"
    r"hug|tip(?= (?:your|the))|face(?= (?:an?|the|your|away|forward))|"
    r"dorsiflex|plantarflex|retract|protract|abduct|adduct|chew|swallow|rub)"
)
_IMPERATIVE = re.compile(rf"^\W*{_LEAD}{_MOVE}\b", re.IGNORECASE)
_MOVEMENT = re.compile(
    r"\b(?:lie|lay|sit|seat|stand|kneel|squat|bend|straighten|extend|pull|push|press|lift|"
    r"raise|lower|rotate|turn|twist|"
    r"tilt|lean|reach|stretch|roll|draw|drop|hug|grasp|clasp|interlace|place|bring|cross|step|"
    r"march|kick|swing|circle|shake|squeeze|"
    r"tense|tighten|contract|engage|flex|point|curl|arch|round|tuck|nod|shrug|slide|shift|rock|"
    r"sway|fold|hinge|spread|elevate|"
    r"lunge|move|let|relax|rest|grab|hold|put|open|touch|get|come|put|keep|walk|set|position|"
    r"tip|pinch|massage|wiggle|clench|start|begin|ease|tug|sink|do|perform|lace|nod|rise|puff|stick|blink|"
    r"purse|wrinkle|sweep|hitch|scrunch|dig|trace|punch|swing|drop|retract|step|lock|soften|sway|pick|flick|"
    r"hinge|sink|walk|bunch|clasp|thread|wrap|loop|hang|lengthen|glide|straddle|cup|rub)\b",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Return whether a sentence asks the reader to do something."""
    if _ABOUT.match(sentence) or _NARRATED.search(sentence) or sentence.rstrip().endswith("?"):
        return False
    return bool(_IMPERATIVE.match(sentence)) or bool(orders(sentence))


# "Sitting for long hours can make the back stiff" is stated, not asked for.
_ABOUT = re.compile(
    r"^\W*(?:it'?s|it is|it was|there (?:is|are)|when your job|your (?:body|back) (?:is|can|will|may))\b|"
    r"^\W*(?:sitting|standing|lying|bending|leaning|walking|stretching|moving|keeping|placing|reaching|"
    r"rolling)\b"
    r"[^,]*\b(?:can|is|are|may|will|helps?|tightens?|makes?|has|have|causes?|puts?|leads?|means|was|were)\b",
    re.IGNORECASE,
)


# "I lift my arms" is a story, and "repeat claims may cost more" is a statement as well.
_NARRATED = re.compile(
    r"\b(?:stand|lie|sit|walk|run|come|stay) (?:here |down |close )?(?:with|by|beside|near) me\b|"
    r"\b(?:I|he|she|they) (?:\w+ly )?(?:stand|stood|s[ia]t|lie|lay|lift|turn|lean|reach|hold|held|bend|"
    r"walk|kneel|run|"
    r"rise|breathe|stretch|raise|feel|felt|w[ae]s|were|had|did|went)(?:s|ed)?\b|"
    rf"\bmy (?:\w+ )?{BODY.pattern.removeprefix(chr(92) + 'b')}|"
    r"^\W*(?!make|ensure|check|keep|see|let|be)\w+ \w+s? (?:may|might|could|would|has|have|had|was|were)\b",
    re.IGNORECASE,
)
# Parts of the body that are none here.
_NO_BODY = re.compile(
    r"\b(?:back (?:door|page|pocket|yard|garden|office|cover|seat)s?|(?:to|by|at|in|on|second|first|"
    r"other) hand\b"
    r"(?! (?:on|under|behind|over|above|around|against|and|to|flat|in|into|just|up))|hand (?:over|in|out)\b|"
    r"head ?(?:office|line|quarters)s?|foot ?notes?|side (?:effect|dish|order|street)s?|hands?[- ]free|"
    r"back[- ]?up|"
    r"body (?:text|of)|(?:the|at the|on the) back of (?:the|this|your|a) (?:card|page|leaflet|book|pack|"
    r"van|car|class|"
    r"room|form|letter|house|queue)|chest of drawers|face value)\b",
    re.IGNORECASE,
)
# How leaflets ask for the muscles that nobody sees.
_UNSEEN = re.compile(
    r"\b(?:imagine|pretend|as if|as though|trying|try) (?:you (?:are|were) |you're )?(?:trying )?(?:to )?"
    r"(?:stop|prevent|hold|avoid)\w*\b[^.]*\b(?:wind|urine|wee|pee|gas)\b|"
    r"\bsqueeze and lift\b|\bhold(?:ing)? (?:this|the|each|your) ['\"]?(?:squeeze|contraction)\b",
    re.IGNORECASE,
)
# The whole body moves: "pedal slowly".
_IN_ORDER = re.compile(
    rf"(?:^\W*{_LEAD}|, |\band )(?:pedal|cycle|walk|march|jog|jump|skip|row|swim|dance|hop|crawl|"
    r"step (?:sideways|to the side|forwards?|backwards?|up|over))\b"
    r"(?! (?:the dog|in to|into|out of|over to|away))",
    re.IGNORECASE,
)


def is_action(sentence: str) -> bool:
    """Return whether a sentence asks for a movement or a posture of the body."""
    if not is_order(sentence):
        return False
    bare = _NO_BODY.sub("", sentence)
    moved = bool(BODY.search(bare) and _MOVEMENT.search(bare)) or bool(_IN_ORDER.search(bare))
    moved = moved or bool(_UNSEEN.search(bare))
    return moved or position_of((sentence,)) is not None


def is_rest(sentence: str) -> bool:
    """Return whether a sentence only asks to stay: hold, breathe, rest."""
    return is_restful(sentence)


def position_of(sentences: Iterable[str]) -> str | None:
    """Return the first position that is named: one of the library's, or "floor" for sitting there."""
    for sentence in sentences:
        found: list[tuple[int, int, str]] = [
            (match.start(), -match.end(), name)
            for name, pattern in _POSITIONS
            if (match := pattern.search(sentence))
        ]
        if (sitting := _SITTING.search(sentence)) and not any(
            name in ("chair", "heels") for _, _, name in found
        ):
            found.append((sitting.start(), -sitting.end(), "floor"))
        if found:
            names = {name for _, _, name in found}
            for narrow in ("hands and knees", "heels"):  # "kneel on your hands and knees"
                if narrow in names and "kneeling" in names:
                    return narrow
            first = min(found)[2]
            return "back, knees bent" if first == "back" and "back, knees bent" in names else first
    return None


def body_parts(text: str, most: int = 3) -> tuple[str, ...]:
    """Return the parts of the body that a text speaks of most, in words of the library."""
    table, pattern = _parts()
    counts = Counter(_names_in(pattern, table, text))
    counted = [(counts[name], -index, name) for index, (name, _) in enumerate(table)]
    named = [name for count, _, name in sorted(counted, reverse=True) if count]
    if any(name.endswith(" back") for name in named):
        named = [name for name in named if name != "back"]
    return tuple(named[:most])


def equipment_of(text: str) -> tuple[str, ...]:
    """Return the things that a text asks for."""
    table, pattern = _things()
    named = frozenset(_names_in(pattern, table, text))
    found = [name for name, _ in table if name in named]
    return tuple(name for name in found if not (name == "bar" and "barbell" in found))


def has_partner(text: str) -> bool:
    """Return whether a text needs a partner."""
    return bool(_PARTNER.search(text))


def actions_in(sentences: Sequence[str]) -> int:
    """Return how many sentences ask for a movement or a posture."""
    return sum(map(is_action, sentences))
