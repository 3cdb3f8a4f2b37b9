"""From an exercise to a routine: its settings, its steps, and what was assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from audioguide.draft.breathing import Breathing, breathing
from audioguide.draft.counts import counts
from audioguide.draft.exercise import Assumption, Exercise
from audioguide.draft.known import KnownRoutine, known_as
from audioguide.draft.numbers import Range, whole
from audioguide.draft.rewrite import SpokenExercise, spoken
from audioguide.draft.sides import describes_both, is_one_sided
from audioguide.draft.times import bare_hold, times
from audioguide.lint.kinds import WORDS

LONGEST_HOLD = 3600.0
LONGEST = {"ice": 900.0, "heat": 1200.0}  # seconds, as the checks allow
MOST_REPS = 200
PAUSE = 3.0  # a shorter hold is a pause in a movement, without chimes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenNumber:
    """A number of the routine: its default and bounds, and where it comes from."""

    default: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A routine in the making. `hold` and `duration` are in seconds; stated `breaths` replace them."""

    exercise: Exercise
    spoken: SpokenExercise
    hold: ChosenNumber | None
    duration: ChosenNumber | None
    reps: ChosenNumber
    sets: int
    breaths: int | None
    sides: tuple[str, ...]
    notice: str
    assumed: tuple[Assumption, ...]
    known: KnownRoutine | None
    breath: Breathing | None = None  # what is guided in place of a hold

    @property
    def summary(self) -> str:
        """Say in a few words how long, how often and on which sides."""
        parts = []
        if self.breath:
            phases = (f"{name} {length:g} s" for name, length in self.breath.lengths)
            parts.append(f"breathe {', '.join(phases)}")
        if self.breaths:
            parts.append(f"hold for {self.breaths} breaths")
        elif length := self.hold or self.duration:
            parts.append(f"{'hold' if self.hold else 'move for'} {whole(round(length.default, 1))} s")
        if self.reps.default > 1:
            parts.append(f"{int(self.reps.default)} times")
        if self.sets > 1:
            parts.append(f"{self.sets} sets")
        if self.sides or self.exercise.stated.sides != "none":
            parts.append("left, right and both" if "both" in self.sides else "left and right")
        return ", ".join(parts) or "once"

    def as_json(self) -> dict[str, Any]:
        """Return what the text states and what was assumed, as JSON data."""
        stated = self.exercise.stated
        return {
            "title": self.exercise.title,
            "hold_s": stated.hold.as_json() if stated.hold else None,
            "duration_s": stated.duration.as_json() if stated.duration else None,
            "reps": stated.reps.as_json()
            if stated.reps
            else {"min": None, "max": None}
            if stated.reps_asked
            else None,
            "sides": stated.sides,
            "breaths": stated.breaths,
            "position": self.exercise.position,
            "steps": len(self.spoken.setup) + len(self.spoken.each) + len(self.spoken.release),
            "equipment": list(self.exercise.equipment),
            "partner": self.exercise.partner,
            "assumed": [each.as_json() for each in self.assumed],
            "line": self.exercise.passage.line,
            "library": self.known.name if self.known else None,
        }


def compose(exercise: Exercise) -> Draft:
    """Choose what the text leaves open, and note each choice with its reason."""
    known = known_as(exercise.title, exercise.position, partner=exercise.partner)
    assumed: list[Assumption] = []
    if breath := breathing(exercise.passage.sentences):
        return _guided(exercise, breath, known)
    sides = _sides(exercise, assumed)
    texts = [each.text for each in exercise.steps]
    hold, duration = _lengths(exercise, known, assumed)
    held = exercise.stated.breaths or (hold is not None and hold.default > PAUSE)
    both_described = len(sides) == 2 and not held and describes_both(texts)
    reps = _reps(exercise, known, assumed, held=bool(held) or duration is not None)
    return Draft(
        exercise=exercise,
        spoken=spoken(exercise, mirrored=bool(sides) and not both_described),
        hold=hold,
        duration=duration,
        reps=reps,
        sets=_sets(exercise),
        breaths=exercise.stated.breaths if hold is None and duration is None else None,
        sides=() if both_described else sides,
        notice=_notice(exercise),
        assumed=tuple(_placed(each, exercise) for each in assumed),
        known=known,
    )


