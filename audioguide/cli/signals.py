"""Asked to end, by Ctrl-C or by the system: heard at every moment, from before the libraries are loaded."""

from __future__ import annotations

import _thread
import signal
import sys
from collections.abc import Callable

INTERRUPTED = 130
TERMINATED = 143
INTERRUPTED_TEXT = "interrupted"
_heard: set[int] = set()


class Interrupted(KeyboardInterrupt):
    """Ctrl-C. Not `KeyboardInterrupt` itself: where that passes through an `exec`, Python exits by signal."""


class Terminated(KeyboardInterrupt):
    """The system asks the process to end; it tidies up as after Ctrl-C."""


def end_tidily() -> None:
    """Let a request to end (SIGTERM) be met like Ctrl-C, once; while it is tidied up, it is not heard."""
    _heard.clear()

    def ended(number: int, _frame: object) -> None:
        if number == signal.SIGINT:
            raise Interrupted
        signal.signal(number, signal.SIG_IGN)
        _heard.add(number)
        raise Terminated

    signal.signal(signal.SIGTERM, ended)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # a shell's background jobs do not hear Ctrl-C
        signal.signal(signal.SIGINT, ended)
    _hear_again(ended)


def exit_code() -> int:
    """Return the exit code of a command that was asked to end.

    What comes out of typer no longer tells Ctrl-C from the system's request.
    """
    return TERMINATED if signal.SIGTERM in _heard else INTERRUPTED


def _hear_again(ended: Callable[[int, object], None]) -> None:
    """Ask once more for an end that got lost: in a finalizer or in a callback of C, nobody hears it."""
    usual = sys.unraisablehook
    if getattr(usual, "hears_again", False):
        return

    def lost(what: sys.UnraisableHookArgs) -> None:
        if not issubclass(what.exc_type, KeyboardInterrupt):
            usual(what)
            return
        number = signal.SIGTERM if issubclass(what.exc_type, Terminated) else signal.SIGINT
        delay = 0.02
        while not _asked_again(number, ended, delay):
            delay *= 2  # it came before this was over, where nobody hears it either

    lost.hears_again = True  # type: ignore[attr-defined]
    sys.unraisablehook = lost


def _asked_again(number: int, ended: Callable[[int, object], None], delay: float) -> bool:
    try:
        import threading

        again = threading.Timer(delay, _thread.interrupt_main, [number])
        again.daemon = True
        if number == signal.SIGTERM:
            signal.signal(number, ended)
        again.start()
    except KeyboardInterrupt:
        return False
    return True
