"""A final name never holds half a file."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import Mock

import pytest

from audioguide.errors import OutputError
from audioguide.storage.atomic import OLD_SECONDS, opened_atomically, opened_together, write_atomically


def test_a_file_appears_whole_with_the_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.mp3"
    write_atomically(path, b"whole")
    assert path.read_bytes() == b"whole"
    if os.name != "nt":
        plain = tmp_path / "plain"
        plain.touch()
        assert path.stat().st_mode == plain.stat().st_mode


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"old")

    def fail_half_way() -> None:
        with opened_atomically(path) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_no_folder_that_was_made_for_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), opened_atomically(tmp_path / "b" / "c" / "a.mp3"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=f"cannot write into {tmp_path}: No space left"),
        opened_atomically(tmp_path / "a.mp3"),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / "file" / "a.mp3", b"")
    (tmp_path / "taken.mp3").mkdir()
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / "taken.mp3", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken.mp3"]


def test_what_a_killed_process_left_goes_after_a_day(tmp_path: Path) -> None:
    old, young, other = (tmp_path / f".{name}.xyz.part" for name in ("a.mp3", "a.mp3.y", "b.mp3"))
    for part in (old, young, other):
        part.touch()
    long_ago = time.time() - 2 * OLD_SECONDS
    for part in (old, other):
        os.utime(part, (long_ago, long_ago))
    write_atomically(tmp_path / "a.mp3", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".a.mp3.y.xyz.part",
        ".b.mp3.xyz.part",
        "a.mp3",
    ]


def test_files_that_belong_together_are_of_one_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def slowly(one: str, other: str) -> None:
        replace(one, other)
        time.sleep(0.003)

    monkeypatch.setattr(os, "replace", slowly)
    paths = [tmp_path / name for name in ("a.mp3", "a.txt")]
    barrier = threading.Barrier(2)

    def write(text: bytes) -> None:
        for _ in range(20):
            barrier.wait()
            with opened_together(paths) as files:
                for file in files:
                    file.write(text)
            barrier.wait()
            assert paths[0].read_bytes() == paths[1].read_bytes()

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(write, text) for text in (b"one", b"other")]:
            job.result()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp3", "a.txt"]


def test_of_files_that_belong_together_none_appears_where_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("a.mp3", "a.txt")]
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(os, "fsync", Mock(side_effect=[None, full]))
    with pytest.raises(OutputError, match="No space left"), opened_together(paths) as files:
        files[0].write(b"whole")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("nowhere")
    with pytest.raises(OutputError, match="out is a link that leads nowhere, not a folder"):
        write_atomically(tmp_path / "out" / "a.mp3", b"")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "disk" / "real.mp3").write_bytes(b"old")
    (tmp_path / "out" / "step.mp3").symlink_to("../disk/real.mp3")
    (tmp_path / "out" / "a.mp3").symlink_to("step.mp3")
    (tmp_path / "out" / "new.txt").symlink_to("../disk/new.txt")
    with opened_together([tmp_path / "out" / name for name in ("a.mp3", "new.txt", "plain")]) as files:
        for file in files:
            file.write(b"new")
    assert (tmp_path / "disk" / "real.mp3").read_bytes() == b"new"
    assert (tmp_path / "disk" / "new.txt").read_bytes() == b"new"
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_symlink()) == [
        "a.mp3",
        "new.txt",
        "step.mp3",
    ]
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_device_a_pipe_and_a_circle_are_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null.mp3").symlink_to(os.devnull)
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    for name, words in (
        ("pipe", "a device or a pipe"),
        ("null.mp3", "a device or a pipe"),
        ("one", "loop"),
    ):
        with pytest.raises(OutputError, match=words):
            write_atomically(tmp_path / name, b"")
    assert not Path(os.devnull).is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["null.mp3", "one", "other", "pipe"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_itself_is_replaced_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"mine")
    (tmp_path / "sly").symlink_to("secret")
    (tmp_path / "folder").symlink_to(".")
    for name in ("sly", "folder"):
        write_atomically(tmp_path / name, b"new", follow_links=False)
        assert not (tmp_path / name).is_symlink()
        assert (tmp_path / name).read_bytes() == b"new"
    assert (tmp_path / "secret").read_bytes() == b"mine"
