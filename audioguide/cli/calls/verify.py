"""`audioguide verify`: its arguments and options."""

from pathlib import Path
from typing import Annotated

import typer

from audioguide.cli import options


def command(
    mp3: Annotated[Path, typer.Argument(metavar="FILE.mp3", show_default=False)],
    script: Annotated[
        Path | None,
        typer.Argument(
            metavar="SCRIPT", show_default=False, help="timed script of the MP3; default: the one next to it"
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture", metavar="FILE", help="draw the measured times with the planned: FILE.svg or .png"
        ),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="check with a speech recogniser that every word can be understood")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="also fail when a measurement misses its target")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Measure an MP3: the length of each hold, and its sound."""
    from audioguide.cli.commands.verify import verify as verify_file

    verify_file(mp3, script, picture, words=words, strict=strict, as_json=as_json)
