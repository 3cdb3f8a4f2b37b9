"""Words beside numbers in languages that `foreign_words` does not have: one table, from `units.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

UNITS = ("s", "min", "h", "kg", "g", "mm", "cm", "m", "km", "°", "°C", "%")


@dataclass(frozen=True)
class MoreWords:
    """The words of one language; a form has {} where the number stands, if it stands there at all."""

    plural: str  # which rule picks a form
    units: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, str]  # how a unit is written: its name in `units`
    decimal_comma: bool = False
    with_is_s: bool = False  # "s" is a word of its own: 10 s dechem, 10 с паузой
    to: str = ""
    times: str = ""
    often: tuple[str, ...] = ()
    either: str = ""
    half: str = ""
    and_half: str = ""
    comma: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    ones: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def counted(self, number: str, forms: tuple[str, ...], unit: str = "") -> str:
        """Return `number` and the form that goes with it; `unit` finds the gender of one and two."""
        form = forms[min(plural(self.plural, number), len(forms) - 1)]
        if unit in self.ones and number in ("1", "2"):
            number = self.ones[unit][int(number) - 1]
        return form.replace("{}", number)

    def halved(self, unit: str) -> str:
        """Return half a `unit`: "half a minute"."""
        late = self.plural in _FRACTION or self.half in _PARTITIVE
        form = self.units[unit][-1 if late else 0]
        return form.replace("{}", self.half) if "{}" in form else f"{self.half} {form}"


_FRACTION = frozenset({"east", "polish", "west"})  # their last form stands after a fraction
_PARTITIVE = frozenset({"puoli", "pool"})  # Finnish, Estonian: puoli minuuttia


_ALSO = {"zh": "cmn", "no": "nb"}


@cache
def more_words(language: str) -> MoreWords | None:
    """Return the words of `language`, a code of espeak-ng such as "pl"; None where there are none."""
    if (found := _table().get(_ALSO.get(language, language))) is None:
        return None
    units = {unit: tuple(found[unit]) for unit in UNITS if unit in found}
    signs = {**{unit: unit for unit in units}, **found.get("signs", {})}
    named = {key: found[key] for key in ("to", "times", "half", "and_half", "comma", "parts") if key in found}
    return MoreWords(
        plural=found["plural"], units=units, signs=signs, either=found.get("or", ""),
        decimal_comma=found.get("decimal_comma", False), with_is_s=found.get("with", False),
        often=tuple(found.get("often", ())),
        ones={unit: (one, two) for unit, (one, two) in found.get("ones", {}).items()}, **named,
    )  # fmt: skip


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("audioguide.reading") / "units.toml").read_text(encoding="utf-8"))


def plural(rule: str, number: str) -> int:
    """Return which form `number` asks for, from 0, by the plural rules of Unicode CLDR."""
    if not number.isdecimal():
        return _FRACTIONS.get(rule, 1)
    return _WHOLE[rule](int(number))


def _few(number: int) -> bool:
    return number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)


def _one(number: int) -> bool:
    return number % 10 == 1 and number % 100 != 11


def _arabic(number: int) -> int:
    if number in (1, 2):
        return number - 1
    return 2 if 3 <= number % 100 <= 10 else 3 if number % 100 >= 11 else 4


_WHOLE = {
    "none": lambda _: 0,
    "one": lambda number: 0 if number == 1 else 1,
    "zero": lambda number: 0 if number in (0, 1) else 1,
    "tens": lambda number: 0 if _one(number) else 1,
    "east": lambda number: 0 if _one(number) else 1 if _few(number) else 2,
    "south": lambda number: 0 if _one(number) else 1 if _few(number) else 2,
    "polish": lambda number: 0 if number == 1 else 1 if _few(number) else 2,
    "west": lambda number: 0 if number == 1 else 1 if number in (2, 3, 4) else 2,
    "slovene": lambda number: {1: 0, 2: 1, 3: 2, 4: 2}.get(number % 100, 3),
    "lithuanian": lambda number: (
        0 if _one(number) else 1 if number % 10 > 1 and not 11 <= number % 100 <= 19 else 2
    ),
    "latvian": lambda number: 0 if _one(number) else 2 if number % 10 == 0 or 11 <= number % 100 <= 19 else 1,
    "romanian": lambda number: 0 if number == 1 else 1 if number == 0 or 1 <= number % 100 <= 19 else 2,
    "hebrew": lambda number: number - 1 if number in (1, 2) else 2,
    "arabic": _arabic,
}
_FRACTIONS = {
    "none": 0, "east": 3, "polish": 3, "west": 3, "lithuanian": 3, "south": 2, "slovene": 2, "hebrew": 2,
    "arabic": 4,
}  # fmt: skip
