"""`audioguide render` and `audioguide compile`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from audioguide.cli.envelope import error_data, print_json
from audioguide.cli.failures import report
from audioguide.cli.missing import in_a_line
from audioguide.cli.options import Choices
from audioguide.cli.prepare import all_scripted, checked_name, read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import Target, target_of
from audioguide.errors import AudioguideError, EngineError, UsageError
from audioguide.lint.finding import Finding
from audioguide.pipeline.gather import Progress
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths
from audioguide.script.script import ClipRef, Script
from audioguide.script.script_file import SUFFIX

if TYPE_CHECKING:
    from audioguide.pipeline.output import Output
    from audioguide.pipeline.proving import Prover


def render_all(
    names: Sequence[str] | None,
    choices: Choices,
    target: Target,
    output: Output,
    *,
    strict: bool,
    as_json: bool,
    name: str = "",
    prove_words: bool = False,
) -> None:
    """Render every routine; one that fails does not stop the others.

    With `prove_words`, what a recogniser mishears is spoken again another way.
    All are compiled and checked before the first is rendered, so that a wrong name costs nothing.
    The files of one are called `name` where that is given. Ends with the first error's exit code.
    """
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.pipeline.render import render

    target.check_count(names or ())
    if target.standard_output and (as_json or output.sidecars):
        raise UsageError(
            "-o - writes the sound to standard output: --json and --with-files need a file or folder"
        )
    if name and target.stem:
        raise UsageError("-o FILE and --name both name the files: remove one of them")
    receipts: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    code = 0
    spoken: set[ClipRef] = set()
    call = replace(read_call(choices), stem=checked_name(name))
    _check_ears(prove_words=prove_words)
    scripts = all_scripted(names, call, measuring(quiet=as_json, spoken=spoken, prove_words=prove_words))
    warnings = [_warnings(routine, script, strict=strict, quiet=as_json) for routine, script in scripts]
    for (routine, script), warned in zip(scripts, warnings, strict=True):
        script = replace(script, name=target.stem or script.name)  # noqa: PLW2901
        try:
            with progress(script.name, quiet=as_json) as show:
                metadata = metadata_of(routine.document) if routine else Metadata()
                prover = _prover(show) if prove_words else None
                receipt = render(script, target.out, output, metadata=metadata, progress=show, prover=prover)
        except AudioguideError as error:
            report(in_a_line(str(error)))
            code = code or error.exit_code
            errors.append(error_data(error))
            continue
        if target.standard_output:
            continue
        receipt = receipt.with_spoken(spoken)
        spoken -= receipt.timeline.script.clips.keys()
        receipts.append({**receipt.as_json(), "warnings": [finding.as_json() for finding in warned]})
        if not as_json:
            typer.echo(receipt.as_text())
    if as_json:
        one = len(scripts) == 1
        print_json("render", (receipts or [{}])[0] if one else {"renders": receipts}, errors)
    if code:
        raise typer.Exit(code)


def compile_all(
    names: Sequence[str] | None, choices: Choices, out: str, *, estimate: bool, every: bool = False
) -> None:
    """Write the timed script of each routine; with `every`, of all that ship."""
    from audioguide.pipeline.render import write_script
    from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY

    target = target_of(out, [SUFFIX], what="a timed script")
    if every:
        names = [*(names or ()), *(str(SHIPPED / f"{name}.yaml") for name in SHIPPED_LIBRARY.shipped)]
    target.check_count(names or ())
    for _, script in all_scripted(names, read_call(choices), None if estimate else measuring(quiet=False)):
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


def _check_ears(*, prove_words: bool) -> None:
    """Raise EngineError, before anything is read or spoken, where words cannot be proven."""
    if prove_words:
        from audioguide.ears.recogniser import missing

        if gone := missing():
            raise EngineError(gone)


def _prover(show: Progress | None) -> Prover:
    from audioguide.pipeline.proving import prover
    from audioguide.storage.cache import user_cache

    return prover(user_cache(), workers=os.cpu_count() or 1, progress=show)


def measuring(*, quiet: bool, spoken: set[ClipRef] | None = None, prove_words: bool = False) -> Lengths:
    """Return what speaks a script, where it must, and measures its clips; what it said is in `spoken`."""
    from audioguide.pipeline.gather import measured
    from audioguide.storage.cache import user_cache

    def measure(script: Script) -> Mapping[ClipRef, int]:
        with progress(script.name, quiet=quiet) as show:
            prover = _prover(show) if prove_words else None
            found = measured(script, user_cache(), partial(_counted, show) if show else None, prover)
        if spoken is not None:
            spoken.update(found.spoken)
        return found.lengths

    return measure


def _counted(show: Progress, _: str, done: int, total: int) -> None:
    show("measuring", done, total)  # what is spoken here is spoken to know how long it is
