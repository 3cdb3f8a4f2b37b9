"""`audioguide verify`."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from audioguide.cli.failures import tell, tell_notes
from audioguide.errors import AudioguideError, UsageError


def verify(mp3: Path, script: Path | None, picture: Path | None, *, strict: bool, as_json: bool) -> None:
    """Print the proof of one file; each fault is a line on standard error, and the exit code is then 1.

    Raises UsageError for standard input and for a picture that is neither SVG nor PNG, OutputError and
    RoutineError for what cannot be read.
    """
    if str(mp3) == "-":
        raise UsageError("verify reads a file twice, so it cannot take standard input: save the MP3 first")
    if picture is not None:
        from audioguide.drawing.picture import check_suffix
        from audioguide.storage.places import expanded

        tell_notes()
        picture = expanded(str(picture), "--picture")
        check_suffix(picture)
    from audioguide.verifier.proof import prove, script_beside
    from audioguide.verifier.report.summary import as_json as data
    from audioguide.verifier.report.summary import as_lines

    proof = prove(mp3, script or script_beside(mp3))
    if picture is not None:
        from audioguide.verifier.report.picture import write_proof

        write_proof(picture, proof)
    if as_json:
        typer.echo(json.dumps(data(proof, strict=strict), ensure_ascii=False))
    else:
        for line in as_lines(proof, strict=strict):
            typer.echo(line)
        for fault in proof.faults:
            tell(fault)
    if picture is not None:
        typer.echo(str(picture), err=as_json)
    if not proof.stands(strict=strict):
        raise typer.Exit(AudioguideError.exit_code)
