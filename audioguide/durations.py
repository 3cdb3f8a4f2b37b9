"""How people write a length of time: 20s, 20 seconds, 1 minute 30, 1:30, half a minute, 1,5 min."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_SIZES = {"h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}  # milliseconds, the largest first
_UNITS = {
    "h": r"h|hrs?|hours?|stunden?|std|heures?|horas?|or[ae]|uur",
    "ms": r"ms|msecs?|milliseconds?",
    "m": r"m|mins?|minuten?|minutes?|minut[io]s?|minuut|'",
    "s": r"s|secs?|seconds?|sek|sekunden?|secondes?|second[io]|seconden|segs?|segundos?|\"",
}
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_UNIT = "|".join(f"(?P<{unit}>{names})" for unit, names in _UNITS.items())
_PART = re.compile(rf"(?P<number>{_NUMBER})\s*(?:(?:{_UNIT})(?![a-z])\.?)?\s*")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):([0-5]\d(?:\.\d{1,3})?)(?:\s*(h|hours?|m|mins?|minutes?)\.?)?")
_SIGNS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "\u2032": "'", "\u2033": '"'})
_BREATH_S = 10  # in 4 s, out 6 s
_BREATHS = re.compile(
    r"(\d{1,3}) ?(?:[a-z]+ )?(?:breaths?|inhales?|exhales?|atemzüge?n?|respirations?|respiraci[oó]n(?:es)?|"
    r"respir[io]|respirações|ademhalingen)"
)
_COUNTED = re.compile(
    r"(\d{1,3}) ?(?:reps?|repetitions?|counts?|beats?|times|x|wdh\.?|wiederholungen|mal|fois|veces)"
)
_ONE = rf"{_NUMBER}(?: ?(?:{'|'.join(_UNITS.values())})(?![a-z])\.?)?"
_RANGE = re.compile(rf"(?:between )?({_ONE}) ?(?:[-\u2010-\u2015]|to|or|and|bis|à|a|oder) ?({_ONE})")
_SEVERAL = re.compile(rf"(\d{{1,3}}) ?[x\u00d7*] ?({_ONE})|({_ONE}) ?[x\u00d7*] ?(\d{{1,3}})")
_INSIDE = re.compile(rf"(?<![\d.])({_NUMBER}) ?({'|'.join(_UNITS.values())})(?![a-z])")
_HALVES = (
    (re.compile(r"(?<!and )(?<!and a )\b(?:a )?half(?: an?)?[ -](\w+)"), r"0.5 \1"),
    (re.compile(r"\b(?:a )?quarter of an? (\w+)"), r"0.25 \1"),
    (re.compile(r"\b(\d+) and a half\b"), r"\1.5"),
    (re.compile(r"\b(\d+) ([a-z]+) and a half\b"), r"\1.5 \2"),
    (re.compile(r"(\d*) ?\b1/2"), r"\g<1>.5"),
    (re.compile(r"(\d*) ?\b1/4"), r"\g<1>.25"),
    (re.compile(r"(\d*) ?\b3/4"), r"\g<1>.75"),
    (re.compile(r"(?<![\d.])\.(\d)"), r"0.\1"),
)
# What a text begins with that may be a time: for JSON Schema.
PATTERN = rf"^([0-9½¼¾.]|({'|'.join(['[Hh]alf', '[Aa] quarter', 'quarter', *_WORDS])})[ -]).*$"


def is_bare(text: str) -> bool:
    """Return whether `text` is a number without a unit."""
    return bool(re.fullmatch(_NUMBER, text.strip().replace(",", ".")))


def milliseconds(text: str) -> Decimal | None:
    """Read `text` as a length of time; None where it is none.

    A number without a unit is seconds, or the next smaller unit where one stands before it: "1 minute 30".
    Raises ValueError that says what to write where it could mean two things, is a range, counts breaths, or
    has more in it than a time.
    """
    plain = _plain(text)
    if clock := _CLOCK.fullmatch(plain):
        return _clock(clock)
    total, last, place = Decimal(0), "", 0
    while place < len(plain):
        part = _PART.match(plain, place)
        if part is None:
            _blame_slip(text, plain)
            return None
        unit = next((each for each in _SIZES if part[each]), "") or _next(last)
        if not unit or (last and _SIZES[unit] >= _SIZES[last]):
            _blame_slip(text, plain)
            return None
        total += Decimal(part["number"]) * _SIZES[unit]
        last, place = unit, part.end()
    return total if last else None


def _blame_slip(text: str, plain: str) -> None:
    """Raise ValueError that says what to write, where a text that is not a time shows what is meant."""
    if advice := _advice(as_numbers(plain)):
        raise ValueError(f"{text!r} {advice}")


def _advice(plain: str) -> str:
    if breaths := _BREATHS.fullmatch(plain):
        count = breaths[1]
        return (
            f"is a number of breaths, not a time: write {int(count) * _BREATH_S}s, or in a routine "
            f"`hold: {{breaths: {count}, in: 4s, out: 6s}}`"
        )
    if (several := _SEVERAL.fullmatch(plain)) and (one := _shown(several[2] or several[3])):
        return f"is a repeated time: write {one}, inside `repeat: {several[1] or several[4]}`"
    if counted := _COUNTED.fullmatch(plain):
        return f"is a count, not a time: write how long, such as {counted[1]}s"
    if found := _RANGE.fullmatch(plain):
        unit = found[2].lstrip("0123456789. ")
        low, high = _shown(found[1] if found[1][-1:].isalpha() else found[1] + unit), _shown(found[2])
        if low and high:
            setting = f"a setting with `min: {low}` and `max: {high}`"
            return f"is a range, not one time: write {low}, or {setting}"
    if plain.isdecimal():
        return f"has no unit: write {plain}s"
    inside, rest = _INSIDE.findall(plain), _INSIDE.sub("", plain)
    one = _shown(" ".join(inside[0][:2])) if len(inside) == 1 and not re.search(r"\d", rest) else ""
    return f"is more than a time: write {one}" if one and not plain.startswith("-") else ""


def _shown(written: str) -> str:
    """Return a time as it is best written; "" for what is none."""
    found = milliseconds(written)
    if not found:
        return ""
    if found % 1000:
        return f"{found.normalize():f}ms"
    return f"{found // 60_000}m" if not found % 60_000 else f"{found // 1000}s"


def as_numbers(plain: str) -> str:
    """Return `plain` with digits for words: "five breaths", "thirty"."""
    return re.sub(r"\b[a-z]+\b", lambda word: str(_WORDS.get(word.group(), word.group())), plain)


def _next(last: str) -> str:
    """Return the unit of a number that has none: the one below `last`; seconds where it is all there is."""
    return {"": "s", "h": "m", "m": "s"}.get(last, "")


def _clock(clock: re.Match[str]) -> Decimal:
    hours, minutes, seconds = (Decimal(part or 0) for part in clock.groups()[:3])
    if (clock[4] or "").startswith("h") and not clock[1]:  # 1:30 h
        hours, minutes, seconds = minutes, seconds, Decimal(0)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def _plain(text: str) -> str:
    """Return `text` in small letters, with numbers for words, and points in decimals."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    plain = re.sub(r"\s+", " ", plain.strip().lower())
    if thousands := re.search(r"\b[1-9]\d{0,2},\d{3}\b", plain):
        found = thousands.group()
        raise ValueError(
            f"{text!r} can be read in two ways: write {found.replace(',', '')}, or {found.replace(',', '.')}"
        )
    plain = re.sub(r"(\d),(\d)", r"\1.\2", plain)
    for pattern, number in _HALVES[:2]:
        plain = pattern.sub(number, plain)
    plain = re.sub(r"(?<!and )\b([a-z]+)(?:[ -]([a-z]+))?(?= [a-z])", _as_number, plain)
    for pattern, number in _HALVES[2:]:
        plain = pattern.sub(number, plain)
    return re.sub(r"(?<=[a-z.]),? (?:and )?(?=\d)", " ", plain).strip()


def _as_number(word: re.Match[str]) -> str:
    """Return "20" for "twenty", "25" for "twenty-five", and any other words as they are."""
    tens, ones = _WORDS.get(word[1]), _WORDS.get(word[2] or "")
    if tens is None:
        return word.group()
    if ones is not None and ones < 10 <= tens:
        return str(tens + ones)
    return f"{tens} {word[2]}" if word[2] else str(tens)
