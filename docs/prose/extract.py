"""What of a file is prose: the rest becomes spaces, so that lines and columns stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pygments.lexer import Lexer
from pygments.lexers import HtmlDjangoLexer, get_lexer_for_filename
from pygments.token import Comment, Name, String, Text

Span = tuple[int, int]

_NOT_PROSE = {String.Affix, String.Escape, String.Interpol, String.Regex}


def prose_of(path: Path, text: str) -> str:
    """Return the text with everything but its prose replaced by spaces."""
    spans = _EXTRACTORS.get(path.suffix, _source)(path, text)
    kept = [" " if character != "\n" else "\n" for character in text]
    for start, end in spans:
        part = text[start:end]
        kept[start:end] = part.replace("_", " ") if part.startswith("test_") else part
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
    """Yield comments and strings of a program, and the text of a page; of a test, its name but no strings."""
    is_test = "tests" in path.parts
    for start, kind, value in _tokens(path, text):
        explains = kind in Comment or kind in String.Doc
        is_data = is_test and not explains
        if _is_test_name(kind, value) if is_data else _is_prose(kind, value, path):
            yield start, start + len(value)


def _tokens(path: Path, text: str) -> Iterable[tuple[int, Any, str]]:
    html = path.suffix == ".html"
    lexer: Lexer = (
        HtmlDjangoLexer(stripnl=False, ensurenl=False)  # every character stays in its place
        if html
        else get_lexer_for_filename(path.name, stripnl=False, ensurenl=False)
    )
    return lexer.get_tokens_unprocessed(text)


def _is_prose(kind: Any, value: str, path: Path) -> bool:
    if path.suffix == ".html":
        return kind is Text or kind in Comment
    if kind in String:
        return kind not in _NOT_PROSE and " " in value
    return kind in Comment


def _is_test_name(kind: Any, value: str) -> bool:
    return kind in Name.Function and value.startswith("test_")


def _outside(text: str, start: int, end: int, code: re.Pattern[str]) -> Iterator[Span]:
    for match in code.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text)), len(text)]


_EXTRACTORS: dict[str, Callable[[Path, str], Iterator[Span]]] = {".md": _markdown, ".yaml": _routine}
