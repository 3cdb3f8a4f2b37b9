"""`audioguide render` and `audioguide compile`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from audioguide.cli.options import Choices, script_of
from audioguide.cli.progress import progress
from audioguide.errors import AudioguideError, UsageError
from audioguide.receipt import Receipt
from audioguide.script import Script


def render_all(names: Sequence[str], choices: Choices, out: Path, *, bitrate: int, as_json: bool) -> None:
    """Render every routine; one that fails does not stop the others.

    All are compiled before the first is rendered, so that a wrong name costs nothing.
    Ends with the first error's exit code.
    """
    from audioguide.render import render

    receipts: list[Receipt] = []
    code = 0
    for script in _scripts(names, choices):
        try:
            with progress(script.name, quiet=as_json) as show:
                receipt = render(script, out, bitrate=bitrate * 1000, progress=show)
        except AudioguideError as error:
            typer.echo(f"audioguide: {error}", err=True)
            code = code or error.exit_code
            continue
        receipts.append(receipt)
        if not as_json:
            typer.echo(receipt.as_text())
    if as_json and receipts:
        documents = [receipt.as_json() for receipt in receipts]
        typer.echo(
            json.dumps(documents[0] if len(names) == 1 else {"renders": documents}, ensure_ascii=False)
        )
    if code:
        raise typer.Exit(code)


def compile_all(names: Sequence[str], choices: Choices, out: Path, *, estimate: bool) -> None:
    """Write the timed script of every routine."""
    from audioguide.render import write_script

    for script in _scripts(names, choices):
        with progress(script.name, quiet=False) as show:
            for path in write_script(script, out, estimate=estimate, progress=show):
                typer.echo(str(path))


def _scripts(names: Sequence[str], choices: Choices) -> list[Script]:
    scripts = [script_of(name, choices) for name in names]
    stems = [script.name for script in scripts]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise UsageError(
            f"two of these would both be written as {twice}.mp3: render them to different folders"
        )
    return scripts
