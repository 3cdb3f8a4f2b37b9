"""`audioguide export --page`: one HTML file to hand over, with the sound in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.options import MIXED, Choices
from audioguide.cli.prepare import all_scripted, read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import target_of
from audioguide.errors import UsageError

if TYPE_CHECKING:
    from audioguide.pipeline.stream import Stream
    from audioguide.script.script import ClipRef, Script

_PIECE = 1024 * 1024


def export(
    names: Sequence[str] | None,
    choices: Choices,
    out: str,
    formats: str | None,
    *,
    page: bool,
    kbit: int | None,
    estimate: bool,
    as_json: bool,
) -> None:
    """Write a page to hand over, or the files that `formats` names. Raises UsageError for both at once."""
    from audioguide.cli.commands.export import export as export_files

    if not page:
        _refuse_sound(choices, kbit)
        export_files(names, choices, out, formats, estimate=estimate, as_json=as_json)
    elif formats is not None or estimate:
        raise UsageError("--page writes one file with its sound: remove --format and --estimate")
    else:
        export_pages(names, choices, out, kbit=kbit, as_json=as_json)


def _refuse_sound(choices: Choices, kbit: int | None) -> None:
    """Raise UsageError where an option was given that only a sound can have."""
    given = {name.replace("_", "-") for name in MIXED if getattr(choices.options, name) is not None}
    if kbit is not None:
        given.add("bitrate")
    if given:
        raise UsageError(f"--{min(given)} changes the sound, and these files have no sound: add --page")


def export_pages(
    names: Sequence[str] | None, choices: Choices, out: str, *, kbit: int | None, as_json: bool
) -> None:
    """Write NAME.html for each routine or timed script to `out`."""
    from audioguide.containers.formats import format_of
    from audioguide.export.handout.page import LARGEST_MAIL, SUFFIX, handout
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.pipeline.gather import measured
    from audioguide.pipeline.stream import stream
    from audioguide.storage.atomic import opened_atomically
    from audioguide.storage.cache import user_cache

    target = target_of(out, [SUFFIX], pipe=True, what="a page")
    target.check_count(names or ())
    if target.standard_output and as_json:
        raise UsageError("-o - writes the page to standard output: --json needs a file or folder")
    bitrate = format_of("mp3").bitrate(kbit * 1000 if kbit is not None else None)

    def spoken(script: Script) -> Mapping[ClipRef, int]:
        with progress(script.name, quiet=as_json) as show:
            return measured(script, user_cache(), show).lengths

    written: list[Path] = []
    for routine, found in all_scripted(names, read_call(choices), spoken):
        script = replace(found, name=target.stem or found.name)
        with progress(script.name, quiet=as_json) as show:
            made = stream(script, bitrate=bitrate, progress=show)
            about = metadata_of(routine.document) if routine else Metadata()
            parts = handout(made.timeline, _pieces(made), about)
            if target.standard_output:
                for part in parts:
                    sys.stdout.write(part)
                continue
            path = target.folder / (target.file or f"{script.name}{SUFFIX}")
            with opened_atomically(path) as file:
                file.writelines(part.encode() for part in parts)
        written.append(path)
        if not as_json:
            typer.echo(str(path))
        if (size := path.stat().st_size) > LARGEST_MAIL:
            said = f"{path} has {size / 1e6:.0f} MB, more than many mail servers accept"
            typer.echo(f"audioguide: note: {said}: use --bitrate 64, or send a link to it", err=True)
    if as_json:
        print_json("export", {"files": [str(path) for path in written]})


def _pieces(made: Stream) -> Iterator[bytes]:
    for start in range(0, made.mp3.size, _PIECE):
        yield from made.mp3.read(start, min(start + _PIECE, made.mp3.size))
