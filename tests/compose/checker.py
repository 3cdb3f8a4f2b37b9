"""Whether a composed session keeps to the rules of docs/compose.md, seen from its file and the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from pathlib import Path

from audioguide.compose.wishes import Wishes
from audioguide.routine.language import model
from audioguide.routine.language.positions import passed
from audioguide.routine.load import Routine
from audioguide.vocabulary.vocabulary import Kind, vocabulary

STAGE = {"arrive": 0, "warm up": 1, "move": 2, "stretch": 2, "rest": 3}
EFFORT = {"gentle": 0, "moderate": 1, "strong": 2}
PLACE = {
    "back": "lying on your back", "back, knees bent": "lying on your back",
    "stomach": "lying on your stomach", "side": "lying on your side", "hands and knees": "on hands and knees",
    "heels": "kneeling", "kneeling": "kneeling", "floor": "sitting on the floor", "chair": "on a chair",
    "standing": "standing",
}  # fmt: skip
NEUTRAL = {"whole body", "mind", "breath"}
# Parts for which nobody holds an arm up to rest, or turns onto the stomach.
NO_ARMS = ("neck", "head", "jaw", "shoulders", "arms", "elbows", "forearms", "wrists", "hands")
HEIGHT = {"lying": 0, "knees": 1, "sitting on the floor": 1, "on a chair": 2, "standing": 3}
LYING = {"lying on your back", "lying on your stomach", "lying on your side"}
MINUTE = 15_000  # ticks
# Titles of what a belly has no room for in a pregnancy, or hangs in.
NO_ROOM = (
    "hug", "to chest", "child's pose", "forward fold", "forward lean", "backward stretch", "side reach",
    "cat ",
)  # fmt: skip
# What bears on a condition, be it on the way.
LOADS = {
    "knee injury": {"kneeling", "on hands and knees"},
    "joint replacement": {"kneeling", "on hands and knees"},
    "wrist injury": {"on hands and knees"}, "pregnant": {"lying on your stomach", "lying on your back"},
    "rib injury": {"lying on your stomach"},
}  # fmt: skip


def places(steps: Sequence[object]) -> Iterator[str]:
    """Yield the `into` positions of an exercise within a session."""
    for step in steps:
        if isinstance(step, model.Say) and step.into and not step.alone:
            yield step.into
        yield from places(getattr(step, "steps", ()))


def names(kind: Kind, phrases: Sequence[str]) -> list[str]:
    """Return the names of the vocabulary in some phrases."""
    return [name for phrase in phrases for name in vocabulary().kinds_of(kind, phrase)]


def without(wishes: Wishes) -> set[str]:
    """Return the positions that a session may not have, not even on the way."""
    return set(wishes.avoid).union(*(LOADS.get(name, set()) for name in wishes.mind))


def place_group(into: str) -> str:
    """Return the group of a position."""
    if PLACE[into] in LYING:
        return "lying"
    return {"on hands and knees": "knees", "kneeling": "knees"}.get(PLACE[into], PLACE[into])


def alike(one: Part, other: Part) -> bool:
    """Return whether two titles name the same movement."""
    kinds: tuple[Kind, ...] = ("body", "position", "equipment")
    known = " ".join(phrase for kind in kinds for phrase in vocabulary().meant[kind]).lower().split()
    first, second = ({*re.findall(r"\w+", part.routine.document.title.lower())} for part in (one, other))
    return any(len(word) > 3 and word not in known for word in first & second)


def _covers(part: str, wish: str) -> bool:
    thorax = "upper and mid back"
    limbs = {"legs": "legs", "arms": "arms and hands", "upper back": thorax, "mid back": thorax}
    return (
        wish in ("whole body", part)
        or set(wish.split()) <= set(part.split())
        or (wish == "head" and part in ("eyes", "face", "jaw"))
        or (wish in limbs and vocabulary().regions[part] == limbs[wish])
    )


@dataclass(frozen=True)
class Part:
    """An exercise as its file describes it."""

    routine: Routine

    @property
    def stage(self) -> int:
        return STAGE[self.routine.document.phase or "move"]

    @property
    def effort(self) -> int:
        return EFFORT[self.routine.document.level or "moderate"]

    @property
    def body(self) -> list[str]:
        return names("body", self.routine.document.body)

    @property
    def into(self) -> list[str]:
        return list(places(self.routine.document.steps))

    @property
    def is_short(self) -> bool:
        """Return whether it may rest in every session: lying, in two and a half minutes and less."""
        return self.routine.name == "long-breath-out"

    def serves(self, wish: str) -> bool:
        """Return whether it is for a wish."""
        return any(_covers(part, wish) for part in self.body)

    @property
    def region(self) -> str:
        return vocabulary().regions[self.body[0]]

    def is_mainly_for(self, wish: str) -> bool:
        """Return whether the first parts of the body that it names, all of one region, are for a wish."""
        regions = vocabulary().regions
        parts = takewhile(lambda part: regions[part] == self.region, self.body)
        return any(_covers(part, wish) for part in parts)

    def warms(self, wish: str) -> bool:
        """Return whether it warms up a part: it is for it, or mainly for a region beside it."""
        near = {vocabulary().regions[wish], *vocabulary().near.get(vocabulary().regions[wish], ())}
        return self.serves(wish) or wish in NEUTRAL or self.region in near

    def is_no_rest(self, wishes: Wishes) -> bool:
        """Return whether it does not suit these wishes at the end, or holds the breath at the start."""
        title = self.routine.document.title.lower()
        if self.stage not in (0, 3) or self.routine.name in wishes.like:
            return False
        if any(word in title for word in ("seven", "pauses", "box")) and "breath" not in wishes.body:
            return True
        if self.stage == 0:
            return False
        wanted = [wish for wish in wishes.body if wish != "whole body"]
        if any(_covers(part, wish) for part in NO_ARMS for wish in wanted) and (
            "nostril" in title or self.into[:1] == ["stomach"]
        ):
            return True
        if self.body[0] == "eyes" and wishes.aim == "desk":
            return False
        return self.body[0] not in NEUTRAL and not any(self.serves(wish) for wish in wanted)

    @property
    def bend(self) -> str:
        """Return back, forward, both or nothing, from the title, else the summary."""
        document = self.routine.document
        for text in (document.title, document.summary or ""):
            if found := vocabulary().movements(text):
                return found[0] if len(found) == 1 else "both"
        return ""

    @property
    def far(self) -> bool:
        return self.stage == 2 and self.effort > 0 and self.bend in ("back", "forward")

    def balances(self, before: Part) -> bool:
        """Return whether it is a counter-movement to the exercise before."""
        return before.far and not self.far and self.bend not in ("", before.bend)

    def ruled_out(self, wishes: Wishes) -> str:  # noqa: C901, PLR0911, PLR0912
        """Say why it may not be in any session for these wishes."""
        document = self.routine.document
        if self.routine.includes or document.safety.notice in ("heat", "ice", "water", "heat and ice"):
            return "session, heat or cold"
        things = names("equipment", document.equipment)
        if set(things) & set(wishes.without) or (wishes.nothing_at_hand and things):
            return "a thing is missing"
        if set(names("contraindication", document.safety.avoid_with)) & set(wishes.mind):
            return "a condition"
        if self.bend in ("forward", "both") and {"vertigo", "osteoporosis"} & set(wishes.mind):
            return "bends forward"
        if "pregnant" in wishes.mind and any(word in document.title.lower() for word in NO_ROOM):
            return "folds over the belly, or lets it hang"
        asked = self.routine.name in wishes.like
        if self.effort > EFFORT[wishes.level] or (self.effort and self.stage != 2 and not asked):
            return "too strong"
        if document.safety.closing == "sleep" and wishes.aim != "sleep":
            return "a listener falls asleep"
        if "break" in document.title.lower() and not asked:
            return "a session of its own"
        if self.is_no_rest(wishes):
            return "no rest for these wishes"
        allowed = set(wishes.places)
        if not allowed and wishes.aim in ("desk", "sleep"):
            allowed = {"on a chair", "standing", "walking"} if wishes.aim == "desk" else {*LYING, "in bed"}
        bed = "bed" in things
        if bed and "in bed" not in allowed:
            return "in bed"
        if led := {PLACE[into] for into in self.into}:
            if led & without(wishes) or (allowed and not bed and not led <= allowed):
                return "a position"
            return ""
        named = set(vocabulary().kinds_of("position", document.position or ""))
        if not named or "as you like" in named:
            return ""
        return "" if (named - without(wishes)) and (not allowed or named & allowed) else "a position"


def broken(session: Routine, wishes: Wishes, among: Sequence[Routine]) -> list[str]:
    """Return the rules that a session breaks; `among` are the exercises of the library."""
    parts = [
        Part(session.includes[step.include])
        for step in session.document.steps
        if isinstance(step, model.Include)
    ]
    others = [Part(each) for each in among]
    return [
        *_arc(parts, wishes, others), *_wishes(parts, wishes), *_each(parts, wishes),
        *_pairs(parts, wishes), *_rests(parts, wishes), *_ground(parts), *_freely(parts, wishes, others),
        *_positions(parts, wishes), *_sleep(session, parts, wishes),
    ]  # fmt: skip


def _arc(parts: Sequence[Part], wishes: Wishes, among: Sequence[Part]) -> Iterator[str]:
    stages = [part.stage for part in parts]
    long = wishes.length
    if stages != sorted(stages):
        yield "arc: out of order"
    most = (1, 2 if long >= 20 * MINUTE else 1, len(parts), 2 if long >= 30 * MINUTE else 1)
    if any(stages.count(stage) > most[stage] for stage in range(4)):
        yield "arc: too many of one part"
    if [into for part in parts for into in part.into][-1:] in (["hands and knees"], ["kneeling"], ["heels"]):
        yield "arc: nobody ends on the knees"
    for before, after in zip(parts, [*parts[1:], None], strict=True):
        idle = before.stage == 1 and not any(before.serves(wish) for wish in wishes.body)
        if idle and before.routine.name not in wishes.like and (after is None or after.stage == 3):
            yield "arc: it warms up for nothing"
    if long < 10 * MINUTE or without(wishes):
        return
    fit = [part for part in among if not part.ruled_out(wishes)]
    rests = any(part.stage == 3 and part.is_short for part in fit) and not rises(wishes)
    if rests and 3 not in stages:
        yield "arc: no rest"
    begins = any(part.stage == 0 and part.body[:1] != ["whole body"] for part in fit)
    if begins and not {0, 1} & {*stages}:
        yield "arc: no beginning"


def _wishes(parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    yield from (f"every wish: {wish}" for wish in wishes.body if not any(part.serves(wish) for part in parts))
    there = [part.routine.name for part in parts]
    yield from (f"every wish: {name}" for name in wishes.like if name not in there)
    if len(set(there)) < len(there):
        yield "on purpose: something comes twice"
    for number, part in enumerate(parts):
        wanted = any(part.serves(wish) for wish in wishes.body) or part.routine.name in wishes.like
        counter = number > 0 and part.balances(parts[number - 1])
        warms = part.stage == 1 and any(part.warms(wish) for wish in wishes.body)
        if part.stage in (1, 2) and not (wanted or counter or warms):
            yield f"on purpose: {part.routine.name}"


def _each(parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    yield from (f"ruled out: {part.routine.name}, {why}" for part in parts if (why := part.ruled_out(wishes)))
    for part in parts:
        text = part.routine.path.read_text(encoding="utf-8")
        if re.search(r"sides: \[(left|right)\]", text):
            yield f"both sides: {part.routine.name}"


def _pairs(parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    for before, after in zip(parts, [*parts[1:], None], strict=True):
        if before.far and not (after and after.balances(before)):
            yield f"counter-movement: after {before.routine.name}"
        if after is None:
            continue
        if before.routine.document.safety.closing == "sleep":
            yield f"sleep: nothing is heard after {before.routine.name}"
        same = before.routine.document.phase == after.routine.document.phase
        if same and before.body[:1] == after.body[:1] and (before.stage != 2 or alike(before, after)):
            yield f"two of a kind: {before.routine.name}, {after.routine.name}"
        if before.effort and after.effort and wishes.aim != "strength":
            yield f"load: {before.routine.name}, {after.routine.name}"
    every = (2 if wishes.aim == "strength" else 3) * MINUTE
    if sum(part.effort for part in parts) > max(1, wishes.length // every):
        yield "load: too much in all"


def _rests(parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    """Yield the rests that are higher than what comes before, or on the stomach after lying on the back.

    In the morning and for balance, yield those that are neither on a chair nor standing.
    """
    for number, part in enumerate(parts):
        before = [into for each in parts[:number] for into in each.into][-1:]
        if part.stage != 3 or not (before and part.into) or part.routine.name in wishes.like:
            continue
        if rises(wishes):
            if place_group(part.into[0]) not in ("on a chair", "standing"):
                yield f"morning: {part.routine.name} lies down again"
            continue
        if HEIGHT[place_group(part.into[0])] > HEIGHT[place_group(before[0])]:
            yield f"rests: {part.routine.name} is above {before[0]}"
        if part.into[0] == "stomach" and before[0].startswith("back"):
            yield f"rests: rolls over for {part.routine.name}"


def _freely(parts: Sequence[Part], wishes: Wishes, among: Sequence[Part]) -> Iterator[str]:
    """Yield what is amiss where nothing but parts of the body and a length is asked for."""
    if not is_free(wishes):
        return
    fit = [part for part in among if part.stage == 2 and not part.ruled_out(wishes)]
    for wish in wishes.body:
        if any(part.is_mainly_for(wish) for part in fit) and not any(
            part.stage == 2 and part.is_mainly_for(wish) for part in parts
        ):
            yield f"every wish: nothing moves {wish}"
    useful = [
        part for part in parts
        if any(part.is_mainly_for(wish) if part.stage == 2 else part.serves(wish) for wish in wishes.body)
        and part.stage in (1, 2)
    ]  # fmt: skip
    possible = [part for part in fit if any(part.is_mainly_for(wish) for wish in wishes.body)]
    if len(useful) < 3 <= len(possible) // 2:
        yield f"every wish: {len(useful)} for {wishes.body}"


def _ground(parts: Sequence[Part]) -> Iterator[str]:
    beds = ["bed" in names("equipment", part.routine.document.equipment) for part in parts]
    lying = [part for part, bed in zip(parts, beds, strict=True) if not bed and part.into]
    floors = [
        part.routine.name
        for part in lying
        if {place_group(into) for into in part.into} - {"on a chair", "standing"}
        and "floor"
        in " ".join(repr(step) for step in part.routine.document.steps if not getattr(step, "alone", False))
    ]
    if any(beds) and floors:
        yield f"bed and floor: {floors}"


def _positions(parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    led = [into for part in parts for into in part.into]
    groups = [place_group(into) for into in led]
    changes = sum(a != b for a, b in pairwise(groups))
    if changes > max(2, wishes.length // (4 * MINUTE)):
        yield f"few changes: {changes}"
    ends = [(part.into[0], part.into[-1]) for part in parts if part.into]
    for (_, start), (end, _) in pairwise(ends):
        by = [PLACE[place] for place in passed(start, end)]  # type: ignore[arg-type]
        if set(by) & without(wishes):
            yield f"avoided on the way: from {start} to {end}"


def _sleep(session: Routine, parts: Sequence[Part], wishes: Wishes) -> Iterator[str]:
    if wishes.aim != "sleep":
        return
    document = session.document
    if document.profile != "sleep" or document.safety.closing != "sleep":
        yield "sleep: profile and closing"
    last = [into for part in parts for into in part.into][-1:]
    if (
        any(part.effort for part in parts)
        or parts[-1].stage != 3
        or any(place_group(into) != "lying" for into in last)
    ):
        yield "sleep: how it ends"


def rises(wishes: Wishes) -> bool:
    """Return whether a session goes up and ends so."""
    balance = not wishes.aim and "balance" in wishes.body
    return not wishes.places and (wishes.aim == "morning" or balance)


def is_free(wishes: Wishes) -> bool:
    """Return whether nothing but a part or two of the body and a usual length is asked for."""
    limits = (wishes.places, wishes.without, wishes.avoid, wishes.mind, wishes.like, wishes.aim)
    return (
        not any(limits)
        and not wishes.nothing_at_hand
        and len(wishes.body) < 3
        and wishes.length >= 15 * MINUTE
    )


def path_in(folder: Path) -> Path:
    """Return where a session would be written."""
    return folder / "session.yaml"
