"""A routine as it stands in a list: no step of it, only what people choose by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from audioguide.listing.sections import section_of, sections

if TYPE_CHECKING:
    from audioguide.routine.load import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a routine says of itself, and its `length` in ticks, as it would be rendered.

    `section` is where lists show it; `parts` are the titles of the routines that it includes, by name.
    `path` is its file, `stamp` a hash of all files that it is made of.
    """

    name: str
    title: str
    summary: str
    position: str
    body: tuple[str, ...]
    equipment: tuple[str, ...]
    settings: Mapping[str, str]
    parts: Mapping[str, str]
    length: int
    section: str
    level: str = ""
    phase: str = ""
    path: str = ""
    stamp: str = ""

    @property
    def own_text(self) -> str:
        """Return what words are looked for in first, in small letters: all but what it includes."""
        said = (self.name, self.title, self.summary, self.position, *self.body, *self.equipment)
        return " ".join((*said, self.level, self.phase)).lower()

    @property
    def text(self) -> str:
        """Return all that words are looked for in, in small letters."""
        included = (word for part in self.parts.items() for word in part)
        return " ".join((self.own_text, *included)).lower()

    def is_for(self, body: str) -> bool:
        """Return whether it is for this part of the body; "" is any."""
        return not body or any(body.lower() in part.lower() for part in self.body)

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Listed:
    """Return what `as_data` made data of. Raises TypeError or KeyError where it is something else."""
    lists = {key: tuple(data[key]) for key in ("body", "equipment")}
    return Listed(**{**data, **lists})


def listed_as(routine: Routine, length: int, stamp: str = "") -> Listed:
    """Return how `routine` stands in a list, `length` ticks long."""
    document = routine.document
    return Listed(
        name=routine.name, title=document.title, summary=document.summary or "",
        position=document.position or "", body=tuple(document.body), equipment=tuple(document.equipment),
        settings={key: str(setting.default) for key, setting in document.settings.items()},
        parts={each.name: each.document.title for each in routine.whole() if each is not routine},
        length=length, section=section_of(routine), level=document.level or "", phase=document.phase or "",
        path=str(routine.path), stamp=stamp,
    )  # fmt: skip


def by_section(routines: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Return the sections that have routines, each with these in their order."""
    found: dict[str, list[Listed]] = {section: [] for section in sections()}
    for each in routines:
        found[each.section].append(each)
    return [(section, listed) for section, listed in found.items() if listed]
