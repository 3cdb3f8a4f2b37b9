"""What a listener wishes, layer over layer: personal defaults, an overlay for a person, the call itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from audioguide.timeline.choices import Guidance, Profile
from audioguide.timeline.script import VoiceChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What one layer asks for; None asks for nothing."""

    settings: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    engine: str | None = None
    voice: str | None = None
    rate: int | None = None
    pitch: int | None = None
    warm: bool | None = None
    guidance: Guidance | None = None
    dose: str | None = None
    fit: str | None = None
    bed: str | None = None
    bed_volume: float | None = None
    chime_volume: float | None = None
    profile: Profile | None = None
    player_check: bool | None = None
    explain_chimes: bool | None = None
    session: int | None = None
    note: str | None = None

    def speaker(self, voice: VoiceChoice) -> VoiceChoice:
        """Return `voice` with what is wished in its place."""
        asked = {"engine": self.engine, "name": self.voice, "rate": self.rate, "pitch": self.pitch}
        asked["warm"] = self.warm
        given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        return replace(voice, **given)


@dataclass(frozen=True, slots=True)
class Layer:
    """Wishes and where they come from: "command line", the name of a file."""

    origin: str
    wishes: Wishes


def layered(layers: Sequence[Layer]) -> tuple[Wishes, dict[str, str]]:
    """Lay `layers` over one another, the last on top; return the whole, and the origin of each wish.

    Settings are laid over one another one by one, and what to skip adds up.
    """
    settings: dict[str, str] = {}
    skip: list[str] = []
    single: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        settings |= layer.wishes.settings
        skip += [name for name in layer.wishes.skip if name not in skip]
        found = {
            each.name: value
            for each in fields(Wishes)
            if each.name not in ("settings", "skip")
            and (value := getattr(layer.wishes, each.name)) is not None
        }
        single |= found
        named = [*layer.wishes.settings, *found, *(f"skip {name}" for name in layer.wishes.skip)]
        origins |= dict.fromkeys(named, layer.origin)
    return Wishes(settings=settings, skip=tuple(skip), **single), origins
