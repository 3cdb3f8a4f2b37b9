"""Slips that people make first in YAML, recognised in a line that could not be read, with what to write.

The parser says what it expected; this says what the line needs. Nothing here reads a file: the parser and the
model decide whether there is a fault at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from audioguide.routine.language.model import STEPS, Strict


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong at a place of a file (counted from 0), over `width` characters, and what to write."""

    line: int
    column: int
    width: int
    found: str
    write: str


# Spaces that look like one and are none to YAML: no-break, of other widths, of no width.
_SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_WRONG_SPACE = re.compile(rf"^(?:[ -]|\w+:(?=[{_SPACES}]))*?([{_SPACES}])")
_TAB = re.compile(r"^(?: *)(\t)")
_NO_SPACE_AFTER_DASH = re.compile(r"^ *(-)(?=\w+ *:)")
_OTHER_DASH = re.compile(r"^ *([\u2010-\u2015\u2212\u2022\u00b7*])[ \t]*(?=\w+ *:(?: |$))")
_KEY = re.compile(
    r"(?P<before> *(?:- +)*)(?P<key>[A-Za-z_]\w*|\"[^\"]*\"|'[^']*'|[\w.]+)(?P<colon>: +|:$)(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<before> *(?:- +)+)(?P<value>\S.*)")
_JOINED = re.compile(r"(?P<before> *(?:- +)*)(?P<key>\w+)(?P<sign> *[:=\uff1a\ufe55] *| +)(?P<value>\S.*)")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_TEXTS = frozenset({"say", "short", "minimal", "title", "summary", "chapter", "position", "halfway", "note"})
_STARTS = "%@`*&!|>,?#]}"
_NAMES = {
    "%": "a percent sign",
    "@": "an at sign",
    "`": "a backtick",
    "*": "an asterisk",
    "&": "an ampersand",
}


def slip_at(
    lines: Sequence[str], line: int, column: int, opened: tuple[int, int] | None = None
) -> Slip | None:
    """Return the slip that explains why the parser stopped at a place, counted from 0; None where unknown.

    `opened` is where the quotation mark or bracket begins that it was reading.
    """
    line = min(line, len(lines) - 1)
    found = chain(
        _white_space(lines, line), _dashes(lines, line), _indents(lines, line, column),
        _values(lines, line, column), _joined(lines, line), _opened(lines, opened),
        _values_above(lines, line),
    )  # fmt: skip
    return next(found, None)


def text_slip(lines: Sequence[str], line: int) -> Slip | None:
    """Return why the text in a line is no text to YAML: it begins with a sign that YAML has taken."""
    match = _KEY.match(lines[line]) if line < len(lines) else None
    return next(_values(lines, line, 0), None) if match and match["key"] in _TEXTS else None


def slip_in(lines: Sequence[str], line: int, column: int) -> Slip | None:
    """Return the slip in a line that is YAML, but not what the language wants there; None where unknown."""
    if not 0 <= line < len(lines):
        return None
    found = chain(
        _white_space(lines, line), _dashes(lines, line), _joined(lines, line), _not_text(lines, line),
        _commas(lines, line, column),
    )  # fmt: skip
    return next(found, None)


