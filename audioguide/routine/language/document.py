"""The routine language, version 1: the document around the steps, its settings and its safety."""

import json
import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from audioguide.routine.language.base import Line, RoutineVoice, SettingKey, SoundName, Strict, shape
from audioguide.routine.language.model import LoadBounds, Step
from audioguide.routine.language.values import Said, SaidWord, SettingValue, Volume
from audioguide.script.choices import (
    BEDS,
    LOUDEST_BED,
    QUIETEST_BED,
    Profile,
)
from audioguide.vocabulary.vocabulary import KINDS, vocabulary

_ADDRESS = re.compile(r"https://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)


def _read_address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError(
            f"{value!r} is not an https address: write it in full, such as https://example.org/leaflet"
        )
    return value


Address = Annotated[
    Line, AfterValidator(_read_address), Field(json_schema_extra={"format": "uri", "pattern": "^https://"})
]

SAY_AS_HELP = (
    "how words are pronounced, not how they are shown: a respelling (cloze), syllables with the stressed "
    "one in "
    "capitals (shah-VAH-sah-nah), IPA between slashes, or one of these for each language or engine"
)


class Source(Strict):
    """Where something comes from, and what it says."""

    name: Line
    address: Address | None = Field(None, description="https address where you can read it")
    says: Line | None = Field(
        None, description="the numbers that it gives: hold 5 seconds, 3 to 5 times on each side"
    )
    note: Line | None = Field(None, description="anything else worth knowing about it")
    url: Line | None = Field(None, description="old name of `address`")


class Bounded(Strict):
    """A value between bounds."""

    default: SettingValue
    min: SettingValue | None = None
    max: SettingValue | None = None
    label: Line | None = Field(None, description="short name for listeners")
    source: Line | None = Field(
        None, description="where the numbers come from; `ours` if you chose them yourself"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        bounds = [amount for amount in (self.min, self.default, self.max) if amount is not None]
        if len({amount.kind for amount in bounds}) > 1:
            raise ValueError("default, min and max have to be all times (20s) or all counts (3)")
        if [amount.value for amount in bounds] != sorted(amount.value for amount in bounds):
            raise ValueError("the order has to be min, default, max; found " + ", ".join(map(str, bounds)))
        return self


class Setting(Bounded):
    """A setting that a listener may turn."""

    weight: float = Field(
        1.0, ge=0, le=100, description="how readily it is adjusted to reach a requested length; 0: never"
    )
    step: SettingValue | None = Field(
        None, description="in which steps it is adjusted to reach a requested length, such as 5s"
    )
    load: LoadBounds | None = Field(
        None, description="how long the body may stay in a position that is held for this setting"
    )

    @model_validator(mode="after")
    def _steps_are_of_its_kind(self) -> Self:
        if self.step is not None and (self.step.kind != self.default.kind or self.step.value <= 0):
            raise ValueError(
                f"`step` has to be a time for a time, a count for a count, and above 0: {self.step}"
            )
        return self


class Length(Bounded):
    """How long the whole file is, unless the listener asks for another length."""

    @model_validator(mode="after")
    def _is_a_time(self) -> Self:
        if self.default.kind != "time":
            raise ValueError(f"{self.default} is a count: a length is a time such as {self.default}m")
        return self


class Safety(Strict):
    """What is said and printed so that nobody comes to harm."""

    notice: Line = Field("general", description="the spoken stop rule at the start of the file")
    closing: Line = Field("gentle", description="the words at the end of the file")
    avoid_with: list[Line] = Field([], description="conditions with which you should not do this; printed")
    rules: list[Line] = Field([], description="ids of the safety rules that apply; printed")


class OwnSound(Strict):
    """A sound that goes by a name of the routine's own, or one that ships at another volume."""

    file: SoundName | None = Field(None, description="a file, or the name of an included sound")
    volume: Volume = Field(0.0, description="how much louder or softer than the other chimes, such as -3dB")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a sound needs a `file`, a `volume` or both")
        return self


class Chimes(Strict):
    """What holds for every chime of the routine."""

    volume: Volume = Field(0.0, description="how much louder or softer than normal, such as -3dB")
    explain: bool = Field(True, description="explain the chimes of holds in the opening")


class Document(Strict):
    """A routine: what to do, how long to hold it, how often and on which side."""

    title: Line
    summary: Line | None = Field(None, description="one line, shown in lists")
    position: Line | None = Field(None, description="how you sit, stand or lie")
    welcome: Line | None = Field(
        None, description="the first words, before the stop rule; default: the title"
    )
    progress: bool = Field(False, description="say before each included routine how far along you are")
    body: list[Line] = Field([], description="parts of the body it is for, the main one first")
    equipment: list[Line] = Field([], description="what you need")
    level: Line | None = Field(None, description="effort: gentle, moderate or strong")
    phase: Line | None = Field(
        None, description="part of a session it fits in: arrive, warm up, move, stretch or rest"
    )
    source: (
        Annotated[
            Annotated[Source, Tag("<mapping>")]
            | Annotated[Annotated[list[Source], Field(min_length=1, max_length=20)], Tag("<list>")],
            Discriminator(lambda value: "<list>" if isinstance(value, list) else "<mapping>"),
        ]
        | None
    ) = Field(None, description="where it comes from: {name, address, says, note}, or a list of these")
    settings: dict[SettingKey, Setting] = Field({}, description="values that a listener may change, by name")
    length: Length | None = Field(None, description="total length; settings are adjusted to reach it")
    doses: dict[Line, dict[SettingKey, SettingValue]] = Field(
        {}, description="named sets of values for the settings, if a source gives several"
    )
    safety: Safety = Safety.model_construct()
    voice: RoutineVoice = RoutineVoice.model_construct()
    voices: dict[SettingKey, RoutineVoice] = Field(
        {}, description="roles with their own voices, for `voice` of a step: guide, counter"
    )
    profile: Profile = Field(
        "standard", description="loudness: standard, quiet, or sleep, which fades towards the end"
    )
    bed: SoundName | None = Field(None, description=f"background sound: {', '.join(BEDS)}, or a sound file")
    bed_volume: float | None = Field(
        None, ge=QUIETEST_BED, le=LOUDEST_BED, description="make the bed softer or louder by this many dB"
    )
    sounds: dict[
        SoundName,
        Annotated[
            Annotated[SoundName, Tag("<value>")] | Annotated[OwnSound, Tag("<mapping>")],
            Discriminator(shape),
        ],
    ] = Field({}, description="your own names for sounds, other sounds for roles, and volumes")
    chimes: Chimes = Chimes.model_construct()
    seed: int = Field(
        0,
        ge=0,
        le=999_999,
        description="another number gives another order for `shuffle` and other moments for random marks",
    )
    say_as: dict[SaidWord, Said] = Field({}, description=SAY_AS_HELP)
    allow: dict[Line, Line] = Field({}, description="checks that are switched off, each with a reason")
    steps: list[Step] = Field(min_length=1)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return where it comes from: nothing, one source or several."""
        if self.source is None:
            return ()
        return tuple(self.source) if isinstance(self.source, list) else (self.source,)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a routine file, draft-07, which is what editors understand."""
    # pydantic writes `$defs`, the newer name; draft-07 says `definitions`.
    text = json.dumps(Document.model_json_schema(by_alias=True)).replace("#/$defs/", "#/definitions/")
    document = json.loads(text)
    document["definitions"] = document.pop("$defs")
    _offer_words(document["properties"], document["definitions"]["Safety"]["properties"])
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document, "title": "audioguide routine"}


def _offer_words(properties: dict[str, Any], safety: dict[str, Any]) -> None:
    """Let an editor offer the words of the vocabulary; other words stay allowed."""
    for kind in KINDS:
        home = safety["avoid_with"] if kind == "contraindication" else properties[kind]
        known = {"enum": list(vocabulary().names[kind])}
        if home.get("type") == "array":
            home["items"] = {"anyOf": [known, home["items"]]}
        else:
            home["anyOf"] = [known, *home["anyOf"]]
