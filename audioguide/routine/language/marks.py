"""What is heard in and around a hold or a rest: chimes at its ends, marks inside."""

# No `from __future__ import annotations`: see `model`.

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from audioguide.routine.language.base import Line, SoundName, StepVoice, Strict, shape, shape_or_list
from audioguide.routine.language.values import Count, Offset

SHORTEST_RANDOM = 250  # ticks, 1 s


class HoldChimes(Strict):
    """The sounds at the two ends of a hold."""

    start: SoundName = Field("start", description="a sound, or none")
    end: SoundName = Field("end", description="a sound, or none")


class RestChimes(Strict):
    """The sounds at the two ends of a rest."""

    start: SoundName = Field("none", description="a sound, or none")
    end: SoundName = Field("none", description="a sound, or none")


class MarkCue(Strict):
    """What a mark sounds like: words or a sound, one of the two."""

    say: Line | None = None
    chime: SoundName | None = None
    voice: StepVoice | None = Field(None, description="who says it, as `voice` of a step")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.say is None) == (self.chime is None):
            raise ValueError("a mark needs either `say` or `chime`")
        if self.voice is not None and self.chime is not None:
            raise ValueError("a chime has no voice: remove `voice`, or write `say` in place of `chime`")
        return self


OneMark = Annotated[
    Annotated[Line, Tag("<value>")] | Annotated[MarkCue, Tag("<mapping>")],
    Discriminator(shape),
]
Mark = Annotated[
    Annotated[Line, Tag("<value>")]
    | Annotated[MarkCue, Tag("<mapping>")]
    | Annotated[Annotated[list[OneMark], Field(min_length=1, max_length=20)], Tag("<list>")],
    Discriminator(shape_or_list),
]


class Countdown(Strict):
    """The last seconds of a hold, counted down."""

    from_: Count = Field(alias="from")
    chime: SoundName | None = Field(None, description="a sound instead of spoken numbers")
    voice: StepVoice | None = Field(None, description="who counts, as `voice` of a step")

    @model_validator(mode="after")
    def _spoken_or_not(self) -> Self:
        if self.voice is not None and self.chime is not None:
            raise ValueError("a countdown can have a `voice` or a `chime`, not both")
        return self


class BreathWords(Strict):
    """The words at each phase of a breath."""

    in_: Line = Field("Breathe in.", alias="in")
    full: Line = Field("Hold.", description="with full lungs")
    out: Line = Field("Breathe out.")
    empty: Line = Field("Wait.", description="with empty lungs")


SLOWEST_BEAT, FASTEST_BEAT = 20, 240  # beats a minute
MOST_BEATS = 16


class Beats(Strict):
    """A metronome."""

    beats: int = Field(ge=SLOWEST_BEAT, le=FASTEST_BEAT, description="beats per minute")
    chime: SoundName = Field("tick", description="the sound of each beat")


class RandomMarks(Strict):
    """A sound at moments that nobody can foresee, the same in each file of the same seed."""

    chime: SoundName = Field("bell", description="the sound")
    min: Offset = Field(description="shortest time from one to the next")
    max: Offset = Field(description="longest time from one to the next")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not SHORTEST_RANDOM <= self.min <= self.max:
            raise ValueError(
                "random marks have to be at least 1 s apart, and `min` cannot be longer than `max`"
            )
        return self


class Marks(Strict):
    """Cues inside a hold; they never lengthen it."""

    halfway: Mark | None = Field(None, description="a sound or words in the middle")
    before_end: dict[Offset, Mark] = Field({}, description="a sound or words this long before the end")
    at: dict[Offset, Mark] = Field({}, description="a sound or words this long after the start")
    every: dict[Offset, Mark] = Field({}, description="a sound or words at this interval")
    countdown: (
        Annotated[
            Annotated[Count, Tag("<value>")] | Annotated[Countdown, Tag("<mapping>")], Discriminator(shape)
        ]
        | None
    ) = Field(None, description="count down the last seconds")
    tempo: Beats | None = Field(None, description="a metronome during the whole hold or rest")
    random: RandomMarks | None = Field(None, description="a sound at random moments, by `seed`")
    breaths: (
        Annotated[
            Annotated[Literal["tone", "voice", "both", "none"], Tag("<value>")]
            | Annotated[BreathWords, Tag("<mapping>")],
            Discriminator(shape),
        ]
        | None
    ) = Field(
        None,
        description=(
            "cues for each breath of a hold in breaths: tone (the default), "
            "voice, both, none or your own words"
        ),
    )
