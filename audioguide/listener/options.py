"""Every option that shapes a file, defined once: its type, help and bounds, and where it can be written.

The command line, overlays, the defaults file and the page are made from this list.
"""

# Annotations are not texts here (no `from __future__ import annotations`): the command line and the
# models of files are made from the types of the fields.

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from audioguide.errors import UsageError
from audioguide.script.choices import (
    BEDS,
    FASTEST,
    HIGHEST_PITCH,
    LOUDEST_BED,
    LOWEST_PITCH,
    NO_BED,
    QUIETEST_BED,
    SLOWEST,
    Guidance,
    Profile,
)
from audioguide.units import parse_volume

if TYPE_CHECKING:
    from audioguide.reading.lexicon import SayAs
    from audioguide.script.script import VoiceChoice

Where = Literal["call", "overlay", "defaults", "page"]
CALL, FILES = frozenset[Where]({"call"}), frozenset[Where]({"overlay", "defaults"})
_SEVERAL = frozenset({"settings", "skip", "say_as"})
PAGE = frozenset[Where]({"page"})
# Headings in the help, over the options that belong together.
EXERCISE, VOICE, SOUND = "Exercise", "Voice", "Sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionInfo:
    """What is known of an option: `low` and `high` bound a number; `read` makes its value from a text.

    `flag` is its name on the command line, `group` its heading in the help, and `variable` an environment
    variable that sets it.
    """

    help: str
    where: frozenset[Where]
    flag: str = ""
    group: str | None = None
    metavar: str | None = None
    low: float | None = None
    high: float | None = None
    read: Callable[[str], Any] | None = None
    variable: str = ""


def _option(
    text: str, *where: frozenset[Where], default: Any = None, factory: Any = None, **more: Any
) -> Any:
    info = OptionInfo(help=text, where=frozenset[Where]().union(*where), **more)
    if factory is not None:
        return field(default_factory=factory, metadata={"info": info})
    return field(default=default, metadata={"info": info})


def _readable(name: str, value: Any, read: Callable[[str], Any]) -> None:
    try:
        read(value)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error


