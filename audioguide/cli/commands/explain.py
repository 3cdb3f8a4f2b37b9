"""`audioguide check --explain CODE`: what a code means, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import typer

from audioguide.errors import UsageError
from audioguide.routine.language.checks import CHECKS

# By the code in JSON; the number is the exit code. What each means is in docs/running.md, too.
FAMILIES: dict[str, tuple[int, str, str]] = {
    "proof": (
        1, "`verify` found a broken promise, or `doctor` a fault",
        "read the lines above: each names what is wrong",
    ),
    "usage": (
        2, "the call itself is wrong: an unknown command, option, name or value",
        "`audioguide COMMAND --help` shows what is allowed, `audioguide list` the names of routines",
    ),
    "routine": (
        3, "a routine, a setting or another file of yours is not valid; nothing was rendered",
        "go to the line and column of the message; `audioguide check FILE` shows all mistakes at once",
    ),
    "voice": (
        4, "the voice is missing, or it could not speak a phrase; you never get silence in its place",
        "`audioguide doctor` says what to install; another --voice or --engine may speak the phrase",
    ),
    "output": (
        5, "a file could not be read or written (disk full, no permission), or nothing here plays sound",
        "free some space, or name another folder with -o",
    ),
    "interrupted": (130, "you pressed Ctrl-C; no half file is left", "run the same command again"),
    "terminated": (143, "the system asked the program to end; no half file is left", "run it again"),
    "language": (
        3, "a key or a value of a routine is not part of the language",
        "write what the message allows; docs/language.md has every key",
    ),
    "row": (
        3, "a row of a table of clients could not be made; the other rows were",
        "correct the row that is named",
    ),
    "file": (3, "a file cannot be read, or is not a routine", "check its name, and that it is a text file"),
}  # fmt: skip


def explain(code: str) -> None:
    """Print what `code` means: the name of a check, of a kind of error, or an exit code.

    Raises UsageError for a code that does not exist.
    """
    for line in lines(code.strip().lower()):
        typer.echo(line)


def lines(code: str) -> Iterator[str]:
    """Yield the explanation of `code`."""
    names = [name for name, (number, _, _) in FAMILIES.items() if code == str(number)]
    if check := CHECKS.get(code):
        yield f"{code} ({check.level})"
        yield f"  what: {check.what}"
        yield f"  why: {check.why}"
        yield f"  what to do: {check.fix}"
        yield f"  source: {check.source}"
        if check.level == "warning":
            yield f"  to allow it: write `allow: {{{code}: the reason}}` into the routine"
    elif found := names or [code] * (code in FAMILIES):
        number, what, fix = FAMILIES[found[0]]
        yield f"{found[0]} (exit code {number})"
        yield f"  what: {what}"
        yield f"  what to do: {fix}"
    else:
        near = get_close_matches(code, [*CHECKS, *FAMILIES], n=3)
        hint = (
            f"did you mean {' or '.join(near)}?"
            if near
            else "`audioguide check` prints the code of each warning"
        )
        raise UsageError(f"there is no code '{code}'; {hint}")
