"""Runs audioguide in children of its own and kills them: one JSON job a line in, one exit code a line out.

A job has `arguments` and the folder of a `cache`, and either a `point` ("before replace") with its
`number`, or a `delay` in seconds, or neither. Children are forked with everything imported, so that a
run takes no longer than its work.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import typer

from audioguide.cli import app as cli
from audioguide.cli.commands.export import export
from audioguide.cli.commands.plan import plan
from audioguide.cli.commands.render import render_all
from audioguide.cli.program import program
from audioguide.drawing.png import png
from audioguide.pipeline.render import render
from audioguide.speech.tone import ToneEngine

IMPORTED = (render_all, render, ToneEngine, plan, export, png)
COMMANDS = typer.main.get_command(program())  # built once, not in each child
vars(cli)["program"] = lambda _arguments: COMMANDS


def dying(call: Callable[..., Any], when: str, number: int) -> Callable[..., Any]:
    """Return `call` with death `when` ("before", "after") it is called for that time."""
    calls = 0

    def called(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*arguments, **named)
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return called


def run(arguments: list[str], cache: str, point: str | None = None, number: int = 1) -> None:
    """Run one command line in this process, and end it."""
    os.environ["AUDIOGUIDE_CACHE_DIR"] = cache
    if point:
        moment, name = point.split()
        setattr(os, name, dying(getattr(os, name), moment, number))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.argv[1:] = arguments
    code = 1
    try:
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def serve() -> None:
    """Answer jobs until there are no more."""
    for line in sys.stdin:
        job = json.loads(line)
        delay = job.pop("delay", None)
        child = os.fork()
        if not child:
            run(**job)
        if delay is not None:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
