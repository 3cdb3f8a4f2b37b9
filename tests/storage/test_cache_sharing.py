"""A cache that many use at once, and one that is damaged: nothing wrong is ever served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from audioguide.storage import eviction
from audioguide.storage.cache import Cache, key_of
from tests.conftest import Write
from tests.faults.tally import tally
from tests.slow import first

RENDER = (sys.executable, "-m", "audioguide", "render", "--engine", "pyttsx3")
ENTRIES = 100
PHRASES = 6


def _swap(path: Path) -> None:
    other = next(each for each in sorted(path.parent.parent.glob("??/*")) if each != path)
    data = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(data)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _unreadable(path: Path) -> None:
    # A link to itself can be read by nobody, root included.
    path.unlink()
    path.symlink_to(path.name)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "halved": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "one byte short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one bit flipped": lambda path: path.write_bytes(
        bytes([path.read_bytes()[0] ^ 4]) + path.read_bytes()[1:]
    ),
    "swapped with another": _swap,
    "another header": lambda path: path.write_bytes(bytes(32) + path.read_bytes()[32:]),
    "a folder in its place": _folder,
    "unreadable": _unreadable,
}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_fixed(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    entries = {key_of(number): os.urandom(50 + number) for number in range(ENTRIES)}
    for key, data in entries.items():
        cache.put(key, data)
    keys = list(entries)
    # A swap damages two at a time.
    for key in keys[:: 2 if damage.startswith("swapped") else 1]:
        DAMAGES[damage](tmp_path / key[:2] / key)
    served = {key: found for key in keys if (found := cache.get(key)) is not None}
    assert [key for key, found in served.items() if found != entries[key]] == []
    if not damage.startswith("swapped"):
        assert served == {}
    for key, data in entries.items():
        cache.put(key, data)
    if damage != "a folder in its place":  # that is left alone: it may be somebody else's
        assert {key: cache.get(key) for key in keys} == entries
    tally("damaged entries", ENTRIES)


def _routine(write: Write, number: int) -> Path:
    steps = "".join(f"  - say: The phrase of number {each}.\n" for each in range(PHRASES))
    return write(
        f"title: Shared\nsafety: {{notice: none, closing: none}}\nsteps:\n{steps}", f"r{number}.yaml"
    )


def _renders(cache: Path, *jobs: tuple[Path, Path], meanwhile: Callable[[], object]) -> list[dict[str, Any]]:
    """Render each routine into its folder, all at once, and return what each process reports about it."""
    environment = os.environ | {"AUDIOGUIDE_CACHE_DIR": str(cache)}
    with ExitStack() as running:
        processes = [
            running.enter_context(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "audioguide",
                        "render",
                        str(routine),
                        "--engine",
                        "pyttsx3",
                        "--json",
                        "-o",
                        str(out),
                    ],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for routine, out in jobs
        ]
        while any(process.poll() is None for process in processes):
            meanwhile()
        reported = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(jobs), reported
    return [json.loads(out) for out, _ in reported]


@pytest.mark.slow
@pytest.mark.parametrize("processes", first(1, [3, 8]))
def test_processes_share_a_cold_cache_and_speak_each_phrase_once(
    processes: int, write: Write, tmp_path: Path
) -> None:
    cache, routine = tmp_path / "cache", _routine(write, 0)
    outs = [tmp_path / f"out{number}" for number in range(processes)]
    reported = _renders(cache, *((routine, out) for out in outs), meanwhile=lambda: time.sleep(0.05))
    assert len({(out / "r0.mp3").read_bytes() for out in outs}) == 1
    assert sum(each["phrases"]["spoken"] for each in reported) <= 1.1 * PHRASES
    [alone] = _renders(cache, (routine, tmp_path / "alone"), meanwhile=lambda: time.sleep(0.05))
    assert alone["phrases"] == {"spoken": 0, "reused": PHRASES}
    assert (tmp_path / "alone" / "r0.mp3").read_bytes() == (outs[0] / "r0.mp3").read_bytes()


@pytest.mark.slow
def test_pruning_while_others_render_harms_nobody(write: Write, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    jobs = [(_routine(write, number), tmp_path / "out") for number in range(2)]

    def prune() -> None:
        eviction.prune(cache, 0)
        time.sleep(0.005)

    reported = _renders(cache, *jobs, meanwhile=prune)
    assert len(reported) == 2