def quoted(text: str) -> str:
    """Return `text` in the quotation marks that fit: double ones, or single ones around double ones."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def is_of_space(slip: Slip) -> bool:
    """Tell whether a space or a dash is at fault: then other faults only follow from it."""
    return slip.width == 1 and slip.write.startswith(("indent", "write it again", "write: -"))


@cache
def known_keys() -> frozenset[str]:
    """Return every key of the language, of overlays and of personal defaults."""

    def all_of(model: type[Strict]) -> Iterator[str]:
        yield from model.known_keys()
        for each in model.__subclasses__():
            yield from all_of(each)

    return frozenset({*STEPS, *all_of(Strict)})


def _white_space(lines: Sequence[str], line: int) -> Iterator[Slip]:
    text = lines[line]
    if match := _TAB.match(text):
        yield Slip(line, match.start(1), 1, "a tab stands here", "indent with spaces, two for each level")
    if match := _WRONG_SPACE.match(text):
        found = f"a space of another kind (U+{ord(match[1]):04X}) stands here"
        yield Slip(
            line, match.start(1), 1, found, "write it again with the space bar: it was pasted, perhaps"
        )


def _dashes(lines: Sequence[str], line: int) -> Iterator[Slip]:
    text = lines[line]
    if match := _NO_SPACE_AFTER_DASH.match(text):
        at = match.start(1)
        yield Slip(line, at, 1, "no space after this dash", f"write: - {text[at + 1 :].strip()}")
    if match := _OTHER_DASH.match(text):
        yield Slip(
            line,
            match.start(1),
            1,
            f"'{match[1]}' begins no list item",
            f"write: - {text[match.end() :].strip()}",
        )


def _indents(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a line whose first key or dash stands in a column that no line above it begins in."""
    text = lines[line]
    bare = text.lstrip(" ")
    at = len(text) - len(bare)
    dash = bool(re.match(r"-(?: |$)", bare))
    match = _KEY.match(text)
    if not bare or not (dash or match) or column > (match.start("value") if match else at + 1):
        return
    if match and not dash and match["key"] not in known_keys() and not _is_deeper(lines, line, at):
        return
    starts = list(_columns_above(lines, line, dash=dash))
    if not starts or at in starts:
        return
    best = min(starts, key=lambda start: (abs(start - at), -start))
    what = "the dash" if dash else f"`{match['key']}`" if match else "it"
    found = f"{what} stands after {_spaces(at)}, and what it belongs to after {_spaces(best)}"
    yield Slip(line, 0 if at else at, max(1, at), found, f"begin this line with {_spaces(best)}")


def _spaces(count: int) -> str:
    return "no space" if not count else f"{count} space{'s' * (count != 1)}"


def _is_deeper(lines: Sequence[str], line: int, at: int) -> bool:
    above = next((each for each in reversed(lines[:line]) if each.strip()), "")
    return at > len(above) - len(above.lstrip(" -"))


def _columns_above(lines: Sequence[str], line: int, *, dash: bool) -> Iterator[int]:
    """Yield where the keys, or the dashes, of the lines above begin, out to the margin."""
    least = 1 << 30
    for text in reversed(lines[:line]):
        bare = text.lstrip(" ")
        start = len(text) - len(bare)
        if not bare or bare.startswith("#") or (dash and start >= least):
            continue
        if dash and bare.startswith("- "):
            yield start
            least = start
        elif not dash and (match := _KEY.match(text)) and len(match["before"]) < least:
            yield len(match["before"])
            least = len(match["before"])
        if least == 0:
            return


