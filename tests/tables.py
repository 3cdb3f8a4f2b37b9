"""Tests over tables: one test tries many cases, and names each that fails.

A test of its own costs pytest 10 ms before it begins, and the tables here have thousands of cases.
"""

from __future__ import annotations

import functools
import inspect
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from _pytest.mark import ParameterSet  # it has no public name

Test = Callable[..., None]
Case = dict[str, Any]  # what a test takes, by name
SHOWN = 600  # letters of a case, and of what went wrong with it


def every(names: str | Sequence[str], cases: Iterable[Any], at_once: int = 50) -> Callable[[Test], Test]:
    """Try all cases, `at_once` in one test, which fails with a list of those that failed.

    It takes what `pytest.mark.parametrize` takes. The cases of one test share its fixtures, such as a folder.
    """
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    parts = list(_parts(names, cases, at_once))
    part = f"cases_of_{'_'.join(names)}"

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def of_all(**given: Any) -> None:
            failures = [_failure(test, case, given) for case in given.pop(part)]
            assert not any(failures), _listed(failures)

        of_all.__signature__ = _signature(test, names, part)  # type: ignore[attr-defined]
        looped: Test = pytest.mark.parametrize(part, parts)(of_all)
        return looped

    return decorate


def _parts(names: Sequence[str], cases: Iterable[Any], at_once: int) -> Iterator[ParameterSet]:
    """Yield what each test gets: cases with the same marks, and an id that says which of the table."""
    alike = defaultdict(list)
    for number, given in enumerate(cases, start=1):
        case = (
            given if isinstance(given, ParameterSet) else pytest.param(*given if len(names) > 1 else (given,))
        )
        alike[str(case.marks)].append((number, case))
    for numbered in alike.values():
        for start in range(0, len(numbered), at_once):
            part = numbered[start : start + at_once]
            found = [dict(zip(names, case.values, strict=True)) for _, case in part]
            yield pytest.param(found, marks=part[0][1].marks, id=f"{part[0][0]}-{part[-1][0]}")


def _signature(test: Test, names: Sequence[str], part: str) -> inspect.Signature:
    """Return what pytest has to give: the fixtures of the test, and a part of the table."""
    taken = dict(inspect.signature(test).parameters)
    for name in names:
        del taken[name]
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Signature(
        [each.replace(kind=kind) for each in taken.values()] + [inspect.Parameter(part, kind)]
    )


def _failure(test: Test, case: Case, fixtures: dict[str, Any]) -> str:
    """Return what went wrong with a case, and where; a case that skips would hide the others."""
    try:
        test(**fixtures, **case)
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as failed:  # noqa: BLE001 - as pytest does
        frame = traceback.extract_tb(failed.__traceback__)[1]
        shown = ", ".join(f"{name}={value!r}" for name, value in case.items())
        wrong = f"{type(failed).__name__}: {failed}"
        return f"{shown[:SHOWN]}\n    {frame.filename}:{frame.lineno}: {frame.line}\n    {wrong[:SHOWN]}"
    return ""


def _listed(failures: Sequence[str]) -> str:
    wrong = list(filter(None, failures))
    return "\n".join([f"{len(wrong)} of {len(failures)} cases failed:", *wrong])
