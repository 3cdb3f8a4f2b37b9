"""One list of names for parts of the body, equipment and positions, with their synonyms and an order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["body", "equipment", "position"]
KINDS: tuple[Kind, ...] = ("body", "equipment", "position")
_FILE = Path(__file__).with_name("words.toml")
_ALIKE = 0.75  # of 1: "sholders" is 0.94 like "shoulders", "neck" 0.5 like "back"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by kind, in their order; `meant` leads from each name and synonym to its name.

    `idle` are words of a search that say nothing by themselves: complaints ("stiff") and fillers ("my").
    """

    names: Mapping[Kind, tuple[str, ...]]
    meant: Mapping[Kind, Mapping[str, str]]
    idle: frozenset[str]

    def find(self, kind: Kind, word: str) -> str | None:
        """Return the name that `word` stands for, in capitals or not; None for an unknown word."""
        return self.meant[kind].get(" ".join(word.lower().split()))

    def kind_of(self, kind: Kind, word: str) -> str | None:
        """Return the name that `word` stands for, or is a kind of: "kitchen towel" is a towel."""
        if name := self.find(kind, word):
            return name
        words = set(word.lower().split())
        return next((name for known, name in self.meant[kind].items() if set(known.split()) <= words), None)

    def nearest(self, kind: Kind, word: str) -> str | None:
        """Return the name of what is written most like `word`, or None where nothing is."""
        near = get_close_matches(word.lower(), self.meant[kind], n=1, cutoff=_ALIKE)
        return self.meant[kind][near[0]] if near else None


@cache
def vocabulary() -> Vocabulary:
    """Read the words that ship, once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Vocabulary(
        names={kind: tuple(data[kind]) for kind in KINDS},
        meant={kind: _meant(data[kind]) for kind in KINDS},
        idle=frozenset([*data["search"]["complaints"], *data["search"]["fillers"]]),
    )


def _meant(names: Mapping[str, list[str]]) -> dict[str, str]:
    synonyms = {synonym: name for name, listed in names.items() for synonym in listed}
    return synonyms | {name: name for name in names}
