"""What proselint finds in a file, with its own checks and with the project's terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proselint.checks import archaism, hedging, needless_variants, nonwords, oxymorons
from proselint.registry import CheckRegistry
from proselint.registry.checks import Check
from proselint.tools import LintFile

from docs.prose.extract import prose_of
from docs.prose.files import ROOT

OWN = "audioguide"


def register(terms: Check) -> None:
    """Add the terms, and those checks of proselint that fit a manual, to proselint's registry."""
    registry = CheckRegistry()
    registry.checks.clear()
    for module in (archaism, hedging, needless_variants, nonwords, oxymorons):
        registry.register_many(module.__register__)
    registry.register(terms)


def findings(path: Path) -> Iterator[str]:
    """Yield each finding as FILE:LINE:COLUMN: message."""
    prose = prose_of(path, path.read_text(encoding="utf-8") or "\n")  # LintFile takes an empty text for none
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
    enabled = {check.path_segments[0]: True for check in CheckRegistry().checks}
    for found in LintFile(name, prose).lint({"max_errors": 10_000, "checks": enabled}):
        line, column = found.pos
        yield f"{name}:{line}:{column}: {' '.join(found.check_result.message.split())}"
