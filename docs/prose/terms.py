"""The words of terms.toml as a check of proselint."""

from __future__ import annotations

import tomllib
from pathlib import Path

from proselint.registry.checks import Check, CheckFlags, Padding
from proselint.registry.checks.engine import Fancy
from proselint.registry.checks.types import PreferredForms

TERMS = Path(__file__).parent / "terms.toml"


def load(path: Path = TERMS) -> Check:
    """Read the terms: patterns, in which a space matches any gap between words, and what to write instead."""
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    forms = {pattern: plain for section in sections.values() for pattern, plain in section.items()}
    items = {pattern.replace(" ", r"[\s\"']+"): plain for pattern, plain in forms.items()}
    return Check(
        check_type=PreferredForms(items=items, padding=Padding.WORDS_IN_TEXT),
        engine=Fancy(),
        path="audioguide.terms",
        message="“{1}”: write {0}",
        flags=CheckFlags(allow_quotes=True),
    )
