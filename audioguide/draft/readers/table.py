"""CSV with a header: an exercise in each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from audioguide.draft.readers.plain_text import blocks_of as plain_blocks
from audioguide.draft.text import Block, Passage, block, plain
from audioguide.errors import RoutineError

_TITLES = ("name", "title", "exercise", "exercise name", "exercises", "movement", "stretch", "pose")
_TEXTS = (
    "instructions",
    "instruction",
    "description",
    "steps",
    "text",
    "how to",
    "how",
    "directions",
    "how to do it",
    "notes",
    "comments",
)
# A column that holds a number alone is read as a sentence with its name.
_SENTENCES = {
    "hold": "Hold for {} seconds.",
    "hold time": "Hold for {} seconds.",
    "hold seconds": "Hold for {} seconds.",
    "duration": "Continue for {} seconds.",
    "time": "Continue for {} seconds.",
    "reps": "Repeat {} times.",
    "repetitions": "Repeat {} times.",
    "repeat": "Repeat {} times.",
    "sets": "{} sets.",
    "sets x reps": "{}.",
    "dose": "{}.",
    "dosage": "{}.",
}
_BOTH = frozenset(
    {
        "both",
        "each",
        "each side",
        "both sides",
        "left and right",
        "left/right",
        "l/r",
        "2",
        "yes",
        "per side",
        "alternating",
    }
)
_NO_THING = frozenset({"", "none", "body only", "no", "-", "bodyweight", "n/a"})


def passages_of(text: str, name: str) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the exercises of a table, and notes on rows that were left out.

    Raises RoutineError where no column holds a name, or none a text.
    """
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], delimiters=",;\t|")
        dialect.doublequote = True
    except csv.Error:
        dialect = csv.excel
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    header = {_column(key): key for key in rows.fieldnames or ()}
    titles = [header[key] for key in _TITLES if key in header]
    if not titles or not any(key in header for key in (*_TEXTS, *_SENTENCES)):
        raise RoutineError(
            f"{name}: the first line of this table needs a column `name` and one `instructions`; "
            f"found: {', '.join(filter(None, header)) or 'nothing'}"
        )
    passages, notes, line = [], [], rows.line_num + 1
    try:
        for row in rows:
            found = _passage(row, header, titles[0], line)
            if found:
                passages.append(found)
            elif any(value for value in row.values()):
                notes.append(f"line {line} has no text: left out")
            line = rows.line_num + 1
    except csv.Error as error:
        raise RoutineError(f"{name}:{line}: this table cannot be read: {error}") from error
    return tuple(passages), tuple(notes)


def _column(name: str | None) -> str:
    """Return the name of a column in small letters, without its unit: "Hold (sec)" is `hold`."""
    return re.sub(r"\s*[(\[].*$|_s$", "", (name or "").strip().lower().lstrip("\ufeff")).strip()


def _passage(
    row: Mapping[str, str | None], header: Mapping[str, str], title: str, line: int
) -> Passage | None:
    def cell(key: str) -> str:
        value = row.get(header.get(key, ""), "")
        return value.strip() if isinstance(value, str) else ""

    blocks: list[Block] = []
    for key in _TEXTS:
        if cell(key):
            blocks += [block([(each.line, each.text)]) for each in plain_blocks(cell(key), line)]
    for key, sentence in _SENTENCES.items():
        if value := cell(key):
            stated = (
                sentence.format(value)
                if value[-1].isdigit()
                else f"{key.split('_')[0].split(' ')[0]}: {value}."
            )
            blocks.append(block([(line, stated)]))
    if cell("sides").lower() in _BOTH or cell("side").lower() in _BOTH:
        blocks.append(block([(line, "Repeat on the other side.")]))
    things = tuple(
        each.strip().lower() for each in cell("equipment").split(",") if each.strip().lower() not in _NO_THING
    )
    if not blocks:
        return None
    name = row.get(title) or ""
    return Passage(
        title=plain(name) or f"Exercise in line {line}",
        blocks=tuple(blocks),
        line=line,
        sure=True,
        equipment=things,
    )
