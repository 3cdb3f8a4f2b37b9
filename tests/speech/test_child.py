from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest

from audioguide.speech.child import Child, ChildLost

ECHO = """
import sys, json, os, time
print(json.dumps({"ready": sys.argv[1]}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    if job["op"] == "die":
        print("no more", file=sys.stderr)
        os._exit(3)
    if job["op"] == "sleep":
        time.sleep(600)
    print("nonsense" if job["op"] == "babble" else json.dumps(job), flush=True)
"""

posix_only = pytest.mark.skipif(os.name != "posix", reason="asks for processes by number")


@pytest.fixture(autouse=True)
def _own_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def _child(program: str = ECHO, limit: float = 20.0) -> Child:
    child = Child([sys.executable, "-c", program], "test-")
    child.greet(limit)
    return child


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@posix_only
def test_it_answers_in_order_and_leaves_nothing_behind(tmp_path: Path) -> None:
    child = _child()
    assert child.greeting == {"ready": str(child.folder)}
    for number in range(100):
        assert child.ask({"op": "echo", "text": f"ä {number}"}, 5)["text"] == f"ä {number}"
    (child.folder / "left.wav").touch()
    assert _runs(child.pid)
    child.end()
    child.end()
    assert not _runs(child.pid)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ChildLost, match="has stopped"):
        child.ask({"op": "echo"}, 5)


@posix_only
@pytest.mark.parametrize(
    ("job", "limit", "reason"),
    [
        ("die", 20.0, "ended with exit code 3: no more"),
        ("sleep", 0.2, "no answer within 0.2 s"),
        ("babble", 20.0, "invalid answer: 'nonsense"),
    ],
)
def test_a_failing_child_is_ended_and_its_end_is_reported(
    tmp_path: Path, job: str, limit: float, reason: str
) -> None:
    child = _child()
    with pytest.raises(ChildLost, match=reason):
        child.ask({"op": job}, limit)
    assert not _runs(child.pid)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("program", "limit", "reason"),
    [
        ("raise SystemExit('broken')", 20.0, "exit code 1: broken"),
        ("import time; time.sleep(600)", 0.2, "no answer within 0.2 s"),
        (
            "import os, time; os.close(1); time.sleep(600)",
            20.0,
            "closed its answers",
        ),
    ],
)
def test_a_child_that_never_gets_ready_leaves_nothing_behind(
    tmp_path: Path, program: str, limit: float, reason: str
) -> None:
    with pytest.raises(ChildLost, match=reason):
        _child(program, limit)
    assert not list(tmp_path.iterdir())


def test_a_command_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ChildLost, match="cannot start"):
        Child([str(tmp_path / "nothing")], "test-")
    assert not list(tmp_path.iterdir())


@posix_only
def test_a_forgotten_child_ends_by_itself(tmp_path: Path) -> None:
    child = _child()
    pid = child.pid
    del child
    gc.collect()
    assert not _runs(pid)
    assert not list(tmp_path.iterdir())


WORKS = """
import time
from audioguide.speech.process.jobs import serve

class Service:
    about = {}
    def __init__(self, *_):
        pass
    def answer(self, job):
        if job["op"] == "sleep":
            time.sleep(job["seconds"])
        ends = time.process_time() + (job["seconds"] if job["op"] == "work" else 0)
        while time.process_time() < ends:
            pass
        return {"done": True}

serve(Service)
"""


@pytest.mark.slow
@posix_only
def test_a_child_that_works_longer_than_it_may_is_ended() -> None:
    child = _child(WORKS)
    for _ in range(2):  # what it worked before does not count
        assert child.ask({"op": "work", "seconds": 0.6, "cpu_seconds": 1}, 60)["done"]
    with pytest.raises(ChildLost, match="took too long for one phrase"):
        child.ask({"op": "work", "seconds": 600, "cpu_seconds": 1}, 60)


@pytest.mark.slow
@posix_only
def test_a_child_that_has_to_wait_for_a_core_has_not_worked() -> None:
    child = _child(WORKS)
    assert child.ask({"op": "sleep", "seconds": 2.5, "cpu_seconds": 0.5}, 60)["done"]
    child.end()