def _values(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a text that needs quotation marks, after a key or a dash."""
    text = lines[line]
    match = _KEY.match(text) or _ITEM.match(text)
    if not match or not match["value"]:
        return
    value, at = match["value"].rstrip(), match.start("value")
    key = f"{match['key']}: " if "key" in match.groupdict() else "- "
    reason = _reason(value)
    if value[0] in "{[" and not _PLACEHOLDER.match(value) and not (outside := _outside(value)):
        yield from _in_brackets(lines, line, at, column)
        if outside is None:
            yield from _unclosed(lines, line, at)
        reason = reason if key[:-2] in _TEXTS else None
    if reason:
        offset, width, found = reason
        yield Slip(
            line, at + offset, width, found, f"put the text into quotes: {key}{quoted(_unquoted(value))}"
        )


def _outside(value: str) -> str | None:
    """Return what stands after the bracket that closes the first one of `value`; None where none does."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char in "{[") - (char in "}]")
        if depth == 0:
            return re.sub(r"(?:^|\s)#.*", "", value[at + 1 :]).strip()
    return None


def _unquoted(value: str) -> str:
    """Return the words of a value with a quotation mark too many or too few at its ends."""
    if value[0] == '"' and value.count('"') == 1:
        return value[1:]
    if len(value) > 1 and value[0] == value[-1] == '"' and (value.count('"') > 2 or "\\" in value):
        return value[1:-1]
    return value


def _reason(value: str) -> tuple[int, int, str] | None:
    """Say why `value` is no text to YAML: column, width and words; None where nothing is wrong with it."""
    first = value[0]
    if first in "\"'":
        return _reason_in_quotes(value)
    if match := _PLACEHOLDER.match(value):
        return 0, match.end(), f"a text that begins with {match.group()} is no text to YAML"
    if first in "[{":
        return 0, 1, f"a text that begins with {first} is no text to YAML"
    if first in _STARTS or re.match(r"[-?:](?: |$)", value):
        return 0, 1, f"a text cannot begin with {_NAMES.get(first, first)}"
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
        return match.start(), 1, "a backslash inside of double quotes has a meaning of its own"
    rest = re.sub(r"^\s*(?:#.*)?$", "", value[closed.end() :])
    return (0, closed.end(), "the text goes on after the second quotation mark") if rest else None


def _in_brackets(lines: Sequence[str], line: int, at: int, column: int) -> Iterator[Slip]:
    """Yield a text between brackets that needs quotation marks: {left: Now: lift, right: Rest}."""
    text = lines[line]
    if match := re.search(r"(?<=\s)#\S", text[at:]):
        found = "everything after this # is a comment, the closing bracket too"
        yield Slip(line, at + match.start(), 1, found, "put the text before it into quotes")
        return
    start = max(
        (
            text.rfind(mark, at, column) + len(mark)
            for mark in (": ", ", ", "{", "[")
            if mark in text[at:column]
        ),
        default=-1,
    )
    if start < 0:
        return
    if text[column : column + 1] == ":" or text[column - 1 : column] in "{[":
        start = text.rfind(": ", at, column) + 2 if ": " in text[at:column] else start
    end, depth = start, 0
    while end < len(text) and (depth or text[end] not in ",}]"):
        depth += (text[end] in "{[") - (text[end] in "}]")
        end += 1
    words = text[start:end].strip()
    if words:
        found = "this text needs quotation marks"
        yield Slip(line, start, len(words), found, f"put it into quotes: {quoted(words)}")


def _opened(lines: Sequence[str], opened: tuple[int, int] | None) -> Iterator[Slip]:
    if opened is None or opened[0] >= len(lines):
        return
    at, column = opened
    if (sign := lines[at][column : column + 1]) in tuple("\"'"):
        yield from _values(lines, at, column)
        yield Slip(
            at, column, 1, "this quotation mark is not closed", f"write a second {sign} where the text ends"
        )
    elif sign in tuple("{["):
        yield from _in_brackets(lines, at, column, column) if " #" in lines[at][column:] else ()
        yield from _unclosed(lines, at, column)


def _unclosed(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    sign = lines[line][column]
    yield Slip(
        line, column, 1, f"this {sign} is not closed", f"write {'}' if sign == '{' else ']'} where it ends"
    )


def _values_above(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield the nearest text above that is not closed, or needs quotation marks."""
    for above in range(line - 1, max(-1, line - 40), -1):
        match = _KEY.match(lines[above])
        value = match["value"].strip() if match else ""
        if above == line - 1 or value[:1] in ("'", '"'):
            yield from _values(lines, above, 0)


def _joined(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield a key of the language without a colon and a space: "say:Sit", "say Sit", "say = Sit"."""
    match = _JOINED.match(lines[line])
    if not match or match["key"].lower() not in known_keys() or match["sign"] in (": ", ":"[:0]):
        return
    sign = match["sign"]
    if sign.startswith(":") and len(sign) > 1:
        return
    key, at = match["key"].lower(), match.start("sign")
    found = f"no space after the colon of `{key}`" if sign == ":" else f"no colon after `{key}`"
    yield Slip(
        line,
        match.start("key"),
        at - match.start("key") + 1,
        found,
        f"write: {key}: {match['value'].rstrip()}",
    )


def _not_text(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield what YAML takes for a mapping, a list or nothing, and a person for a text: say: {hold}."""
    match = _KEY.match(lines[line])
    value = match["value"].rstrip() if match else ""
    if not match or match["key"] not in _TEXTS:
        return
    write = f"put the text into quotes: {match['key']}: {quoted(value)}"
    if value.startswith("#"):
        yield Slip(line, match.start("value"), 1, "everything after this # is a comment", write)
    elif re.fullmatch(r"\{\w+\}|\[[^\]]*\]", value):
        found = f"a text that begins with {value[0]} is no text to YAML"
        yield Slip(line, match.start("value"), len(value), found, write)


def _commas(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a comma that ends a text between brackets: {halfway: Good, go on}."""
    text = lines[line]
    before = text[:column].rstrip()
    if not before.endswith(",") or ": " not in before:
        return
    rest = re.match(r"([^,:{}\[\]]+)[,}]", text[column:])
    if rest and rest[1].strip() not in known_keys():
        start = before.rfind(": ") + 2
        words = text[start : column + rest.end(1)].strip()
        yield Slip(
            line, len(before) - 1, 1, "this comma ends the text", f"put it into quotes: {quoted(words)}"
        )
