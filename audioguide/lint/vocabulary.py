"""Words of lists that the library does not know: a search for them finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.lint.finding import Finding, Place
from audioguide.lint.subject import Subject
from audioguide.vocabulary.vocabulary import Kind, vocabulary

_WHAT: dict[Kind, str] = {"body": "part of the body", "equipment": "piece of equipment"}


def unknown_words(subject: Subject) -> Iterator[Finding]:
    """Check `body` and `equipment` of each file that is written in English."""
    for routine in subject.files if not subject.foreign else ():
        document = routine.document
        place = Place(routine=routine, keys=())
        listed: dict[Kind, list[str]] = {"body": document.body, "equipment": document.equipment}
        for kind, words in listed.items():
            for index, word in enumerate(words):
                if found := _unknown(kind, word):
                    yield place.found("unknown-word", found, kind, index)


def _unknown(kind: Kind, word: str) -> str:
    if vocabulary().kind_of(kind, word):
        return ""
    near = vocabulary().nearest(kind, word)
    meant = f"; did you mean “{near}”?" if near else ""
    return f"“{word}” is not a {_WHAT[kind]} that the list knows{meant}"
