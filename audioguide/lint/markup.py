"""What is written for eyes, in a text that is heard."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.reading.markup import for_eyes


def markup(subject: Subject) -> Iterator[Finding]:
    """Check each text of each file for markup, links and emoji, in any language."""
    for routine in subject.files if subject.script.guidance != "chimes" else ():
        for text in subject.texts[str(routine.path)]:
            for written in for_eyes(text.text)[:1]:  # one finding a text: they come together
                yield text.place.found(
                    "unspoken", f"'{written}' can be read, but not spoken", *text.keys, word=written
                )
