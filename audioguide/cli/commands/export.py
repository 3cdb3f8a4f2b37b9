"""`audioguide export`, and `--with-files` of the commands that render."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.options import Choices
from audioguide.cli.prepare import all_scripted, read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import Target, target_of
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

    none = ["none"] if arguments[0] == "batch" else []  # where some files are the default
    whole: list[str] = []
    waiting = False
    for argument in arguments:
        if waiting:
            named = {*argument.split(",")} <= {ALL, *KNOWN, *ALWAYS, *none}
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
        raise UsageError("no kind of file is named: write names such as vtt,lrc, or all")
    return files_named(names, alone=alone)


def sound_target(out: str, sound_format: str | None) -> tuple[Target, str]:
    """Return where to write a sound, and its format: as asked for, or as the file is named."""
    from audioguide.containers.formats import DEFAULT, FORMATS, format_of

    target = target_of(out, [each.suffix for each in FORMATS.values()], pipe=True, what="a sound")
    kind = format_of(sound_format or target.suffix or DEFAULT)
    if target.suffix not in ("", kind.suffix):
        raise UsageError(f"-o {out} and --format {sound_format} are different formats: remove one of them")
    return target, kind.name


def files_target(out: str, formats: str | None) -> tuple[Target, tuple[Sidecar, ...]]:
    """Return where to write which files: those that are asked for, or the one that `-o FILE` names."""
    from audioguide.export.sidecars import ALL, ALWAYS
    from audioguide.export.sidecars import WITH_FILES as KNOWN

    by_suffix = {each.suffix: each for each in (KNOWN | ALWAYS).values()} | {".html": KNOWN["sheet"]}
    asked = wanted(formats, alone=True) if formats is not None else ()
    short = {f".{asked[0].suffix.rpartition('.')[2]}": asked[0]} if len(asked) == 1 else {}
    target = target_of(out, [*by_suffix, *short], pipe=True, what="an export")
    if target.file and not asked:
        asked = (by_suffix[target.suffix],)
    if target.file and len(asked) != 1:
        raise UsageError(f"{len(asked)} formats do not fit in the one file {out}: name a folder with -o")
    if target.file and asked[0] not in (short.get(target.suffix), by_suffix.get(target.suffix)):
        raise UsageError(f"-o {out} and --format {formats} are different: remove one of them")
    if target.standard_output and len(asked) != 1:
        raise UsageError("-o - writes one file to standard output: name its --format, such as --format lrc")
    return target, asked or wanted(ALL, alone=True)


def output_of(
    sound_format: str, with_files: str | None = None, *, kbit: int | None = None, year: int | None = None,
    file: str = "", page: bool = False,
) -> Output:  # fmt: skip
    """Return what a render writes: format, sidecars, bit rate in kbit/s, year, name. Raises UsageError."""
    from audioguide.containers.formats import format_of
    from audioguide.pipeline.output import Output

    bitrate = kbit * 1000 if kbit is not None else None
    return Output(
        format=format_of(sound_format).name, bitrate=bitrate, sidecars=wanted(with_files), year=year,
        file=file, page=page,
    )  # fmt: skip


def export(
    names: Sequence[str] | None,
    choices: Choices,
    out: str,
    formats: str | None,
    *,
    estimate: bool,
    as_json: bool,
) -> None:
    """Write those files of each routine or timed script to `out`, all of one or none, and print where."""
    from audioguide.compiler.estimate import estimated_lengths
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.fitting.slack import to_length
    from audioguide.pipeline.gather import measured
    from audioguide.storage.atomic import opened_together
    from audioguide.storage.cache import user_cache

    target, files = files_target(out, formats)
    target.check_count(names or ())
    if target.standard_output and as_json:
        raise UsageError("-o - writes the file to standard output: --json needs a file or folder")
    written: list[Path] = []

    def spoken(script: Script) -> Mapping[ClipRef, int]:
        if estimate:
            return estimated_lengths(script)
        with progress(script.name, quiet=as_json) as show:
            return measured(script, user_cache(), show).lengths

    lengths = None if estimate else spoken
    for routine, script in all_scripted(names, read_call(choices), lengths):
        script = replace(script, name=target.stem or script.name)  # noqa: PLW2901
        timeline = to_length(script, spoken(script))
        metadata = metadata_of(routine.document) if routine else Metadata()
        if target.standard_output:
            for part in files[0].text(timeline, metadata):
                sys.stdout.write(part)
            continue
        paths = [target.folder / (target.file or f"{script.name}{each.suffix}") for each in files]
        with opened_together(paths) as opened:
            for each, file in zip(files, opened, strict=True):
                file.writelines(part.encode() for part in each.text(timeline, metadata))
        written += paths
        for path in () if as_json else paths:
            typer.echo(str(path))
    if as_json:
        print_json("export", {"files": [str(path) for path in written]})