CYCLES = 6.0  # about a minute


def _guided(exercise: Exercise, breath: Breathing, known: KnownRoutine | None) -> Draft:
    """Return a draft that guides the breath: for as long, or as often, as the text says."""
    assumed: list[Assumption] = []
    stated = exercise.stated
    duration = _stated("duration", stated.duration, LONGEST_HOLD, assumed)
    reps = ChosenNumber(default=1, low=1, high=1, source="ours")
    if duration is None:
        often = stated.reps.typical if stated.reps else stated.breaths
        if not often:
            assumed.append(Assumption("reps", f"{CYCLES:g}", "the text does not say how many breaths; ours"))
        number = max(1.0, min(float(often or CYCLES), MOST_REPS))
        reps = ChosenNumber(
            default=number, low=1, high=max(12.0, number), source="the text" if often else "ours"
        )
    steps = tuple(each for each in exercise.steps if each not in breath.said)
    return Draft(
        exercise=replace(exercise, stated=replace(stated, hold=None)),  # it is the breath that is held
        spoken=spoken(replace(exercise, steps=steps), mirrored=False),
        hold=None,
        duration=duration,
        reps=reps,
        sets=1,
        breaths=None,
        sides=(),
        notice="breathing",
        assumed=tuple(_placed(each, exercise) for each in assumed),
        known=known,
        breath=breath,
    )


def _placed(assumption: Assumption, exercise: Exercise) -> Assumption:
    """Return an assumption with the words that leave it open: else the last step, where they would stand."""
    sentences = exercise.passage.sentences
    asks: dict[str, Callable[[str], object]] = {
        "sides": lambda text: is_one_sided((text,)), "reps": counts, "hold": bare_hold,
    }  # fmt: skip
    what = assumption.what.split()[0]
    stated = "most" in assumption.what or "the text says" in assumption.reason
    found = next((each for each in sentences if stated and times(each.text)), None)
    if found is None and what in asks:
        found = next((each for each in sentences if asks[what](each.text)), None)
    last = exercise.steps or sentences
    found = found or (last[-1] if last else None)
    if found is None:
        return replace(assumption, line=exercise.passage.line, words=exercise.title)
    return replace(assumption, line=found.line, words=found.text)


def answered(draft: Draft, what: str, value: float | str) -> Draft:
    """Return `draft` with the reader's own value in place of an assumption."""
    kept = tuple(each for each in draft.assumed if each.what != what)
    if what == "sides":
        if value == "none":
            bare = spoken(draft.exercise, mirrored=False)
            return replace(draft, assumed=kept, sides=(), spoken=bare)
        return replace(draft, assumed=kept)
    number = float(value)
    choice = ChosenNumber(default=number, low=number, high=number, source="you")
    return replace(draft, assumed=kept, **{what: choice})  # type: ignore[arg-type]


def _sides(exercise: Exercise, assumed: list[Assumption]) -> tuple[str, ...]:
    stated = exercise.stated.sides
    if stated == "left_right_both":
        return ("left", "right", "both")
    if stated == "left_right":
        return ("left", "right")
    if exercise.one_sided:
        assumed.append(
            Assumption(
                "sides", "left_right", "the movement has one side, and the text does not say to change"
            )
        )
        return ("left", "right")
    return ()


def _lengths(
    exercise: Exercise, known: KnownRoutine | None, assumed: list[Assumption]
) -> tuple[ChosenNumber | None, ChosenNumber | None]:
    """Return the hold and the duration; both are None where breaths or reps are counted instead."""
    stated = exercise.stated
    longest = _longest(exercise)
    hold = _stated("hold", stated.hold, longest, assumed)
    duration = _stated("duration", stated.duration, longest, assumed)
    if hold or duration or stated.breaths:
        return hold, duration if not hold else None
    if stated.hold_asked or (not exercise.moving and stated.reps is None and not stated.reps_asked):
        reason = (
            "the text says to hold, and not how long"
            if stated.hold_asked
            else "the text gives no time and no count"
        )
        if known and known.hold:
            assumed.append(
                Assumption(
                    "hold", f"{known.hold:g}s", f"{reason}; this is what `{known.name}` of the library has"
                )
            )
            return ChosenNumber(
                default=known.hold,
                low=min(known.hold, 5),
                high=max(known.hold, 30),
                source=f"ours, as in {known.name}",
            ), None
        length = 5.0 if exercise.moving or stated.reps or stated.reps_asked else 20.0
        assumed.append(
            Assumption(
                "hold",
                f"{length:g}s",
                f"{reason}; ours, for a gentle {'pause' if length < 10 else 'stretch'}",
            )
        )
        return ChosenNumber(default=length, low=min(length, 5.0), high=30.0, source="ours"), None
    return None, None


