"""What of a file is prose: the rest becomes spaces, so that lines and columns stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_for_filename
from pygments.token import Comment, String, Text, _TokenType

Span = tuple[int, int]


def prose_of(path: Path, text: str) -> str:
    """Return the text with everything but its prose replaced by spaces."""
    spans = _EXTRACTORS.get(path.suffix, _source)(path, text)
    kept = [" " if character != "\n" else "\n" for character in text]
    for start, end in spans:
        kept[start:end] = text[start:end]
    return "".join(kept)


def _markdown(_: Path, text: str) -> Iterator[Span]:
    """Yield paragraphs, headings, list items and table rows, without code and addresses."""
    starts = _line_starts(text)
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline" and token.map:
            start, end = starts[token.map[0]], starts[token.map[1]]
            yield from _outside(
                text, start, end, re.compile(r"(`+).+?\1|\]\([^)]*\)|https?://\S+", re.DOTALL)
            )


def _routine(_: Path, text: str) -> Iterator[Span]:
    """Yield comments, labels and summaries of a routine; what it says aloud is not prose of the project."""
    for match in re.finditer(r"(?m)^\s*(?:- )?(?:summary|label|description): (.*)$|(?:^|\s)#(.*)$", text):
        yield match.span(1) if match[1] else match.span(2)


def _source(path: Path, text: str) -> Iterator[Span]:
    """Yield comments and strings of a program, and the text of a page."""
    lexer: Lexer = get_lexer_for_filename(path.name, stripnl=False, ensurenl=False)
    for start, kind, value in lexer.get_tokens_unprocessed(text):
        if _is_prose(kind, value, path):
            yield start, start + len(value)


def _test(path: Path, text: str) -> Iterator[Span]:
    """Yield comments and docstrings of a test: its other strings are data."""
    lexer: Lexer = get_lexer_for_filename(path.name, stripnl=False, ensurenl=False)
    for start, kind, value in lexer.get_tokens_unprocessed(text):
        if kind in Comment or kind in String.Doc:
            yield start, start + len(value)


def _is_prose(kind: _TokenType, value: str, path: Path) -> bool:
    if kind in String:
        return kind not in {String.Affix, String.Escape, String.Interpol, String.Regex} and " " in value
    return kind in Comment or (path.suffix == ".html" and kind is Text)


def _outside(text: str, start: int, end: int, code: re.Pattern[str]) -> Iterator[Span]:
    for match in code.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text)), len(text)]


_EXTRACTORS: dict[str, Callable[[Path, str], Iterator[Span]]] = {".md": _markdown, ".yaml": _routine}
