"""English: abbreviations, L and R for the sides, and words in capitals."""

from __future__ import annotations

import re

from audioguide.reading.rules import Rule, changed

_DECADES = (
    "hundreds", "tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties",
    "nineties",
)  # fmt: skip

_HELD = r"(?:hold|rest|plank|mark|break|timer|interval|pause|limit)"

_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_NEXT = r"\s*(?:[,/&\u2013-]|,? and|to)\s*"


def _days(text: str) -> str:
    """Return weekdays in full: "Mon/Wed & Fri". Alone, "sat" and "sun" are words."""
    named = re.sub(rf"\b{_DAY}\b\.?", lambda day: _DAYS[day.group()[:3].lower()], text)
    return re.sub(r"\s?[\u2013-]\s?", " to ", re.sub(r"\s*/\s*", ", ", named))


_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip

_ABBREVIATED: list[Rule] = [
    (
        re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?=\s\d)"),
        lambda found: _MONTHS[found[1][:3].lower()],
    ),
    (re.compile(r"\b(V|v)ol\.(?=\s?\d)"), r"\1olume"),
    (re.compile(r"\b(C|c)h(?:ap)?\.(?=\s?\d)"), r"\1hapter"),
    (re.compile(r"\be\.\s?g\.,?", re.IGNORECASE), "for example"),
    (re.compile(r"\bi\.\s?e\.,?", re.IGNORECASE), "that is"),
    (re.compile(r"\betc\b\.?(?=\s*$)", re.IGNORECASE), "et cetera."),
    (re.compile(r"\betc\b\.?", re.IGNORECASE), "et cetera"),
    (re.compile(r"\bapprox\b\.?(?!\s*$)", re.IGNORECASE), "approximately"),
    (re.compile(r"\b(?:ca\.?\s?|c\.\s?)(?=\d)"), "about "),
    (re.compile(r"\bvs?\b\.?(?=\s)(?<=vs|s\.)", re.IGNORECASE), "versus"),
    (re.compile(r"\u2116\s?"), "number "),
    (re.compile(r"\b(?:no\.|nos\.|nr\.|n\u00ba)\s?(?=\d)", re.IGNORECASE), "number "),
    (re.compile(r"\bbtw\b", re.IGNORECASE), "by the way"),
    (re.compile(r"\bex\.\s?(?=\d)", re.IGNORECASE), "exercise "),
    (re.compile(r"(?<!\d)(?<!\d )\bmin\.?\s+(?=\d)", re.IGNORECASE), "minimum "),
    (re.compile(r"\ball[- ]4['\u2019]?s\b", re.IGNORECASE), "all fours"),
    (
        re.compile(rf"(?i:\b(the)) ['\u2019]?([2-9])0['\u2019]?s\b(?!\s+{_HELD})"),
        lambda found: f"{found[1]} {_DECADES[int(found[2])]}",
    ),
    (re.compile(r"\bmax\b\.?(?=\s+\w)", re.IGNORECASE), "maximum"),
    (re.compile(r"\bincl\b\.?", re.IGNORECASE), "including"),
    (re.compile(r"\bexcl\b\.?", re.IGNORECASE), "excluding"),
    (re.compile(r"\b(F)ig\b\.?(?=\s?\d)"), r"\1igure"),
    (re.compile(r"\bfig\b\.?(?=\s?\d)"), "figure"),
    (re.compile(r"\bpp?\.\s?(?=\d)"), "page "),
    (re.compile(r"\b(?:mins|min)\.(?=\s|$)(?<!\d min\.)"), "minutes"),
    (re.compile(r"\bDr\.(?=\s+[A-Z])"), "Doctor"),
    (re.compile(r"\bMr\.(?=\s+[A-Z])"), "Mister"),
    (re.compile(r"\bMrs\.(?=\s+[A-Z])"), "Missis"),
    (re.compile(r"\bMs\.?(?=\s+[A-Z])"), "Miz"),
    (re.compile(r"\bProf\.(?=\s+[A-Z])"), "Professor"),
    (re.compile(r"\bSt\.(?=\s+[A-Z])"), "Saint"),
    (re.compile(r"\b(\d+)\s?a\.?m\.?(?!\w)", re.IGNORECASE), r"\1 AM"),  # apart, A is an article
    (re.compile(r"\b(\d+)\s?p\.?m\.?(?!\w)", re.IGNORECASE), r"\1 PM"),
    (re.compile(r"\b(1[89]|20)(\d)0'?s\b"), lambda found: f"{found[1]} {_DECADES[int(found[2])]}"),
    (re.compile(r"\bH2O\b"), "water"),
    (re.compile(r"\bB\s?/\s?L\b|\bbilat\b\.?", re.IGNORECASE), "bilateral"),
    (re.compile(r"\bunilat\b\.?", re.IGNORECASE), "unilateral"),
    (re.compile(r"\bint\.?\s?/\s?ext\b\.?", re.IGNORECASE), "internal or external"),
    (re.compile(r"\bint\.?(?=\s+rotat)", re.IGNORECASE), "internal"),
    (re.compile(r"\bext\.?(?=\s+rotat)", re.IGNORECASE), "external"),
    (re.compile(r"\bant\.?\s?/\s?post\b\.?", re.IGNORECASE), "anterior or posterior"),
    (re.compile(r"\besp\.(?=\s+\w)", re.IGNORECASE), "especially"),
    (re.compile(r"\b([Aa])lt\.(?=\s+[a-z])"), r"\1lternating"),
    (re.compile(r"\b([Aa])nt\.(?=\s+[a-z])"), r"\1nterior"),
    (re.compile(r"\b([Pp])ost\.(?=\s+[a-z])"), r"\1osterior"),
    (re.compile(r"\b([Ll])at\.(?=\s+[a-z])"), r"\1ateral"),
    (re.compile(r"\bea\b\.?", re.IGNORECASE), "each"),
    (re.compile(r"\bfwd\b\.?", re.IGNORECASE), "forward"),
    (re.compile(r"\bb(?:k|ac)?wd\b\.?", re.IGNORECASE), "backward"),
    (re.compile(r"\b([Ww])k(s?)\b\.?(?=\s?\d)"), r"\1eek\2"),
    (re.compile(r"(?<=\d)\s?#(?=\s*(?:[a-z]|[.,;!]|$))"), " lb"),
    (re.compile(rf"\b{_DAY}\b\.?(?:{_NEXT}\b{_DAY}\b\.?)+"), lambda found: _days(found.group())),
]  # fmt: skip

