"""The steps of the routine language, version 1: one class for each mapping in a list of steps."""

# Here and in `document`, annotations are not texts (no `from __future__ import annotations`), since pydantic
# would evaluate each; and what stands for a missing mapping is not validated. Every command waits for it.

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import (
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from audioguide.routine.language.base import (
    Line,
    SettingKey,
    SoundName,
    StepVoice,
    Strict,
    Text,
    shape,
    shape_or_list,
)
from audioguide.routine.language.marks import (
    FASTEST_BEAT,
    MOST_BEATS,
    SLOWEST_BEAT,
    BreathWords,
    HoldChimes,
    Marks,
    RestChimes,
)
from audioguide.routine.language.positions import Position
from audioguide.routine.language.values import (
    Changed,
    Count,
    Offset,
    PositiveTime,
    SettingOverride,
    SideList,
    StepName,
    StepValue,
    Time,
)
from audioguide.script.choices import LOUDEST_BED, QUIETEST_BED, Profile

RELEASE = 200  # ticks, 0.8 s: the first stroke of the end chime is heard, and its ringing is going down


class Pace(Strict):
    """One breath."""

    in_: PositiveTime = Field(alias="in", description="breath in")
    full: Time = Field(0, description="pause with full lungs")
    out: PositiveTime = Field(description="breath out")
    empty: Time = Field(0, description="pause with empty lungs")


class BreathHold(Pace):
    """A hold given in breaths of a pace."""

    breaths: Count


class Growth(Strict):
    """How a setting grows or shrinks from rep to rep; it never leaves its bounds."""

    by: Changed | None = Field(None, description="change from rep to rep: 5s, or -10s for less")
    to: Changed | None = Field(None, description="value in the last rep, reached in even steps")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.by is None) == (self.to is None):
            raise ValueError("growth needs either `by` or `to`")
        return self


Grow = Annotated[
    Annotated[Growth, Tag("<mapping>")]
    | Annotated[Annotated[list[StepValue], Field(min_length=2, max_length=100)], Tag("<list>")],
    Discriminator(lambda value: "<list>" if isinstance(value, list) else "<mapping>"),
]


