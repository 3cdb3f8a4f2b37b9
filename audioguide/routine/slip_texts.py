"""Texts that need quotation marks: why YAML takes them for something else, and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audioguide.routine.slip import ITEM, KEY, Slip, quoted

_BRACED = re.compile(r"\{(\w+)\}")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
TEXTS = frozenset(
    {
        "left",
        "right",
        "both",
        "say",
        "short",
        "minimal",
        "title",
        "summary",
        "chapter",
        "position",
        "halfway",
        "note",
    }
)
# Keys with marks of their own: "marks: halfway: bell" lacks its brackets.
_MAPPINGS = frozenset(
    {"marks", "at", "before_end", "every", "random", "tempo", "settings", "grow", "safety", "voice"}
)
BLOCK_TEXT = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_STARTS = "%@`*&!|>,?#]}"
_NAMES = {
    "%": "a percent sign",
    "@": "an at sign",
    "`": "a backtick",
    "*": "an asterisk",
    "&": "an ampersand",
}


def values(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a text that needs quotation marks, after a key or a dash."""
    text = lines[line]
    match = KEY.match(text) or ITEM.match(text)
    if not match or not match["value"]:
        return
    value, at = match["value"].rstrip(), match.start("value")
    key = f"{match['key']}: " if "key" in match.groupdict() else _item(lines, line)
    reason = reason_of(value)
    yield from _other_brackets(line, at, key, value)
    if value[0] in "{[" and not _PLACEHOLDER.match(value) and not (outside := _outside(value)):
        yield from in_brackets(lines, line, at, column)
        if outside is None:
            yield from unclosed(lines, line, at)
        reason = reason if key[:-2] in TEXTS else None
    if reason and key[:-2] in _MAPPINGS and re.match(r"[\w-]+: +\S", value):
        found = "this colon needs brackets around it"
        yield Slip(line, at + reason[0], 1, found, f"write: {key}{{{value}}}")
    elif reason:
        offset, width, found = reason
        yield Slip(line, at + offset, width, found, f"put the text in quotes: {key}{quoted(unquoted(value))}")


def _other_brackets(line: int, at: int, key: str, value: str) -> Iterator[Slip]:
    """Yield a bracket that does not fit the one before it, and round ones: (halfway: bell)."""
    opened = ""
    for place, char in enumerate(value if value[0] in "{[" else ""):
        if char in "{[":
            opened += char
        elif char in "}]" and opened:
            if (right := "}" if opened[-1] == "{" else "]") != char:
                found = f"a {char} stands where a {right} ends this"
                yield Slip(line, at + place, 1, found, f"write {right} here")
                return
            opened = opened[:-1]
    if key[:-2] not in TEXTS and (inside := re.fullmatch(r"\((\w+: .*)\)", value)):
        yield Slip(line, at, 1, "round brackets have no meaning here", f"write: {key}{{{inside[1]}}}")


def _item(lines: Sequence[str], line: int) -> str:
    """Return what begins the item in `line`: a step is said, and other lists hold texts."""
    at = len(lines[line]) - len(lines[line].lstrip(" "))
    for text in reversed(lines[:line]):
        match = KEY.match(text)
        if match and len(match["before"]) <= at and not text.strip().startswith("- "):
            return "- say: " if match["key"] == "steps" else "- "
    return "- "


def _outside(value: str) -> str | None:
    """Return what stands after the bracket that closes the first one of `value`; None where none does."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char in "{[") - (char in "}]")
        if depth == 0:
            return re.sub(r"(?:^|\s)#.*", "", value[at + 1 :]).strip()
    return None


def unquoted(value: str) -> str:
    """Return the words of a value with a quotation mark too many or too few at its ends."""
    if value[0] == '"' and value.count('"') == 1:
        return value[1:]
    if len(value) > 1 and value[0] == value[-1] == '"' and (value.count('"') > 2 or "\\" in value):
        return value[1:-1]
    if len(value) > 2 and value[0] == value[-1] == "'" and value.count("'") % 2:
        return value[1:-1]
    return value


def reason_of(value: str) -> tuple[int, int, str] | None:
    """Say why `value` is not a text to YAML: column, width and words; None where nothing is wrong with it."""
    first = value[0]
    if first in "\"'":
        return _reason_in_quotes(value)
    return None if BLOCK_TEXT.match(value) else _reason_outside_quotes(value)


def _reason_outside_quotes(value: str) -> tuple[int, int, str] | None:
    first = value[0]
    if match := _PLACEHOLDER.match(value):
        return 0, match.end(), f"YAML does not read text that starts with {match.group()} as text"
    if first in "[{":
        return 0, 1, f"YAML does not read text that starts with {first} as text"
    if first in _STARTS or re.match(r"[-?:](?: |$)", value):
        return 0, 1, f"a text cannot start with {_NAMES.get(first, first)}"
    if match := re.search(r":(?= |$)", re.sub(r" #.*", "", value)):
        return match.start(), 1, "this colon splits the text in two"
    return None


def _reason_in_quotes(value: str) -> tuple[int, int, str] | None:
    mark = value[0]
    pattern = r'"(?:[^"\\]|\\.)*"' if mark == '"' else r"'(?:[^']|'')*'"
    closed = re.match(pattern, value)
    if closed is None:
        return 0, 1, "this quotation mark is not closed"
    if mark == '"' and (match := re.search(r'\\(?![0abtnvfre "/\\N_LPxuU])', closed.group())):
        return match.start(), 1, "a backslash has a special meaning inside double quotes"
    rest = re.sub(r"^\s*(?:#.*)?$", "", value[closed.end() :])
    return (0, closed.end(), "the text goes on after the second quotation mark") if rest else None


def in_brackets(lines: Sequence[str], line: int, at: int, column: int) -> Iterator[Slip]:
    """Yield a text between brackets that needs quotation marks: {left: Now: lift, right: Rest}."""
    text = lines[line]
    if match := re.search(r"(?<=\s)#\S", text[at:]):
        found = "everything after this # is a comment, the closing bracket too"
        yield Slip(line, at + match.start(), 1, found, "put the text before it in quotes")
        return
    bare = _BRACED.sub(r"(\1)", text)  # the braces of a placeholder open nothing
    start = max(
        (
            bare.rfind(mark, at, column) + len(mark)
            for mark in (": ", ", ", "{", "[")
            if mark in bare[at:column]
        ),
        default=-1,
    )
    if start < 0:
        return
    if bare[column : column + 1] == ":" or bare[column - 1 : column] in "{[":
        start = text.rfind(": ", at, column) + 2 if ": " in text[at:column] else start
    end, depth = start, 0
    while end < len(text) and (depth or text[end] not in ",}]"):
        depth += (text[end] in "{[") - (text[end] in "}]")
        end += 1
    words = text[start:end].strip()
    if words:
        found = "this text needs quotation marks"
        yield Slip(line, start, len(words), found, f"put it in quotes: {quoted(words)}")


def unclosed(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield the bracket at a place, which nothing closes."""
    sign = lines[line][column]
    yield Slip(
        line, column, 1, f"this {sign} is not closed", f"write {'}' if sign == '{' else ']'} where it ends"
    )
