"""Which words belong to which exercise: where one is left out, they go with it.

Without marks, the language's own rule decides: the first words after a hold end it, those before a hold
lead to it. A rest, a change of sides or a chapter parts one exercise from the next. Words that could
belong to what goes and to what stays are a fault: nobody shall hear what speaks of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from audioguide.errors import Fault
from audioguide.reading.marks import shown
from audioguide.routine.language import model
from audioguide.routine.language.base import SideTexts
from audioguide.routine.load import Routine
from audioguide.routine.parts import chapter_end

_WORK = (model.Hold, model.Counted, model.Breathe, model.Repeat, model.Sides, model.Include)
_BLOCKS = (model.Repeat, model.Sides, model.Include)
_CUTS = (model.Rest, model.Switch, model.Chapter)

# Words that take a position to start from; `into` says it in any language.
_POSITION = re.compile(
    r"\b(?:lie|kneel|sit down|sit on|sit up on|stand up|stand tall|hands and knees|on all fours)\b"
    r"|\bonto your (?:back|stomach|belly|front|side|left|right|knees|hands)\b",
    re.IGNORECASE,
)

Owner = Literal["before", "after", "either"] | None


@dataclass(frozen=True, slots=True)
class Belongings:
    """What goes: `steps`, and the `words` among them that were not named themselves; and what is wrong.

    `all_steps` are those of the whole routine; it `is_empty` where no exercise is left of those there were.
    """

    steps: frozenset[str]
    words: tuple[str, ...]
    faults: tuple[Fault, ...]
    all_steps: tuple[str, ...]
    is_empty: bool


def belongings(routine: Routine, named: Collection[str], one_by_one: Collection[str] = ()) -> Belongings:
    """Return what goes where the steps `named` are left out of `routine`, by their names in the script.

    Those that were named `one_by_one` go in any case; of the others, what brings the body into the position
    that the routine starts from stays.
    """
    walk = _Walk(routine, frozenset(named), frozenset(one_by_one))
    whole = _List(walk, routine, routine.document.steps, "", ())
    whole.close()
    whole.keep_start()
    works = [place for place, step in walk.seen.items() if isinstance(step, _WORK)]
    return Belongings(
        steps=frozenset(walk.gone), words=tuple(walk.words.values()), faults=tuple(walk.faults),
        all_steps=tuple(walk.seen), is_empty=bool(works) and not whole.left(),
    )  # fmt: skip


@dataclass(slots=True)
class _Walk:
    routine: Routine
    named: frozenset[str]
    one_by_one: frozenset[str]
    gone: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, model.Action] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _List:
    """A list of steps: those of a routine, or of a block in it; `prefix` is that of their names."""

    walk: _Walk
    routine: Routine
    steps: Sequence[Any]
    prefix: str
    keys: tuple[object, ...]

    def place(self, index: int) -> str:
        return f"{self.prefix}steps[{index}]"

    def goes(self, index: int) -> bool:
        return self.place(index) in self.walk.gone

    def left(self) -> list[int]:
        """Return where exercises are left."""
        return [at for at, step in enumerate(self.steps) if isinstance(step, _WORK) and not self.goes(at)]

    def close(self) -> None:
        """Find all that goes in this list and in those inside of it."""
        for index, step in enumerate(self.steps):
            place = self.place(index)
            self.walk.seen[place] = step
            if place in self.walk.named:
                self.walk.gone.add(place)
            inner = self._inside(index)
            if inner is None:
                continue
            inner.close()
            if isinstance(step, model.Include):
                inner.keep_start()  # an included routine has its own way into a position
            had = any(isinstance(each, _WORK) for each in inner.steps)
            if had and not inner.left():
                self.walk.gone.add(place)
        for first, end in self._runs():
            self._settle(first, end)
        self._empty_chapters()

    def keep_start(self) -> None:
        """Keep the words up to the first position, unless what is left names its own before it begins."""
        one_by_one = self.walk.one_by_one
        kept = self.left()
        if not kept or isinstance(self.steps[kept[0]], model.Include):
            return
        says = [at for at in range(kept[0]) if isinstance(self.steps[at], model.Say)]
        moves = [at for at in says if _takes_position(self.steps[at])]
        if any(not self.goes(at) for at in moves):
            return
        first = next((at for at in moves if self.place(at) not in one_by_one), None)
        if first is None or self.steps[first].id is not None:
            return
        start = next(at for at, step in enumerate(self.steps) if isinstance(step, (*_WORK, *_CUTS)))
        for at in range(first + 1) if first < start else [first]:
            if self.place(at) not in one_by_one and getattr(self.steps[at], "id", None) is None:
                self.walk.gone.discard(self.place(at))
                self.walk.words.pop(self.place(at), None)

    def _inside(self, index: int) -> _List | None:
        step = self.steps[index]
        if isinstance(step, model.Include):
            included = self.routine.includes[step.include]
            return _List(self.walk, included, included.document.steps, f"{self.place(index)}.include.", ())
        if isinstance(step, model.Repeat | model.Sides):
            keys = (*self.keys, "steps", index)
            return replace(self, steps=step.steps, prefix=f"{self.place(index)}.", keys=keys)
        return None

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield each stretch between exercises, rests and chapters: its first step and the one after it."""
        first = 0
        for index, step in enumerate([*self.steps, None]):
            if step is None or isinstance(step, (*_WORK, *_CUTS)):
                if index > first:
                    yield first, index
                first = index + 1

    def _settle(self, first: int, end: int) -> None:
        """Decide what of a stretch goes with the exercise before it, and what with the one after it."""
        before, after = self._work(first - 1), self._work(end)
        owners = dict(zip(range(first, end), self._owners(first, end, before, after), strict=True))
        going = {
            "before": before is not None and self.goes(before),
            "after": after is not None and self.goes(after),
        }
        if after is not None and not going["after"]:
            others = None if before is None else self.steps[before].id
            leading = [at for at, owner in owners.items() if owner == "after"]
            self._check_led(after, [at for at in leading if others is None or self.steps[at].id != others])
        both = all(going.values())
        for at, owner in owners.items() if any(going.values()) else ():
            if owner is None or self.steps[at].id is not None:
                continue  # it belongs to none of them, or goes with its own name alone
            if owner == "either" and not both:
                self._blame(at, before if going["before"] else after)
            elif both or going[owner]:
                self._take(at)

    def _work(self, index: int) -> int | None:
        inside = 0 <= index < len(self.steps)
        return index if inside and isinstance(self.steps[index], _WORK) else None

    def _owners(self, first: int, end: int, before: int | None, after: int | None) -> Iterator[Owner]:
        """Yield for each step of a stretch to which exercise it belongs, if to any."""
        usual = self._usual(first, end, before, after)
        owner: Owner = "before" if before is not None and after is not None else usual
        spoken = 0
        for index in range(first, end):
            step = self.steps[index]
            if isinstance(step, model.Say):
                owner = self._owner(step, spoken, usual, before, after)
                spoken += 1
            yield owner

    def _owner(
        self, step: model.Say, number: int, usual: Owner, before: int | None, after: int | None
    ) -> Owner:
        if step.release and before is not None:
            return "before"
        if step.enter and after is not None:
            return "after"
        if usual == "either" and before is not None and after is not None:
            return self._shared(number, before, after)
        return usual

    def _usual(self, first: int, end: int, before: int | None, after: int | None) -> Owner:
        if before is not None and after is not None:
            return "either"
        work = before if after is None else after
        if work is None:
            return None
        at_edge = end == len(self.steps) if after is None else first == 0
        # The first and the last words of a session are not those of its first and last routine.
        if at_edge and isinstance(self.steps[work], model.Include):
            return None
        return "before" if after is None else "after"

    def _shared(self, number: int, before: int, after: int) -> Owner:
        """Return whose the text `number` between two exercises is: the first ends one, the others lead."""
        # A block may have words of its own at its ends, and needs none around it.
        ends, leads = self._says(before, -1), self._says(after, 0)
        if ends:
            return "either" if leads else "after"
        if number:
            return "either" if isinstance(self.steps[after], model.Include) else "after"
        return "before" if leads or self._texts_between(before, after) > 1 else "either"

    def _says(self, index: int, end: int) -> bool:
        """Return whether a block itself begins (0) or ends (-1) with words."""
        inner = self._inside(index)
        included = isinstance(self.steps[index], model.Include)
        return included or (inner is not None and isinstance(inner.steps[end], model.Say))

    def _texts_between(self, before: int, after: int) -> int:
        between = self.steps[before + 1 : after]
        return sum(isinstance(step, model.Say) for step in between)

    def _empty_chapters(self) -> None:
        """Let a chapter go, whole, of which every exercise goes."""
        for index, step in enumerate(self.steps):
            if isinstance(step, model.Chapter) and not self.goes(index):
                reach = range(index + 1, chapter_end(self.steps, index))
                works = [at for at in reach if isinstance(self.steps[at], _WORK)]
                if works and all(self.goes(at) for at in works):
                    for at in (index, *reach):
                        self._take(at)

    def _take(self, index: int) -> None:
        if self.goes(index):
            return
        self.walk.gone.add(self.place(index))
        if isinstance(self.steps[index], model.Say):
            said = f"“{_text(self.steps[index])}” (line {self._fault(index, '').line})"
            self.walk.words[self.place(index)] = said

    def _check_led(self, work: int, leading: Sequence[int]) -> None:
        """Note a fault where every word that leads to a hold goes, and the hold stays."""
        spoken = [at for at in leading if isinstance(self.steps[at], model.Say)]
        if spoken and all(self.goes(at) for at in spoken) and isinstance(self.steps[work], model.Hold):
            self.walk.faults.append(
                self._fault(
                    work, "the words that lead to this hold are skipped, but the hold is not",
                    "give both the same `id`, so that they are skipped together",
                )
            )  # fmt: skip

    def _blame(self, index: int, work: int | None) -> None:
        if self.goes(index) or not isinstance(self.steps[index], model.Say):
            return
        gone = "" if work is None else f" in line {self._fault(work, '').line}"
        self.walk.faults.append(
            self._fault(
                index, f"“{_text(self.steps[index])}” may refer to what is skipped{gone}, or to what stays",
                "give it the `id` of the part it belongs to, or its own `id` if it belongs to neither",
            )
        )  # fmt: skip

    def _fault(self, index: int, found: str, allowed: str = "") -> Fault:
        return self.routine.source.fault((*self.keys, "steps", index), found, allowed)


def _takes_position(step: model.Say) -> bool:
    return step.into is not None or bool(_POSITION.search(_text(step)))


def _text(step: model.Say) -> str:
    text: Any = step.say[0] if isinstance(step.say, list) else step.say
    if isinstance(text, SideTexts):
        text = next(iter(text.texts.values()), "")
    return shown(text)