_SIDE_OF = r"(?=\s*[,.;:!?)/]|\s*$|\s+(?:and|then|or|\d|&|to|x\b|[a-z]+))"
_NOT_A_SIDE = r"(?![-'\u2019.]\w)(?!\s+(?:shapes?|shaped|sits?|and\s+R\b\s+Block)\b)"
_SIDES: list[Rule] = [
    (re.compile(r"\bLt\b\.?(?=\s+[a-z])"), "left"),
    (re.compile(r"\bRt\b\.?(?=\s+[a-z])"), "right"),
    (re.compile(r"\b[Ll]\s?/\s?[Rr]\b"), "left, right"),
    (re.compile(r"\b[Rr]\s?/\s?[Ll]\b"), "right, left"),
    (re.compile(r"\bL\s?(?:\+|&)\s?R\b"), "left and right"),
    (re.compile(r"\bR\s?(?:\+|&)\s?L\b"), "right and left"),
    (re.compile(rf"(?<![\w.'\u2019-])L{_NOT_A_SIDE}{_SIDE_OF}"), "left"),
    (re.compile(rf"(?<![\w.'\u2019-])R{_NOT_A_SIDE}{_SIDE_OF}"), "right"),
]  # fmt: skip
_LITRES = re.compile(r"(?<=\d) L(?=\s+of\b|\s+(?:water|juice|tea)\b)")
_LITRE = re.compile(r"(?<![\d.,/])(1) L(?=\s+of\b|\s+(?:water|juice|tea)\b)")

# In capitals, some voices spell these; they are words.
_WORDS = """
a about above again all am an and any are arm arms as at away back be bed belly bend big both breathe but by
calm chest chin come do don't down each ease easy end eye eyes face far feel feet five floor foot for four
from gently get go good hand hands head heel heels hips hold if in into is it its jaw keep knee knees lean
left leg legs let lie lift long low lower me more move my neck new no nor not now of off on one only open or
other our out over pain press pull push put raise reach relax rest ribs right roll round set side sides sit
six slow slowly so soft spine stand start stay stop ten than that the them then this three toe toes to too
top try turn twist two under until up us use very wait warm was we will with yes you your close never always
breath minute minutes second seconds time times next last first ready begin done great well exhale inhale
"""
_SMALL_WORDS = frozenset(_WORDS.split())
# Alone they are abbreviations as well: the IT band.
_SHORT = frozenset({"it", "us", "am"})
_CAPITALS = re.compile(r"(?<![\w'\u2019])[A-Z]{2,}(?:['\u2019][A-Z]+)?(?![\w])")
_RUN = re.compile(
    r"(?<![\w])[A-Z]{2,}(?:['\u2019][A-Z]+)?(?:[\s,;:\u2013\u2014-]+(?:[A-Z]{2,}(?:['\u2019][A-Z]+)?|A|I)(?!\w))+"
)


def shorthand(text: str) -> str:
    """Return `text` with abbreviations in full."""
    return changed(text, _ABBREVIATED)


def counted_sides(text: str) -> str:
    """Return `text` with "left" and "right" behind numbers, where both are: 3L / 3R are no litres."""
    if not (re.search(r"\d ?L\b", text) and re.search(r"\d ?R\b", text)):
        return text
    return re.sub(r"(\d) ?R\b", r"\1 right", re.sub(r"(\d) ?L\b", r"\1 left", text))


def sides(text: str) -> str:
    """Return `text` with "left" and "right" for L and R that stand alone."""
    if "L" not in text and "R" not in text and "/" not in text:
        return text
    return changed(_LITRES.sub(" litres", _LITRE.sub(r"\1 litre", text)), _SIDES)


def capitals(text: str) -> str:
    """Return `text` with words in capitals in small letters; abbreviations stay as they are."""
    if not _CAPITALS.search(text):
        return text
    text = _RUN.sub(_quiet_run, text)
    return _CAPITALS.sub(
        lambda found: (
            _quiet(found.group()) if found.group().lower() in _SMALL_WORDS - _SHORT else found.group()
        ),
        text,
    )


def _quiet_run(found: re.Match[str]) -> str:
    words = re.findall(r"[A-Z'\u2019]+", found.group())
    known = sum(word.lower() in _SMALL_WORDS for word in words)
    # Among words that are known, long ones are words too; "IT" in "HOLD IT" is no band.
    if known * 2 < len(words):
        return found.group()
    return _CAPITALS.sub(
        lambda word: (
            _quiet(word.group())
            if word.group().lower() in _SMALL_WORDS or len(word.group()) > 4
            else word.group()
        ),
        found.group(),
    )


def _quiet(word: str) -> str:
    return word.lower()
