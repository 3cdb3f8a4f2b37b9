"""`audioguide verify`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.envelope import coded, print_json
from audioguide.cli.failures import print_notes, report
from audioguide.errors import AudioguideError, EngineError, UsageError

if TYPE_CHECKING:
    from audioguide.verifier.proof import Proof


def verify(
    mp3: Path, script: Path | None, picture: Path | None, *, words: bool, strict: bool, as_json: bool
) -> None:
    """Print the proof of one file; each fault is a line on standard error, and the exit code is then 1.

    With `words`, a recogniser listens to each phrase as well.
    Raises UsageError for standard input and for a picture that is neither SVG nor PNG, OutputError and
    RoutineError for what cannot be read; EngineError where words cannot be checked.
    """
    if str(mp3) == "-":
        raise UsageError("verify reads a file twice, so it cannot take standard input: save the MP3 first")
    if picture is not None:
        from audioguide.drawing.picture import check_suffix
        from audioguide.storage.places import expanded

        print_notes()
        picture = expanded(str(picture), "--picture")
        check_suffix(picture)
    from audioguide.verifier.proof import prove, script_beside

    script = script or script_beside(mp3)
    if words:
        _check_words(mp3, script)
    proof = prove(mp3, script)
    if words and script is not None:
        proof = _with_words(proof, script, quiet=as_json)
    _report(proof, picture, strict=strict, as_json=as_json)
    if not proof.stands(strict=strict):
        raise typer.Exit(AudioguideError.exit_code)


def _check_words(mp3: Path, script: Path | None) -> None:
    """Raise what stands in the way before anything is measured, which takes a while."""
    from audioguide.ears.recogniser import missing

    if script is None:
        raise UsageError(
            f"--words compares what is heard with a timed script, and there is none next to {mp3}: name it"
        )
    if gone := missing():
        raise EngineError(gone)


def _with_words(proof: Proof, script: Path, *, quiet: bool) -> Proof:
    from audioguide.cli.progress import progress
    from audioguide.verifier.understood import understood

    with progress(proof.mp3.stem, quiet=quiet) as show:
        return proof.with_words(understood(proof.mp3, script, workers=os.cpu_count() or 1, progress=show))


def _report(proof: Proof, picture: Path | None, *, strict: bool, as_json: bool) -> None:
    from audioguide.verifier.report.summary import as_json as data
    from audioguide.verifier.report.summary import as_lines

    if picture is not None:
        from audioguide.verifier.report.picture import write_proof

        write_proof(picture, proof)
    if as_json:
        outside = [f"{figure.name} is outside its target" for figure in proof.outside] if strict else []
        stands = proof.stands(strict=strict)
        print_json("verify", data(proof, strict=strict), coded("proof", [*proof.faults, *outside]), ok=stands)
    else:
        for line in as_lines(proof, strict=strict):
            typer.echo(line)
        for fault in proof.faults:
            report(fault)
    if picture is not None:
        typer.echo(str(picture), err=as_json)
