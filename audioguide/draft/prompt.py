"""The page for a chat program that shall write a routine: the language, its bounds, three examples."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

from audioguide.draft.compose import LONGEST, LONGEST_HOLD
from audioguide.routine.language.base import LONGEST_TEXT
from audioguide.routine.language.notices import OPENINGS
from audioguide.routine.language.positions import Position
from audioguide.routine.language.values import MOST_REPS
from audioguide.routine.limits import LARGEST_FILE
from audioguide.units import LONGEST as LONGEST_FILE
from audioguide.units import TICKS_PER_SECOND
from audioguide.vocabulary.vocabulary import vocabulary

SKILL_HEAD = """\
---
name: audioguide
description: Write and check routines (stretches, exercises, breathing) in YAML for audioguide.
---

"""


def prompt() -> str:
    """Return the page as Markdown, with the bounds that the language has now."""
    text = (files("audioguide.draft") / "prompt.md").read_text(encoding="utf-8")
    for name, value in _values().items():
        text = text.replace(f"@{name}@", value)
    return text


def skill() -> str:
    """Return the page with the head that agents look for in a SKILL.md."""
    return SKILL_HEAD + prompt()


def _values() -> dict[str, str]:
    return {
        "NOTICES": ", ".join(OPENINGS),
        "LEVELS": ", ".join(vocabulary().names["level"]),
        "PHASES": ", ".join(vocabulary().names["phase"]),
        "BODY": ", ".join(vocabulary().names["body"]),
        "EQUIPMENT": ", ".join(vocabulary().names["equipment"]),
        "POSITIONS": ", ".join(f"`{each}`" for each in get_args(Position)),
        "TEXT": str(LONGEST_TEXT),
        "REPS": str(MOST_REPS),
        "HOLD": f"{LONGEST_HOLD / 60:g} minutes",
        "HOURS": str(LONGEST_FILE // TICKS_PER_SECOND // 3600),
        "KIB": str(LARGEST_FILE // 1024),
        "ICE": f"{LONGEST['ice'] / 60:g} minutes",
        "HEAT": f"{LONGEST['heat'] / 60:g}",
    }
