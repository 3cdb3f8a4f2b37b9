"""Slips that people make first in YAML, recognised in a line that could not be read, with what to write.

The parser says what it expected; this says what the line needs. Nothing here reads a file: the parser and the
model decide whether there is a fault at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from audioguide.routine.language.base import Strict
from audioguide.routine.language.model import STEPS
from audioguide.routine.slip import ITEM, KEY, Slip, quoted
from audioguide.routine.slip_lines import owned, owner
from audioguide.routine.slip_texts import TEXTS, in_brackets, unclosed, values

# Spaces that look like one and are none to YAML: no-break, of other widths, of no width.
_SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
_WRONG_SPACE = re.compile(rf"^(?:[ -]|\w+:(?=[{_SPACES}]))*?([{_SPACES}])")
_TAB = re.compile(r"^(?: *)(\t)")
_NO_SPACE_AFTER_DASH = re.compile(r"^ *(-)(?=\w+ *:)")
_OTHER_DASH = re.compile(r"^ *([\u2010-\u2015\u2212\u2022\u00b7*])[ \t]*(?=\w+ *:(?: |$))")
_NO_ANCHOR = re.compile(r"[&*][\w-]*[^\w\s-]")  # no name of one has such a sign: "&c."
_WITH_TEXT = "say|short|minimal|chapter|include|chime"
_WITH_AMOUNT = "hold|repeat|rest|settle|switch|gap|count|sides|breathe|marks"
_SECOND_KEY = re.compile(
    rf"(?:(?<=[.!?]) +|(?: - ))(?:- )?(?P<key>(?:{_WITH_TEXT})(?=: )|(?:{_WITH_AMOUNT})(?=: [\d$\[{{])): .*"
)
_AFTER_AMOUNT = re.compile(r"^\$?\w[\w.]* +(?P<key>[a-z_]+): ")  # hold: 20s marks: {halfway: bell}
_EQUALS = re.compile(r" *(?:- +)*\w+ *= *\S")
_JOINED = re.compile(r"(?P<before> *(?:- +)*)(?P<key>\w+)(?P<sign> *[:=\uff1a\ufe55] *| +)(?P<value>\S.*)")


def slip_at(
    lines: Sequence[str], line: int, column: int, opened: tuple[int, int] | None = None
) -> Slip | None:
    """Return the slip that explains why the parser stopped at a place, counted from 0; None where unknown.

    `opened` is where the quotation mark or bracket begins that it was reading.
    """
    line = min(line, len(lines) - 1)
    above = next((each for each in range(line - 1, -1, -1) if lines[each].strip()), line)
    found = chain(
        _white_space(lines, line), _dashes(lines, line), _dashes(lines, above), _no_colon(lines, above),
        _joined(lines, above) if _EQUALS.match(lines[above]) else (),
        _indents(lines, line, column), _inside(lines, line),
        values(lines, line, column), _joined(lines, line), _opened(lines, opened), owned(lines, line, column),
        _values_above(lines, line),
    )  # fmt: skip
    return next(found, None)


def text_slip(lines: Sequence[str], line: int, column: int) -> Slip | None:
    """Return why the text in a line is not a text to YAML: it begins with a sign that YAML has taken."""
    if line >= len(lines):
        return None
    match = KEY.match(lines[line]) or ITEM.match(lines[line])
    if match and (match.groupdict().get("key") in TEXTS or _NO_ANCHOR.match(match["value"])):
        return next(values(lines, line, 0), None)
    if not _NO_ANCHOR.match(lines[line][column:]):
        return None
    words = re.split(r"[,}\]]", lines[line][column:])[0].strip()
    name = "an ampersand" if words[0] == "&" else "an asterisk"
    write = f"put it in quotes: {quoted(words)}"
    return Slip(line, column, 1, f"a text cannot start with {name}", write)


def may_be_anchor(slip: Slip) -> bool:
    """Return whether the text that a slip is about could be an anchor, an alias or a tag of YAML."""
    text = re.sub(r"^.*?: (?:- )?(?:\w+: )?[\"']", "", slip.write)
    return text[:1] == "!" or not _NO_ANCHOR.match(text.rstrip("\"'"))


def slip_in(lines: Sequence[str], line: int, column: int, *, key: bool = False) -> Slip | None:
    """Return the slip in a line that is YAML, but not what the language wants there; None where unknown.

    `key`: at that place is a key that nobody knows.
    """
    if not 0 <= line < len(lines):
        return None
    found = chain(
        _white_space(lines, line), _dashes(lines, line), _joined(lines, line), _not_text(lines, line),
        _below(lines, line, column), _placeholders(lines, line, column),
        _commas(lines, line, column, key=key),
    )  # fmt: skip
    return next(found, None)


def is_of_space(slip: Slip) -> bool:
    """Return whether a space or a dash is at fault: then other faults only follow from it."""
    return slip.width == 1 and slip.write.startswith(("indent", "replace it", "write: -"))


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
        yield Slip(line, match.start(1), 1, "there is a tab here", "indent with spaces, two for each level")
    if match := _WRONG_SPACE.match(text):
        found = f"there is an unusual space (U+{ord(match[1]):04X}) here"
        yield Slip(line, match.start(1), 1, found, "replace it with a normal space")


_NUMBERED = re.compile(rf"\s*(\d{{1,2}}[.)])\s+(?=(?:{'|'.join(STEPS)})\s*:)")
_FENCE = re.compile(r"```|~~~")


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
            f"'{match[1]}' does not start a list item",
            f"write: - {text[match.end() :].strip()}",
        )
    if match := _NUMBERED.match(text):
        found = f"'{match[1]}' does not start a list item"
        yield Slip(line, match.start(1), len(match[1]), found, f"write: - {text[match.end() :].strip()}")
    if match := _FENCE.match(text):
        yield Slip(line, 0, 3, "a Markdown fence is not YAML", "keep only the lines between the fences")


def _indents(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a line whose first key or dash stands in a column that no line above it begins in."""
    text = lines[line]
    bare = text.lstrip(" ")
    at = len(text) - len(bare)
    dash = bool(re.match(r"-(?: |$)", bare))
    match = KEY.match(text)
    if not bare or not (dash or match) or column > (match.start("value") if match else at + 1):
        return
    if match and not dash and match["key"] not in known_keys() and not _is_key(lines, line, at, match["key"]):
        return
    if _opens(lines, line, at, dash=dash):
        return
    starts = list(_columns_above(lines, line, dash=dash))
    if not starts or at in starts:
        return
    best = min(starts, key=lambda start: (abs(start - at), -start))
    what = "the dash" if dash else f"`{match['key']}`" if match else "it"
    found = f"{what} has {_spaces(at)} before it, and what it belongs to has {_spaces(best)}"
    yield Slip(line, 0 if at else at, max(1, at), found, f"start this line with {_spaces(best)}")


