"""Running the checks over routines that are written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audioguide.compiler.compile import compile
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.load import load
from tests.conftest import Write

Findings = Callable[..., tuple[Finding, ...]]
Rules = Callable[..., list[str]]

QUIET = "safety: {notice: none, closing: gentle}"


@pytest.fixture
def findings(write: Write) -> Findings:
    """Return what is found in a routine with these steps; `head` stands before them."""

    def findings(steps: str, head: str = QUIET, title: str = "Test", **options: Any) -> tuple[Finding, ...]:
        routine = load(write(f"title: {title}\n{head}\nsteps:\n{steps}"))
        return lint(routine, compile(routine, Options(**options)))

    return findings


@pytest.fixture
def rules(findings: Findings) -> Rules:
    """Return the ids of the checks that find something in a routine with these steps."""

    def rules(steps: str, head: str = QUIET, title: str = "Test", **options: Any) -> list[str]:
        return [finding.rule for finding in findings(steps, head, title, **options)]

    return rules
