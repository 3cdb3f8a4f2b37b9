"""`audioguide list`: the routines, by part of the body, position, equipment, length and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import typer

from audioguide.cli.envelope import print_json
from audioguide.errors import AudioguideError, UsageError
from audioguide.listing.index import listed
from audioguide.listing.listed import Listed, by_section
from audioguide.listing.search import Search, is_kind_of, search
from audioguide.units import format_clock, parse_total, seconds
from audioguide.vocabulary.vocabulary import Kind, vocabulary

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
    """Print the routines that pass `filters`, with their length.

    Raises UsageError for a part of the body, equipment or a position that no routine names, and for a wrong
    length.
    """
    low, high = filters.bounds
    routines = listed(_leave_out)
    filters = _known(filters, routines)
    searched = search(routines, filters.words, _note)
    chosen = [
        routine
        for routine in searched.matches
        if _passes(routine, filters)
        and (low or 0) <= routine.length
        and (high is None or routine.length <= high)
    ]
    if as_json:
        print_json("list", {"routines": [_as_json(routine, searched) for routine in chosen]}, indent=2)
    elif chosen:
        _print(chosen, searched)
    else:
        typer.echo("No routine matches. Use fewer words or filters, or `audioguide list` to see all.")
    if not as_json and filters == Filters():
        _hint(routines)


def _leave_out(_: str, error: AudioguideError) -> None:
    # One faulty file of the user does not hide the rest.
    typer.echo(f"audioguide: left out: {error}", err=True)


def _note(text: str) -> None:
    typer.echo(f"audioguide: note: {text}", err=True)


def _ticks(option: str, value: str | None) -> int | None:
    try:
        ticks, assumed = (None, "") if value is None else parse_total(value)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
    if assumed:
        typer.echo(f"audioguide: note: {option}: {assumed}", err=True)
    return ticks


def _passes(routine: Listed, filters: Filters) -> bool:
    return (
        all(_names(routine.body, asked) for asked in filters.body)
        and all(_has(routine, asked) for asked in filters.equipment)
        and all(_in_position(routine, asked) for asked in filters.position)
    )


def _has(routine: Listed, asked: str) -> bool:
    return not routine.equipment if asked.lower() == NONE else _names(routine.equipment, asked)


def _in_position(routine: Listed, asked: str) -> bool:
    name = vocabulary().find("position", asked)
    return any(word in routine.position.lower() for word in (asked.lower(), name) if word)


def _names(names: Iterable[str], asked: str) -> bool:
    return any(is_kind_of(each, asked) for each in names)


def _known(filters: Filters, routines: Sequence[Listed]) -> Filters:
    """Return `filters` in the words of the routines: "quads" are their "quadriceps".

    Raises UsageError for a part of the body or a thing that no routine names, and for an unknown position.
    """
    body = [_name("body", each, routines, lambda routine: routine.body) for each in filters.body]
    things = [
        NONE if each.lower() == NONE else _name("equipment", each, routines, lambda it: it.equipment)
        for each in filters.equipment
    ]
    for asked in filters.position:
        _check_position(asked, routines)
    return replace(filters, body=tuple(body), equipment=tuple(things))


def _check_position(asked: str, routines: Sequence[Listed]) -> None:
    known = vocabulary().names["position"]
    if vocabulary().find("position", asked) or any(_in_position(routine, asked) for routine in routines):
        return
    words = dict.fromkeys(word for name in known for word in (name, *name.split()) if len(word) > 3)
    near = get_close_matches(asked.lower(), words, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
    raise UsageError(f"--position: no routine has '{asked}'; {hint}")


def _name(
    kind: Kind, asked: str, routines: Sequence[Listed], listed_by: Callable[[Listed], Iterable[str]]
) -> str:
    known = {each.lower() for routine in routines for each in listed_by(routine)}
    if _names(known, asked):
        return asked
    meant = vocabulary().find(kind, asked)
    if meant and _names(known, meant):
        return meant
    near = get_close_matches(asked.lower(), sorted(known), n=3)
    if not near and (name := vocabulary().nearest(kind, asked)) and _names(known, name):
        near = [name]
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(_ordered(kind, known))}"
    raise UsageError(f"--{kind}: no routine names '{asked}'; {hint}")


def _ordered(kind: Kind, names: Iterable[str]) -> list[str]:
    """Return `names` in the order of the vocabulary, what it does not have at the end."""
    order = vocabulary().names[kind]
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


def _as_json(routine: Listed, searched: Search) -> dict[str, Any]:
    return {
        "name": routine.name, "title": routine.title, "summary": routine.summary or None,
        "section": routine.section, "level": routine.level or None, "phase": routine.phase or None,
        "includes": list(routine.parts), "found_for": searched.contained(routine),
        "position": routine.position or None, "body": list(routine.body),
        "equipment": list(routine.equipment), "estimated_length_s": seconds(routine.length),
        "settings": dict(routine.settings),
    }  # fmt: skip


def _print(chosen: Sequence[Listed], searched: Search) -> None:
    from audioguide.cli.tables import table

    rows: list[tuple[str, str, str, str]] = []
    headings: dict[int, str] = {}
    for section, routines in by_section(chosen):
        headings[len(rows)] = section
        rows += [_row(routine, searched.contained(routine)) for routine in routines]
    table(("name", "about", "position", "what"), rows, right=(1,), headings=headings)


def _row(routine: Listed, contained: Sequence[str]) -> tuple[str, str, str, str]:
    contains = f" Contains: {', '.join(contained)}." if contained else ""
    what = f"{routine.summary or routine.title}{contains}"
    return routine.name, format_clock(routine.length).split(".")[0], routine.position, what


def _hint(routines: Sequence[Listed]) -> None:
    body = _ordered("body", {each for routine in routines for each in routine.body})
    things = _ordered("equipment", {each for routine in routines for each in routine.equipment})
    typer.echo(f"\n--body {', '.join(body)}\n--equipment {', '.join([NONE, *things])}")
