"""From a file to drafts, and from drafts to files."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence

from audioguide.draft.compose import Draft, compose
from audioguide.draft.document import SourceText
from audioguide.draft.passages import passages_of
from audioguide.draft.understand import understand
from audioguide.draft.write import routine_text, session_text
from audioguide.errors import RoutineError
from audioguide.timed import timed

LOGGER = logging.getLogger(__name__)
MOST_IN_SESSION = 12  # an hour or so


def drafts_of(document: SourceText) -> tuple[Draft, ...]:
    """Return a draft of every exercise of a document. Raises RoutineError where it has none."""
    with timed(LOGGER, "finding passages"):
        passages = document.passages or passages_of(document.blocks)
    LOGGER.info("%d exercises found", len(passages))
    if not passages:
        raise RoutineError(
            f"{document.name} has no exercise that draft can recognise; it looks for movements with a "
            f"position, a time or a count"
        )
    with timed(LOGGER, "understanding them"):
        return tuple(compose(understand(each)) for each in passages)


def files_of(drafts: Sequence[Draft], source: str, title: str) -> dict[str, str]:
    """Return the text of every file by name: a routine for each exercise, and sessions of up to 12."""
    files: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for draft in drafts:
        name = _free(slug(draft.exercise.title), files)
        files[f"{name}.yaml"] = routine_text(draft, source)
        names.append((f"{name}.yaml", draft.exercise.title))
    for number, part in enumerate(_parts(names), 1):
        name = _free("session" if number == 1 else f"session-{number}", files)
        files[f"{name}.yaml"] = session_text(
            title if len(names) <= MOST_IN_SESSION else f"{title}, part {number}", part, source
        )
    return files


def _parts(names: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(names), MOST_IN_SESSION):
        yield names[start : start + MOST_IN_SESSION]


def slug(title: str) -> str:
    """Return a file name for a title: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title.lower().replace("'", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "exercise"


def _free(name: str, taken: dict[str, str]) -> str:
    number, free = 1, name
    while f"{free}.yaml" in taken:
        number += 1
        free = f"{name}-{number}"
    return free
