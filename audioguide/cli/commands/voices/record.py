"""`audioguide voices record-list`: what to read aloud, and which takes are missing."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.options import Choices
from audioguide.cli.prepare import all_scripted, read_call
from audioguide.cli.tables import table
from audioguide.errors import EngineError, UsageError
from audioguide.pipeline.reading_list import Line, reading_list
from audioguide.speech.recorded import READABLE, RecordedEngine

NOBODY = "my-voice"  # what a folder may be called


def print_list(
    names: Sequence[str] | None, choices: Choices, *, every: bool, missing: bool, as_json: bool
) -> None:
    """Print the reading list of routines. Raises UsageError where it is not clear whose takes are meant."""
    call = read_call(choices)
    if every:
        if names:
            raise UsageError("--all is every included routine: do not name others as well")
        names = sorted(call.listener.library.shipped)
    engine = RecordedEngine()
    voice = _voice(engine, choices.options.voice)
    scripts = [script for _, script in all_scripted(names, call, None)]
    lines = reading_list(scripts, engine, voice)
    shown = [line for line in lines if line.take is None] if missing else list(lines)
    if as_json:
        print_json("voices record-list", _document(lines, shown, engine, voice), indent=2)
        return
    table(
        ("no", "take", "file", "text"),
        [
            (str(line.number), "there" if line.take else "missing", _file(line), line.text)
            for line in shown
        ],
        right=(0,),
    )  # fmt: skip
    gone = sum(line.take is None for line in lines)
    home = engine.home(voice)
    typer.echo(f"{len(lines)} phrases, {gone} recordings missing in {home}")
    if gone:
        endings = ", ".join(READABLE[:-1])
        typer.echo(f"save each recording there under the name in its line; it may end in {endings}")
    else:
        typer.echo("all recordings are there: add --engine recorded to `audioguide render`")


def _file(line: Line) -> str:
    return line.take.name if line.take else line.file


def _voice(engine: RecordedEngine, asked: str | None) -> str:
    if asked:
        return asked
    try:
        known = [voice.id for voice in engine.voices()]
    except EngineError:
        return NOBODY
    if len(known) > 1:
        raise UsageError(f"{engine.folder} has recordings of {', '.join(known)}: choose one with --voice")
    return known[0]


def _document(
    lines: Sequence[Line], shown: Sequence[Line], engine: RecordedEngine, voice: str
) -> dict[str, object]:
    return {
        "voice": voice,
        "folder": str(engine.home(voice)),
        "phrases": len(lines),
        "missing": sum(line.take is None for line in lines),
        "lines": [
            {
                "number": line.number, "text": line.text, "file": _file(line),
                "take": str(line.take) if line.take else None,
            }
            for line in shown
        ],
    }  # fmt: skip
