"""English words with two sounds (close, use, separate, bow), and how to spell each so that it is said right.

Chosen by the phonemes that espeak-ng 1.52 makes of them in en-us and en-gb; tests hold them.
"""

from __future__ import annotations

# What the verb sounds like. Verbs such as "lead", "row" and "read" are right by themselves.
VERBS: dict[str, str] = {
    "abuse": "abuze", "alternate": "altternate", "approximate": "approximait", "attribute": "attribbute",
    "bow": "bough", "close": "cloze", "conduct": "condukt", "conflict": "conflickt", "console": "consoal",
    "contract": "contractt", "coordinate": "coordinait", "decrease": "decreese", "defect": "defeckt",
    "deliberate": "deliberait", "desert": "dessert", "estimate": "estimait", "excuse": "excuze",
    "extract": "exstract", "graduate": "graduait", "house": "howze", "implant": "implannt",
    "increase": "inkrease", "insert": "insurt", "live": "liv", "misuse": "misuze",
    "moderate": "moderait", "object": "objekt",
    "perfect": "perfeckt", "permit": "permitt", "present": "prezent", "progress": "progresse",
    "project": "projeckt", "rebel": "rebell", "recall": "recawl", "record": "recorde",
    "separate": "sepperate", "survey": "survay",
    "suspect": "suspekt", "tear": "tair", "transfer": "transfur",
    "transport": "transporte", "use": "yooze", "wind": "wined",
}  # fmt: skip

_PRONOUN = (
    r"(?:it|them|him|her|us|me|\w+self|yourselves|themselves|one another|each other|"
    r"(?:no|any|every|some)thing)"
)
_DETERMINER = (
    r"(?:your|the|a|an|this|that|these|those|both|each|every|all|any|some|one|two|three|four|my|our|their|his|"
    r"its|either|another|more|most|no|only|just|left|right|\d+)"
)
_MANNER = (
    r"(?:\w+ly|again|now|down|up|out|in|on|off|over|away|forwards?|backwards?|back|apart|well|then|with)"
)
_PART = r"(?:hands?|feet|foot|arms?|legs?|knees?|eyes?|sides|toes|fingers|shoulders|elbows|lips|lids|fists?)"
_OBJECT = rf"(?=\s+(?:{_PRONOUN}|{_DETERMINER}|{_MANNER}|{_PART})\b)"
AT_END = r"\s*(?:[.!?;:,\u2026\u2013\u2014]|$)"
_ANY = r"(?=\s+\w)"

_MOSTLY_VERBS = (
    "console", "contract", "decrease", "excuse", "extract", "increase", "insert", "permit", "rebel", "recall",
    "transfer",
)  # fmt: skip
# What follows the verb, where it stands at the start of an order: else it is a thing ("Bow pose") or a
# quality ("Close to the wall").
AFTER: dict[str, str] = {
    "close": r"(?!\s+(?:to|by|behind|together|enough|range|friends?|contact|at hand|up to)\b)"
    rf"(?:{_OBJECT}|{AT_END})",
    "use": rf"(?!\s+(?:of|is|was)\b){_ANY}",
    "separate": r"(?!\s+(?:from|but|sets?|rooms?|steps?|days?|exercises?)\b)"
    rf"(?:{_OBJECT}|(?=\s+\w+s\b)|(?=\s+and\b))",
    "bow": rf"(?!\s+(?:pose|ties?|and\s+arrows?|legs?|legged|strings?|is|or|variation)\b)(?:{_ANY}|{AT_END})",
    "wind": rf"(?!\s+(?:and|is|blows?|instruments?|chimes?|through the|relieving|release)\b){_ANY}",
    "live": r"(?!\s+(?:music|shows?|bands?|class|classes|sessions?|streams?|online|recordings?|is)\b)"
    r"(?=\s+\w)",
    "object": rf"(?:{_OBJECT}|(?=\s+to\b))",
    "progress": rf"(?:{_OBJECT}|(?=\s+to\b))",
    "record": rf"(?:{_OBJECT}|(?=\s+(?:how|what|when|where|whether|which|if)\b))",
    **dict.fromkeys(_MOSTLY_VERBS, rf"(?!\s+(?:of|in|is|was|are)\b)(?:{_ANY}|{AT_END})"),
    "coordinate": rf"(?!\s+(?:system|is)\b){_ANY}",
    "graduate": r"(?=\s+(?:to|from)\b)",
    "alternate": rf"(?!\s+(?:nostrils?|version|pose|route|exercise|days)\b)(?:{_ANY}|{AT_END})",
}  # fmt: skip
USUALLY_AFTER = _OBJECT

_A = r"(?:an?|the|your|this|that|each|another|of|new|second|first)"
_CHILLED = r"(?:cold|hot|warm|ice|gel|cool|wet|damp|dry|frozen)"
_TORN = (
    r"(?:muscle|muscular|ligament|tendon|cuff|meniscus|labral|labrum|hamstring|calf|disc|disk|cartilage|"
    r"tissue|partial|complete|wear and|acl|achilles|groin|quad)"
)
_SMALL = r"(?:movements?|motions?|adjustments?|changes?|shifts?|details?|amounts?|tremors?|circles|sways?)"
_TORN_PART = r"(?:muscle|ligament|tendon|meniscus|disc)"
_BOWED = r"(?:take|make|with|into|in|give)"
_FEELS = r"(?:feels?|be|am|are|is|being|rest|sit|lie|stay|quietly|fully)"
# Things and qualities that a voice says like the verb, or like another thing: the word, where it stands, and
# what is said in its place.
OTHERS: list[tuple[str, str, str]] = [
    ("compress", rf"(?i:\b((?:{_A}|{_CHILLED})\s+)compress(es)?\b)", r"\1kompress\2"),
    ("incline", rf"(?i:\b((?:{_A}|steep|slight|gentle|small)\s+)incline\b)", r"\1inncline"),
    ("uses", r"(?i:\b((?:it|he|she|which|this|that|who)\s+(?:\w+ly\s+)?)uses\b)", r"\1yoozes"),
    ("tear", rf"(?i:\b({_TORN}\s+)tear(s)?\b)", r"\1tair\2"),
    ("tear", rf"\btear(s)?(?=\s+(?:in|of)\s+(?:an?|the|your)\s+{_TORN_PART}\b)", r"tair\1"),
    ("minute", rf"(?<!\d )(?<!\bone )(?<!\beach )(?<!\bper )\b([Mm])inute(?=\s+{_SMALL}\b)", r"\1y-newt"),
    ("bow", rf"(?i:\b({_BOWED} (?:an?|one|your) (?:\w+ )?)bow\b(?! (?:and|pose|tie|leg)))", r"\1bough"),
    ("content", rf"(?i:\b({_FEELS}\s+)content\b(?!\s+of))", r"\1contentt"),
    ("content", r"\b([Cc])ontent(?=\s+(?:with|in|to be)\b)", r"\1ontentt"),
    ("polish", r"\bPolish(?=\s+(?:your|the)\b)", "Pollish"),
]
