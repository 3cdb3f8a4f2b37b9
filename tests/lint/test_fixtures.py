"""Forty routines as people write them: nothing is said of the sane, each of the others is found out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from audioguide.compiler.compile import compile
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.language.checks import CHECKS
from audioguide.routine.load import load
from audioguide.script.choices import Guidance
from tests.shipped import NAMES, compiled, shipped
from tests.slow import first
from tests.tables import every

FIXTURES = Path(__file__).parent / "fixtures"
SANE = sorted((FIXTURES / "sane").glob("*.yaml"))
UNSAFE = sorted((FIXTURES / "unsafe").glob("*.yaml"))


def found_in(path: Path, **options: Any) -> tuple[Finding, ...]:
    routine = load(path)
    return lint(routine, compile(routine, Options(**options)))


def rule_of(path: Path) -> str:
    """Return the check that a fixture is named after: `sight-words` of sight-words--mirror.yaml."""
    return path.stem.split("--")[0]


def test_there_are_enough_of_both_and_one_for_every_check() -> None:
    assert len(SANE) >= 20
    assert {rule_of(path) for path in UNSAFE} == set(CHECKS)


@every("path", SANE)
def test_nothing_is_said_of_a_sane_routine(path: Path) -> None:
    assert [str(finding) for finding in found_in(path)] == []


@every("path", UNSAFE)
def test_an_unsafe_or_unkind_routine_is_found_out_by_its_own_check_alone(path: Path) -> None:
    assert {finding.rule for finding in found_in(path)} == {rule_of(path)}


@every("name", first(20, NAMES), at_once=10)
def test_a_routine_that_ships_is_clean(name: str) -> None:
    for guidance in get_args(Guidance):
        found = lint(shipped(name), compiled(name, Options(guidance=guidance)))
        assert [finding.line for finding in found] == [], guidance


@every("name", first(20, NAMES), at_once=10)
def test_a_routine_that_ships_is_clean_at_its_bounds(name: str) -> None:
    settings = shipped(name).document.settings
    for bound in ("min", "max"):
        asked = {key: str(getattr(setting, bound)) for key, setting in settings.items()}
        found = lint(shipped(name), compiled(name, Options(settings=asked)))
        assert [finding.line for finding in found] == [], bound
