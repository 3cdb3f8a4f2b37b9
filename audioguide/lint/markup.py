"""What is written for eyes, in a text that is heard."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.lint.finding import Finding
from audioguide.lint.subject import Subject
from audioguide.reading.markup import for_eyes, without_markup


def markup(subject: Subject) -> Iterator[Finding]:
    """Check each text of each file for markup, links and emoji, in any language."""
    for routine in subject.files if subject.script.guidance != "chimes" else ():
        for text in subject.texts[str(routine.path)]:
            if written := for_eyes(text.text):  # one finding a text: they come together
                yield text.place.found("unspoken", _said_of(written), *text.keys, word=written[0])


def _said_of(written: list[str]) -> str:
    """Say what is spoken of what is written for eyes: the words in bold letters, of an emoji nothing."""
    shown = dict.fromkeys(written)
    if words := {each: said for each in shown if (said := without_markup(each)) and said != each}:
        return "; ".join(f"of '{each}', only '{said}' is spoken" for each, said in words.items())
    return f"{', '.join(map(repr, shown))} can be read, but not spoken"
