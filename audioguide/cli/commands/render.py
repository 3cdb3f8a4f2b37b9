"""`audioguide render` and `audioguide compile`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from audioguide.cli.commands.export import wanted
from audioguide.cli.failures import tell
from audioguide.cli.options import Choices
from audioguide.cli.prepare import all_scripted
from audioguide.cli.progress import progress
from audioguide.cli.target import Target, target_of
from audioguide.errors import AudioguideError, UsageError
from audioguide.fitting.bench import Lengths
from audioguide.lint.finding import Finding
from audioguide.pipeline.gather import Progress
from audioguide.routine.load import Routine
from audioguide.timeline.script import ClipRef, Script
from audioguide.timeline.script_file import SUFFIX

if TYPE_CHECKING:
    from audioguide.containers.formats import Format


def render_all(
    names: Sequence[str] | None,
    choices: Choices,
    out: str,
    *,
    bitrate: int | None,
    strict: bool,
    as_json: bool,
    sound_format: str | None = None,
    with_files: str | None = None,
    year: int | None = None,
) -> None:
    """Render every routine; one that fails does not stop the others.

    All are compiled and checked before the first is rendered, so that a wrong name costs nothing.
    Ends with the first error's exit code.
    """
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.pipeline.render import render

    target, kind = sound_target(out, sound_format)
    beside = wanted(with_files)
    target.check_count(names or ())
    if target.standard_output and (as_json or beside):
        raise UsageError(
            "-o - writes the sound to standard output: --json and --with-files need a file or folder"
        )
    rate = kind.bitrate(bitrate * 1000 if bitrate is not None else None)
    receipts: list[dict[str, Any]] = []
    code = 0
    spoken: set[ClipRef] = set()
    scripts = all_scripted(names, choices, measuring(quiet=as_json, spoken=spoken))
    warnings = [_warnings(routine, script, strict=strict, quiet=as_json) for routine, script in scripts]
    for (routine, script), warned in zip(scripts, warnings, strict=True):
        script = replace(script, name=target.stem or script.name)  # noqa: PLW2901
        try:
            with progress(script.name, quiet=as_json) as show, target.opened() as folder:
                receipt = render(
                    script, folder / target.file, bitrate=rate or None, progress=show, container=kind.name,
                    beside=beside, about=metadata_of(routine.document) if routine else Metadata(), year=year,
                )  # fmt: skip
                target.send(receipt.mp3)
        except AudioguideError as error:
            tell(str(error))
            code = code or error.exit_code
            continue
        receipt = receipt.with_spoken(spoken)
        receipts.append({**receipt.as_json(), "warnings": [finding.as_json() for finding in warned]})
        if not as_json and not target.standard_output:
            typer.echo(receipt.as_text())
    if as_json and receipts:
        document = receipts[0] if len(scripts) == 1 else {"renders": receipts}
        typer.echo(json.dumps(document, ensure_ascii=False))
    if code:
        raise typer.Exit(code)


def sound_target(out: str, sound_format: str | None) -> tuple[Target, Format]:
    """Return where to write a sound, and its format: as asked for, or as the file is named."""
    from audioguide.containers.formats import DEFAULT, FORMATS, format_of

    target = target_of(out, [each.suffix for each in FORMATS.values()], pipe=True, what="a sound")
    kind = format_of(sound_format or target.suffix or DEFAULT)
    if target.suffix not in ("", kind.suffix):
        raise UsageError(
            f"-o {out} and --format {sound_format} are not the same format: leave one of them out"
        )
    return target, kind


def compile_all(
    names: Sequence[str] | None, choices: Choices, out: str, *, estimate: bool, every: bool = False
) -> None:
    """Write the timed script of each routine; of `every` one that ships, if so wished."""
    from audioguide.pipeline.render import write_script
    from audioguide.routine import library

    target = target_of(out, [SUFFIX], what="a timed script")
    if every:
        names = [*(names or ()), *(str(library.SHIPPED / f"{name}.yaml") for name in library.names())]

    target.check_count(names or ())
    for _, script in all_scripted(names, choices, None if estimate else measuring(quiet=False)):
        script = replace(script, name=target.stem or script.name)  # noqa: PLW2901
        with progress(script.name, quiet=False) as show:
            for path in write_script(script, target.folder, estimate=estimate, progress=show):
                typer.echo(str(path))


def _warnings(routine: Routine | None, script: Script, *, strict: bool, quiet: bool) -> tuple[Finding, ...]:
    from audioguide.lint.table import warnings_of  # `compile` does not need it

    warnings = warnings_of(routine, script, strict=strict) if routine else ()
    for finding in () if quiet else warnings:
        typer.echo(f"audioguide: {finding.line}", err=True)
    return warnings


def measuring(*, quiet: bool, spoken: set[ClipRef] | None = None) -> Lengths:
    """Return what speaks a script, where it must, and measures its clips; what it said is in `spoken`."""
    from audioguide.pipeline.render import measured

    def measure(script: Script) -> Mapping[ClipRef, int]:
        with progress(script.name, quiet=quiet) as show:
            return measured(script, partial(_told, show) if show else None, spoken)

    return measure


def _told(show: Progress, _: str, done: int, total: int) -> None:
    show("measuring", done, total)  # what is spoken here is spoken to know how long it is
