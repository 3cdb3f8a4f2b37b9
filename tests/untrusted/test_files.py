"""Only regular files are opened: a pipe, a device, a socket or a folder is named and never blocks."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.untrusted.files import NotRegular, open_regular

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names"), pytest.mark.timeout(20),
]  # fmt: skip


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


OTHERS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a socket": _socket,
    "a folder": Path.mkdir,
}


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one\r\ntwo")
    with open_regular(tmp_path / "a") as file:
        assert file.read() == b"one\r\ntwo"


@pytest.mark.parametrize("kind", OTHERS)
def test_anything_else_is_named(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has 107 characters at most
    OTHERS[kind](Path("x.yaml"))
    with pytest.raises(NotRegular) as caught:
        open_regular(Path("x.yaml"))
    assert caught.value.kind == kind


def test_a_file_that_becomes_a_pipe_while_it_is_opened_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("")
    before = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr("audioguide.untrusted.files.os.stat", lambda _: before)
    with pytest.raises(NotRegular):
        open_regular(path)
    assert stat.S_ISFIFO(os.lstat(path).st_mode)
