"""The script: what is heard and waited for, in order, before any moment is known.

Times here are lengths and offsets in ticks. `audioguide.script.layout` turns them into moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from audioguide.reading.lexicon import AS_WRITTEN, SayAs
from audioguide.script.choices import NO_BED, Guidance, Profile
from audioguide.units import format_clock, seconds

Kind = Literal["say", "chime", "hold", "settle", "rest", "switch", "gap", "breath", "mark", "chapter"]
Side = str  # left, right, both, or a name of the author's own: front, back
SIDES = ("left", "right", "both")
Phase = Literal["in", "out", "full", "empty"]

SOFT: frozenset[Kind] = frozenset({"settle", "rest", "switch", "gap"})
EXACT: frozenset[Kind] = frozenset({"hold", "breath"})

# The step of the cues that try the player; its hold is none of the routine.
PLAYER_CHECK = "player check"


PHRASE = ""  # the step of a text that is spoken by itself


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """A voice for a part of a script; what is None is as in the rest of it.

    `role` is what the author calls it, `place` where it was chosen.
    """

    name: str | None = None
    rate: int | None = None
    pitch: int | None = None
    warm: bool | None = None
    role: str | None = None
    place: str = field(default="", compare=False)

    @property
    def chosen(self) -> dict[str, str | int]:
        """Return what it changes, by name."""
        parts = {"name": self.name, "rate": self.rate, "pitch": self.pitch, "warm": self.warm}
        return {name: value for name, value in parts.items() if value is not None}

    def __str__(self) -> str:
        """Say it in a few words: its role, else what it changes."""
        return self.role or "{" + ", ".join(f"{name}: {value}" for name, value in self.chosen.items()) + "}"

    def as_json(self) -> dict[str, str | int]:
        """Return it as JSON data."""
        return {**({"role": self.role} if self.role else {}), **self.chosen}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How a part of a file sounds: the `bed` under it with its volume in dB, and the profile."""

    bed: str | None = None
    bed_volume: float = 0.0
    profile: Profile = "standard"

    def __str__(self) -> str:
        """Say it in a few words."""
        volume = f", {self.bed_volume:+g} dB" if self.bed and self.bed_volume else ""
        return f"{self.bed or NO_BED}{volume}"

    def as_json(self) -> dict[str, str | float]:
        """Return it as JSON data, for a chapter."""
        return {"bed": self.bed or NO_BED, "bed_volume": self.bed_volume, "profile": self.profile}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clip that the voice makes of `text`; another `voice` where one speaks here."""

    text: str
    voice: OtherVoice | None = None


@dataclass(frozen=True, slots=True)
class Sounded:
    """A clip from a sound: the name of one that ships, or the path of a user's own file.

    `gain_db` is how much louder it is than it is found. From `duck` ticks after its onset on, words sound
    over it, and it is softer.
    """

    sound: str
    gain_db: float = 0.0
    duck: int | None = None


@dataclass(frozen=True, slots=True)
class BreathTone:
    """A soft tone that is exactly one phase of a breath long, in ticks; `gain_db` louder than alone."""

    phase: Phase
    length: int
    gain_db: float = 0.0


ClipRef = Spoken | Sounded | BreathTone


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Anything heard or waited for.

    `length` is in ticks: exact for holds and breath phases, at least for soft times; None where
    a clip decides. `offset` is set for cues inside a hold or at one moment (marks, the start
    chime): ticks from the start of that hold; such cues do not advance the clock. `gain_db` is how
    much louder its `sound` is than it is found; `duck` is after how many ticks words sound over it.
    Words that `enter` a hold are the last ones before the body is in position; those that `release` it
    are the first ones that let it go.
    `spoken` is what the voice is asked to say where it is not `text`: the same words, with marks for how one
    of them is said.
    """

    kind: Kind
    step: str
    text: str | None = None
    spoken: str | None = None
    sound: str | None = None
    gain_db: float = 0.0
    tone: BreathTone | None = None
    length: int | None = None
    offset: int | None = None
    side: Side | None = None
    rep: int | None = None
    from_end: int | None = None  # of a mark that is placed from the end of its hold: so many ticks before it
    halfway: bool = False
    duck: int | None = None
    enters: bool = False
    releases: bool = False
    bounded: bool = False  # of a hold: the time in position has bounds, and nothing may stretch it
    voice: OtherVoice | None = None  # who speaks, where it is not the voice of the script
    exact: bool = False  # lasts exactly as long as written, and touches the exact times around it
    beat: bool = False  # of a metronome: it may ring into the next one, and over the end of its hold
    scene: Scene | None = None  # of a chapter: how it sounds from here on

    @property
    def advances(self) -> bool:
        """Return whether the next cue waits for this one."""
        return self.offset is None

    @property
    def is_soft(self) -> bool:
        """Return whether this is a time that may be lengthened."""
        return self.kind in SOFT and not self.exact

    @property
    def is_exact(self) -> bool:
        """Return whether this is a time of exactly its written length."""
        return self.kind in EXACT or (self.kind in SOFT and self.exact)

    @property
    def is_stay(self) -> bool:
        """Return whether marks and chimes belong to this: a hold, or an exact time between holds."""
        return self.kind == "hold" or (self.kind in SOFT and self.exact)

    def placed(self, step: str, side: Side | None, rep: int | None, sound: str | None, gain_db: float) -> Cue:
        """Return this cue at its place in a routine, with its sound found."""
        return Cue(  # by hand: `replace` takes twice as long, and each cue of each script comes here
            kind=self.kind, step=step, text=self.text, spoken=self.spoken, sound=sound, gain_db=gain_db,
            tone=self.tone, length=self.length, offset=self.offset, side=side, rep=rep,
            from_end=self.from_end, halfway=self.halfway, duck=self.duck, enters=self.enters,
            releases=self.releases, bounded=self.bounded, exact=self.exact, voice=self.voice,
            beat=self.beat, scene=self.scene,
        )  # fmt: skip

    @property
    def clips(self) -> tuple[ClipRef, ...]:
        """Return the clips that start together with this cue."""
        refs: list[ClipRef] = []
        if self.text is not None and self.kind != "chapter":
            refs.append(Spoken(self.spoken or self.text, self.voice))
        if self.sound is not None:
            refs.append(Sounded(self.sound, self.gain_db, self.duck))
        if self.tone is not None:
            refs.append(self.tone)
        return tuple(refs)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """Which voice speaks: `rate` in words a minute, `pitch` from 0 to 99; softened where `warm`."""

    engine: str = "auto"
    name: str = "en-us"
    rate: int = 120
    pitch: int = 50
    warm: bool = False

    def over(self, other: OtherVoice | None) -> VoiceChoice:
        """Return the voice that speaks where `other` is asked for."""
        return replace(self, **other.chosen) if other else self  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a script came to the length `asked` for: settings `changed` (from, to), soft times longer.

    `asked` and `added`, by which all soft times are longer together, are in ticks.
    """

    asked: int
    changed: dict[str, tuple[str | int, str | int]]
    added: int

    def __str__(self) -> str:
        """Say it in one line."""
        changes = ", ".join(f"{name} {start} to {end}" for name, (start, end) in self.changed.items())
        return (
            f"to {format_clock(self.asked)}: {changes or 'settings as they are'}; "
            f"rests and pauses {seconds(self.added):.3f} s longer in all"
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data, with times in seconds."""
        return {
            "asked_s": seconds(self.asked),
            "changed": {name: list(both) for name, both in self.changed.items()},
            "rests_added_s": seconds(self.added),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNotes:
    """What is printed with a script: who should `avoid` it, and the ids of the safety `rules` that apply."""

    avoid: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Ordered cues of one routine with the settings that shaped them."""

    name: str
    title: str
    cues: tuple[Cue, ...]
    voice: VoiceChoice = field(default_factory=VoiceChoice)
    # Engine and id of other voices, by the name that the author gave; the rest has the engine of `voice`.
    speakers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    settings: dict[str, str | int] = field(default_factory=dict)
    guidance: Guidance = "fade"
    album: str = "audioguide"
    track: str = ""
    beyond_bounds: tuple[str, ...] = ()
    fit: Fit | None = None
    bed: str | None = None
    bed_volume: float = 0.0
    profile: Profile = "standard"
    say_as: SayAs = field(default_factory=lambda: AS_WRITTEN)
    safety: SafetyNotes = field(default_factory=SafetyNotes)
    origins: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)  # by the listener, each as a text
    remark: str = ""  # why it is so, in the words of the overlay that made it
    places: dict[str, str] = field(default_factory=dict)
    voice_places: Mapping[str, str] = field(default_factory=dict)  # of its `engine`, `voice`, `rate`, `pitch`

    def place(self, step: str) -> str:
        """Return where `step` stands: "file:line:column: steps[0]", or the step alone."""
        if step == PHRASE:
            return self.name
        return f"{self.places[step]}: {step}" if step in self.places else f"{self.name}: {step}"

    def blame(self, step: str, message: str) -> str:
        """Return `message` after where `step` stands; alone, for a phrase that no routine has."""
        return message if step == PHRASE else f"{self.place(step)}: {message}"

    def speaks(self, other: OtherVoice | None) -> VoiceChoice:
        """Return the voice that speaks where `other` is asked for."""
        voice = self.voice.over(other)
        if other is None or voice.name not in self.speakers:
            return voice
        engine, name = self.speakers[voice.name]
        return replace(voice, engine=engine, name=name)

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Return how the file begins, and what it changes to, in order."""
        first = Scene(bed=self.bed, bed_volume=self.bed_volume, profile=self.profile)
        return (first, *(cue.scene for cue in self.cues if cue.scene))

    @property
    def other_voices(self) -> tuple[OtherVoice, ...]:
        """Return the voices that speak beside the main one, in order."""
        return tuple(dict.fromkeys(cue.voice for cue in self.cues if cue.voice is not None))

    @property
    def clips(self) -> dict[ClipRef, str]:
        """Map each distinct clip to the step that needs it first, in order of need."""
        needed: dict[ClipRef, str] = {}
        for cue in self.cues:
            for ref in cue.clips:
                needed.setdefault(ref, cue.step)
        return needed
