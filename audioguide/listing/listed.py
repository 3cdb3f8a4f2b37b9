"""A routine as it stands in a list: no step of it, only what people choose by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audioguide.routine.load import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a routine says of itself, and its `length` in ticks, as it would be rendered.

    `parts` are the names and titles of the routines that it includes.
    """

    name: str
    title: str
    summary: str
    position: str
    body: tuple[str, ...]
    equipment: tuple[str, ...]
    settings: Mapping[str, str]
    parts: tuple[str, ...]
    length: int

    @property
    def text(self) -> str:
        """Return all that words are looked for in, in small letters."""
        said = (self.name, self.title, self.summary, self.position, *self.body, *self.equipment, *self.parts)
        return " ".join(said).lower()

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Listed:
    """Return what `as_data` made data of. Raises TypeError or KeyError where it is something else."""
    lists = {key: tuple(data[key]) for key in ("body", "equipment", "parts")}
    return Listed(**{**data, **lists})


def listed_as(routine: Routine, length: int) -> Listed:
    """Return how `routine` stands in a list, `length` ticks long."""
    document = routine.document
    parts = [each for each in routine.whole() if each is not routine]
    return Listed(
        name=routine.name, title=document.title, summary=document.summary or "",
        position=document.position or "", body=tuple(document.body), equipment=tuple(document.equipment),
        settings={key: str(setting.default) for key, setting in document.settings.items()},
        parts=tuple(dict.fromkeys(word for each in parts for word in (each.name, each.document.title))),
        length=length,
    )  # fmt: skip
