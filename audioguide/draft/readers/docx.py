"""DOCX, by python-docx. What stands for lines are paragraphs, counted from 1."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from zipfile import BadZipFile

from audioguide.draft.readers.rows import blocks_of_row, is_header
from audioguide.draft.text import Block, block, plain
from audioguide.errors import RoutineError


def blocks_of(data: bytes, name: str) -> tuple[Block, ...]:
    """Return the blocks of a document, its tables among them. Raises RoutineError where it cannot be read."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise RoutineError(f"{name}: this Word file cannot be read; save it again as .docx") from error
    blocks: list[Block] = []
    number = 0
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            made, number = _of_table(part, number)
            blocks += made
            continue
        number += 1
        if part.text.strip():
            blocks.append(_block(part, number))
    return tuple(blocks)


def _of_table(table: object, number: int) -> tuple[list[Block], int]:
    """Return the blocks of a table, and the number of its last paragraph."""
    blocks: list[Block] = []
    header: list[str] = []
    for row in table.rows:  # type: ignore[attr-defined]
        cells: list[list[Block]] = []
        for cell in row.cells:
            cells.append([])
            for paragraph in cell.paragraphs:
                number += 1
                if paragraph.text.strip():
                    cells[-1].append(_block(paragraph, number))
        names = [" ".join(block.text for block in cell) for cell in cells]
        if not header and is_header(names):
            header = names
        else:
            blocks += blocks_of_row(cells, header)
    return blocks, number


def _block(paragraph: object, number: int) -> Block:
    text: str = paragraph.text  # type: ignore[attr-defined]
    style = (paragraph.style.name or "").lower()  # type: ignore[attr-defined]
    heading = re.match(r"(?:heading (\d)|title|subtitle)", style)
    lead = ""
    for run in paragraph.runs:  # type: ignore[attr-defined]
        if not run.bold:
            break
        lead += run.text
    lead = plain(lead)
    whole = lead and lead.rstrip(":. ") == plain(text).rstrip(":. ") and len(lead.split()) < 10
    if heading or (whole and not lead.endswith(".")):
        level = int(heading[1] or 1) if heading and heading[1] else 1 if heading else 4
        return block([(number, text)], "heading", level)
    properties = paragraph._p.pPr  # type: ignore[attr-defined]  # noqa: SLF001
    listed = "list" in style or (properties is not None and properties.numPr is not None)
    made = block([(number, text)], "item" if listed else "text", 1 if listed else 0)
    return replace(made, lead=lead)
