"""Plain values are taken without pydantic, and are what typer would make of them."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated, Any

import typer
from typer.testing import CliRunner

from audioguide.cli.help import Command
from tests.tables import every

_PROGRAM = """
import sys
from audioguide.cli.program import program
program({words!r})({words!r}, standalone_mode=False)
sys.stderr.write(f"pydantic: {{'pydantic' in sys.modules}}")
"""
CALLS: tuple[tuple[str, ...], ...] = (
    (), ("--name", "a"), ("--name", ""), ("--name", "5", "--count", "7"), ("--count", "x"),
    ("--share", "0.5"), ("--share", "1"), ("--most", "11"), ("--most", "3"),
    ("--many", "a", "--many", "b"), ("--many", ""),
    ("--flag",), ("--no-flag",), ("-v", "-v"), ("one", "two"), ("--upper", "a"),
    ("--numbers", "1", "--numbers", "2"), ("--numbers", "z"), ("--wrong",), ("--name",),
)  # fmt: skip


def _program(cls: type[Any] | None) -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None)

    def command(  # noqa: PLR0917
        words: Annotated[list[str] | None, typer.Argument()] = None,
        name: str = "usual",
        other: str | None = None,
        count: int = 3,
        share: float | None = None,
        most: Annotated[int, typer.Option(max=10)] = 2,
        many: Annotated[list[str] | None, typer.Option()] = None,
        numbers: Annotated[list[int] | None, typer.Option()] = None,
        flag: bool | None = None,
        verbose: Annotated[int, typer.Option("-v", count=True)] = 0,
        upper: Annotated[str, typer.Option(parser=str.upper)] = "none",
    ) -> None:
        typer.echo(repr((words, name, other, count, share, most, many, numbers, flag, verbose, upper)))

    app.command(cls=cls)(command)
    return app


@every("words", CALLS)
def test_a_value_is_what_typer_makes_of_it(words: tuple[str, ...]) -> None:
    ours, theirs = (CliRunner().invoke(_program(cls), list(words)) for cls in (Command, None))
    assert (ours.exit_code, ours.output) == (theirs.exit_code, theirs.output)


def test_a_command_that_needs_no_model_loads_no_pydantic() -> None:
    program = _PROGRAM.format(words=["practice"])
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr.endswith("pydantic: False")
