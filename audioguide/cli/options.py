"""Options that several commands share, and the one list of those that shape a script."""

# Here and in the modules of commands, annotations are no texts (no `from __future__ import annotations`):
# typer would evaluate each of them twice before it prints as much as `--help`.

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from audioguide.errors import UsageError
from audioguide.timeline.choices import LOUDEST_BED, QUIETEST_BED, Guidance, Profile

if TYPE_CHECKING:
    from audioguide.listener.wishes import Wishes

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME_OR_FILE...",
        show_default=False,
        help="routines of the library, or files of your own; - for standard input",
    ),
]
Name = Annotated[
    str | None,
    typer.Argument(metavar="NAME_OR_FILE", show_default=False, help="a routine; else that of the overlay"),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="turn a setting; may be given several times"),
]
Hold = Annotated[
    str | None, typer.Option("--hold", metavar="TIME", help="how long to hold: the same as --set hold=TIME")
]
Reps = Annotated[int | None, typer.Option("--reps", metavar="N", help="how often: the same as --set reps=N")]
VoiceName = Annotated[
    str | None, typer.Option("--voice", metavar="VOICE", help="who speaks; see `audioguide voices`")
]
Rate = Annotated[
    int | None, typer.Option("--rate", metavar="WPM", min=80, max=450, help="how fast, in words a minute")
]
Pitch = Annotated[int | None, typer.Option("--pitch", min=0, max=99, help="how high the voice is")]
Warm = Annotated[
    bool | None, typer.Option("--warm/--no-warm", help="a softer voice, in a small room", show_default=False)
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine", metavar="ENGINE", help="what speaks: pyttsx3, or tone (tones in place of words)"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="print JSON on standard output, and nothing else there")]
Dose = Annotated[
    str | None, typer.Option("--dose", metavar="NAME", help="one of the doses that the routine names")
]
GuidanceLevel = Annotated[
    Guidance | None,
    typer.Option(
        "--guidance", help="how much is spoken; fade: all the first time, the short form from the second on"
    ),
]
BeyondBounds = Annotated[
    bool,
    typer.Option(
        "--beyond-bounds", help="allow settings outside the bounds of the routine; the files say so"
    ),
]


Estimate = Annotated[
    bool, typer.Option("--estimate", help="estimate the phrases instead of measuring the voice")
]
Strict = Annotated[bool, typer.Option("--strict", help="take the warnings of the checks for errors")]

BedName = Annotated[
    str | None,
    typer.Option(
        "--bed",
        metavar="NAME|FILE",
        help="what goes on softly under it all: brown, rain, ocean, drone, air, or a sound file",
    ),
]

BedVolume = Annotated[
    float | None,
    typer.Option(
        "--bed-volume",
        metavar="DB",
        min=QUIETEST_BED,
        max=LOUDEST_BED,
        help="the bed softer or louder by DB; a softer `air` is of no use",
    ),
]


ChimeVolume = Annotated[
    str | None,
    typer.Option("--chime-volume", metavar="DB", help="how much louder or softer all chimes are, such as -6"),
]
WithFiles = Annotated[
    str | None,
    typer.Option(
        "--with-files", metavar="[=all|NAME,...]", show_default=False,
        help="write these beside it: vtt, srt, lrc, labels, chapters, m3u8, sheet, picture",
    ),
]  # fmt: skip
SoundFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="of the sound: mp3, m4b, opus, flac or wav")
]


With = Annotated[
    Path | None,
    typer.Option("--with", metavar="FILE", help="an overlay: one person's settings, what to skip, the voice"),
]


FitTo = Annotated[
    str | None,
    typer.Option(
        "--fit", metavar="TIME",
        help="turn settings and rests so that it lasts so long, such as 12m; none: as it is written",
    ),
]  # fmt: skip


ProfileName = Annotated[
    Profile | None,
    typer.Option(
        "--profile", help="how loud; quiet: all of it 5 dB softer; sleep: ever softer, no chime at the end"
    ),
]

PlayerCheck = Annotated[
    bool | None,
    typer.Option(
        "--player-check/--no-player-check", show_default=False,
        help="open with two bells, ten seconds apart, that tell whether a player shortens silence",
    ),
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the call on the command line asks for, apart from the routine: each field is an option."""

    sets: Sets = None
    hold: Hold = None
    reps: Reps = None
    fit: FitTo = None
    dose: Dose = None
    guidance: GuidanceLevel = None
    overlay: With = None
    voice: VoiceName = None
    rate: Rate = None
    pitch: Pitch = None
    warm: Warm = None
    engine: EngineName = None
    bed: BedName = None
    bed_volume: BedVolume = None
    chime_volume: ChimeVolume = None
    profile: ProfileName = None
    player_check: PlayerCheck = None
    beyond_bounds: BeyondBounds = False

    @property
    def settings(self) -> dict[str, str]:
        """Return the settings asked for. Raises UsageError for what is no NAME=VALUE, or said twice."""
        pairs = [
            (text.partition("=")[0].strip(), text.partition("=")[2].strip(), text) for text in self.sets or ()
        ]
        for name, value, text in pairs:
            if not name or not value:
                raise UsageError(f"--set takes NAME=VALUE, such as --set hold=25s; found '{text}'")
        pairs += [("hold", self.hold, "--hold")] if self.hold is not None else []
        pairs += [("reps", str(self.reps), "--reps")] if self.reps is not None else []
        names = [name for name, _, _ in pairs]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise UsageError(f"the setting '{twice}' is given twice")
        return {name: value for name, value, _ in pairs}

    @property
    def wishes(self) -> "Wishes":
        """Return what the call itself wishes."""
        from audioguide.listener.wishes import Wishes

        return Wishes(
            settings=self.settings, engine=self.engine, voice=self.voice, rate=self.rate, pitch=self.pitch,
            dose=self.dose, guidance=self.guidance, bed=self.bed, bed_volume=self.bed_volume,
            fit=self.fit, profile=self.profile,
            player_check=self.player_check, chime_volume=_volume(self.chime_volume), warm=self.warm,
        )  # fmt: skip


def _volume(asked: str | None) -> float | None:
    if asked is None:
        return None
    from audioguide.units import parse_volume

    try:
        return parse_volume(asked)
    except ValueError as error:
        raise UsageError(f"--chime-volume: {error}") from error


Command = Callable[..., None]
_NOTHING = Choices()

# What counts only where sounds are mixed.
MIXED = frozenset({"bed", "bed_volume", "chime_volume"})


def choosing(*, without: frozenset[str] = frozenset()) -> Callable[[Command], Command]:
    """Give a command the options of `Choices`, but `without` some, in place of its parameter `choices`."""
    options = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, annotation=option, default=getattr(_NOTHING, name)
        )
        for name, option in get_type_hints(Choices, include_extras=True).items()
        if name not in without
    ]

    def chosen(command: Command) -> Command:
        @wraps(command)
        def call(**given: Any) -> None:
            choices = Choices(**{option.name: given.pop(option.name) for option in options})
            command(choices=choices, **given)

        signature = inspect.signature(command, eval_str=True)
        parameters: list[inspect.Parameter] = []
        for parameter in signature.parameters.values():
            own = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            parameters += options if parameter.name == "choices" else [own]
        # typer reads this to know what the command takes.
        vars(call)["__signature__"] = signature.replace(parameters=parameters)
        return call

    return chosen
