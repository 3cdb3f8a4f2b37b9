"""HTML: the text of a page, without its menus, scripts and forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from audioguide.draft.readers.bold import at_bold_names
from audioguide.draft.readers.rows import blocks_of_row, is_header
from audioguide.draft.text import Block, Kind, block, plain

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "form",
        "noscript",
        "svg",
        "template",
        "button",
        "select",
        "option",
        "iframe",
        "object",
        "figcaption",
        "head",
        "textarea",
    ]
)
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "header",
        "aside",
        "figure",
        "body",
        "html",
    ]
)
_CLASSES = (
    "advert",
    "promo",
    "newsletter",
    "cookie",
    "related",
    "sidebar",
    "breadcrumb",
    "references",
    "citation",
    "share",
)


class _HtmlReader(HTMLParser):
    """Collects blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[tuple[str, bool]] = []  # each element, and whether its text is skipped
        self.held: list[tuple[int, str]] = []
        self.lead, self.strong, self.began = "", 0, False
        self.bold: list[str] = []  # each span of the block
        self.lists: list[list[int]] = []  # the number of the next item; 0 for bullets
        self.kind: Kind = "text"
        self.level, self.mark = 0, ""
        self.rows: list[list[int]] = []  # where each cell of an open row begins, among the blocks
        self.header: list[str] = []

    @property
    def skipping(self) -> bool:
        """Return whether the text here belongs to no article."""
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag == "br" and not self.skipping:
            self.held.append((self.getpos()[0], ""))
        if tag in _VOID:
            return
        words = " ".join(value or "" for key, value in attrs if key in ("class", "id", "role")).lower()
        hidden = any(key in ("hidden",) for key, _ in attrs)
        skipped = (
            tag in _SKIPPED
            or hidden
            or (tag not in ("body", "html", "main", "article") and any(each in words for each in _CLASSES))
        )
        self.open.append((tag, self.skipping or skipped))
        if self.skipping:
            return
        if tag in _BLOCKS:
            self.flush()
        self._begin_cell(tag)
        if tag in ("ul", "ol"):
            self.lists.append([1 if tag == "ol" else 0])
        elif tag == "li":
            self._item()
        elif tag[0] == "h" and tag[1:].isdigit():
            self.kind, self.level = "heading", int(tag[1:])
        elif tag in ("b", "strong"):
            self.strong += 1
            self.bold.append("")

    def _begin_cell(self, tag: str) -> None:
        if tag == "table":
            self.header = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(len(self.blocks))

    def _item(self) -> None:
        number = self.lists[-1][0] if self.lists else 0
        self.kind, self.level, self.mark = "item", max(1, len(self.lists)), str(number) if number else ""
        if number:
            self.lists[-1][0] += 1

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those that were left open in it."""
        if tag not in [name for name, _ in self.open]:
            return
        while self.open:
            name, skipped = self.open.pop()
            if not skipped:
                self._close(name)
            if name == tag:
                return

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag == "tr" and self.rows:
            self._end_row(self.rows.pop())
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("b", "strong"):
            self.strong = max(0, self.strong - 1)

    def _end_row(self, starts: Sequence[int]) -> None:
        """Read the cells of a row together; a row inside of another one is read already."""
        if self.rows or not starts:
            return
        ends = [*starts[1:], len(self.blocks)]
        cells = [self.blocks[start:end] for start, end in zip(starts, ends, strict=True)]
        del self.blocks[starts[0] :]
        names = [" ".join(block.text for block in cell) for cell in cells]
        if not self.header and is_header(names):
            self.header = names
        else:
            self.blocks += blocks_of_row(cells, self.header)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self.skipping or not data:
            return
        line = self.getpos()[0]
        for index, part in enumerate(data.split("\n")):
            if self.held and not index and self.held[-1][1]:
                number, before = self.held.pop()
                self.held.append((number, before + part))
            else:
                self.held.append((line + index, part))
        if self.strong and self.bold:
            self.bold[-1] += data
        if self.strong and not self.began:
            self.lead += data
        elif data.strip():
            self.began = True

    def flush(self) -> None:
        """End the block that is being read."""
        if any(part.strip() for _, part in self.held):
            made = block(self.held, self.kind, self.level, self.mark)
            lead = plain(self.lead)
            whole = self.kind == "text" and lead and lead.rstrip(":. ") == made.text.rstrip(":. ")
            if whole and len(lead.split()) < 10 and not lead.endswith("."):
                made = replace(made, kind="heading", level=5)
            self.blocks += at_bold_names(replace(made, lead=lead), self.bold)
            self.kind, self.level, self.mark = "text", 0, ""
        self.held, self.lead, self.began = [], "", False
        self.bold = [""] if self.strong else []


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a page. Broken HTML is read as far as it goes, as browsers do."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return tuple(reader.blocks)


def text_of(fragment: str) -> Iterator[Block]:
    """Yield the blocks of a fragment, such as the description of an exercise in a data base."""
    yield from blocks_of(fragment)
