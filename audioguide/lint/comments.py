"""Comments that cut off a text: in YAML, a space and # end it, and nothing says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from audioguide.errors import Fault
from audioguide.lint.finding import Finding, Keys, Place
from audioguide.lint.subject import Subject
from audioguide.routine.load import Routine
from audioguide.routine.slip import quoted

# "#3" and "# 3"; "# a comment" is one.
_COMMENT = re.compile(r"\s+(#(?=\S|\s\d).*)")
_LINES = 8  # a text may be written over so many
_HEAD = ("title", "summary", "position", "body", "equipment")


def comments(subject: Subject) -> Iterator[Finding]:
    """Check whether the file goes on with a comment where a text ends."""
    for routine in subject.files:
        for keys, text in _texts(subject, routine):
            fault = routine.source.fault(keys, "")
            if cut := _cut(routine.source.lines, fault, text):
                line, rest = cut
                found = f"“{rest}” is a comment: put the text into quotes: {quoted(f'{text} {rest}')}"
                yield Place(routine=routine, keys=_step(keys)).found(
                    "cut-text", found, *keys[len(_step(keys)) :], word=rest if line == fault.line else ""
                )


def _cut(lines: Sequence[str], fault: Fault, text: str) -> tuple[int, str] | None:
    """Return the line, from 1, and the comment that follows the plain text which begins at `fault`."""
    words = " ".join(text.split())
    for number in range(fault.line - 1, min(len(lines), fault.line - 1 + _LINES)):
        line = lines[number][fault.column - 1 :] if number == fault.line - 1 else lines[number].strip()
        match = _COMMENT.search(line)
        if match and words.endswith(before := " ".join(line[: match.start()].split())) and before:
            return number + 1, match[1].strip()
        if number == fault.line - 1 and not words.startswith(" ".join(line.split())):
            return None  # it is in quotes, or ends here
    return None


def _texts(subject: Subject, routine: Routine) -> Iterator[tuple[Keys, str]]:
    data = routine.source.data
    for key in _HEAD:
        yield from _strings(data.get(key), (key,))
    yield from _strings((data.get("safety") or {}).get("avoid_with"), ("safety", "avoid_with"))
    for name, setting in (data.get("settings") or {}).items():
        for key in ("label", "source"):
            yield from _strings(setting.get(key), ("settings", name, key))
    yield from _chapters(data["steps"], ("steps",))
    for text in subject.texts[str(routine.path)]:
        yield (*text.place.keys, *text.keys), text.written


def _strings(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _strings(each, (*keys, index))


def _chapters(steps: Sequence[Any], keys: Keys) -> Iterator[tuple[Keys, str]]:
    for index, step in enumerate(steps):
        yield from _strings(step.get("chapter"), (*keys, index, "chapter"))
        yield from _chapters(step.get("steps") or (), (*keys, index, "steps"))


def _step(keys: Keys) -> Keys:
    """Return the part of `keys` that leads to a step; none of it outside of the steps."""
    end = 0
    while keys[end : end + 1] == ("steps",):
        end += 2
    return keys[:end]
