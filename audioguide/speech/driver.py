"""Drives a child process that speaks: starts it when needed, replaces it once when it fails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import audioguide
from audioguide.errors import EngineError
from audioguide.speech.child import Child, ChildLost
from audioguide.speech.engine import VoiceError
from audioguide.speech.process.jobs import FOLDER_PREFIX

START_SECONDS = 30.0

Result = TypeVar("Result")


def program(module: str) -> tuple[str, ...]:
    """Return the command that runs `main` of `module`, a part of audioguide, in a process of its own."""
    # -P keeps the current folder off the path: a file json.py in it must not be imported. At the end of the
    # path stands where this audioguide was found.
    root = str(Path(audioguide.__file__).resolve().parent.parent)
    code = f"import sys; sys.path.append({root!r}); from {module} import main; main()"
    return sys.executable, "-P", "-c", code


class Driver:
    """One child process of `command`; the first question starts it."""

    def __init__(self, command: Sequence[str], start_seconds: float = START_SECONDS) -> None:
        """Drive `command`, which may take `start_seconds` until it is ready."""
        self._command = tuple(command)
        self._start_seconds = start_seconds
        self._child: Child | None = None
        self._spent = False
        self._closed = 0

    @property
    def alive(self) -> bool:
        """Return whether there is a child."""
        return self._child is not None

    def twice(self, failure: str, attempt: Callable[[], Result]) -> Result:
        """Return what `attempt` returns; where it loses the child, try once more with a fresh one.

        Raises EngineError that begins with `failure` where that fails, too.
        """
        closed = self._closed
        try:
            return attempt()
        except (ChildLost, ValueError) as error:
            self.end()
            if self._closed != closed:  # another thread wants an end, not one more child
                raise EngineError(f"{failure}: {error}") from error
        try:
            return attempt()
        except (ChildLost, ValueError) as error:
            self.end()
            raise EngineError(f"{failure}: {error}") from error

    def ask(self, job: dict[str, Any], limit: float) -> dict[str, Any]:
        """Return the child's answer to `job`, which may take `limit` seconds.

        Raises ChildLost, or EngineError for what a fresh child would answer, too.
        """
        child = self.running()
        answer = child.ask(job, limit)
        # What was said before would be heard in the next phrase, where each does not have a copy of its own.
        self._spent = bool(child.greeting.get("once")) and job["op"] != "voices"
        return _without_error(answer)

    def running(self) -> Child:
        """Return the child, started where there is none. Raises ChildLost or EngineError."""
        if self._spent:
            self.end()
        if self._child is None:
            # Known before it has answered, so that it can be closed while it starts.
            child = self._child = Child(self._command, FOLDER_PREFIX)
            try:
                _without_error(child.greet(self._start_seconds))
            except EngineError:
                self.end()
                raise
            return child
        return self._child

    def close(self) -> None:
        """End the child, if there is one; from another thread, what it is asked for fails."""
        self._closed += 1
        self.end()

    def end(self) -> None:
        """End the child, if there is one; the next question starts another."""
        child, self._child, self._spent = self._child, None, False
        if child is not None:
            child.end()


def _without_error(answer: dict[str, Any]) -> dict[str, Any]:
    if "error" not in answer:
        return answer
    # An unknown voice or a missing library is the same in a fresh child.
    hint = answer.get("hint", "")
    if answer.get("kind") == "voice":
        raise VoiceError("voice", answer["error"], hint=hint)
    if answer.get("kind") == "start":
        raise VoiceError("engine", answer["error"], hint=hint)
    raise ChildLost(answer["error"], hint=hint)
