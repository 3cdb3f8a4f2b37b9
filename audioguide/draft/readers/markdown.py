"""Markdown, by markdown-it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from audioguide.draft.readers.bold import at_bold_names
from audioguide.draft.readers.rows import blocks_of_row, is_header
from audioguide.draft.text import Block, Kind, block, plain


def blocks_of(text: str) -> tuple[Block, ...]:
    """Split Markdown into blocks."""
    return tuple(_blocks(MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    heading, depth, mark, fresh = 0, 0, "", False
    table: list[Token] = []
    for token in tokens:
        if table or token.type == "table_open":
            table.append(token)
            if token.type == "table_close":
                yield from _rows(table)
                table = []
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            mark, fresh = token.info, True
        elif token.type == "inline":
            kind: Kind = "heading" if heading else "item" if depth and fresh else "text"
            made = _inline(token, kind, heading or depth, mark if kind == "item" else "")
            for each in at_bold_names(made, _bold(token)):
                yield from _titled_line(each)
            heading, fresh = 0, False


def _rows(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the rows of a table; the first one names its columns."""
    header: list[str] = []
    cells: list[list[Block]] = []
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append([_inline(token, "text", 0, "")] if token.content.strip() else [])
        elif token.type == "tr_close":
            names = [" ".join(block.text for block in cell) for cell in cells]
            if not header and is_header(names):
                header = names
            else:
                yield from blocks_of_row(cells, header)


def _titled_line(made: Block) -> Iterator[Block]:
    """Yield a line in bold as a heading of the lines below it."""
    title = made.lead.rstrip(" :")
    alone = len(made.starts) > 1 and made.starts[1] == len(made.lead.strip()) + 1
    if made.kind != "text" or not alone or len(title.split()) > 9 or title.endswith((".", "!", "?", ",")):
        yield made
        return
    start = made.starts[1]
    yield replace(made, text=title, lines=made.lines[:1], starts=(0,), kind="heading", level=4, lead="")
    starts = tuple(each - start for each in made.starts[1:])
    yield replace(made, text=made.text[start:], lines=made.lines[1:], starts=starts, lead="")


def _bold(token: Token) -> list[str]:
    """Return what is printed in bold, each span on its own."""
    spans: list[str] = []
    strong = False
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            strong = child.type == "strong_open"
            spans += [""] if strong else []
        elif strong:
            spans[-1] += child.content or " "
    return spans


def _inline(token: Token, kind: Kind, level: int, mark: str) -> Block:
    first = (token.map or [0, 0])[0] + 1
    lines, lead, strong, began = [""], "", False, False
    for child in token.children or ():
        if child.type == "strong_open":
            strong = not began
        elif child.type == "strong_close":
            strong = False
        elif child.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif child.type in ("text", "code_inline"):
            lines[-1] += child.content
            lead += child.content if strong else ""
            began = began or (bool(child.content.strip()) and not strong)
    made = block([(first + index, line) for index, line in enumerate(lines)], kind, level, mark)
    lead = plain(lead)
    if kind == "text" and lead and lead.rstrip(":. ") == made.text.rstrip(":. ") and not lead.endswith("."):
        return replace(made, kind="heading", level=4)
    return replace(made, lead=lead)
