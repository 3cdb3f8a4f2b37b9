"""Options, layer over layer: personal defaults, the environment, an overlay, the call itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audioguide.listener.options import OPTIONS, Options
from audioguide.reading.lexicon import AS_WRITTEN, SayAs, merged

COMMAND_LINE, ENVIRONMENT, ON_THE_PAGE = "command line", "environment", "page"


@dataclass(frozen=True, slots=True)
class Layer:
    """Options and where they come from: the command line, the environment, or the name of a file."""

    origin: str
    options: Options


@dataclass(frozen=True, slots=True)
class Layered:
    """All options of several layers as one, and the origin of each that asks for something."""

    options: Options = field(default_factory=Options)
    origins: dict[str, str] = field(default_factory=dict)


def place_of(origin: str, option: str) -> str:
    """Return where an option stands, for an error: "command line: --voice", "anna.yaml: voice"."""
    if origin == COMMAND_LINE:
        return f"{origin}: --{option.replace('_', '-')}"
    if origin == ENVIRONMENT:
        return f"{origin}: {OPTIONS[option].variable}"
    return f"{origin}: {option}"


def layered(layers: Sequence[Layer]) -> Layered:
    """Lay `layers` over one another, the last on top.

    Settings and ways to say a word are laid over one another one by one, and what to skip adds up.
    """
    settings: dict[str, str] = {}
    skip: list[str] = []
    said: SayAs = AS_WRITTEN
    single: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        options = layer.options
        settings |= options.settings
        skip += [name for name in options.skip if name not in skip]
        said = merged(said, options.say_as)
        single |= options.asked
        asked = [name for name in options.asked if name != "beyond_bounds"]
        named = [
            *options.settings,
            *asked,
            *(f"say {word}" for word in options.say_as),
            *(f"skip {name}" for name in options.skip),
        ]
        origins |= dict.fromkeys(named, layer.origin)
    return Layered(Options(settings=settings, skip=tuple(skip), say_as=said, **single), origins)
