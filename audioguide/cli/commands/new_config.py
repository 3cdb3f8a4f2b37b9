"""`audioguide new` and `audioguide config`."""

from __future__ import annotations

import shlex

import typer

from audioguide.cli.target import target_of
from audioguide.errors import OutputError, UsageError
from audioguide.listener.config import CONFIG_VARIABLE
from audioguide.listener.files import read_defaults
from audioguide.routine.language.starter import NAMES, is_name, starter
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.storage.atomic import write_atomically
from audioguide.storage.places import NOWHERE

_EXAMPLE = """\
# Personal defaults of audioguide. A call on the command line and an overlay come first.
# rate: 110            # words per minute
# voice: en-gb         # see `audioguide voices`
# warm: true           # a warmer voice with a little room reverb
# guidance: fade       # fade, full, short, minimal, chimes
# chime_volume: -3dB   # all chimes softer
# bed: rain            # brown, rain, ocean, drone, air, or your own sound file
# bed_volume: -3       # the bed 3 dB softer
# profile: quiet       # standard, quiet, sleep
# explain_chimes: false  # once you know what the chimes mean
# player_check: true   # start with two bells that show if a player cuts silence
# engine: kokoro       # speech engine; see `audioguide voices`
# voice_command: "espeak-ng --stdin --stdout"   # for the engine `command`: text in, a WAV file out
# recordings: ~/recordings   # for the engine `recorded`: one folder of recordings per voice
# routines: [~/routines]   # folders with your own routines
"""


def new(name: str, out: str) -> None:
    """Write a commented starter to `out`/NAME.yaml; an existing file is never overwritten."""
    stem = name.removesuffix(".yaml")
    if not is_name(stem):
        raise UsageError(f"'{name}' cannot be the name of a routine: {NAMES}")
    path = target_of(out, what="a new routine").folder / f"{stem}.yaml"
    if path.exists():
        raise OutputError(f"{path} already exists: choose another name, or edit that file")
    write_atomically(path, starter(stem).encode())
    typer.echo(str(path))
    typer.echo(f"now edit it, then `audioguide render {shlex.quote(str(path))}`", err=True)
    if stem in SHIPPED_LIBRARY.shipped:
        note = f"an included routine is also called '{stem}': use the path {path} for yours"
        typer.echo(f"audioguide: note: {note}", err=True)


def config(*, create: bool) -> None:
    """Show where the personal defaults lie and what they say; with `create`, write a commented file."""
    defaults = read_defaults()
    path = defaults.path
    if path.parent == NOWHERE:
        raise OutputError(f"there is no home folder for personal defaults: set {CONFIG_VARIABLE} to a folder")
    if create and not path.exists():
        write_atomically(path, _EXAMPLE.encode())
    typer.echo(
        f"{path}" if path.exists() else f"{path} (does not exist: `audioguide config --create` writes one)"
    )
    said = {
        **defaults.options.asked,
        **({"voice_command": defaults.engines.command} if defaults.engines.command else {}),
        **({"recordings": str(defaults.engines.recordings)} if defaults.engines.recordings else {}),
        **({"routines": [str(each) for each in defaults.folders]} if defaults.folders else {}),
    }
    for key, value in said.items():
        typer.echo(f"  {key}: {value}")
    if not said:
        typer.echo("  no personal defaults")
