"""Plain text: paragraphs, lists and titles by how their lines look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audioguide.draft.judge import is_dose
from audioguide.draft.text import Block, block
from audioguide.draft.titles import is_exercise_name, is_numbered, is_part, is_skipped

_ITEM = re.compile(
    r"^(?P<indent>\s*)(?:(?P<bullet>[-*+\u2022\u00b7\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u2043\u2013\uf0b7>]|o(?=\s{2,}))|"
    r"\(?(?P<number>\d{1,2})(?:[.):]+)|(?:[Ss]tep|STEP)\s*(?P<step>\d{1,2})\s*[.:)\-\u2013]*|"
    r"\(?(?P<letter>[a-hA-H]\d?)[.)])\s+(?=\S)"
)
_RULE = re.compile(r"^\s*([=\-_*~#])\1{2,}\s*$")
_END = re.compile(r"[.!?;,]['\")]*$")
_MOST_WORDS = 9
_LONGEST_TITLE = 70  # characters


def blocks_of(text: str, first: int = 1) -> tuple[Block, ...]:
    """Split plain text into blocks; `first` is the number of its first line."""
    lines = [
        (first + index, part.rstrip())
        for index, line in enumerate(text.splitlines())
        for part in _numbered(line)
    ]
    lines = _without_header(lines)
    if _is_unwrapped([line for _, line in lines if line.strip()]):
        lines = [each for number, line in lines for each in ((number, line), (number, ""))]
    return tuple(_blocks(lines))


_OF_MAIL = re.compile(r"^\s*>?\s*(?:From|To|Subject|Date|Sent|Cc|Bcc|Reply-To|Re)\s*:", re.IGNORECASE)


def _without_header(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out what stands above an e-mail: from whom, to whom, and its subject."""
    first = next((index for index, (_, line) in enumerate(lines) if line.strip()), 0)
    end = first
    while end < len(lines) and _OF_MAIL.match(lines[end][1]):
        end += 1
    return lines[end:] if end - first > 1 else lines


_GLUED = re.compile(r"(?:(?<=[.!?)])|(?<=\s))(?P<number>\d{1,2})[.)] ?(?=[A-Z][a-z])")
_GLUED_TITLE = re.compile(r"^\s*(?P<number>\d{1,2})(?=[A-Z][a-z]+ ?[a-z]*)")


def _numbered(line: str) -> Iterator[str]:
    """Cut a line that holds items 1, 2, 3 in a row, as text copied from a page or a PDF does."""
    line = _GLUED_TITLE.sub(r"\g<number>. ", line)
    starts: list[int] = []
    for found in _GLUED.finditer(line):
        if int(found["number"]) == len(starts) + 1:
            starts.append(found.start())
    if len(starts) < 2:
        yield line
        return
    for start, end in zip([0, *starts], [*starts, len(line)], strict=True):
        if part := line[start:end]:
            yield re.sub(r"^(\d{1,2}[.)])(?=\S)", r"\1 ", part)


def _is_unwrapped(lines: Sequence[str]) -> bool:
    """Return whether each line is a paragraph of its own, as in a text copied from a web page."""
    return sum(len(line) > 140 for line in lines) > len(lines) / 5


