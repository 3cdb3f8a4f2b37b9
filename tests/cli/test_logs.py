"""`-v`, `-vv` and `--log FILE`: what is said of the work, and where."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.cli.failures import print_notes
from audioguide.cli.logs import Logs, begin, taken
from tests.tables import every

LOGGER = logging.getLogger("audioguide")


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """Give the logger of the package without handlers, and leave it as it was."""
    before, level = LOGGER.handlers[:], LOGGER.level
    LOGGER.handlers[:] = []
    yield LOGGER
    for handler in LOGGER.handlers:
        handler.close()
    LOGGER.handlers[:], LOGGER.level = before, level
    LOGGER.setLevel(level)


@every(
    ("arguments", "rest", "logs"),
    [
        ("render a", "render a", Logs()),
        ("-v render a", "render a", Logs(verbose=1)),
        ("render -vv a", "render a", Logs(verbose=2)),
        ("render a -v --verbose", "render a", Logs(verbose=2)),
        ("render --log x.log a", "render a", Logs(file="x.log")),
        ("render a --log=x.log -v", "render a", Logs(verbose=1, file="x.log")),
        ("say -- -v --log", "say -- -v --log", Logs()),
    ],
)
def test_the_options_may_stand_anywhere_before_two_dashes(arguments: str, rest: str, logs: Logs) -> None:
    assert taken(arguments.split()) == (rest.split(), logs)


@every(("verbose", "said"), [(0, ["note"]), (1, ["note", "step"]), (2, ["note", "step", "timing"])])
def test_more_is_said_with_each_v_and_a_note_only_once(
    verbose: int, said: list[str], logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logger.handlers[:] = []
    begin(Logs(verbose=verbose))
    print_notes()
    logger.getChild("part").debug("timing")
    logger.getChild("part").info("step")
    logger.getChild("part").warning("note")
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.rpartition(" ")[2] for line in lines) == said
    assert "audioguide: note: note" in lines


def test_a_file_gets_all_of_it_in_a_line_each(logger: logging.Logger, tmp_path: Path) -> None:
    file = tmp_path / "a.log"
    file.write_text("before\n", encoding="utf-8")
    begin(Logs(file=str(file)))
    logger.getChild("part").debug("of\n\x1b[2J %s", "ten")
    before, line = file.read_text(encoding="utf-8").splitlines()
    assert before == "before"
    assert line.endswith(r"DEBUG audioguide.part: of\n\u001b[2J ten")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        begin(Logs(file=str(tmp_path / "nowhere" / "a.log")))
    assert ended.value.code == 5
    assert "--log: '" in capsys.readouterr().err


def test_a_render_logs_what_it_did_and_how_long_that_took(tmp_path: Path) -> None:
    command = "render pelvic-tilt --log a.log --bed none"
    subprocess.run(
        [sys.executable, "-m", "audioguide", *command.split()], cwd=tmp_path, check=True, capture_output=True
    )
    log = (tmp_path / "a.log").read_text(encoding="utf-8")
    assert "INFO audioguide.pipeline.render: rendering 'pelvic-tilt' as mp3" in log
    assert "INFO audioguide.pipeline.gather:" in log
    assert "DEBUG audioguide.pipeline.render: encoding: " in log


def test_help_loads_no_logging(tmp_path: Path) -> None:
    code = "import sys, typer\nimport audioguide.cli.logs\nprint('logging' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    plain = "import typer, sys; print('logging' in sys.modules)"
    bare = subprocess.run(
        [sys.executable, "-c", plain], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert ran.stdout == bare.stdout
