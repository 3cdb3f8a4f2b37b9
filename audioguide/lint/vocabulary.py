"""Words of lists that the vocabulary does not know: a search for them finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.routine.language.document import Document
from audioguide.vocabulary.vocabulary import Kind, vocabulary

_WHAT: dict[Kind, str] = {
    "body": "part of the body",
    "equipment": "piece of equipment",
    "position": "position",
    "level": "level",
    "phase": "phase",
    "contraindication": "condition",
}
_FEW = 5  # names: all of them are shown


def unknown_words(subject: Subject) -> Iterator[Finding]:
    """Check what each file that is written in English says of itself, in words that lists know."""
    for routine in subject.files if not subject.foreign else ():
        place = Place(routine=routine, keys=())
        for kind, word, keys in _said(routine.document):
            if found := _unknown(kind, word):
                yield place.found("unknown-word", found, *keys)


def _said(document: Document) -> Iterator[tuple[Kind, str, Keys]]:
    """Yield each word with its kind and where it stands."""
    yield from (("body", word, ("body", index)) for index, word in enumerate(document.body))
    yield from (("equipment", word, ("equipment", index)) for index, word in enumerate(document.equipment))
    for index, word in enumerate(document.safety.avoid_with):
        yield "contraindication", word, ("safety", "avoid_with", index)
    single: dict[Kind, str | None] = {
        "position": document.position, "level": document.level, "phase": document.phase,
    }  # fmt: skip
    yield from ((kind, word, (kind,)) for kind, word in single.items() if word)


def _unknown(kind: Kind, word: str) -> str:
    words = vocabulary()
    if words.find(kind, word) or (kind not in ("level", "phase") and words.kinds_of(kind, word)):
        return ""
    near, names = words.nearest(kind, word), words.names[kind]
    meant = f"; did you mean “{near}”?" if near else ""
    if not meant and len(names) <= _FEW:
        meant = f": {', '.join(names)}"
    return f"“{word}” is not a {_WHAT[kind]} that the list knows{meant}"
