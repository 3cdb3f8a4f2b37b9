"""The settings of a routine as something to turn with a thumb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audioguide.routine.language.document import Document, Setting
from audioguide.routine.language.values import Amount, read_setting
from audioguide.routine.load import Routine
from audioguide.routine.parts import parts_of
from audioguide.units import format_seconds

SECOND_TICKS = 250  # ticks
FINE = 10 * SECOND_TICKS  # a range up to this wide is turned in halves of a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One setting: numbers are seconds or counts, as a form sends them; empty where there is no bound.

    `asked` says that the listener chose the value: a fit does not change it.
    """

    name: str
    label: str
    unit: str
    spoken_unit: str
    value: str
    low: str
    high: str
    step: str
    source: str
    asked: bool

    @property
    def slides(self) -> bool:
        """Return whether it has two bounds, and so a slider."""
        return bool(self.low and self.high)


def controls(document: Document, chosen: Mapping[str, str]) -> list[Control]:
    """Return the settings of `document`, each at its value among `chosen` or at its default.

    Raises ValueError for a value that is none.
    """
    return [_control(name, setting, chosen.get(name)) for name, setting in document.settings.items()]


def switches(routine: Routine) -> list[tuple[str, str]]:
    """Return name and title of each part that can be left out by itself: those of the routine's own list.

    None where there is only one: without it, nothing would be left.
    """
    own = [(part.name, part.title) for part in parts_of(routine) if not part.within]
    return own if len(own) > 1 else []


def _control(name: str, setting: Setting, chosen: str | None) -> Control:
    kind = setting.default.kind
    is_time = kind == "time"
    low, high = (_number(each) for each in (setting.min, setting.max))
    label = setting.label or name.replace("_", " ")
    return Control(
        name=name, label=label[:1].upper() + label[1:], unit="s" if is_time else "",
        spoken_unit="seconds" if is_time else "",
        value=_number(read_setting(chosen, kind) if chosen else setting.default),
        low=low or ("0" if is_time else "1"), high=high, step=_step(setting) if is_time else "1",
        source=setting.source or "", asked=bool(chosen),
    )  # fmt: skip


def _number(amount: Amount | None) -> str:
    if amount is None:
        return ""
    return format_seconds(amount.value) if amount.kind == "time" else str(amount.value)


def _step(setting: Setting) -> str:
    amounts = [each.value for each in (setting.min, setting.default, setting.max) if each]
    if any(value % SECOND_TICKS for value in amounts):
        return "0.1"
    wide = max(amounts) - min(amounts)
    return "0.5" if wide <= FINE else "1"
