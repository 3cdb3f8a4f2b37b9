"""What an included routine asks for, and only the file that includes it decides: voice, profile and bed."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.silent import RULE, places_in
from audioguide.lint.subject import Subject
from audioguide.routine.language import model
from audioguide.routine.language.document import Document
from audioguide.script.script import VoiceChoice

_DECIDED = ("profile", "bed", "bed_volume")


def included(subject: Subject) -> Iterator[Finding]:
    """Check the includes of each file against what the first file leaves open."""
    for routine in subject.files:
        for place in places_in(routine, routine.document.steps, ()):
            if isinstance(place.step, model.Include):
                inner = routine.includes[place.step.include].document
                if ignored := [*_ignored(subject.routine.document, inner)]:
                    found = (
                        f"`{'`, `'.join(ignored)}` of '{place.step.include}' has no effect here: write "
                        f"what you want in {subject.routine.path.name}"
                    )
                    yield place.found(RULE, found, "include")


def _ignored(own: Document, inner: Document) -> Iterator[str]:
    usual = VoiceChoice()
    for key in sorted(inner.voice.model_fields_set):
        asked = getattr(inner.voice, key)
        if asked is not None and getattr(own.voice, key) is None and asked != getattr(usual, key):
            yield f"voice: {{{key}: {_yaml(asked)}}}"
    for key in _DECIDED:
        asked = getattr(inner, key)
        if key in inner.model_fields_set - own.model_fields_set and asked != getattr(own, key):
            yield f"{key}: {_yaml(asked)}"


def _yaml(value: object) -> str:
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
