"""`audioguide draft --interactive` at a real terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

TEXT = "Hip stretch\n\nLie on your back. Pull one knee to your chest. Hold.\n\n"


def at_terminal(arguments: list[str], answers: bytes, folder: Path) -> tuple[int, str]:
    """Run the program with a terminal as its input and output; return its exit code and what was shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "audioguide", *arguments])
    os.write(terminal, answers)
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        shown += part
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


@pytest.mark.slow
def test_a_wrong_answer_is_asked_again_enter_keeps_and_an_answer_counts(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT)
    code, shown = at_terminal(
        ["draft", "note.txt", "-o", "made", "--interactive"], b"sideways\nnone\n40s\n", tmp_path
    )
    assert code == 0, shown
    assert "none or left_right" in shown
    text = (tmp_path / "made" / "hip-stretch.yaml").read_text()
    assert "default: 40s" in text
    assert "sides:" not in text


@pytest.mark.slow
def test_the_end_of_input_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT)
    code, shown = at_terminal(["draft", "note.txt", "-o", "made", "--interactive"], b"\x04", tmp_path)
    assert code != 0
    assert "Traceback" not in shown
    assert "nothing was written" in shown
    assert not (tmp_path / "made").exists()
