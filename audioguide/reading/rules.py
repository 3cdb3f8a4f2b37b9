"""Rules that change a text one after another: a pattern, and what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def changed(text: str, rules: Iterable[Rule]) -> str:
    """Return `text` after all `rules`, in order."""
    for pattern, instead in rules:
        text = pattern.sub(instead, text)
    return text
