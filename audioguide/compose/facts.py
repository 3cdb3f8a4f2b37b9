"""What composing needs to know of one exercise: no step of it, only what the rules and the score ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import takewhile
from typing import Any, Literal

from audioguide.vocabulary.vocabulary import Kind, vocabulary

LEVELS, PHASES = vocabulary().names["level"], vocabulary().names["phase"]  # in their order
_STAGES: Mapping[str, int] = {"arrive": 0, "warm up": 1, "move": 2, "stretch": 2, "rest": 3}
Bend = Literal["", "forward", "back", "both"]

# The groups of positions that people change between: within one of them, the body stays where it is.
GROUPS: Mapping[str, str] = {
    "back": "lying", "back, knees bent": "lying", "stomach": "lying", "side": "lying",
    "hands and knees": "on the knees", "heels": "on the knees", "kneeling": "on the knees",
    "floor": "on the floor", "chair": "on a chair", "standing": "standing",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSetting:
    """A setting that a session passes on to an exercise; `low`, `default`, `high` as authors write them."""

    name: str
    kind: Literal["time", "count"]
    low: str
    default: str
    high: str
    label: str
    source: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One exercise as the rules see it.

    `body`, `equipment`, `places` (its positions) and `cautions` are names of the vocabulary. `shortest`,
    `usual` and `longest` are its lengths in ticks within a session, with low, default and high settings;
    `held` is the one with high times and low counts. `on_hands` is how long it takes on hands and knees in
    one go at its shortest, `off_hands` the least of its time elsewhere.
    `first` and `last` are the positions in which it begins and ends, "" where it begins where you are.
    `own_sound` says if it has a voice, a profile or a bed that does not count within a session,
    `falls_asleep` whether it ends in the silence in which a listener falls asleep.
    `prepares` is what has to be said at the start of a session. `excluded` says why it is never chosen.
    `ground` is "bed" or "floor" where the words of an exercise done lying speak of it.
    `alike` names the movements of the vocabulary that different titles stand for, such as "fold",
    `direction` the way in which it takes the body, and `nature` what else it is, such as "breath hold".
    """

    name: str
    title: str
    summary: str
    body: tuple[str, ...]
    equipment: tuple[str, ...]
    places: tuple[str, ...]
    level: str
    phase: str
    cautions: tuple[str, ...]
    avoid_with: tuple[str, ...]
    rules: tuple[str, ...]
    notice: str
    bend: Bend
    own_sound: bool = False
    falls_asleep: bool = False
    ground: Literal["", "bed", "floor"] = ""
    alike: tuple[str, ...] = ()
    direction: str = ""
    nature: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    prepares: tuple[str, ...] = ()
    settings: tuple[SessionSetting, ...] = ()
    shortest: int = 0
    usual: int = 0
    longest: int = 0
    held: int = 0
    on_hands: int = 0
    off_hands: int = 0
    excluded: str = ""

    @property
    def effort(self) -> int:
        """Return 0 for gentle, 1 for moderate, 2 for strong."""
        return LEVELS.index(self.level)

    @property
    def stage(self) -> int:
        """Return its place in the arc: 0 arrive, 1 warm up, 2 move or stretch, 3 rest."""
        return _STAGES[self.phase]

    @property
    def is_frame(self) -> bool:
        """Return whether it is to arrive or to rest: what stands around the exercises for the wish."""
        return self.stage in (0, 3)

    @property
    def kind(self) -> tuple[str, str]:
        """Return what it is like: the main part of the body, and the phase."""
        return (self.body[0] if self.body else "", self.phase)

    @property
    def mainly(self) -> tuple[str, ...]:
        """Return the parts that it is mainly for: the first, and those of its region right behind it."""
        return _mainly(self.body)

    @property
    def region(self) -> str:
        """Return the region of the part of the body that it is first for."""
        return vocabulary().regions.get(self.body[0], "") if self.body else ""

    @property
    def movements(self) -> frozenset[str]:
        """Return the words of its title that name a movement, not a part of the body, a place or a thing."""
        return _movements(self.title)

    def is_double_of(self, other: Facts) -> bool:
        """Return whether both are nearly the same movement, by the words of their titles."""
        if not set(self.alike).isdisjoint(other.alike):
            return True
        same = self.body[:1] == other.body[:1] and self.is_frame == other.is_frame
        return same and bool(self.movements) and self.movements == other.movements

    @property
    def bends_far(self) -> bool:
        """Return whether it bends the spine far one way, so that a counter-movement has to follow."""
        return self.bend in ("forward", "back") and self.effort > 0 and self.stage == 2

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)


@cache
def _mainly(body: tuple[str, ...]) -> tuple[str, ...]:
    regions = vocabulary().regions
    return tuple(takewhile(lambda part: regions.get(part) == regions.get(body[0]), body))


@cache
def _movements(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", title.lower())) - _not_movements()


@cache
def _not_movements() -> frozenset[str]:
    kinds: tuple[Kind, ...] = ("body", "position", "equipment")
    words = (word for kind in kinds for phrase in vocabulary().meant[kind] for word in phrase.lower().split())
    return frozenset(words)


_WARNS = re.compile(
    r"\b(?:dizzy|stop if|stop and get help|ask your (?:midwife or )?doctor|hold your breath)\b", re.IGNORECASE
)


def is_warning(sentence: str) -> bool:
    """Return whether a sentence of the preparation is about when to stop, or whom to ask, and not a thing."""
    return _WARNS.search(sentence) is not None


_LISTS = ("body", "equipment", "places", "cautions", "avoid_with", "rules", "prepares", "alike", "nature")


def from_data(data: Mapping[str, Any]) -> Facts:
    """Return what `as_data` made data of."""
    lists = {key: tuple(data[key]) for key in _LISTS}
    return Facts(**{**data, **lists, "settings": tuple(SessionSetting(**each) for each in data["settings"])})
