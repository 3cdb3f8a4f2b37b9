"""PDF with text, by pypdf."""

from __future__ import annotations

import io
import logging

from audioguide.draft.readers.plain_text import blocks_of as plain_blocks
from audioguide.draft.text import Block
from audioguide.errors import RoutineError

MOST_PAGES = 500


def blocks_of(data: bytes, name: str) -> tuple[Block, ...]:
    """Return the blocks of a PDF; lines are counted through all pages.

    Raises RoutineError for one that cannot be read, is locked, or has no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it cannot read is said below

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RoutineError(f"{name}: this PDF is protected by a password; save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise RoutineError(
                f"{name}: this PDF has {len(reader.pages)} pages; up to {MOST_PAGES} can be read"
            )
        pages = [page.extract_text() for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise RoutineError(
            f"{name}: this PDF cannot be read ({error}); save it again, or copy its text"
        ) from error
    text = "\n".join(pages)
    if sum(map(str.isalpha, text)) < 20:
        raise RoutineError(
            f"{name}: this PDF has pictures but no text; run text recognition (OCR) on it, or copy the text"
        )
    return plain_blocks(text)
