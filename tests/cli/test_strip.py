"""The timeline in a few lines of a terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.cli.strip import BLOCKS, PLAIN, strip
from audioguide.script.script import Script
from tests.cli.conftest import Run
from tests.conftest import laid_out
from tests.tables import every

HOLDS = "  - sides: [left, right, both]\n    steps:\n      - hold: 100s\n        chime: none\n"


def lines(script: Script, wide: int = 80) -> dict[str, str]:
    shown = [*strip(laid_out(script), wide, PLAIN)]
    assert all(len(line) <= wide for line in shown)
    return {line[:7].strip(): line[8:] for line in shown}


def test_a_hold_is_as_wide_as_it_is_long_and_begins_with_its_side(script: Callable[..., Script]) -> None:
    row = lines(script(HOLDS), 200)["hold"]
    blocks = row.split()
    assert [block.strip("#") for block in blocks] == ["L", "R", "L+R"]
    assert all(len(block) == pytest.approx(100 / 320 * 120, abs=3) for block in blocks)


def test_each_kind_of_cue_has_its_row_and_the_others_have_none(script: Callable[..., Script]) -> None:
    assert set(lines(script("  - rest: 60s\n"))) == {""}
    shown = lines(
        script("  - say: One two three.\n  - chime: bell\n  - breathe: {in: 4s, out: 6s, cycles: 2}\n")
    )
    assert set(shown) == {"voice", "sounds", "breath", ""}
    assert shown["sounds"].count("*") == 1


def test_moments_stand_where_they_are(script: Callable[..., Script]) -> None:
    row = lines(script("  - rest: 10m\n"), 128)[""]
    for label in row.split():
        minutes, seconds = map(int, label.split(":"))
        assert row.index(label) == pytest.approx((minutes * 60 + seconds) / 602.6 * 120, abs=1)
    assert len(row.split()) >= 10


@every("length", ["4ms", "1s", "1h"])
def test_any_length_and_width_is_shown(script: Callable[..., Script], length: str) -> None:
    made = script(f"  - hold: {length}\n    chime: none\n")
    for wide in (1, 32, 33, 80, 500):
        assert all(len(line) <= max(wide, 32) for line in strip(laid_out(made), wide, BLOCKS))


@pytest.mark.parametrize("variable", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_plain_signs_where_the_terminal_has_no_others(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: tuple[str, str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "█" in run("show", "knee-to-chest").out
    monkeypatch.setenv(*variable)
    shown = run("show", "knee-to-chest").out
    assert "L###" in shown
    assert not set(BLOCKS.all) & set(shown)
