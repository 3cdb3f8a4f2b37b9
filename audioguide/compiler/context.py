"""The walk through the steps of a routine: where it stands, and the cues that it has gathered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from random import Random
from typing import Any

from audioguide.compiler import holds
from audioguide.compiler.chimes import sounded
from audioguide.compiler.voices import counter_of, other_voice
from audioguide.errors import Fault, faulty
from audioguide.reading.language import language_of
from audioguide.reading.marks import has_marks, shown
from audioguide.routine.language.base import RoutineVoice
from audioguide.routine.language.positions import Position
from audioguide.routine.language.values import Amount, Ref
from audioguide.routine.load import Routine
from audioguide.script.choices import Guidance
from audioguide.script.script import Cue, OtherVoice, Scene, Side, Sounded
from audioguide.script.text import fill, has_braces, ordinal, other_side, times, with_capital
from audioguide.units import LONGEST, TICKS_PER_SECOND, said_length

MOST_CUES = 20_000
WORDLESS = "wood"  # short enough to count seconds with, and like no chime of a hold

# "First time." of one that comes once promises another.
_WHICH_OF_ONE = re.compile(r"^\{[Nn]th\} time\. (?=\S)")

Keys = tuple[Any, ...]


@dataclass(slots=True)
class Unrolling:
    """What the walk through a routine has gathered so far."""

    beyond: list[str]
    beyond_allowed: bool
    guidance: Guidance
    skip: frozenset[str]
    language: str = "en"  # of the voice
    cues: list[Cue] = field(default_factory=list)
    ticks: int = 0
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    turns: Counter[tuple[str, Side | None, str]] = field(default_factory=Counter)
    session: int = 1
    position: Position | None = None
    place: str | None = None  # where the last included routine was done: at a wall, a table, anywhere ("")
    arrived: set[str] = field(default_factory=set)
    holding: set[str] = field(default_factory=set)  # what was said in this position, and holds in all of it
    stays: str = ""  # the step that would leave a position which the next routine begins in
    first_arrival: str = ""  # the step of the first words that lead to a position
    notes: list[str] = field(default_factory=list)
    halves: set[str] = field(default_factory=set)  # the steps that may say that half of a session is done
    scene: Scene = field(default_factory=Scene)  # of the steps that come next
    heard: Scene = field(default_factory=Scene)  # of the last chapter
    settled: frozenset[str] = frozenset()  # what of a scene the listener has chosen for the whole file


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What comes next, in words: the length of the next hold and rest, and the name of the next part."""

    hold: str | None = None
    rest: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the walk stands: in which routine and step, on which side, in which rep.

    `around` are the routines that include this one, the nearest first.
    """

    routine: Routine
    values: Mapping[str, Amount]
    out: Unrolling
    keys: Keys = ()
    prefix: str = ""
    side: Side | None = None
    sides: Sequence[Side] = ()  # all that take turns here
    rep: int | None = None
    reps: int | None = None
    coming: Coming = Coming()
    voice: OtherVoice | None = None  # who speaks here, where it is not the voice of the script
    exact: bool = False  # in these steps, exact times follow one another without a pause
    around: tuple[Routine, ...] = ()

    @property
    def step(self) -> str:
        """Return the step as it is shown: "steps[2].steps[0]"."""
        return _named(self.prefix, self.keys)

    @property
    def language(self) -> str:
        """Return the language of the voice that speaks here, such as "en"."""
        return language_of(self.voice.name) if self.voice and self.voice.name else self.out.language

    @property
    def counting(self) -> OtherVoice | None:
        """Return who counts here, where that is a voice of its own."""
        return self.voice or counter_of(self.routine, self.around)

    def voiced(self, asked: str | RoutineVoice) -> OtherVoice:
        """Return the voice that is asked for inside of this step."""
        return other_voice(asked, self.routine, (*self.keys, "marks"))

    def inner(self, index: int, coming: Coming) -> Context:
        """Go into the step at `index` of these steps."""
        return Context(  # by hand: see `Cue.placed`
            routine=self.routine, values=self.values, out=self.out, keys=(*self.keys, "steps", index),
            prefix=self.prefix, side=self.side, sides=self.sides, rep=self.rep, reps=self.reps,
            coming=coming, exact=self.exact, voice=self.voice, around=self.around,
        )  # fmt: skip

    def add(self, cue: Cue) -> None:
        """Add a cue: in this step, on this side, in this rep, with its sound found."""
        out, step = self.out, self.step
        if out.guidance == "chimes" and cue.text and cue.kind != "chapter":
            if cue.kind == "say":
                return
            # A word inside a hold has its reason (check your skin): something sounds in its place.
            heard = cue.sound or cue.tone or cue.kind == "breath"
            cue = replace(cue, text=None, sound=cue.sound if heard else WORDLESS)
        if cue.text and has_marks(cue.text):
            cue = replace(cue, text=shown(cue.text), spoken=None if cue.kind == "chapter" else cue.text)
        voice = cue.voice or self.voice if cue.text and cue.kind != "chapter" else None
        voice = voice if voice and voice.chosen else None  # the guide is the voice of the script
        if voice != cue.voice:
            cue = replace(cue, voice=voice)
        self.limit(1, cue.length or 0 if cue.advances else 0)
        if step not in out.places:  # finding a place costs more than all the rest of a cue
            out.places[step] = self.routine.source.where(self.keys)
        found = self.sounded(cue.sound) if cue.sound else None
        sound, gain_db = (found.sound, found.gain_db) if found else (None, 0.0)
        out.cues.append(cue.placed(step, self.side, cue.rep or self.rep, sound, gain_db))
        out.ticks += cue.length or 0 if cue.advances else 0

    def limit(self, cues: int, ticks: int) -> None:
        """Refuse so many cues and ticks more, where they are too many."""
        out = self.out
        if len(out.cues) + cues > MOST_CUES:
            found = f"more than {MOST_CUES:,} cues: use fewer reps"
        elif out.ticks + ticks > LONGEST:
            found = (
                f"more than {LONGEST // 3600 // TICKS_PER_SECOND} hours in total: use fewer or shorter reps"
            )
        else:
            return
        raise faulty(self.routine.source.file, [self.fault(found)])

    def soft(self, kind: Any, length: int | Ref | None, default: int = 0) -> None:
        """Add a time of `length`, or of `default` where none is written, both in ticks; soft or exact."""
        ticks = default if length is None else holds.amount_of(length, self.values)
        self.add(Cue(kind=kind, step="", length=ticks, exact=self.exact))

    def fault(self, found: str, allowed: str = "", *keys: object) -> Fault:
        """Make a fault at a key of this step."""
        return self.routine.source.fault((*self.keys, *keys), found, allowed)

    def turn(self, key: str) -> int:
        """Return whose turn it is among several texts at `key`: one more each time, and each session."""
        place = self.step, self.side, key
        self.out.turns[place] += 1
        return self.out.turns[place] + self.out.session - 2

    def chance(self, *what: object) -> Random:
        """Return random numbers for this step: the same for the same seed, side, rep and session."""
        seed = self.routine.document.seed, self.out.session, self.step, self.side, *what
        # From a text, the numbers are the same in every Python; nothing here is a secret.
        return Random("/".join(map(str, seed)))  # noqa: S311

    def shuffled(self, count: int) -> list[int]:
        """Return the places of so many steps in an order of this rep."""
        order = list(range(count))
        self.chance("order", self.rep).shuffle(order)
        return order

    def blame(self, found: str, *keys: object) -> None:
        """Note a fault at a key of this step."""
        self.out.faults.append(self.fault(found, "", *keys))

    def note(self, said: str, *keys: object) -> None:
        """Note something about a key of this step that is not a fault."""
        self.out.notes.append(f"{self.routine.source.where((*self.keys, *keys))}: {said}")

    def words(self, text: str, left: int | None = None) -> str:
        """Fill the placeholders of `text`, which is said `left` ticks before the end of a hold or a rest."""
        if self.reps == 1:
            text = _WHICH_OF_ONE.sub("", text)
        if not has_braces(text):
            return text
        coming = self.coming
        values = {"next": coming.name or "the end"}
        values |= {"left": said_length(left)} if left is not None else {}
        values |= {"rest": coming.rest} if coming.rest is not None else {}
        # A setting may have one of these names, but a hold is the next one.
        values |= {name: amount.spoken for name, amount in self.values.items()}
        values |= {"hold": coming.hold} if coming.hold is not None else {}
        if self.side:
            values |= {"side": self.side, "other_side": other_side(self.side, self.sides) or ""}
        if self.rep:
            nth = ordinal(self.rep, self.reps or 0)
            values = {"times": times(self.reps or 0)} | values  # a setting may have that name
            values |= {"rep": str(self.rep), "reps": str(self.reps), "nth": nth, "Nth": nth.capitalize()}
        try:
            return fill(with_capital(text), values)
        except KeyError as error:
            name = str(error.args[0])
            what = "rest" if name == "rest" else "hold"
            self.blame(f"{{{name}}} has no value here: no {what} follows in these steps")
            return text

    def sounded(self, name: str) -> Sounded:
        """Find the sound of a name or a role."""
        return sounded(name, self.routine, self.around)


@lru_cache(maxsize=4096)  # each rep and each side of a step asks for its name again
def _named(prefix: str, keys: Keys) -> str:
    shown = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return f"{prefix}.include{shown}" if prefix else shown.removeprefix(".")
