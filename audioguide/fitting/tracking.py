"""Numbers that know which settings they come from, and routines whose times are such numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from audioguide.routine.language.document import Setting
from audioguide.routine.language.values import Amount
from audioguide.routine.load import Routine


class Tracked(int):
    """A whole number that comes from settings; `slopes` say how fast it grows with each of them.

    Sums, differences, products and quotients keep track; whatever else gives a plain number.
    (Forward differentiation, as in Griewank and Walther, Evaluating Derivatives, chapter 3.)
    """

    slopes: Mapping[str, float]

    def __new__(cls, value: int, slopes: Mapping[str, float]) -> Self:
        """Make a number that grows with settings as `slopes` tell."""
        number = super().__new__(cls, value)
        number.slopes = slopes
        return number

    def __add__(self, other: int) -> Tracked:
        return Tracked(int.__add__(self, other), _sum(self.slopes, _slopes(other)))

    __radd__ = __add__

    def __sub__(self, other: int) -> Tracked:
        return Tracked(int(self) - int(other), _sum(self.slopes, _times(_slopes(other), -1)))

    def __rsub__(self, other: int) -> Tracked:
        return Tracked(int(other) - int(self), _sum(_slopes(other), _times(self.slopes, -1)))

    def __mul__(self, other: int) -> Tracked:
        return Tracked(
            int(self) * int(other), _sum(_times(self.slopes, int(other)), _times(_slopes(other), int(self)))
        )

    __rmul__ = __mul__

    def __floordiv__(self, other: int) -> Tracked:
        return Tracked(int(self) // int(other), _times(self.slopes, 1 / int(other)))


def slopes_of(number: int | None) -> Mapping[str, float]:
    """Return how fast `number` grows with each setting; nothing for a plain number."""
    return number.slopes if isinstance(number, Tracked) else {}


_slopes = slopes_of


def _sum(one: Mapping[str, float], other: Mapping[str, float]) -> Mapping[str, float]:
    if not one or not other:
        return one or other
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def _times(slopes: Mapping[str, float], factor: float) -> Mapping[str, float]:
    return {name: slope * factor for name, slope in slopes.items()}


def tracked(routine: Routine, values: Mapping[str, int]) -> Routine:
    """Return `routine` with `values` as its defaults; every time that a setting gives keeps track of it."""
    settings = {
        name: _with_default(setting, values[name], {name: 1.0})
        for name, setting in routine.document.settings.items()
    }
    return replace(routine, document=routine.document.model_copy(update={"settings": settings}))


def _with_default(setting: Setting, value: int, slopes: Mapping[str, float]) -> Setting:
    kind = setting.default.kind
    amount = Amount(kind, Tracked(value, slopes) if kind == "time" else value)
    return setting.model_copy(update={"default": amount})
