"""`docs/library.md`: every routine that ships, by region, with the numbers and what their sources say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from audioguide.compiler.estimate import estimated
from audioguide.listing.listed import Listed, by_section, listed_as
from audioguide.routine.language.document import Document, Source
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.units import TICKS_PER_SECOND
from library.missing import Candidate

PAGE = Path(__file__).parent.parent / "docs" / "library.md"
HEAD = """# The library

Written by `python -m library --write`: the routines that ship, by what they are for. `audioguide show NAME`
prints one of them, `audioguide render NAME` makes the file.

**Numbers** are the settings: what a routine does unless you say otherwise, and its bounds. *Ours* marks those
that no source gives; all others are in what the source says, which a test compares. A hold may be a little
shorter than in the source, since the way into a position and out of it counts too.
"""
COLUMNS = ("routine", "how", "level, phase", "about", "numbers", "source")
MINUTE = 60 * TICKS_PER_SECOND


def page(candidates: Iterable[Candidate] | None = None) -> str:
    """Return the page. Raises RoutineError for a routine that cannot be read."""
    if candidates is None:
        candidates = [Candidate(name) for name in SHIPPED_LIBRARY.shipped]
    documents = {each.name: each.document for each in candidates}
    rows = sorted((_listed(each) for each in candidates), key=lambda row: row.title.lower())
    parts = [HEAD]
    for section, listed in by_section(rows):
        lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS))]
        lines += [_line(_cells(each, documents[each.name])) for each in listed]
        parts.append("\n".join([f"## {section} ({len(listed)})\n", *lines]) + "\n")
    return "\n".join(parts)


def is_of_today() -> bool:
    """Return whether the page is that of the routines as they are now."""
    return PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()


def _listed(candidate: Candidate) -> Listed:
    own = candidate.document.length
    return listed_as(candidate.routine, own.default.value if own else estimated(candidate.script).length)


def _cells(listed: Listed, document: Document) -> Iterator[str]:
    yield f"**{listed.title}** `{listed.name}`"
    yield "; ".join(filter(None, (listed.position, ", ".join(listed.equipment))))
    yield f"{listed.level}, {listed.phase}"
    yield f"{max(1, round(listed.length / MINUTE))} min"
    yield "; ".join(_numbers(document)) or "-"
    yield "<br>".join(_source(source) for source in document.sources) or "-"


def _numbers(document: Document) -> Iterator[str]:
    for name, setting in document.settings.items():
        bounds = [str(end) for end in (setting.min, setting.max) if end is not None]
        span = f" ({' to '.join(dict.fromkeys(bounds))})" if len(set(bounds)) > 1 else ""
        ours = ", ours" if (setting.source or "").lower().startswith("ours") else ""
        yield f"{name} {setting.default}{span}{ours}"


def _source(source: Source) -> str:
    name = f"[{source.name}]({source.address})" if source.address else source.name
    said = source.says or source.note
    return f"{name}: {said}" if said else name


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