def _within(name: str, value: Any, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{name}: {value!r} is not a number from {low:g} to {high:g}")
    if not low <= value <= high:
        raise UsageError(f"{name}: {value:g} is out of bounds: {low:g} to {high:g}")


def _choices(annotation: Any) -> tuple[str, ...]:
    """Return the texts that an option of this type can be; none where the type does not list them."""
    return tuple(
        text for kind in get_args(annotation) if get_origin(kind) is Literal for text in get_args(kind)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a listener asks for; None asks for nothing.

    Raises UsageError for what is not a number, a number outside its bounds, and a word that is not a choice.
    """

    settings: Mapping[str, str] = _option(
        "change a setting (repeatable)", CALL, frozenset({"overlay"}), PAGE,
        factory=dict, flag="--set", metavar="NAME=VALUE", group=EXERCISE,
    )  # fmt: skip
    fit: str | None = _option(
        "adjust settings and rests to this total length, such as 12m; none: keep it as written",
        CALL, frozenset({"overlay"}), PAGE, metavar="TIME", group=EXERCISE,
    )  # fmt: skip
    dose: str | None = _option(
        "a set of settings by its name, from `doses` in the routine",
        CALL,
        frozenset({"overlay"}),
        metavar="NAME",
        group=EXERCISE,
    )
    guidance: Guidance | None = _option(
        "how much is spoken; fade: everything the first time, then the short form",
        CALL, FILES, PAGE, group=EXERCISE,
    )  # fmt: skip
    skip: tuple[str, ...] = _option(
        "leave out a part, by its name in `audioguide show` (repeatable)",
        CALL, frozenset({"overlay"}), PAGE, default=(), metavar="NAME", group=EXERCISE,
    )  # fmt: skip
    voice: str | None = _option(
        "who speaks; see `audioguide voices`", CALL, FILES, PAGE, metavar="VOICE", group=VOICE
    )
    rate: int | None = _option(
        "speed, in words per minute", CALL, FILES, PAGE, metavar="WPM", low=SLOWEST, high=FASTEST, group=VOICE
    )
    say_as: "SayAs" = _option("how to pronounce words; overrides the routine", FILES, factory=dict)
    pitch: int | None = _option(
        "pitch of the voice", CALL, FILES, metavar="N", low=LOWEST_PITCH, high=HIGHEST_PITCH, group=VOICE
    )
    warm: bool | None = _option("a warmer voice with a little room reverb", CALL, FILES, group=VOICE)
    engine: str | None = _option(
        "speech engine from `audioguide voices`; auto: the best one that can say all of it",
        CALL, frozenset({"defaults"}),
        metavar="ENGINE", variable="AUDIOGUIDE_ENGINE", group=VOICE,
    )  # fmt: skip
    bed: str | None = _option(
        f"background sound: {', '.join(BEDS)}, or a sound file",
        CALL, FILES, PAGE, metavar="NAME|FILE", group=SOUND,
    )  # fmt: skip
    bed_volume: float | None = _option(
        "make the bed louder or softer by DB (lowering `air` defeats its purpose)", CALL, FILES,
        metavar="DB", low=QUIETEST_BED, high=LOUDEST_BED, group=SOUND,
    )  # fmt: skip
    chime_volume: float | None = _option(
        "make all chimes louder or softer by DB, such as -6", CALL, FILES,
        metavar="DB", read=parse_volume, group=SOUND,
    )  # fmt: skip
    profile: Profile | None = _option(
        "loudness; quiet: 5 dB softer; sleep: fades to very soft, no chime at the end",
        CALL,
        FILES,
        group=SOUND,
    )
    player_check: bool | None = _option(
        "start with two bells ten seconds apart: they show if a player cuts silence", CALL, FILES, group=SOUND
    )
    explain_chimes: bool | None = _option("explain the chimes in the opening", CALL, FILES, group=EXERCISE)
    note: str | None = _option("a note for the receipt of the render", frozenset({"overlay"}))
    session: int = _option("which session of a plan this is", frozenset(), default=1)
    beyond_bounds: bool = _option(
        "allow settings outside the bounds of the routine; a note says which",
        CALL,
        default=False,
        group=EXERCISE,
    )

    def __post_init__(self) -> None:
        """Check every number against its bounds, and every word against its choices."""
        for name, info in OPTIONS.items():
            value = getattr(self, name)
            if value is None:
                continue
            if choices := CHOICES[name]:
                if value not in choices:
                    raise UsageError(f"{name}: {value!r} is not one of {', '.join(choices)}")
            elif info.read:
                _readable(name, value, info.read)
            elif info.low is not None and info.high is not None:
                _within(name, value, info.low, info.high)

    def voice_over(self, voice: "VoiceChoice") -> "VoiceChoice":
        """Return `voice` with what is asked for in its place."""
        asked = {"engine": self.engine, "name": self.voice, "rate": self.rate, "pitch": self.pitch}
        asked["warm"] = self.warm
        given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        return replace(voice, **given)

    @property
    def asked(self) -> dict[str, Any]:
        """Return what is asked for, by option, but for options that hold several things, and the session."""
        single = {name: getattr(self, name) for name in OPTIONS if name not in (*_SEVERAL, "session")}
        # 0 is asked for (a volume, a pitch), and so is a False, but that bounds hold asks for nothing.
        return {
            name: value
            for name, value in single.items()
            if value is not None and (value or name != "beyond_bounds")
        }

    @property
    def written(self) -> dict[str, str]:
        """Return all that is asked for, each as a text: files with the same are the same version."""
        single = {name: value for name, value in self.asked.items() if name not in ("note", "beyond_bounds")}
        return {
            **self.settings,
            **{name: str(value) for name, value in single.items()},
            **{f"say {word}": str(said.shown) for word, said in self.say_as.items()},
            **({"skip": ", ".join(self.skip)} if self.skip else {}),
        }


OPTIONS: Mapping[str, OptionInfo] = {each.name: each.metadata["info"] for each in fields(Options)}
# What each option can be, where its type lists it.
CHOICES: Mapping[str, tuple[str, ...]] = {each.name: _choices(each.type) for each in fields(Options)}
NOTHING = Options()


def allowed_in(where: Where) -> dict[str, OptionInfo]:
    """Return the options that can be written there, by name."""
    return {name: info for name, info in OPTIONS.items() if where in info.where}


def without_bed(options: Options) -> Options:
    """Return `options` with no bed where `none` is asked for."""
    return replace(options, bed=None) if options.bed == NO_BED else options
