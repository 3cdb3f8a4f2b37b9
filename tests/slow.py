"""What CI tries behind the default suite, which keeps the first cases of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first(count: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases of a parametrised test; all but the first `count` are slow."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[pytest.mark.slow])
        if number >= count
        else case
        for number, case in enumerate(cases)
    ]
