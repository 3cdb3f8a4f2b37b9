"""`serve --daily`: the options of `compose` in one, tried before the server starts."""

from __future__ import annotations

import pytest

from audioguide.cli.commands import daily
from audioguide.cli.commands.daily import read_daily
from audioguide.compose.wishes import Asked
from audioguide.errors import UsageError
from tests.cli.conftest import Run
from tests.compose.few import few_stock
from tests.tables import every


def test_it_takes_the_options_of_compose() -> None:
    asked = read_daily("--for 'stiff neck, back' --length 12m --variety 5")
    assert asked == Asked(body="stiff neck, back", length="12m", variety=5)


@every(
    ("text", "said"),
    [
        ("--for back --loud", "No such option: --loud"), ("--for 'back", "No closing quotation"),
        ("--for back -o mine.yaml", "does not work with -o, --json"), ("back", "unexpected extra argument"),
        ("--variety many", "--variety"), ("--help", "No such option: --help"),
    ],
)  # fmt: skip
def test_anything_else_says_what_it_takes(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"--daily:? .*{said}"):
        read_daily(text)


def test_wishes_that_cannot_be_end_it_before_it_starts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "stocked", lambda *_: few_stock())
    ran = run("serve", "--port", "0", "--daily", "--for nekc --length 3m")
    assert (ran.code, ran.out) == (2, "")
    assert "--for: unknown word 'nekc'" in ran.err
    assert "--length: 3m is outside" in ran.err
