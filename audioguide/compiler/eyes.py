"""Whether the words so far opened the eyes of the listener, or let them close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from audioguide.script.script import Cue

_CLOSED = re.compile(r"\bclose your eyes\b|\beyes (?:fall |gently |slowly |softly )?close", re.IGNORECASE)
_OPEN = re.compile(r"\bopen your eyes\b|\beyes open\b", re.IGNORECASE)


def eyes(cues: Sequence[Cue]) -> Literal["open", "closed", "unknown"]:
    """Return what the last words about the eyes asked for; unknown where there are none."""
    for cue in reversed(cues):
        if _OPEN.search(cue.text or ""):
            return "open"
        if _CLOSED.search(cue.text or ""):
            return "closed"
    return "unknown"