class Action(Strict):
    """A step of any kind."""

    voice: StepVoice | None = Field(
        None, description="who speaks in this step: a role of `voices`, or {name, rate, pitch, warm}"
    )

    id: StepName | None = Field(
        None,
        description="name of the part that it belongs to, for `skip` and --skip; several steps can share it",
    )

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the keys as they are written in YAML, its own first."""
        known = super().known_keys()
        return [*(key for key in known if key not in ("id", "voice")), "voice", "id"]


class Say(Action):
    """Speak, then give time to follow."""

    say: Text
    short: Text | None = Field(None, description="said instead from the second time on")
    first: Text | None = Field(None, description="said instead in the first rep of a repeat")
    last: Text | None = Field(None, description="said instead in the last rep of a repeat")
    minimal: Text | None = Field(None, description="said instead if the listener wants little guidance")
    settle: Time | None = Field(None, description="time to get into position; at least this long")
    gap: Time | None = Field(None, description="pause after it; at least this long")
    into: Position | None = Field(
        None,
        description=(
            "the position that these words lead to; if the routine is included, they are replaced by "
            "words that lead there from the position before"
        ),
    )
    alone: bool = Field(False, description="skipped when the routine is included in another one")
    enter: bool = Field(
        False,
        description=(
            "the body takes the position of the next hold with these words, not with the last ones before it"
        ),
    )
    release: bool = Field(
        False,
        description=(
            "the body leaves the position of the hold with these words, not with the first ones after it"
        ),
    )


class Counted(Action):
    """Move to a count, each word exactly on its beat."""

    count: Annotated[
        Annotated[int, Field(strict=True, ge=2, le=MOST_BEATS), Tag("<value>")]
        | Annotated[Annotated[list[Line], Field(min_length=1, max_length=MOST_BEATS)], Tag("<list>")],
        Discriminator(shape_or_list),
    ] = Field(
        description="the words of one rep, one per beat (`none` for silence); or the number to count to"
    )
    tempo: int = Field(60, ge=SLOWEST_BEAT, le=FASTEST_BEAT, description="beats per minute")
    reps: Count = Field(1, description="number of reps")
    chime: SoundName = Field("none", description="a sound on each beat")


class LoadBounds(Strict):
    """How long the body may be in a position: from the words that take it to those that leave it."""

    min: Offset | None = None
    max: Offset | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a load needs `min`, `max` or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("`min` of the load is longer than `max`")
        return self


class Hold(Action):
    """Stay in position for exactly this long, from the start chime to the end chime."""

    hold: Annotated[
        Annotated[PositiveTime, Tag("<value>")] | Annotated[BreathHold, Tag("<mapping>")],
        Discriminator(shape),
    ]
    chime: Annotated[
        Annotated[SoundName, Tag("<value>")] | Annotated[HoldChimes, Tag("<mapping>")],
        Discriminator(shape),
    ] = Field(HoldChimes.model_construct(), description="none, one sound for both ends, or {start, end}")
    release: Time = Field(
        RELEASE, description="the words that follow start at least this long after the onset of the end chime"
    )
    load: LoadBounds | None = Field(None, description="how long the body may stay in this position")
    exact: bool = Field(
        False, description="no pause between this hold and a hold, rest or breath before or after it"
    )
    marks: Marks = Marks.model_construct()


class Settle(Action):
    """Give time to get into position, at least this long."""

    settle: Time | None


class Rest(Action):
    """Rest at least this long; exactly this long where it is exact, or has marks or chimes."""

    rest: Time | None
    exact: bool = Field(
        False, description="lasts exactly this long, with no pause between it and the hold before or after it"
    )
    chime: Annotated[
        Annotated[SoundName, Tag("<value>")] | Annotated[RestChimes, Tag("<mapping>")],
        Discriminator(shape),
    ] = Field(RestChimes.model_construct(), description="a sound at its end, or {start, end}")
    marks: Marks = Marks.model_construct()

    @property
    def is_exact(self) -> bool:
        """Return whether it lasts exactly as long as written."""
        return self.exact or bool({"chime", "marks"} & self.model_fields_set)


class Switch(Action):
    """Give time to change sides, at least this long."""

    switch: Time | None


class Gap(Action):
    """Pause at least this long."""

    gap: Time | None


class Repeat(Action):
    """Do the steps several times."""

    repeat: Count
    rest: Time | None = Field(None, description="time between reps; at least this long")
    exact: bool = Field(
        False, description="its holds, rests and breaths are exact, with no pause between them"
    )
    shuffle: bool = Field(False, description="its steps have a different order in each rep, by `seed`")
    grow: dict[SettingKey, Grow] = Field(
        {}, description="settings that change from rep to rep: {by}, {to}, or a list of values in turn"
    )
    steps: list["Step"] = Field(min_length=1)


class Sides(Action):
    """Do the steps on each side in turn."""

    sides: SideList = Field(description="left, right, both or your own names, in order; also L R L R")
    switch: Time | None = Field(None, description="time between sides; at least this long; default: 8s")
    steps: list["Step"] = Field(min_length=1)


class Breath(Pace):
    """Paced breathing."""

    cycles: Count | None = Field(None, description="number of breaths")
    for_: PositiveTime | None = Field(None, alias="for", description="length, rounded to whole breaths")
    voice: str | int = Field(
        "all", description="which breaths are spoken: all, none, `first two` or a number of first breaths"
    )
    tone: bool = Field(True, description="a soft tone that rises and falls with the breath")
    words: BreathWords = BreathWords.model_construct()
    halfway: Line | None = Field(
        None, description="said with the breath after the middle, if there are six or more"
    )
    last: Line | None = Field(None, description="said with the last breath, if there are three or more")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.cycles is None) == (self.for_ is None):
            raise ValueError("breathing needs either `cycles` or `for`")
        if self.spoken_cycles is None:
            raise ValueError(f"voice: {self.voice!r} has to be all, none, first two or a number such as 2")
        return self

    NUMBERS: ClassVar[tuple[str, ...]] = (
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    )  # fmt: skip

    @property
    def spoken_cycles(self) -> int | None:
        """Return number of breaths are spoken: -1 for all, None where `voice` makes no sense."""
        word = str(self.voice).strip().lower().removeprefix("first ").strip()
        if word == "all":
            return -1
        if word in self.NUMBERS:
            return self.NUMBERS.index(word)
        return int(word) if word.isdecimal() and len(word) < 5 else None


class Breathe(Action):
    """Breathe at a pace."""

    breathe: Breath


class Chime(Action):
    """Sound a chime and wait until it has rung."""

    chime: SoundName
    gap: Time | None = Field(None, description="pause after it; at least this long")


class Include(Action):
    """Do another routine here, without its opening and closing words."""

    include: SoundName = Field(description="name of a routine, or path of one next to this file")
    settings: dict[SettingKey, SettingOverride] = Field({}, description="values for its settings")


class Chapter(Action):
    """Begin a chapter here."""

    chapter: Line
    bed: SoundName | None = Field(
        None, description="background sound from here on: a bed, like `bed` of the routine, or none"
    )
    bed_volume: float | None = Field(
        None,
        ge=QUIETEST_BED,
        le=LOUDEST_BED,
        description="how many dB the bed is softer or louder",
    )
    profile: Profile | None = Field(None, description="loudness from here on: standard, quiet or sleep")


STEPS: dict[str, type[Action]] = {
    "say": Say, "hold": Hold, "count": Counted, "repeat": Repeat, "sides": Sides, "breathe": Breathe,
    "include": Include, "rest": Rest, "chime": Chime, "chapter": Chapter, "settle": Settle,
    "switch": Switch, "gap": Gap,
}  # fmt: skip


def _action(step: object) -> str | None:
    if isinstance(step, Strict):
        return next(f"<{key}>" for key, model in STEPS.items() if type(step) is model)
    if isinstance(step, Mapping):
        return next((f"<{key}>" for key in STEPS if key in step), None)
    return None


Step = Annotated[
    Annotated[Say, Tag("<say>")]
    | Annotated[Hold, Tag("<hold>")]
    | Annotated[Counted, Tag("<count>")]
    | Annotated[Repeat, Tag("<repeat>")]
    | Annotated[Sides, Tag("<sides>")]
    | Annotated[Breathe, Tag("<breathe>")]
    | Annotated[Include, Tag("<include>")]
    | Annotated[Chime, Tag("<chime>")]
    | Annotated[Chapter, Tag("<chapter>")]
    | Annotated[Rest, Tag("<rest>")]
    | Annotated[Settle, Tag("<settle>")]
    | Annotated[Switch, Tag("<switch>")]
    | Annotated[Gap, Tag("<gap>")],
    Discriminator(
        _action,
        custom_error_type="no_action",
        custom_error_message="a step has to have one of these keys: " + ", ".join(STEPS),
    ),
]
