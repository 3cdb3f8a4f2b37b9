"""What is said: for closed eyes, one short thing at a time, and never with force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from audioguide.lint.finding import Finding
from audioguide.lint.force import forces
from audioguide.lint.sight import needs_eyes
from audioguide.lint.subject import Subject
from audioguide.lint.texts import Text
from audioguide.reading.orders import orders

LONGEST_SENTENCE = 20  # words


def words(subject: Subject) -> Iterator[Finding]:
    """Check each text of each file."""
    for routine in subject.files:
        for text in subject.texts[str(routine.path)]:
            yield from _broken(text)
    for routine in subject.files if subject.worded else ():
        for text in subject.texts[str(routine.path)]:
            yield from _sight(text)
            for sentence in text.sentences:
                yield from _sentence(text, sentence)


def _sight(text: Text) -> Iterator[Finding]:
    for word in needs_eyes(text.sentences):
        yield text.place.found("sight-words", f"'{word}' needs open eyes", *text.keys, word=word)


def _broken(text: Text) -> Iterator[Finding]:
    """Yield the first line of a text that goes on in the next one: it will be a phrase of its own."""
    lines = [line.strip() for line in text.written.splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if following[0].islower() and line[-1].isalnum() | (line[-1] in ",-\u2013\u2014"):
            found = f"“{following}” starts with a lower-case letter"
            yield text.place.found("broken-line", found, *text.keys, word=following)
            return


def _sentence(text: Text, sentence: str) -> Iterator[Finding]:
    count = sum(any(letter.isalnum() for letter in word) for word in sentence.split())
    if count > LONGEST_SENTENCE:
        found = f"a sentence of {count} words"
        yield text.place.found("long-sentence", found, *text.keys)
    moves = orders(sentence)
    if len(moves) > 1:
        found = f"{' and '.join(moves).lower()} in one sentence"
        yield text.place.found("many-actions", found, *text.keys, word=moves[1])
    for word in forces(sentence):
        yield text.place.found("forcing-words", f"'{word}' suggests force", *text.keys, word=word)
