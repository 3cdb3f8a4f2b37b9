"""Options that several commands share, and what they mean together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from audioguide.errors import UsageError
from audioguide.script import Guidance, Script, VoiceChoice

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME_OR_FILE...", show_default=False, help="routines of the library, or files of your own"
    ),
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
    Guidance,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a listener asks for, apart from the routine."""

    sets: Sequence[str] | None = None
    hold: str | None = None
    reps: int | None = None
    voice: str | None = None
    rate: int | None = None
    pitch: int | None = None
    engine: str | None = None
    dose: str | None = None
    guidance: Guidance = "fade"
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

    def speaker(self, voice: VoiceChoice) -> VoiceChoice:
        """Return `voice` with what the listener asks for in its place."""
        engine = self.engine or os.environ.get("AUDIOGUIDE_ENGINE") or None
        asked = {"engine": engine, "name": self.voice, "rate": self.rate, "pitch": self.pitch}
        given = {name: value for name, value in asked.items() if value is not None}
        return replace(voice, **given)  # type: ignore[arg-type]


def script_of(name: str, choices: Choices) -> Script:
    """Compile the routine `name`, or read the timed script of that path."""
    from audioguide.export.script_json import read_script

    if name.lower().endswith(".json"):
        if choices.settings:
            raise UsageError(
                f"{name} is a timed script: its settings are settled; render the routine instead"
            )
        script = read_script(Path(name))
        return replace(script, voice=choices.speaker(script.voice))
    from audioguide.compile import compile, voice_of
    from audioguide.routine.library import find
    from audioguide.routine.load import load

    routine = load(find(name))
    voice = choices.speaker(voice_of(routine))
    return compile(
        routine, choices.settings, voice=voice, dose=choices.dose, guidance=choices.guidance,
        beyond_bounds=choices.beyond_bounds,
    )  # fmt: skip
