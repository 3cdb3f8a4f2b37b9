"""What a routine is for, as it stands at the head of a page."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.routine.language.document import Document
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.routine.language.safety import RULES
from audioguide.script.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the author says of a routine; empty where nothing is said."""

    position: str = ""
    body: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what is known, each with its name: ("position", "lying on your back")."""
        named = {
            "position": self.position,
            "for": ", ".join(self.body),
            "needs": ", ".join(self.equipment),
        }
        return [(name, value) for name, value in named.items() if value]


def metadata_of(document: Document) -> Metadata:
    """Return what `document` says of itself."""
    return Metadata(
        position=document.position or "", body=tuple(document.body), equipment=tuple(document.equipment),
    )  # fmt: skip


def safety_texts(script: Script) -> list[str]:
    """Return the text of each safety rule that applies; the last says that this is no medical advice."""
    texts = [RULES[rule].text for rule in script.safety.rules if rule in RULES]
    return [*(text for text in texts if text != DISCLAIMER), DISCLAIMER]


def avoided(script: Script) -> str:
    """Return who should not do this, or ""."""
    return "; ".join(script.safety.avoid)