def _blocks(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    held: list[tuple[int, str]] = []
    mark, level, is_item = "", 0, False
    for index, (number, line) in enumerate(lines):
        item = _ITEM.match(line)
        following = lines[index + 1][1] if index + 1 < len(lines) else ""
        if not line.strip() or _RULE.match(line):
            if held and _RULE.match(line) and len(held) == 1 and line.strip()[0] in "=-" and not is_item:
                yield block(held, "heading", 2)
            else:
                yield from _flush(held, mark, level, is_item=is_item)
            held, is_item = [], False
        elif item:
            yield from _flush(held, mark, level, is_item=is_item)
            mark = item["number"] or item["step"] or item["letter"] or ""
            level, is_item = 1 + len(item["indent"].expandtabs(4)) // 2, True
            rest = line[item.end() :]
            if item["bullet"] and (numbered := _ITEM.match(rest)) and numbered["number"]:
                mark, rest = numbered["number"], rest[numbered.end() :]
            held = [(number, rest)]
            if mark and _is_title(rest, "", following, (), is_item=False) and _is_prose(following):
                yield block(held, "heading", 3)
                held, is_item = [], False
        elif _is_title(line, lines[index - 1][1] if index else "", following, held, is_item=is_item):
            yield from _flush(held, mark, level, is_item=is_item)
            yield block([(number, line)], "heading", 3)
            held, is_item = [], False
        else:
            held.append((number, line))
    yield from _flush(held, mark, level, is_item=is_item)


def _flush(held: list[tuple[int, str]], mark: str, level: int, *, is_item: bool) -> Iterator[Block]:
    if held and is_item:
        yield block(held, "item", level, mark)
    elif held:
        labels, held = _labels(held)
        yield from (block([each]) for each in labels)
        entries = _entries(held) if held else []
        for each in entries:
            yield block(each, "item", 1) if len(entries) > 1 and _ENTRY.match(each[0][1]) else block(each)


_FIELD = re.compile(r"^\s*[A-Z][A-Za-z -]{2,24}: *\S[^.!?;]{0,60}$")


def _labels(held: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Part the fields at the top of a paragraph, one in each line ("Repetitions: 8"), from the rest."""
    count = 0
    while count < len(held) and _FIELD.match(held[count][1]) and len(held[count][1].split()) < 10:
        count += 1
    return (held[:count], held[count:]) if count > 1 else ([], held)


# "Neck nods - 30 seconds. Sit tall ...", one in each line, without bullets.
_ENTRY = re.compile(r"^\s*[A-Z0-9][^.!?:;,]{2,50}?(?::| [-\u2013\u2014]) +\S")


def _entries(held: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Cut a paragraph where several of its lines begin with a name of their own."""
    parts: list[list[tuple[int, str]]] = []
    for number, line in held:
        ended = not parts or bool(re.search(r"[.!?]['\")]*$", parts[-1][-1][1].strip()))
        label = _ENTRY.match(line)
        if not parts or (label and ended and not is_part(re.split(r":| [-\u2013\u2014]", line.strip())[0])):
            parts.append([(number, line)])
        else:
            parts[-1].append((number, line))
    named = [part for part in parts if _ENTRY.match(part[0][1])]
    return parts if len(named) > 1 else [list(held)]


def _is_prose(line: str) -> bool:
    """Return whether a line begins a sentence of its own, and not an item; or says only how often."""
    return (line.strip()[:1].isupper() and not _ITEM.match(line)) or is_dose(line.strip())


def _is_title(
    line: str, before: str, following: str, held: Sequence[tuple[int, str]], *, is_item: bool
) -> bool:
    """Return whether a line is a title: short, without a full stop, and not the middle of a paragraph."""
    words = line.strip()
    if is_numbered(words) and not _END.search(words) and len(words) <= _LONGEST_TITLE:
        return True
    label = re.match(r"([A-Za-z][\w ]{1,20}):\s+\S", words)
    if (label and is_part(label[1])) or not _may_be_title(line, words, following):
        return False
    flush_left = is_item and not line[:1].isspace()
    if flush_left and _ITEM.match(following) and words[:1].isupper():
        # A label above the next list, where the items have no full stops.
        return words.endswith(":") or is_exercise_name(words) or _ends_list(words)
    if (flush_left and _ends_list(words)) or (held and is_part(words) and _FIELD.match(before)):
        return True
    if held and before.strip():
        # Inside of a paragraph or an item: only after a finished sentence.
        return (
            bool(re.search(r"[.!?:]['\")]*$", before.strip()))
            and (bool(following.strip()) or is_item)
            and (not is_item or not line[:1].isspace())
        )
    return True


def _ends_list(words: str) -> bool:
    return is_part(words) or is_skipped(words)


def _may_be_title(line: str, words: str, following: str) -> bool:
    """Return whether a line is as short as a title, and begins and ends like one."""
    bare = re.sub(r"\s*\([^()]*\)$", "", words)
    if len(bare.split()) > _MOST_WORDS or len(bare) > _LONGEST_TITLE or not any(map(str.isalpha, bare)):
        return False
    below = bool(_ITEM.match(following)) and line[:1].islower() and len(words.split()) < 6
    return not _END.search(words) and (below or not (words[:1].islower() or following.strip()[:1].islower()))
