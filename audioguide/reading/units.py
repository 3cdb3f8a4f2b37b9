"""English: units of measure after a number, in full."""

from __future__ import annotations

import re

from audioguide.reading.rules import Rule, changed

_UNITS: dict[str, tuple[str, str]] = {}  # as it is written: one, several


def _unit(one: str, several: str, *written: str) -> None:
    _UNITS.update(dict.fromkeys(written, (one, several)))


_unit("second", "seconds", "s", "sec", "secs", "S")
_unit("minute", "minutes", "min", "mins", "Min")
_unit("hour", "hours", "h", "hr", "hrs", "H")
_unit("millisecond", "milliseconds", "ms", "msec")
_unit("week", "weeks", "wk", "wks")
_unit("year", "years", "yr", "yrs")
_unit("kilogram", "kilograms", "kg", "kgs", "Kg", "KG")
_unit("gram", "grams", "g", "gr")
_unit("milligram", "milligrams", "mg")
_unit("pound", "pounds", "lb", "lbs", "Lb", "Lbs")
_unit("ounce", "ounces", "oz")
_unit("millimetre", "millimetres", "mm")
_unit("centimetre", "centimetres", "cm", "cms")
_unit("metre", "metres", "m", "mtr")
_unit("kilometre", "kilometres", "km", "kms", "KM")
_unit("foot", "feet", "ft")
_unit("yard", "yards", "yd", "yds")
_unit("mile", "miles", "mi")
_unit("millilitre", "millilitres", "ml", "mL")
_unit("litre", "litres", "l")
_unit("teaspoon", "teaspoons", "tsp")
_unit("tablespoon", "tablespoons", "tbsp")
_unit("square metre", "square metres", "m\u00b2", "m2", "sqm")
_unit("square centimetre", "square centimetres", "cm\u00b2")
_unit("kilogram per square metre", "kilograms per square metre", "kg/m\u00b2", "kg/m2")
_unit("kilometre per hour", "kilometres per hour", "km/h", "kmh", "kph", "km/hr")
_unit("mile per hour", "miles per hour", "mph")
_unit("metre per second", "metres per second", "m/s")
_unit("beat per minute", "beats per minute", "bpm", "BPM")
_unit("turn per minute", "turns per minute", "rpm")
_unit("kilocalorie", "kilocalories", "kcal")
_unit("calorie", "calories", "cal", "cals")
_unit("watt", "watts", "W")
_unit("hertz", "hertz", "Hz")
_unit("kilohertz", "kilohertz", "kHz")
_unit("decibel", "decibels", "dB")
_unit("millimetre of mercury", "millimetres of mercury", "mmHg")
_unit("degree Celsius", "degrees Celsius", "\u00b0C", "\u00b0 C", "degC")
_unit("degree Fahrenheit", "degrees Fahrenheit", "\u00b0F", "\u00b0 F", "degF")
_unit("degree", "degrees", "\u00b0", "deg", "degs", "\u00ba")
_unit("percent", "percent", "%", "pct")
_unit("per thousand", "per thousand", "\u2030")

# Units that are words or numbers as well: only right behind the number ("5in", not "5 in the morning").
_CLOSE_ONLY = {
    "in": ("inch", "inches"),
    "t": ("tonne", "tonnes"),
    "k": ("thousand", "thousand"),
    "L": ("litre", "litres"),
}
_WRITTEN = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_FRACTIONS = ("1/2", "1/4", "3/4", "1/3", "2/3")
_HALF = f"(?:{'|'.join(_FRACTIONS)})"
_NUMBER = rf"(?:\d+\s{_HALF}|{_HALF}|\d+(?:\.\d+)?)"
_ENDS = r"(?![\w\u00b0\u00b2])"
_AFTER = re.compile(
    rf"(?<![\w.,:])(?<!\d/)({_NUMBER})(\+?\s?|-|\s-\s)({_WRITTEN}){_ENDS}(\.(?=\s+[a-z]|,|;))?"
)
_INCHES = re.compile(r"(?<=ft )(\d+) ?in\b")
_IN_APART = re.compile(
    r"(?<![\w.,/:])(\d+(?:\.\d+)?) in\b\.?(?=\s+(?:apart|off|away|wider?|higher|high|above|below|behind|"
    r"forward|back|thick|tall|long|deep|from|between|past)\b)"
)
_DIRECT = re.compile(rf"(?<![\w.,/:])({_NUMBER})({'|'.join(_CLOSE_ONLY)}){_ENDS}")
_TOGETHER = re.compile(
    r"(?<![\w.,/:])(\d+)\s?(h|hrs?|min|m|')\s?(\d+)\s?(mins?|minutes?|m|s|secs?|seconds?|\"|'')?(?![\w\u00b0])(?!\s(?:min|sec))"
)
_WHOLE = r"(second|minute|hour|kilo|mile|inch|foot|litre|liter|metre|meter|pound)"
_A_HALF = re.compile(rf"\b([Aa]) 1/2[ -]?({_WRITTEN}){_ENDS}")
_HALF_A = re.compile(rf"(?<![\w/.])(?<!\d )({_HALF})(?: of)?(?: an?)? {_WHOLE}\b(?!s)")
_NOUN = re.compile(
    r"\s+(?:weight|dumbbell|kettlebell|ball|band|hold|rest|plank|walk|run|sprint|step|bend|angle|turn|timer|break|"
    r"pause|stretch|interval|circle|block|bar|plate|disc|vest|bag|sandbag|medicine|box|gap|lift|push|workout|"
    r"roll|towel|cushion|pillow|pad|platform|bench|wedge|riser|stack|foam|"
    r"session|routine|meditation|practice|massage|shower|bath|nap|wait|set|warm|cool|round|sit|increment)s?\b"
)