def _opens(lines: Sequence[str], line: int, at: int, *, dash: bool) -> bool:
    """Return whether a line is the first one below a key without a value: there it begins where it likes."""
    above = next((each for each in reversed(lines[:line]) if each.strip()), "")
    match = KEY.match(above)
    return bool(match and not match["value"].strip() and len(match["before"]) + (not dash) <= at)


def _spaces(count: int) -> str:
    return "no space" if not count else f"{count} space{'s' * (count != 1)}"


def _is_key(lines: Sequence[str], line: int, at: int, word: str) -> bool:
    """Return whether a word with a colon may be a key, rather than a part of the text above it."""
    above = next((each for each in reversed(lines[:line]) if each.strip()), "")
    match = KEY.match(above)
    if match and match["key"] in TEXTS and match["value"].strip():
        return word[0].islower()
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
        elif not dash and (match := KEY.match(text)) and len(match["before"]) < least:
            yield len(match["before"])
            least = len(match["before"])
        if least == 0:
            return


def _opened(lines: Sequence[str], opened: tuple[int, int] | None) -> Iterator[Slip]:
    if opened is None or opened[0] >= len(lines):
        return
    at, column = opened
    if (sign := lines[at][column : column + 1]) in tuple("\"'"):
        yield from values(lines, at, column)
        yield Slip(
            at, column, 1, "this quotation mark is not closed", f"write a second {sign} where the text ends"
        )
    elif sign in tuple("{["):
        yield from in_brackets(lines, at, column, column) if " #" in lines[at][column:] else ()
        yield from unclosed(lines, at, column)


