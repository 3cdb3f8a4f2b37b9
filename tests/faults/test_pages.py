"""The pages that promise something name tests that exist, and take their figures from runs alone."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reliability", ROOT / "docs" / "reliability.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_test_that_is_named_exists(page: ModuleType) -> None:
    reported = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("SECURITY.md", "docs/reliability.md")
    )
    named = set(re.findall(r"tests/[\w/]+\.py", reported))
    named |= {
        f"tests/{'' if '/' in name else 'faults/'}{name}"
        for _, tests in page.ROWS.values()
        for name in tests.split(", ")
    }
    assert len(named) > 10
    assert {name for name in named if not (ROOT / name).is_file()} == set()


def test_the_table_adds_up_what_was_tried(page: ModuleType) -> None:
    lines = [json.dumps({"what": "kills", "tried": number}) for number in (900, 101)]
    made = page.table(lines).splitlines()
    assert len(made) == 2 + len(page.ROWS)
    assert "| 1,001 | 0 |" in made[2]
    assert all("not run" in row for row in made[3:])
