"""A batch that is interrupted, killed, or loses its workers or its scheduler: nothing lost, nothing twice."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from audioguide.batch import cluster
from audioguide.batch.crew import ExecutorCrew, local_crew
from audioguide.batch.manifest import NAME
from audioguide.batch.run import BatchRun
from audioguide.errors import OutputError
from tests.batch.conftest import Studio

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(os.name == "nt", reason="by signals"),
]  # fmt: skip
SLOW = partial(pytest.param, marks=pytest.mark.slow)
LONG = partial(pytest.param, marks=[pytest.mark.long, pytest.mark.timeout(1800)])


def clients(studio: Studio, count: int) -> Path:
    rows = [f"client {number},short.yaml,{1 + number % 9}s,{1 + number // 9 % 5}" for number in range(count)]
    return studio.rows("client,routine,hold,reps", *rows)


def noted(studio: Studio, out: str = "out") -> list[dict[str, Any]]:
    path = studio.folder / out / NAME
    data = path.read_bytes() if path.exists() else b""
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def check_all(studio: Studio, count: int, out: str = "out") -> None:
    """Each file is there once, with the bytes that the manifest names, and nothing else is."""
    lines = noted(studio, out)
    assert len({line["path"] for line in lines}) == len(lines) == count
    for line in lines:
        for each in (line, *line["beside"]):
            data = (studio.folder / out / each["path"]).read_bytes()
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (each["sha256"], each["size"])
    assert len(studio.files(".mp3", out)) == count
    assert studio.files(".part", out) == []


def started(studio: Studio, count: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "audioguide", "batch", str(clients(studio, count)), "-o", "out"]
    return subprocess.Popen(
        [*command, "--workers", "2", "--json"], cwd=studio.folder, env=dict(os.environ),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def wait_for(what: Callable[[], bool], seconds: float = 240) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.01)


def stamps(studio: Studio) -> dict[str, tuple[int, int]]:
    return {
        str(line["path"]): (
            (found := (studio.folder / "out" / line["path"]).stat()).st_ino,
            found.st_mtime_ns,
        )
        for line in noted(studio)
    }


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_nothing_finished_is_made_again_after_a_kill(studio: Studio, share: float) -> None:
    count = 40
    ran = started(studio, count)
    wait_for(lambda: len(noted(studio)) >= share * count or ran.poll() is not None)
    workers = children(ran.pid)
    ran.kill()
    ran.communicate()
    wait_for(lambda: not any(map(is_alive, workers)), 30)  # no worker goes on alone
    before = stamps(studio)
    assert len(before) >= share * count
    ended = started(studio, count)
    ended.communicate()
    assert ended.returncode == 0
    after = stamps(studio)
    assert {name: after[name] for name in before} == before
    check_all(studio, count)


@pytest.mark.slow
def test_ctrl_c_finishes_what_has_begun_and_the_next_run_goes_on(studio: Studio) -> None:
    count = 40
    ran = started(studio, count)
    wait_for(lambda: len(noted(studio)) >= 8 or ran.poll() is not None)
    os.killpg(ran.pid, signal.SIGINT)  # as a terminal does
    _, said = ran.communicate(timeout=120)
    assert ran.returncode == 130, said.decode()
    assert b"Traceback" not in said
    before = stamps(studio)
    assert 8 <= len(before) < count
    assert {line["path"] for line in noted(studio)} == set(studio.files())  # none is unfinished
    ended = started(studio, count)
    ended.communicate()
    assert {name: stamps(studio)[name] for name in before} == before
    check_all(studio, count)


def run_with_killer(studio: Studio, count: int, due: Callable[[int, float], bool]) -> list[int]:
    """Make so many rows with two workers, and kill one whenever `due`, by rows and seconds since the last.

    Rows that were given up by name are made by another run. Return the process ids that were killed.
    """
    crew = local_crew(2)
    done = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        chosen, seen, since = random.Random(1), 0, time.monotonic()
        while not done.wait(0.05):
            if not due(len(noted(studio)) - seen, time.monotonic() - since):
                continue
            seen, since = len(noted(studio)), time.monotonic()
            pool = crew._executor if isinstance(crew, ExecutorCrew) else None
            alive = list((getattr(pool, "_processes", None) or {}).keys())
            if alive:
                killed.append(chosen.choice(alive))
                os.kill(killed[-1], signal.SIGKILL)

    def show(stage: str, done_: int, total: int, failed: int) -> None:
        time.sleep(0.05)  # so that there is time to kill

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        summary = BatchRun(studio.batch(clients(studio, count)), crew, show=show).run()
    finally:
        done.set()
        killer.join()
        crew.close(now=True)
    if summary.failed:  # lost too often in a row, and said so: the next run makes them
        assert all("the worker that made it ended" in reason for _, reason in summary.failed)
        studio.run(studio.batch(studio.folder / "clients.csv"))
    return killed


@pytest.mark.slow
def test_workers_that_are_killed_again_and_again_lose_nothing(studio: Studio) -> None:
    # By rows, not by the clock: a worker takes time to start.
    assert run_with_killer(studio, 60, lambda rows, _: rows >= 8)
    check_all(studio, 60)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_worker_that_is_killed_every_five_seconds_during_500_rows(studio: Studio) -> None:
    # Where other programs keep a new worker from its first row for so long, nothing would ever be made.
    killed = run_with_killer(studio, 500, lambda rows, seconds: seconds >= 5 and rows > 0)
    assert len(killed) >= 2
    check_all(studio, 500)


@pytest.fixture
def scheduler() -> Iterator[Any]:
    """Start a scheduler in a process of its own, with two workers; yield (address, process, workers)."""
    python = [sys.executable, "-m"]
    first = subprocess.Popen(
        [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    address = ""
    assert first.stderr is not None
    for line in first.stderr:
        if "tcp://" in line:
            address = line[line.index("tcp://") :].split()[0]
            break
    drain = threading.Thread(target=first.stderr.read, daemon=True)
    drain.start()
    worker = [*python, "distributed.cli.dask_worker", address, "--nworkers", "2", "--nthreads", "1"]
    second = subprocess.Popen([*worker, "--no-dashboard"], stderr=subprocess.DEVNULL)
    yield address, first
    for each in (second, first):
        each.terminate()
        try:
            each.wait(20)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait(20)
    drain.join(5)
    first.stderr.close()


@pytest.mark.parametrize("count", [SLOW(40), LONG(500)])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scheduler_that_is_lost_halfway_ends_clearly_and_the_rest_is_made(
    studio: Studio, scheduler: Any, count: int
) -> None:
    address, process = scheduler
    batch = studio.batch(clients(studio, count))
    crew, shared = cluster.connected(address, batch)

    def show(stage: str, done: int, total: int, failed: int) -> None:
        if stage == "rows" and done >= count // 2 and process.poll() is None:
            process.kill()

    began = time.monotonic()
    with pytest.raises(OutputError, match=r"scheduler at tcp://.* is gone; .* continues from here"):
        BatchRun(shared, crew, show=show).run()
    crew.close(now=True)
    assert time.monotonic() - began < 120
    before = stamps(studio)
    assert len(before) >= count // 2
    studio.run(studio.batch(studio.folder / "clients.csv"))
    assert {name: stamps(studio)[name] for name in before} == before
    check_all(studio, count)


@pytest.mark.parametrize(("count", "picked"), [SLOW(20, 4), LONG(200, 20)])
def test_any_files_of_a_batch_are_proved_and_those_of_the_same_overlay_alone(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, count: int, picked: int
) -> None:
    monkeypatch.delenv("AUDIOGUIDE_ENGINE")  # with a real voice: the tone has no levels of speech
    rows = [f"client {number},knee-to-chest,{15 + number % 11}s,note {number}" for number in range(count)]
    studio.run(studio.batch(studio.rows("client,routine,hold,note", *rows)))
    python = [sys.executable, "-m", "audioguide"]
    for line in random.Random(7).sample(noted(studio), picked):
        path = studio.folder / "out" / str(line["path"])
        strict = [*python, "verify", str(path), "--strict"]
        proof = subprocess.run(strict, check=False, capture_output=True, text=True)
        assert proof.returncode == 0, proof.stdout + proof.stderr
        overlay = studio.folder / f"{line['client']}.yaml"
        number = str(line["client"]).split()[1]
        overlay.write_text(f"settings: {{hold: {line['settings']['hold']}}}\nnote: note {number}\n")
        alone = ["render", "knee-to-chest", "--with", str(overlay), "-o", "alone", "--with-files=sheet"]
        subprocess.run([*python, *alone], cwd=studio.folder, check=True, capture_output=True)
        for made in path.parent.iterdir():
            assert (studio.folder / "alone" / made.name).read_bytes() == made.read_bytes(), made.name
