"""`audioguide list`: the routines, by part of the body, position, equipment, length and words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import typer

from audioguide.cli.options import Choices
from audioguide.cli.prepare import Call, read_call
from audioguide.compiler.estimate import estimated
from audioguide.errors import AudioguideError, UsageError
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.routine.language.document import Document
from audioguide.routine.load import Routine, load
from audioguide.units import format_clock, parse_total, seconds

NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look for; all that is asked for must be true of a routine."""

    words: Sequence[str] = ()
    body: Sequence[str] = ()
    position: Sequence[str] = ()
    equipment: Sequence[str] = ()
    min_length: str | None = None
    max_length: str | None = None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Return the shortest and the longest length in ticks. Raises UsageError."""
        low, high = (
            _ticks(option, value)
            for option, value in (("--min-length", self.min_length), ("--max-length", self.max_length))
        )
        if low is not None and high is not None and low > high:
            raise UsageError(f"--min-length {self.min_length} is more than --max-length {self.max_length}")
        return low, high


def list_routines(filters: Filters, *, as_json: bool) -> None:
    """Print the routines that pass `filters`, with their estimated length.

    Raises UsageError for a part of the body or equipment that no routine names, and for a wrong length.
    """
    low, high = filters.bounds
    call = read_call(Choices())
    routines = list(_loaded(call))
    _known(filters, [routine.document for routine in routines])
    found = [
        (routine, length)
        for routine in routines
        if _passes(routine, filters)
        and (length := _length(routine, call)) is not None
        and (low or 0) <= length
        and (high is None or length <= high)
    ]
    if as_json:
        listed = [_as_json(routine, length) for routine, length in found]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    elif found:
        _print(found)
    else:
        typer.echo("No routine is like that. `audioguide list` shows all; fewer words or filters find more.")
    if not as_json and filters == Filters():
        _hint([routine.document for routine in routines])


def _loaded(call: Call) -> Iterator[Routine]:
    library = call.listener.library
    for path in library.routines().values():
        try:
            yield load(path, library)
        except AudioguideError as error:
            _leave_out(error)


def _length(routine: Routine, call: Call) -> int | None:
    """Return the length in ticks as it would be rendered; None for a routine that cannot be."""
    try:
        # A length of its own comes first, where it can be reached.
        script = build(request(routine, call.layers))
        return script.fit.asked if script.fit else estimated(script).length
    except AudioguideError as error:
        _leave_out(error)
        return None


def _leave_out(error: AudioguideError) -> None:
    # One faulty file of one's own does not hide the rest.
    typer.echo(f"audioguide: left out: {error}", err=True)


def _ticks(option: str, value: str | None) -> int | None:
    try:
        ticks, assumed = (None, "") if value is None else parse_total(value)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
    if assumed:
        typer.echo(f"audioguide: note: {option}: {assumed}", err=True)
    return ticks


def _passes(routine: Routine, filters: Filters) -> bool:
    document = routine.document
    return (
        routine.mentions(filters.words)
        and all(_names(document.body, asked) for asked in filters.body)
        and all(_has(document, asked) for asked in filters.equipment)
        and all(asked.lower() in (document.position or "").lower() for asked in filters.position)
    )


def _has(document: Document, asked: str) -> bool:
    return not document.equipment if asked.lower() == NONE else _names(document.equipment, asked)


def _names(listed: Sequence[str], asked: str) -> bool:
    """Tell whether one of `listed` is what is asked for, or a kind of it: "lower back" is a back."""
    wanted = asked.lower().split()
    return any(set(wanted) <= set(each.lower().split()) for each in listed)


def _known(filters: Filters, documents: Sequence[Document]) -> None:
    """Raise UsageError for a part of the body or a thing that no routine names."""
    lists: tuple[tuple[str, Sequence[str], Callable[[Document], Sequence[str]]], ...] = (
        ("--body", filters.body, lambda document: document.body),
        (
            "--equipment",
            [each for each in filters.equipment if each.lower() != NONE],
            lambda document: document.equipment,
        ),
    )
    for option, asked, listed in lists:
        known = sorted({each.lower() for document in documents for each in listed(document)})
        for each in asked:
            if not _names(known, each):
                near = get_close_matches(each.lower(), known, n=3)
                meant = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
                raise UsageError(f"{option}: no routine names '{each}'; {meant}")


def _as_json(routine: Routine, length: int) -> dict[str, Any]:
    document = routine.document
    return {
        "name": routine.name, "title": document.title, "summary": document.summary,
        "position": document.position, "body": document.body, "equipment": document.equipment,
        "estimated_length_s": seconds(length),
        "settings": {key: str(setting.default) for key, setting in document.settings.items()},
    }  # fmt: skip


def _print(found: Sequence[tuple[Routine, int]]) -> None:
    from audioguide.cli.tables import table

    rows = [
        (
            routine.name,
            format_clock(length).split(".")[0],
            routine.document.position or "",
            routine.document.summary or routine.document.title,
        )
        for routine, length in found
    ]
    table(("name", "about", "position", "what"), rows, right=(1,))


def _hint(documents: Sequence[Document]) -> None:
    body = sorted({each for document in documents for each in document.body})
    things = sorted({each for document in documents for each in document.equipment})
    typer.echo(f"\n--body {', '.join(body)}\n--equipment {', '.join([NONE, *things])}")
