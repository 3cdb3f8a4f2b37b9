"""`audioguide draft`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.target import target_of
from audioguide.draft.compose import Draft, answered
from audioguide.draft.document import SourceText
from audioguide.draft.draft import drafts_of, files_of
from audioguide.draft.readers.find import LARGEST_FILE, read, read_path
from audioguide.durations import milliseconds
from audioguide.errors import OutputError, UsageError
from audioguide.storage.atomic import write_atomically
from audioguide.storage.places import expanded

PIPE = "-"
FOLDER = "drafts"


def draft(source: str, out: str | None, *, as_json: bool, interactive: bool) -> None:
    """Write a routine for each exercise in `source`, and a session; or print what was understood as JSON."""
    if interactive and source == PIPE:
        raise UsageError(
            "--interactive asks on standard input, and `-` reads the text from there: name a file"
        )
    document = _read(source)
    drafts = drafts_of(document)
    if interactive:
        try:
            drafts = tuple(_asked(each) for each in drafts)
        except typer.Abort:
            raise UsageError("standard input ended before the last answer: nothing was written") from None
    paths: list[Path] = []
    if out is not None or not as_json:
        paths = _write(drafts, document, out or FOLDER)
    if as_json:
        print_drafts(drafts, document, paths)
    else:
        _report(drafts, document, paths)


def _read(source: str) -> SourceText:
    if source != PIPE:
        return read_path(expanded(source, "the text"))
    if sys.stdin.isatty():
        typer.echo("audioguide: note: reading a text from the keyboard; Ctrl-D ends it", err=True)
    return read(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input")


def _write(drafts: Sequence[Draft], document: SourceText, out: str) -> list[Path]:
    """Write all files, or none where one would replace another text."""
    name = Path(document.name).name
    title = f"Exercises from {Path(name).stem.replace('-', ' ').replace('_', ' ')}"
    folder = target_of(out, what="drafts").folder
    files = {folder / file: text.encode() for file, text in files_of(drafts, name, title).items()}
    changed = [path for path, data in files.items() if path.exists() and _differs(path, data)]
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise OutputError(
            f"{changed[0]}{more} would be overwritten: choose another folder with -o, or move the files"
        )
    for path, data in files.items():
        write_atomically(path, data, durable=False)
    return list(files)


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except OSError:
        return True


def print_drafts(drafts: Sequence[Draft], document: SourceText, paths: Sequence[Path]) -> None:
    """Print what was understood of each exercise."""
    data = {
        "exercises": [each.as_json() for each in drafts], "notes": list(document.notes),
        "files": [str(path) for path in paths],
    }  # fmt: skip
    print_json("draft", data)


def _report(drafts: Sequence[Draft], document: SourceText, paths: Sequence[Path]) -> None:
    for each, path in zip(drafts, paths, strict=False):
        typer.echo(f"{path}: {each.exercise.title} ({each.summary})")
        for assumed in each.assumed:
            typer.echo(f"  assumed: {assumed.what} {assumed.value}: {assumed.reason}")
        if each.known:
            typer.echo(f"  the library has it: audioguide show {each.known.name}")
    for path in paths[len(drafts) :]:
        typer.echo(f"{path}: the session")
    for note in document.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    count = f"{len(drafts)} exercise{'s' * (len(drafts) != 1)}"
    typer.echo(
        f"audioguide: note: {count} found; check each step, then render {paths[len(drafts)]}", err=True
    )


def _asked(found: Draft) -> Draft:
    """Ask about each assumption; Enter keeps it."""
    for each in found.assumed:
        if each.what in ("hold", "reps", "sides"):
            while True:
                answer = typer.prompt(
                    f"{found.exercise.title}: {each.what}? ({each.reason})", default=each.value, err=True
                )
                value = _value(each.what, str(answer))
                if value is not None:
                    break
                typer.echo(
                    "write a time such as 20s, a count such as 5, or none or left_right for sides", err=True
                )
            found = answered(found, each.what, value)
    return found


def _value(what: str, answer: str) -> float | str | None:
    """Read an answer; None where it is not a value of this kind."""
    answer = answer.strip()
    if what == "sides":
        return answer if answer in ("none", "left_right") else None
    if what == "reps":
        return float(answer) if answer.isdigit() and 0 < int(answer) <= 200 else None
    try:
        length = milliseconds(answer)
    except ValueError:
        return None
    return float(length) / 1000 if length is not None and 0 < length <= 3_600_000 else None