def _values_above(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield the nearest text above that is not closed, or needs quotation marks."""
    for above in range(line - 1, max(-1, line - 40), -1):
        match = KEY.match(lines[above])
        value = match["value"].strip() if match else ""
        if above == line - 1 or value[:1] in ("'", '"'):
            yield from values(lines, above, 0)


def _inside(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield a key after a text, which belongs on a separate line: say: Sit. settle: 4s."""
    match = KEY.match(lines[line])
    if not match or match["key"] not in known_keys():
        return
    pattern = _SECOND_KEY if match["key"] in TEXTS else _AFTER_AMOUNT
    if (key := pattern.search(match["value"])) and key["key"] in known_keys():
        found = f"`{key['key']}` is in the middle of a line"
        start = key.start() if match["key"] in TEXTS else key.start("key")
        write = f"write on a separate line: {match['value'][start:].strip()}"
        yield Slip(line, match.start("value") + key.start("key"), len(key["key"]), found, write)


def _joined(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield a key of the language without a colon and a space: "say:Sit", "say Sit", "say = Sit"."""
    match = _JOINED.match(lines[line])
    if not match or match["key"].lower() not in known_keys() or match["sign"] in (": ", ":"[:0]):
        return
    sign, text = match["sign"], match["value"].rstrip()
    if sign.startswith(":") and len(sign) > 1:
        return
    key, at = match["key"].lower(), match.start("sign")
    found = f"no space after the colon of `{key}`" if sign == ":" else f"no colon after `{key}`"
    yield Slip(
        line,
        match.start("key"),
        at - match.start("key") + 1,
        found,
        f"write: {key}: {text.lstrip(': ') or text}",
    )


def _no_colon(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield a line with a key alone, without a colon."""
    match = re.fullmatch(r" *(?:- +)*(\w+) *", lines[line])
    if match and match[1] in known_keys():
        found = f"no colon after `{match[1]}`"
        yield Slip(line, match.start(1), len(match[1]), found, f"write: {match[1]}:")


def _below(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a text below its key that YAML takes for a mapping."""
    match = KEY.match(lines[line])
    first = owner(lines, line)
    above = KEY.match(lines[first]) if first is not None else None
    if not above or above["key"] not in TEXTS or above["value"].strip():
        return
    if not match or match["key"] not in ("left", "right", "both", "say", "chime"):
        yield from owned(lines, line, column)


def _placeholders(lines: Sequence[str], line: int, column: int) -> Iterator[Slip]:
    """Yield a placeholder alone, anywhere: to YAML it is a mapping."""
    text = lines[line]
    for at in (column, column - 1):
        if text[:at].count('"') % 2:  # inside of quotation marks, it is a text
            return
        alone = at >= 0 and text[:at].rstrip()[-1:] in (*":-,{[", "")
        if alone and (match := re.match(r"\{\w+\}", text[at:])):
            found = f"YAML does not read text that starts with {match.group()} as text"
            yield Slip(line, at, match.end(), found, f'put it in quotes: "{match.group()}"')


def _not_text(lines: Sequence[str], line: int) -> Iterator[Slip]:
    """Yield what YAML takes for a mapping, a list or nothing, and a person for a text: say: {hold}."""
    match = KEY.match(lines[line])
    value = match["value"].rstrip() if match else ""
    if match and value[:1] in ("&", "!"):
        yield from values(lines, line, match.start("value"))
    if not match or match["key"] not in TEXTS:
        return
    write = f"put the text in quotes: {match['key']}: {quoted(value)}"
    if value.startswith("#"):
        yield Slip(line, match.start("value"), 1, "everything after this # is a comment", write)
    elif re.fullmatch(r"\{\w+\}|\[[^\]]*\]", value):
        found = f"YAML does not read text that starts with {value[0]} as text"
        yield Slip(line, match.start("value"), len(value), found, write)


def _commas(lines: Sequence[str], line: int, column: int, *, key: bool) -> Iterator[Slip]:
    """Yield a comma that ends a text between brackets: {halfway: Good, go on}."""
    text = lines[line]
    before = text[:column].rstrip()
    if not before.endswith(",") or ": " not in before:
        return
    with_colon = r"|[^,:{}\[\]]+ [^,:{}\[\]]+:[^,{}\[\]]*" if key else ""
    rest = re.match(rf"([^,:{{}}\[\]]+{with_colon})[,}}]", text[column:])
    if rest and rest[1].partition(":")[0].strip() not in known_keys():
        start = before.rfind(": ") + 2
        words = text[start : column + rest.end(1)].strip()
        yield Slip(line, len(before) - 1, 1, "this comma ends the text", f"put it in quotes: {quoted(words)}")