def _longest(exercise: Exercise) -> float:
    """Return the longest hold or movement that is safe, in seconds."""
    stated = exercise.stated
    ends = [end for each in (stated.hold, stated.duration) if each for end in (each.low, each.high) if end]
    if max(ends, default=0.0) * 2 <= min(LONGEST.values()):  # twice: where only the least is stated
        return LONGEST_HOLD
    words = _words(exercise)
    return next((LONGEST[kind] for kind in LONGEST if WORDS[kind].search(words)), LONGEST_HOLD)  # type: ignore[index]


def _stated(
    what: str, length: Range | None, longest: float, assumed: list[Assumption]
) -> ChosenNumber | None:
    if length is None:
        return None
    typical = length.typical or 1.0
    low, high = length.low if length.low is not None else min(5.0, typical), length.high
    source = "the text: " + _length_text(length)
    if high is None:
        high = min(max(60.0, 2 * typical), max(longest, typical))
        assumed.append(Assumption(f"{what} at most", f"{high:g}s", "the text gives only the least; ours"))
    if high > longest:
        assumed.append(
            Assumption(
                what,
                f"{longest:g}s",
                f"the text says {_length_text(length)}, which is longer than is safe or possible",
            )
        )
        return ChosenNumber(
            default=min(typical, longest),
            low=min(low, longest),
            high=longest,
            source="ours: the longest that is allowed",
        )
    return ChosenNumber(default=max(low, typical), low=low, high=max(high, typical), source=source)


def _length_text(length: Range) -> str:
    low, high = whole(length.low), whole(length.high)
    if low == high:
        return f"{low} s"
    return (
        f"{low} to {high} s"
        if low is not None and high is not None
        else f"{low} s or more"
        if low is not None
        else f"up to {high} s"
    )


def _reps(
    exercise: Exercise, known: KnownRoutine | None, assumed: list[Assumption], *, held: bool
) -> ChosenNumber:
    stated = exercise.stated
    if stated.reps is not None:
        typical = max(1.0, min(stated.reps.typical or 1.0, MOST_REPS))
        low = max(1.0, min(stated.reps.low or 1.0, typical))
        return ChosenNumber(
            default=float(int(typical)),
            low=float(int(low)),
            high=float(int(min(max(stated.reps.high or typical, typical), MOST_REPS))),
            source="the text",
        )
    if held and not stated.reps_asked:
        return ChosenNumber(default=1, low=1, high=3, source="ours: once, as the text says nothing else")
    reason = (
        "the text speaks of repetitions, and gives no number"
        if stated.reps_asked
        else "the text says nothing of how often"
    )
    number = known.reps if known and known.reps else 3.0 if held else 5.0
    origin = f"as `{known.name}` of the library has" if known and known.reps else "ours, to begin with"
    assumed.append(
        Assumption(
            "reps",
            f"{number:g}",
            f"{reason}; {origin}",
        )
    )
    return ChosenNumber(default=number, low=1, high=max(12.0, number), source="ours")


def _sets(exercise: Exercise) -> int:
    sets = exercise.stated.sets
    return max(1, min(int(sets.low or sets.high or 1), 10)) if sets else 1


def _words(exercise: Exercise) -> str:
    return ". ".join((exercise.title, *(each.text for each in exercise.passage.sentences)))


def _notice(exercise: Exercise) -> str:
    words = _words(exercise)
    found = [kind for kind in ("ice", "heat") if WORDS[kind].search(words)]
    if found:
        return "heat and ice" if len(found) == 2 else found[0]
    if WORDS["yoga"].search(words):
        return "yoga"
    if exercise.body[:1] in (("lower back",), ("back",)):
        return "back"
    return "stretch" if not exercise.moving else "general"
