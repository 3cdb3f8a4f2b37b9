"""Options that several commands share, and what they mean together."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioguide.errors import UsageError
from audioguide.script import LOUDEST_BED, QUIETEST_BED, Guidance, Profile, Script, VoiceChoice
from audioguide.units import parse_volume
from audioguide.wishes import Layer, Wishes, layered

if TYPE_CHECKING:
    from audioguide.fit import Ways
    from audioguide.fitting.bench import Lengths
    from audioguide.routine.load import Routine

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME_OR_FILE...", show_default=False, help="routines of the library, or files of your own"
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
        "--bed-volume", metavar="DB", min=QUIETEST_BED, max=LOUDEST_BED, help="the bed softer or louder by DB"
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
    """What the call on the command line asks for, apart from the routine."""

    sets: Sequence[str] | None = None
    hold: str | None = None
    reps: int | None = None
    voice: str | None = None
    rate: int | None = None
    pitch: int | None = None
    warm: bool | None = None
    engine: str | None = None
    dose: str | None = None
    guidance: Guidance | None = None
    overlay: Path | None = None
    bed: str | None = None
    bed_volume: float | None = None
    chime_volume: str | None = None
    fit: str | None = None
    profile: Profile | None = None
    player_check: bool | None = None
    beyond_bounds: bool = False

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
    def wishes(self) -> Wishes:
        """Return what the call itself wishes."""
        return Wishes(
            settings=self.settings, engine=self.engine, voice=self.voice, rate=self.rate, pitch=self.pitch,
            dose=self.dose, guidance=self.guidance, bed=self.bed, bed_volume=self.bed_volume,
            fit=self.fit, profile=self.profile,
            player_check=self.player_check, chime_volume=_volume(self.chime_volume), warm=self.warm,
        )  # fmt: skip


def _volume(asked: str | None) -> float | None:
    if asked is None:
        return None
    try:
        return parse_volume(asked)
    except ValueError as error:
        raise UsageError(f"--chime-volume: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A routine with all wishes for it, laid over one another, and the origin of each."""

    routine: Routine
    wishes: Wishes
    origins: Mapping[str, str]
    voice: VoiceChoice

    def named(self, script: Script, choices: Choices) -> Script:
        """Return `script` with what makes it a person's own: the name of the overlay, and its note."""
        if choices.overlay is None:
            return script
        from audioguide.routine.overlay import named_after

        name = named_after(script.name, choices.overlay)
        return replace(script, name=name, remark=self.wishes.note or "")

    def ways(self, choices: Choices) -> Ways:
        """Return how to compile the routine."""
        wishes = self.wishes
        return {
            "voice": self.voice, "dose": wishes.dose, "guidance": wishes.guidance or "fade",
            "skip": wishes.skip, "profile": wishes.profile, "player_check": bool(wishes.player_check),
            "beyond_bounds": choices.beyond_bounds,
        }  # fmt: skip


def named(names: Sequence[str] | None, choices: Choices) -> list[str]:
    """Return the routines to work on: those of the call, else the one that the overlay is for."""
    if names:
        return list(names)
    if choices.overlay is not None:
        from audioguide.routine.overlay import routine_of

        routine = routine_of(choices.overlay)
        if routine is None:
            raise UsageError(
                f"{choices.overlay} names no routine: write `routine: NAME` into it, or name one here"
            )
        return [routine]
    raise UsageError("name a routine, such as knee-to-chest; `audioguide list` shows all")


def wished(choices: Choices) -> tuple[Wishes, dict[str, str]]:
    """Lay personal defaults, environment, overlay and call over one another, the call on top."""
    from audioguide.routine.personal import read_defaults, read_overlay, wishes_of

    defaults, path = read_defaults()
    layers = [Layer(str(path), _bed_found(wishes_of(defaults), path.parent)), _environment()]
    if choices.overlay is not None:
        overlay = _bed_found(wishes_of(read_overlay(choices.overlay)), choices.overlay.parent)
        layers.append(Layer(str(choices.overlay), overlay))
    return layered([*layers, Layer("command line", _bed_found(choices.wishes, Path()))])


def _bed_found(wishes: Wishes, base: Path) -> Wishes:
    # The path of a bed counts from the file that names it.
    if wishes.bed is None:
        return wishes
    from audioguide.sound.beds import find_bed

    return replace(wishes, bed=find_bed(wishes.bed, base))


def _environment() -> Layer:
    return Layer("environment", Wishes(engine=os.environ.get("AUDIOGUIDE_ENGINE") or None))


def prepare(name: str, choices: Choices) -> Prepared:
    """Load the routine `name` with all wishes for it."""
    from audioguide.compile import voice_of
    from audioguide.routine.library import find, shadowed
    from audioguide.routine.load import load

    wishes, origins = wished(choices)
    path = find(name)
    if note := shadowed(path):
        typer.echo(f"audioguide: note: {note}", err=True)
    routine = load(path)
    if choices.overlay is not None:
        from audioguide.routine.overlay import check_overlay

        check_overlay(choices.overlay, routine, beyond_bounds=choices.beyond_bounds)
    return Prepared(routine=routine, wishes=wishes, origins=origins, voice=wishes.speaker(voice_of(routine)))


def script_of(name: str, choices: Choices) -> Script:
    """Compile the routine `name`, or read the timed script of that path."""
    return scripted(name, choices)[1]


def scripted(name: str, choices: Choices, measured: Lengths | None = None) -> tuple[Routine | None, Script]:
    """Return the routine `name` with its script; None with the timed script of that path.

    Where it is fitted to a length, clips are as long as `measured` says, or as estimated.
    """
    if name.lower().endswith(".json"):
        return None, _edited(name, choices)
    from audioguide.chimes import turned
    from audioguide.estimate import estimated_lengths
    from audioguide.fit import compile_to_length

    prepared = prepare(name, choices)
    wishes = prepared.wishes
    script = compile_to_length(
        prepared.routine, wishes.settings, length=wishes.fit, lengths=measured or estimated_lengths,
        guess=estimated_lengths if measured else None, **prepared.ways(choices),
    )  # fmt: skip
    for note in script.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    notes = (*script.notes, *filter(None, [wishes.note]))
    volume = wishes.bed_volume or 0.0
    script = replace(script, bed=wishes.bed, bed_volume=volume, origins=prepared.origins, notes=notes)
    script = prepared.named(script, choices)
    return prepared.routine, turned(script, wishes.chime_volume)


def _edited(name: str, choices: Choices) -> Script:
    from audioguide.chimes import turned
    from audioguide.export.script_json import read_script

    if choices.settings or choices.overlay is not None or choices.fit is not None or choices.player_check:
        raise UsageError(f"{name} is a timed script: its settings are settled; render the routine instead")
    script = read_script(Path(name))
    # The script says who speaks; only this call has more to say than the script.
    wishes, _ = layered([_environment(), Layer("command line", _bed_found(choices.wishes, Path()))])
    volume = script.bed_volume if wishes.bed_volume is None else wishes.bed_volume
    script = turned(script, wishes.chime_volume)
    return replace(
        script, voice=wishes.speaker(script.voice), bed=wishes.bed or script.bed, bed_volume=volume,
        profile=wishes.profile or script.profile,
    )  # fmt: skip
