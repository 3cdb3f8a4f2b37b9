"""The child's side of a conversation: one JSON job a line on stdin, one JSON answer a line on stdout."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

FOLDER_PREFIX = "audioguide-voice-"
# On a Mac, what a library has begun does not always survive in a copy; Windows has no copies.
COPIES = hasattr(os, "fork") and sys.platform != "darwin"

Work = Callable[[], dict[str, Any]]
Apart = Callable[[Work], dict[str, Any]]


class JobError(Exception):
    """A start or a job that failed for a reason; `kind` is start, voice or speech."""

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.hint = hint  # what to type on the command line


class Answerer(Protocol):
    """What a child process offers: facts `about` itself, and an answer to each job."""

    about: dict[str, Any]

    def answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return what the parent reads. Raises JobError."""


def serve(start: Callable[[Path, Apart], Answerer]) -> None:
    """Start a service in the folder that the command line names, say that it is ready, then answer jobs.

    `start` also gets a function that does its work in a copy of this process.
    """
    answers = _take_stdout()
    folder = Path(sys.argv[1])
    try:
        service = start(folder, lambda work: _apart(answers, lambda: _answered(work)))
    except ImportError as error:
        found = f"the library {error.name or 'pyttsx3'} cannot be loaded ({error})"
        advice = f"{found}; `audioguide doctor` says what to install"
        _answer(answers, {"kind": "start", "error": " ".join(advice.split())})
    except Exception as error:  # noqa: BLE001 (the parent has to hear of it, whatever it is)
        _answer(answers, {"kind": "start", "error": str(error), "hint": getattr(error, "hint", "")})
    else:
        _answer(answers, {"ready": True, **service.about})
        for line in sys.stdin:
            job = json.loads(line)
            limit_cpu(job.pop("cpu_seconds", None))
            _answer(answers, _answered(lambda job=job: service.answer(job)))  # type: ignore[misc]
    if folder.name.startswith(FOLDER_PREFIX):  # the parent may have died: leave nothing behind
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # espeak-ng may fail an assertion in an orderly exit


def limit_cpu(seconds: float | None) -> None:
    """Let the system end this process once it has worked `seconds` longer; None sets no limit.

    Time in which others have the cores does not count. Windows has no such limit.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = most if seconds is None else math.ceil(used.ru_utime + used.ru_stime + seconds)
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, most))


def _answered(work: Work) -> dict[str, Any]:
    try:
        return work()
    except JobError as error:
        return {"kind": error.kind, "error": str(error), "hint": error.hint}
    except Exception as error:  # noqa: BLE001
        return {"kind": "speech", "error": f"{type(error).__name__}: {error}"}


def _apart(answers: TextIO, work: Work) -> dict[str, Any]:
    """Return what `work` returns in a copy of this process; where that copy dies, die in the same way."""
    if not COPIES:
        return work()
    source, sink = os.pipe()
    if not (copy := os.fork()):
        os.close(source)
        answers.close()  # where this process is killed, the parent must not wait for its copy
        code = 1
        try:
            with os.fdopen(sink, "w", encoding="ascii") as answer:
                json.dump(work(), answer)
            code = 0
        finally:  # whatever happens, a copy does not go on with the jobs
            os._exit(code)
    os.close(sink)
    with os.fdopen(source, encoding="ascii") as answer:
        text = answer.read()
    if code := os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]):
        if code < 0:
            with suppress(OSError):  # that of SIGKILL cannot be set
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)
    made: dict[str, Any] = json.loads(text)
    return made


def _take_stdout() -> TextIO:
    # pyttsx3 prints on stdout: keep the real one for answers alone.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
