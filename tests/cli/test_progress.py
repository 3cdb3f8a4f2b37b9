from __future__ import annotations

import pytest

from audioguide.cli.progress import progress


def test_a_long_stage_says_now_and_then_how_much_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter((100.0, 110.0, 120.0, 121.0, 220.0))
    monkeypatch.setattr("audioguide.cli.progress.time.monotonic", lambda: next(clock))
    with progress("bedtime", quiet=False) as show:
        assert show is not None
        for done in (0, 10, 20, 21, 30):
            show("speaking", done, 100)
    assert capsys.readouterr().err.splitlines() == [
        "bedtime: speaking (100)",
        "bedtime: speaking, 20 of 100, about 80 s left",
        "bedtime: speaking, 30 of 100, about 5 minutes left",
    ]


def test_a_quick_stage_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("bedtime", quiet=False) as show:
        assert show is not None
        for done in range(50):
            show("encoding", done, 50)
    assert capsys.readouterr().err == "bedtime: encoding (50)\n"
