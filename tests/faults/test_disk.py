"""Disks that are full, and folders that cannot be written: reported once, and nothing half is left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run
from tests.conftest import Write

__all__ = ["run"]

Mount = Callable[..., Path]
HEAD = "title: T\nsafety: {notice: none, closing: none}\nsettings:\n  hold: {default: 1s, min: 1s, max: 9s}\n"
STEPS = "steps:\n  - say: Lie down.\n  - hold: $hold\n  - say: Well done.\n"


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount a file system of a size in memory, and change its options."""
    mounted: list[Path] = []

    def mount(name: str, options: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("only root may mount a file system")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_cache_that_cannot_be_written_is_reported_once(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    routine = write(HEAD + STEPS, "t.yaml")
    assert run("plan", str(routine), "--sessions", "3", "-o", "right").code == 0
    (tmp_path / "file").touch()
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "file"))
    ran = run("plan", str(routine), "--sessions", "3", "-o", "made")
    assert ran.code == 0
    [note] = [line for line in ran.err.splitlines() if "cannot be written" in line]
    assert note.startswith(f"audioguide: note: the cache in {tmp_path / 'file'} cannot be written (Not a dir")
    assert files(tmp_path / "made") == files(tmp_path / "right")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("options", "reason"), [("ro", "Read-only file system"), ("size=8k", "No space left on device")]
)
def test_a_render_goes_on_without_its_cache(  # noqa: PLR0917
    run: Run, write: Write, mount: Mount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    options: str, reason: str,
) -> None:  # fmt: skip
    routine, cache = write(HEAD + STEPS, "t.yaml"), mount("cache", options)
    assert run("render", str(routine), "-o", "right").code == 0
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(cache))
    ran = run("render", str(routine), "-o", "made")
    assert ran.code == 0
    assert ran.err.count(f"the cache in {cache} cannot be written ({reason})") == 1
    assert files(tmp_path / "made") == files(tmp_path / "right")
    assert [path for path in cache.rglob("*") if path.suffix == ".part"] == []


@pytest.mark.parametrize("size", ["16k", "64k"])
def test_a_full_disk_leaves_the_old_files(run: Run, write: Write, mount: Mount, size: str) -> None:
    routine, out = write(HEAD + STEPS, "t.yaml"), mount("out", f"size={size}")
    (out / "t.mp3").write_bytes(b"old")
    ran = run("render", str(routine), "-o", str(out))
    assert ran.code == 5
    assert f"cannot write into {out}: No space left on device" in ran.err
    assert files(out) == {"t.mp3": b"old"}
