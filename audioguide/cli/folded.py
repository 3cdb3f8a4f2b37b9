"""Text folded to the columns of a terminal: letters of two columns, and of none, are counted as such."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator


def columns(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    # Chinese and Japanese letters take two columns; marks that are set over a letter take none.
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def terminal_columns() -> int | None:
    """Return the columns of the terminal that shows standard output; None for a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def folded(text: str, room: int | None, indent: int = 0) -> Iterator[str]:
    """Yield `text` in lines of at most `room` columns, all but the first indented; as it is without `room`.

    Lines break at spaces and between wide letters; a word that is wider than a line breaks anywhere.
    """
    if room is None or columns(text) <= room:
        yield text
        return
    line, width, space = "", 0, max(room, indent + 2)
    for word in _pieces(text, space - indent):
        wide = columns(word)
        if line.strip() and width + columns(word.rstrip()) > space:
            yield line.rstrip()
            line, width = " " * indent, indent
            word = word.lstrip()  # noqa: PLW2901
            wide = columns(word)
        line, width = line + word, width + wide
    yield line.rstrip()


def _pieces(text: str, most: int) -> Iterator[str]:
    """Yield what stays in one line: words with the spaces after them, single wide letters, `most` columns."""
    start = len(text) - len(text.lstrip())
    if start > most // 2:  # no room to indent
        text, start = text.lstrip(), 0
    piece = text[:start]
    for char, after in zip(text[start:], [*text[start + 1 :], " "], strict=True):
        piece += char
        if after != " " and (char == " " or _breaks(char, after) or columns(piece.strip() + after) > most):
            yield piece
            piece = ""
    yield piece


def _breaks(char: str, after: str) -> bool:
    """Return whether a line may end between two letters of one word: Chinese and Japanese have no spaces."""
    if after.isascii() and char.isascii():
        return False
    closes = unicodedata.category(after) in {"Po", "Pe", "Pf", "Mn"}
    opens = unicodedata.category(char) in {"Ps", "Pi"}
    return max(columns(char), columns(after)) > 1 and not closes and not opens
