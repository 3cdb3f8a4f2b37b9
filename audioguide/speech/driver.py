"""Drives a child process that speaks: starts it when needed, replaces it once when it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from audioguide.errors import EngineError
from audioguide.speech import worker
from audioguide.speech.child import Child, ChildLost
from audioguide.speech.engine import VoiceError

START_SECONDS = 30.0

Result = TypeVar("Result")


class Driver:
    """One child process of `command`; the first question starts it."""

    def __init__(self, command: Sequence[str], start_seconds: float = START_SECONDS) -> None:
        """Drive `command`, which may take `start_seconds` until it is ready."""
        self._command = tuple(command)
        self._start_seconds = start_seconds
        self._child: Child | None = None
        self._closed = 0

    @property
    def alive(self) -> bool:
        """Tell whether there is a child."""
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
        return _without_error(self.running().ask(job, limit))

    def running(self) -> Child:
        """Return the child, started where there is none. Raises ChildLost or EngineError."""
        if self._child is None:
            # Known before it has answered, so that it can be closed while it starts.
            child = self._child = Child(self._command, worker.FOLDER_PREFIX)
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
        child, self._child = self._child, None
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
