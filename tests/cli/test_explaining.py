"""Every code that a finding, an error or a command ends with leads to its explanation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audioguide import errors
from audioguide.cli.commands.explain import FAMILIES
from audioguide.cli.signals import INTERRUPTED, TERMINATED
from audioguide.errors import AudioguideError
from audioguide.routine.language.checks import CHECKS
from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "docs"


def classes() -> list[type[AudioguideError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type)]
    return [value for value in found if issubclass(value, AudioguideError)]


def test_every_code_is_explained(run: Run) -> None:
    for code in (*CHECKS, *FAMILIES, *{str(number) for number, _, _ in FAMILIES.values()}):
        ran = run("check", "--explain", code)
        assert (ran.code, ran.err) == (0, ""), code
        assert "  what to do: " in ran.out
    assert "to allow it: write `allow: {no-settle:" in run("check", "--explain", "no-settle").out


def test_a_code_that_does_not_exist_is_answered_with_its_neighbours(run: Run) -> None:
    ran = run("check", "--explain", "no-setle")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "did you mean no-settle" in ran.err


def test_every_error_has_its_own_code_and_exit_code() -> None:
    found = {each.code: each.exit_code for each in classes()}
    assert len(found) == len({each.exit_code for each in classes()}) == len(classes())
    assert all(FAMILIES[code][0] == number for code, number in found.items())
    assert (FAMILIES["interrupted"][0], FAMILIES["terminated"][0]) == (INTERRUPTED, TERMINATED)


@pytest.mark.parametrize(("page", "codes"), [("running.md", FAMILIES), ("checks.md", CHECKS)])
def test_every_code_has_its_paragraph(page: str, codes: dict[str, object]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [code for code in codes if f"`{code}`" not in text] == []
    if page == "running.md":
        rows = dict(re.findall(r"(?m)^\| (\d+) \| `(\w+)`", text))
        assert rows == {str(FAMILIES[code][0]): code for code in rows.values()}
        assert set(rows.values()) >= {each.code for each in classes()}
