"""One list of names for what routines say of themselves, with synonyms and an order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["body", "equipment", "position", "level", "phase", "contraindication"]
KINDS: tuple[Kind, ...] = ("body", "equipment", "position", "level", "phase", "contraindication")
_FILE = Path(__file__).with_name("words.toml")
_ALIKE = 0.75  # of 1: "sholders" is 0.94 like "shoulders", "neck" 0.5 like "back"
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_OR = re.compile(r"[,;]|\bor\b")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by kind, in their order; `meant` leads from each name and synonym to its name.

    `split` has the words of each of them. `regions` leads from each part of the body to its region, in the
    order of lists.
    `bends` leads from words for a movement to how it bends the spine: "back", "forward" or "both".
    `families` leads from words for a movement to a name for all that are nearly the same.
    `directions` leads from such words to the way in which it takes the body, `natures` to what else it is.
    `near` has the regions beside each region, `wished` the parts that a wish such as "posture" is about.
    `idle` are words of a search that say nothing by themselves: `complaints` ("stiff") and fillers ("my").
    """

    names: Mapping[Kind, tuple[str, ...]]
    meant: Mapping[Kind, Mapping[str, str]]
    split: Mapping[Kind, Mapping[str, frozenset[str]]]
    regions: Mapping[str, str]
    idle: frozenset[str]
    bends: Mapping[str, str]
    families: Mapping[str, str]
    directions: Mapping[str, str]
    natures: Mapping[str, str]
    near: Mapping[str, tuple[str, ...]]
    wished: Mapping[str, tuple[str, ...]]
    complaints: frozenset[str]

    def find(self, kind: Kind, word: str) -> str | None:
        """Return the name that `word` stands for, in capitals or not; None for an unknown word."""
        return self.meant[kind].get(" ".join(word.lower().split()))

    def kind_of(self, kind: Kind, word: str) -> str | None:
        """Return the name that `word` stands for, or is a kind of: "kitchen towel" is a towel."""
        return next(iter(self.kinds_of(kind, word)), None)

    def kinds_of(self, kind: Kind, phrase: str) -> tuple[str, ...]:
        """Return all names that a phrase stands for, in their order: "a bad knee or hip injury" is two.

        "An old back injury" is a back injury, and not every injury. Positions are looked for in each part
        between commas, where they are one after the other.
        """
        if name := self.find(kind, phrase):
            return (name,)
        clauses = _OR.split(phrase) if kind == "position" else [phrase]
        found = {name for clause in clauses for name in self._named_in(kind, clause)}
        return tuple(name for name in self.names[kind] if name in found)

    def _named_in(self, kind: Kind, clause: str) -> set[str]:
        words = frozenset(_words(clause))
        inside = {word: own for word, own in self.split[kind].items() if own <= words}
        return {
            self.meant[kind][word]
            for word, own in inside.items()
            if not any(own < other for other in inside.values())
        }

    def nearest(self, kind: Kind, word: str) -> str | None:
        """Return the name of what is written most like `word`, or None where nothing is."""
        near = get_close_matches(word.lower(), self.meant[kind], n=1, cutoff=_ALIKE)
        return self.meant[kind][near[0]] if near else None

    def movements(self, text: str) -> tuple[str, ...]:
        """Return how the movements that a text names bend the spine: "back", "forward", "both"; sorted."""
        return _said(self.bends, text)

    def alike(self, title: str) -> tuple[str, ...]:
        """Return the families that a title names: two in one of them are nearly the same; sorted."""
        return _said(self.families, title)

    def direction(self, title: str) -> str:
        """Return the way in which a movement of this title takes the body; "" where it does not say."""
        return next(iter(_said(self.directions, title)), "")

    def nature(self, title: str) -> tuple[str, ...]:
        """Return what an exercise of this title is besides: "breath hold", "arm held up", "on its own"."""
        return _said(self.natures, title)

    def region(self, part: str) -> str | None:
        """Return the region of a part of the body, which may go by a synonym."""
        return self.regions.get(self.kind_of("body", part) or "")


@cache
def vocabulary() -> Vocabulary:
    """Read the words that ship, once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    meant = {kind: _meant(data[kind]) for kind in KINDS}
    return Vocabulary(
        names={kind: tuple(data[kind]) for kind in KINDS},
        meant=meant,
        split={kind: {word: frozenset(_words(word)) for word in meant[kind]} for kind in KINDS},
        regions={part: region for region, parts in data["region"].items() for part in parts},
        bends={word: bend for bend, listed in data["movement"].items() for word in listed},
        families={word: name for name, listed in data["alike"].items() for word in listed},
        directions={word: name for name, listed in data["direction"].items() for word in listed},
        natures={word: name for name, listed in data["nature"].items() for word in listed},
        near={region: tuple(listed) for region, listed in data["near"].items()},
        wished={word: tuple(parts) for word, parts in data["wish"].items()},
        complaints=frozenset(data["search"]["complaints"]),
        idle=frozenset([*data["search"]["complaints"], *data["search"]["fillers"]]),
    )


def _meant(names: Mapping[str, list[str]]) -> dict[str, str]:
    synonyms = {synonym: name for name, listed in names.items() for synonym in listed}
    return synonyms | {name: name for name in names}


def _said(meanings: Mapping[str, str], text: str) -> tuple[str, ...]:
    said = f" {' '.join(_words(text))} "
    return tuple(sorted({name for word, name in meanings.items() if f" {' '.join(_words(word))} " in said}))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
