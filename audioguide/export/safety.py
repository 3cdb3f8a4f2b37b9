"""The safety rules in words, for everything that is printed of a script."""

from __future__ import annotations

from audioguide.routine.language.notices import DISCLAIMER
from audioguide.routine.language.safety import RULES
from audioguide.timeline.script import Script


def safety_texts(script: Script) -> list[str]:
    """Return the text of each safety rule that applies; the last says that this is no medical advice."""
    texts = [RULES[rule].text for rule in script.safety.rules if rule in RULES]
    return [*(text for text in texts if text != DISCLAIMER), DISCLAIMER]


def avoided(script: Script) -> str:
    """Return who should not do this, or ""."""
    return "; ".join(script.safety.avoid)
