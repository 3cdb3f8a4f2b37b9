"""Texts of which there are several: whose turn it is, by rep and by session. The same file is the same."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.compiler.context import Context
from audioguide.routine.language.base import SideTexts
from audioguide.script.script import Side

Text = str | SideTexts


def chosen(text: Text | Sequence[Text] | None, key: str, here: Context) -> str | None:
    """Return the text at `key` of a step whose turn it is, for the side that is on.

    They come in the order of the author, one each time, and each session begins one further on.
    """
    if isinstance(text, list):
        text = text[here.turn(key) % len(text)]
    return _for_side(text, here.side)  # type: ignore[arg-type]


def _for_side(text: Text | None, side: Side | None) -> str | None:
    if isinstance(text, SideTexts):
        return text.of(side) if side else None
    return text
