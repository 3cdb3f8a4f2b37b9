"""What somebody asks of a session, read from plain words; everything that is not understood, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from audioguide.compose.refusal import Refusal, Refused, about
from audioguide.units import TICKS_PER_SECOND, format_length, parse_total
from audioguide.vocabulary.vocabulary import Kind, vocabulary

Aim = Literal["", "unwind", "mobility", "strength", "desk", "sleep", "morning"]
EVERYWHERE = "whole body"  # what a session is for that has an aim, and no part of the body
AIMS: tuple[Aim, ...] = tuple(aim for aim in get_args(Aim) if aim)
SHORTEST, LONGEST = 300 * TICKS_PER_SECOND, 5400 * TICKS_PER_SECOND
MOST_VARIETY = 5
MOST_SEED = 999_999
NOTHING_AT_HAND = frozenset({"anything", "equipment", "everything"})

LYING = ("lying on your back", "lying on your stomach", "lying on your side")
# A word for a position stands for all of these.
_MEANS: Mapping[str, tuple[str, ...]] = {
    "lying": LYING, "lying down": LYING, "lie": LYING, "lie down": LYING, "in bed": (*LYING, "in bed"),
    "bed": (*LYING, "in bed"), "kneeling": ("kneeling", "on hands and knees"),
    "kneel": ("kneeling", "on hands and knees"), "on your knees": ("kneeling", "on hands and knees"),
    "sitting": ("sitting", "on a chair", "sitting on the floor"),
    "floor": (*LYING, "sitting on the floor", "on hands and knees", "kneeling"),
    "on the floor": (*LYING, "sitting on the floor", "on hands and knees", "kneeling"),
    "standing": ("standing", "walking"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for, in plain words; each text may be a list with commas."""

    body: str = ""
    length: str = ""
    position: str = ""
    without: str = ""
    avoid: str = ""
    mind: str = ""
    level: str = ""
    aim: str = ""
    like: str = ""
    variety: int = 3
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a session has to keep to, in names of the vocabulary; `length` in ticks.

    `places` are the positions that it may have, all where there are none. `like` are names of exercises that
    have to be in it; `liked` and `disliked` are those of which there should be more, or none. A `loose`
    session need not keep to what holds only where the library allows it: at 2, it has long exercises, too.
    """

    body: tuple[str, ...]
    length: int
    places: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    nothing_at_hand: bool = False
    avoid: tuple[str, ...] = ()
    mind: tuple[str, ...] = ()
    level: str = "moderate"
    aim: Aim = ""
    like: tuple[str, ...] = ()
    variety: int = 3
    seed: int = 1
    liked: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()
    loose: Literal[0, 1, 2] = 0


def read(asked: Asked, exercises: Mapping[str, str]) -> Wishes:
    """Read what was `asked`; `exercises` leads from the names to the titles of those that there are.

    Raises Refused with everything that is not understood or contradicts itself.
    """
    reader = _Reader(exercises, [])
    wishes = reader.wishes(asked)
    reader.faults.extend(contradictions(wishes))
    if reader.faults:
        raise Refused(reader.faults)
    return wishes


def contradictions(wishes: Wishes) -> list[Refusal]:
    """Return what cannot be had together, in a sentence each."""
    return [
        Refusal(f"'{name}' is both requested and avoided: change {{position}} or {{avoid}}", "avoid")
        for name in wishes.places
        if name in wishes.avoid
    ] + [Refusal(text, re.findall(r"\{(\w+)\}", text)[0]) for text in _contradictions(wishes)]


def _contradictions(wishes: Wishes) -> Iterator[str]:
    if wishes.places == ("on a chair",) and (wishes.nothing_at_hand or "chair" in wishes.without):
        yield "a session on a chair needs a chair: change {position} or {without}"
    if wishes.aim == "sleep" and wishes.places and not set(wishes.places) & {*LYING, "in bed"}:
        yield "a session for sleep ends lying down: remove {position}, or choose another {aim}"
    if wishes.aim == "sleep" and "lying on your back" in wishes.avoid:
        yield "a session for sleep ends lying down: remove {avoid}, or choose another {aim}"
    if wishes.aim == "strength" and wishes.level == "gentle":
        yield "a session for strength is at least moderate: change {level} or {aim}"


@dataclass(frozen=True, slots=True)
class _Reader:
    exercises: Mapping[str, str]
    faults: list[Refusal]

    def wishes(self, asked: Asked) -> Wishes:
        aim = self._one("aim", asked.aim, AIMS)
        without = asked.without.lower().strip()
        nothing = without in NOTHING_AT_HAND
        level = self._level(asked.level, aim)
        if not asked.body.strip() and not aim:
            text = "say what it is for with {body}, such as neck, shoulders"
            self.faults.append(Refusal(f"{text}; or use only {{aim}}, for the whole body", "body"))
        return Wishes(
            body=tuple(self._names("body", "body", asked.body or EVERYWHERE)),
            length=self._length(asked.length),
            places=tuple(self._places("position", asked.position)),
            without=() if nothing else tuple(self._names("without", "equipment", asked.without)),
            nothing_at_hand=nothing, avoid=tuple(self._places("avoid", asked.avoid)),
            mind=tuple(self._names("mind", "contraindication", asked.mind)), level=level,
            aim=aim, like=tuple(self._exercises(asked.like)),
            variety=self._within("variety", asked.variety, 1, MOST_VARIETY),
            seed=self._within("seed", asked.seed, 0, MOST_SEED),
        )  # fmt: skip

    def _length(self, text: str) -> int:
        try:
            ticks, _ = parse_total(text or "15m")
        except ValueError as error:
            self.faults.append(about("length", str(error)))
            return SHORTEST
        if not SHORTEST <= ticks <= LONGEST:
            bounds = f"{format_length(SHORTEST)} to {format_length(LONGEST)}"
            self.faults.append(about("length", f"{format_length(ticks)} is outside {bounds}"))
        return ticks

    def _within(self, field: str, number: int, low: int, high: int) -> int:
        if not low <= number <= high:
            self.faults.append(about(field, f"{number} is outside {low} to {high}"))
        return number

    def _one(self, field: str, word: str, known: Sequence[Aim]) -> Aim:
        word = word.lower().strip()
        for each in known:
            if each == word:
                return each
        if word:
            self.faults.append(about(field, f"unknown word '{word}'; choose from {', '.join(known)}"))
        return ""

    def _level(self, word: str, aim: Aim) -> str:
        if not word.strip():
            return "gentle" if aim in ("sleep", "unwind") else "moderate"
        level = vocabulary().find("level", word)
        if level is None:
            names = ", ".join(vocabulary().names["level"])
            self.faults.append(about("level", f"unknown word '{word.strip()}'; choose from {names}"))
        if level and level != "gentle" and aim == "sleep":
            self.faults.append(Refusal("a session for sleep is gentle: change {level} or {aim}", "level"))
        return level or "moderate"

    def _names(self, field: str, kind: Kind, text: str) -> Iterator[str]:
        seen: set[str] = set()
        for word in _listed(text):
            names = _meant(kind, word)
            if not names:
                self.faults.append(about(field, f"unknown word '{word}'{_near(kind, word)}"))
            yield from (name for name in names if name not in seen)
            seen.update(names)

    def _places(self, field: str, text: str) -> Iterator[str]:
        for word in _listed(text):
            name = vocabulary().find("position", word)
            means = _MEANS.get(word.lower()) or _MEANS.get(name or "") or ((name,) if name else ())
            if not means:
                self.faults.append(about(field, f"unknown position '{word}'{_near('position', word)}"))
            if "as you like" not in means:
                yield from means

    def _exercises(self, text: str) -> Iterator[str]:
        by_title = {title.lower(): name for name, title in self.exercises.items()}
        for word in _listed(text):
            slug = "-".join(word.lower().replace("'", "").split())
            name = slug if slug in self.exercises else by_title.get(word.lower())
            if name is None:
                from audioguide.routine.walk import nearest

                said = f"no exercise is called '{word}'{nearest(slug, list(self.exercises))}"
                self.faults.append(about("like", said))
            else:
                yield name


def _listed(text: str) -> list[str]:
    return [word for word in (" ".join(each.split()) for each in re.split(r"[,;]", text)) if word]


def _meant(kind: Kind, word: str) -> tuple[str, ...]:
    """Return the names that a word stands for: "stiff neck" is the neck, "bad knee" a knee injury."""
    if kind == "body" and (parts := vocabulary().wished.get(word.lower())):
        return parts
    if names := vocabulary().kinds_of(kind, word):
        return names
    words = [each for each in word.lower().split() if each not in vocabulary().idle]
    part = vocabulary().find("body", " ".join(words))
    if kind == "contraindication" and part:
        stems = {part, part.removesuffix("s"), words[-1]}
        return tuple(
            name
            for name in vocabulary().names[kind]
            if name.split()[-1] in ("injury", "problem") and name.rsplit(" ", 1)[0] in stems
        )
    return ()


def _near(kind: Kind, word: str) -> str:
    near = vocabulary().nearest(kind, word)
    return f"; did you mean '{near}'?" if near else f"; such as {', '.join(vocabulary().names[kind][:6])}"
