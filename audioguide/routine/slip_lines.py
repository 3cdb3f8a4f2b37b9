"""Texts over several lines: which key they belong to, and what is wrong with a line of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioguide.routine.slip import ITEM, KEY, Slip, quoted
from audioguide.routine.slip_texts import BLOCK_TEXT, TEXTS, reason_of, unquoted

_FARTHEST = 40  # lines


def owner(lines: Sequence[str], line: int) -> int | None:
    """Return the line of the key or list item that the text in `line` belongs to, or None."""
    at = _indent(lines[line])
    for above in range(line - 1, max(-1, line - _FARTHEST), -1):
        text = lines[above]
        match = KEY.match(text) or ITEM.match(text)
        if not text.strip() or (_indent(text) >= at and not match):
            continue
        return above if match and (_indent(text) < at or _is_block(text)) else None
    return None


def owned(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield what is wrong in a text that begins below its key, or goes on over several lines."""
    first = owner(lines, line)
    if first is None:
        return
    match = KEY.match(lines[first]) or ITEM.match(lines[first])
    value = match["value"].strip() if match else ""
    if _is_block(lines[first]):
        yield from _left_of_block(lines, first, line)
    elif match and (value or match.groupdict().get("key") in TEXTS) and value[:1] not in ("[", "{"):
        words = " ".join([value, *(each.strip() for each in _rest(lines, first))]).strip()
        if reason := reason_of(words):
            key = f"{match['key']}: " if "key" in match.groupdict() else "- "
            write = f"put the text in quotes: {key}{quoted(unquoted(words))}"
            yield Slip(line, column, 1, reason[2], write)


def _left_of_block(lines: Sequence[str], first: int, line: int) -> Iterator[Slip]:
    inner = next((_indent(each) for each in lines[first + 1 :] if each.strip()), 0)
    at = _indent(lines[line])
    if at < inner:
        found = f"this line of the text has {at} space{'s' * (at != 1)} before it, the first one {inner}"
        yield Slip(line, 0, max(1, at), found, f"start this line with {inner} spaces")


def _rest(lines: Sequence[str], first: int) -> Iterator[str]:
    """Yield the lines after `first` that stand deeper than its key."""
    match = KEY.match(lines[first]) or ITEM.match(lines[first])
    at = len(match["before"]) if match and "key" in match.groupdict() else _indent(lines[first])
    for text in lines[first + 1 : first + _FARTHEST]:
        if text.strip() and _indent(text) <= at:
            return
        yield text


def _is_block(text: str) -> bool:
    match = KEY.match(text) or ITEM.match(text)
    return bool(match and BLOCK_TEXT.match(match["value"]))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
