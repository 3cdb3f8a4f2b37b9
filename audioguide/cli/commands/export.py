"""`audioguide export`, and `--with-files` of the commands that render."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.options import Choices
from audioguide.cli.prepare import all_scripted, read_call
from audioguide.cli.progress import progress
from audioguide.errors import UsageError

if TYPE_CHECKING:
    from audioguide.export.sidecars import Sidecar
    from audioguide.pipeline.output import Output
    from audioguide.script.script import ClipRef, Script

WITH_FILES = "--with-files"


def spelled_out(arguments: Sequence[str]) -> list[str]:
    """Return `arguments` with "--with-files" as "--with-files=all", unless names of files follow it."""
    if WITH_FILES not in arguments:
        return list(arguments)
    from audioguide.export.sidecars import ALL, ALWAYS
    from audioguide.export.sidecars import WITH_FILES as KNOWN

    whole: list[str] = []
    waiting = False
    for argument in arguments:
        if waiting:
            named = {*argument.split(",")} <= {ALL, *KNOWN, *ALWAYS}
            whole.append(f"{WITH_FILES}={argument if named else ALL}")
            whole += [] if named else [argument]
            waiting = argument == WITH_FILES
        elif argument == WITH_FILES:
            waiting = True
        else:
            whole.append(argument)
    return [*whole, *([f"{WITH_FILES}={ALL}"] if waiting else [])]


def wanted(text: str | None, *, alone: bool = False) -> tuple[Sidecar, ...]:
    """Return the files that "vtt,srt" or "all" names; None names none. Raises UsageError."""
    if text is None:
        return ()
    from audioguide.export.sidecars import named_sidecars as files_named

    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    if not names:
        raise UsageError("no file is named: write names such as vtt,lrc, or all")
    return files_named(names, alone=alone)


def output_of(
    sound_format: str, with_files: str | None = None, *, kbit: int | None = None, year: int | None = None
) -> Output:
    """Return what a render writes: format, sidecars, bit rate in kbit/s, year. Raises UsageError."""
    from audioguide.containers.formats import format_of
    from audioguide.pipeline.output import Output

    bitrate = kbit * 1000 if kbit is not None else None
    return Output(
        format=format_of(sound_format).name, bitrate=bitrate, sidecars=wanted(with_files), year=year
    )


def export(
    names: Sequence[str] | None, choices: Choices, out: Path, formats: str, *, estimate: bool, as_json: bool
) -> None:
    """Write those files of each routine or timed script to `out`, all of one or none, and tell where."""
    from audioguide.compiler.estimate import estimated_lengths
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.fitting.slack import to_length
    from audioguide.pipeline.gather import measured
    from audioguide.storage.atomic import opened_together
    from audioguide.storage.cache import user_cache

    files = wanted(formats, alone=True)
    written: list[Path] = []

    def spoken(script: Script) -> Mapping[ClipRef, int]:
        if estimate:
            return estimated_lengths(script)
        with progress(script.name, quiet=as_json) as show:
            return measured(script, user_cache(), show).lengths

    lengths = None if estimate else spoken
    for routine, script in all_scripted(names, read_call(choices), lengths):
        timeline = to_length(script, spoken(script))
        told = metadata_of(routine.document) if routine else Metadata()
        paths = [out / f"{script.name}{each.suffix}" for each in files]
        with opened_together(paths) as opened:
            for each, file in zip(files, opened, strict=True):
                file.writelines(part.encode() for part in each.text(timeline, told))
        written += paths
        for path in () if as_json else paths:
            typer.echo(str(path))
    if as_json:
        typer.echo(json.dumps({"files": [str(path) for path in written]}, ensure_ascii=False))