def units(text: str) -> str:
    """Return `text` with the units after numbers in full: 5 kg, 30 sec., 1/2 min, 20 °C, 30″."""
    text = changed(text, _PRIMES)
    if not any(char.isdigit() for char in text):
        return text
    text = _A_HALF.sub(lambda found: f"{found[1]} half {_UNITS[found[2]][0]}", text)
    text = _HALF_A.sub(lambda found: _part(found[1], found[2]), text)
    text = _TOGETHER.sub(_together, text)
    text = _INCHES.sub(r"\1 inches", text)
    text = _IN_APART.sub(lambda found: f"{found[1]} {_named(found[1], ('inch', 'inches'))}", text)
    text = re.sub(r"(?<=\d) ?mmHg\b", " millimetres of mercury", text)
    text = re.sub(r"\b(\d+)k(?=\s+(?:run|race|walk|jog|row|ride)\b)", r"\1 K", text)
    text = _DIRECT.sub(lambda found: f"{found[1]} {_named(found[1], _CLOSE_ONLY[found[2]])}", text)
    return _AFTER.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    number, between, written = found[1], found[2], found[3]
    one, several = _UNITS[written]
    if between == "-":
        return f"{number}{'-' if one.isalpha() else ' '}{one}"
    if number in _FRACTIONS and one.isalpha():
        return _part(number, one)
    if one.isalpha() and _NOUN.match(found.string[found.end() :]):
        return f"{number} {one}"
    plus = " plus" if "+" in between else ""
    return f"{number}{plus} {_named(number, (one, several))}"


def _part(fraction: str, unit: str) -> str:
    article = "an" if unit[0] in "aeio" or unit == "hour" else "a"
    return f"{'half' if fraction == '1/2' else f'{fraction} of'} {article} {unit}"


def _named(number: str, names: tuple[str, str]) -> str:
    return names[0] if number == "1" else names[1]


_PARTS = {"h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "m": "minute", "'": "minute"}


def _together(found: re.Match[str]) -> str:
    """Read 1h30, 1h 30m, 1m30s, 1'30" as two amounts."""
    number, unit, more, last = found.groups()
    if unit not in ("h", "hr", "hrs") and last in (None, "min", "mins", "minute", "minutes", "m"):
        return found.group()
    if last is None and " " in found.group() and re.match(r"\s+[a-z]", found.string[found.end() :]):
        return found.group()  # 2 hrs 15 sets
    smaller = "minute" if unit.startswith("h") else "second"
    first = f"{number} {_named(number, (_PARTS[unit], _PARTS[unit] + 's'))}"
    return f"{first} {more} {_named(more, (smaller, smaller + 's'))}"


# Distances have the signs of times: 6" apart, 2' from the wall.
_DISTANCE = re.compile(
    r"\s*(?:apart|off(?=\s+(?:the|your|of)\b)|away|from|wide|wider|high|higher|above|below|behind|in front|"
    r"forward|back|backward|deep|thick|tall|long|block|ball|roller|roll|step|box|bolster|band|towel|cushion|"
    r"pillow|pad|platform|bench|wedge|riser|stack|gap|foam)\b"
)
_MOVED = re.compile(
    r"^\W*(?:\w+ly,? |now,? |then,? )?(?:step|lift|slide|scoot|spread|widen|move|walk)\b", re.IGNORECASE
)
_WAITED = re.compile(r"\b(?:for|hold|rest|wait|every|pause|in|over|count|plank|after|stay)\b", re.IGNORECASE)


def _is_distance(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(_DISTANCE.match(after) or (_MOVED.search(before) and not _WAITED.search(before)))


def _seconds(found: re.Match[str]) -> str:
    # A quotation that ends behind a number is not a unit.
    quotes = sum(found.string.count(sign) for sign in '"\u201c\u201d')
    opened = re.search(r'(?<!\d)["\u201c\u201d]', found.string)
    if quotes % 2 == 0 and opened and not found.group().endswith(("\u2033", "''", "\u2019\u2019")):
        return found.group()
    if _is_distance(found):
        return f"{found[1]} {_before(found, ('inch', 'inches'))}"
    return f"{found[1]} {_before(found, ('second', 'seconds'))}"


def _minutes(found: re.Match[str]) -> str:
    if _is_distance(found):
        return f"{found[1]} {_before(found, ('foot', 'feet'))}"
    return f"{found[1]} {_before(found, ('minute', 'minutes'))}"


def _before(found: re.Match[str], names: tuple[str, str]) -> str:
    return names[0] if _NOUN.match(found.string[found.end() :]) else _named(found[1], names)


_AFTER_MINUTES = (
    r"\s+(?:[a-z]+\s+)?(?:apart|off|away|from|wide|high|back|forward|between|behind|hold|rest|plank|break|walk|"
    r"each|per|of|on|in)\b|[.,;!]?$"
)
_PRIMES: list[Rule] = [
    (re.compile(r"(\d)\s?\u2032\s?(?=\d)"), r"\1'"),
    (re.compile(r"(?<=\d')(\d+)\s?(?:\u2033|\u201d)"), r'\1"'),
    (re.compile(r"\b(\d+)'\s?(\d+)\"(?=\s+(?:tall|high|long|wide)\b)"), r"\1 feet \2 inches"),
    (re.compile(r"\b(\d+(?:\.\d+)?)\s?\u2032"), _minutes),
    (re.compile(r"(?<!')\b(\d+(?:\.\d+)?)\s?(?:\u2033|\"|\u201d|''|\u2019\u2019)(?!\w)"), _seconds),
    (re.compile(rf"(?<![\w'])(\d+)'(?={_AFTER_MINUTES})"), _minutes),
]  # fmt: skip
