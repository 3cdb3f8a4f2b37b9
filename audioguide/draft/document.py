"""What a reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.draft.text import Block, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A text as `blocks`; or `passages`, where the source names its exercises itself.

    `notes` say what was skipped.
    """

    name: str
    blocks: tuple[Block, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""

    @property
    def text(self) -> str:
        """Return all of its text."""
        blocks = (*self.blocks, *(block for passage in self.passages for block in passage.blocks))
        return "\n".join(block.text for block in blocks)
