"""The page of the library has every routine once, with its numbers and sources."""

from __future__ import annotations

import pytest

from audioguide.routine.library import SHIPPED_LIBRARY
from library import page
from tests.shipped import shipped


def test_the_page_is_that_of_the_routines_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.missing.load", lambda path: shipped(path.stem))  # once for all tests
    assert page.is_of_today(), "run `python -m library --write`"


def test_every_routine_is_on_it_once() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert [name for name in SHIPPED_LIBRARY.shipped if text.count(f"`{name}` |") != 1] == []
    assert "| **Knee to chest** `knee-to-chest` | lying on your back | gentle, stretch |" in text
    assert "hold 20s (15s to 26s); reps 1 (1 to 3); rest 10s (5s to 20s), ours" in text
