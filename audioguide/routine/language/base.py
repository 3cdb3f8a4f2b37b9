"""What every model of the language is made of: strict mappings, names, and texts for each side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    model_validator,
)

from audioguide.routine.language.values import (
    SETTING_NAME,
    read_side,
    whole_characters,
    without_controls,
)
from audioguide.script.choices import FASTEST, HIGHEST_PITCH, LOWEST_PITCH, SLOWEST

LONGEST_TEXT = 500

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(without_controls),
    BeforeValidator(whole_characters),
]


SoundName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(without_controls),
    BeforeValidator(whole_characters),
]


SettingKey = Annotated[str, StringConstraints(pattern=rf"^{SETTING_NAME}$")]


class Strict(BaseModel):
    """A mapping that takes its own keys and no others.

    An unknown key is handed to the loader's list (`info.context`), together with the keys that are
    allowed, so that it is reported in its place and the rest of the mapping is still checked.
    """

    # Each model is built inside of the one that is used, not once more by itself: half the time.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)

    @property
    def inside(self) -> Sequence[Strict]:
        """Return the steps inside of this one, where it has some."""
        # Not by getattr: a model takes long to say that it has no such field, and most steps have none.
        found: Sequence[Strict] = self.__dict__.get("steps", ())
        return found

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the keys as they are written in YAML."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @model_validator(mode="before")
    @classmethod
    def _set_unknown_keys_aside(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping) or not info.context:
            return data
        known = cls.known_keys()
        for key in data:
            if key not in known:
                info.context["unknown"].append((data, key, known))
        return {key: value for key, value in data.items() if key in known}


# Names of branches: a mapping, a list and a single value take different ones; no real key has brackets.
SHAPES = ("<mapping>", "<list>", "<value>")


def shape(value: object) -> str:
    """Tell a mapping from a single value, for a key that takes either."""
    return "<mapping>" if isinstance(value, Mapping | BaseModel) else "<value>"


def _for_any_side(schema: dict[str, Any]) -> None:
    text = schema["properties"].pop("others")["additionalProperties"]
    schema["additionalProperties"] = text


class SideTexts(Strict):
    """What to say on each side."""

    left: Line | None = None
    right: Line | None = None
    both: Line | None = None
    others: dict[str, Line] = {}

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False, defer_build=True,
        json_schema_extra=_for_any_side,
    )  # fmt: skip

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the sides that every routine knows."""
        return ["left", "right", "both"]

    @model_validator(mode="before")
    @classmethod
    def _set_unknown_keys_aside(cls, data: Any) -> Any:
        # The names of sides are the author's; `references` knows them.
        if not isinstance(data, Mapping):
            return data
        sides: dict[str, Any] = {"others": {}}
        for key, text in data.items():
            side = read_side(key)
            (sides if side in cls.known_keys() else sides["others"])[side] = text
        return sides

    def of(self, side: str) -> str | None:
        """Return the text for `side`."""
        return getattr(self, side) if side in self.known_keys() else self.others.get(side)

    @property
    def texts(self) -> dict[str, str]:
        """Return the texts by side."""
        known = {side: text for side in self.known_keys() if (text := getattr(self, side)) is not None}
        return {**known, **self.others}


class RoutineVoice(Strict):
    """Which voice speaks."""

    name: Line | None = None
    rate: int | None = Field(None, ge=SLOWEST, le=FASTEST, description="words per minute")
    pitch: int | None = Field(None, ge=LOWEST_PITCH, le=HIGHEST_PITCH)
    warm: bool | None = Field(None, description="a warmer voice with a little room reverb")


StepVoice = Annotated[
    Annotated[Line, Tag("<value>")] | Annotated[RoutineVoice, Tag("<mapping>")], Discriminator(shape)
]


def shape_or_list(value: object) -> str:
    """Tell a list, a mapping and a single value from one another."""
    return "<list>" if isinstance(value, list) else shape(value)


OneText = Annotated[
    Annotated[Line, Tag("<value>")] | Annotated[SideTexts, Tag("<mapping>")],
    Discriminator(shape),
]


Text = Annotated[
    Annotated[Line, Tag("<value>")]
    | Annotated[SideTexts, Tag("<mapping>")]
    | Annotated[Annotated[list[OneText], Field(min_length=1, max_length=20)], Tag("<list>")],
    Discriminator(shape_or_list),
]
