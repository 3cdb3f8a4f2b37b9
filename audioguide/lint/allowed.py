"""Checks that a file switches off, and that find nothing there anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.lint.finding import Finding, Place
from audioguide.lint.subject import Subject, subject_of
from audioguide.listener.options import Options
from audioguide.routine.load import Routine

Find = Callable[[Subject], Iterable[Finding]]


def idle_allowances(subject: Subject, found: Iterable[Finding], find: Find) -> Iterator[Finding]:
    """Yield each entry of `allow` that no finding needs: as asked for, as written, or at any bound.

    `found` is what `find` finds in `subject`. The routine itself also allows what it includes. What an
    included file allows counts where that file is checked by itself: a session may ask for less of it.
    """
    own = subject.routine
    idle = {(str(own.path), rule): own for rule in own.document.allow}
    _drop(idle, subject, found)
    for options in _choices(subject.routine) if idle else ():
        try:
            other = subject_of(subject.routine, compile(subject.routine, options))
        except RoutineError:  # a bound of an included routine, or a mark outside of a shorter hold
            continue
        _drop(idle, other, find(other))
        if not idle:
            return
    for (_, rule), routine in idle.items():
        said = f"the check '{rule}' finds nothing here: remove the line"
        yield Place(routine=routine, keys=()).found("no-effect", said, "allow", rule)


def _drop(idle: dict[tuple[str, str], Routine], subject: Subject, found: Iterable[Finding]) -> None:
    for each in found:
        idle.pop((each.fault.file, each.rule), None)
        idle.pop((str(subject.routine.path), each.rule), None)


def _choices(routine: Routine) -> Iterator[Options]:
    """Yield what a listener may choose: nothing, and all settings at their least and at their most."""
    yield Options()
    settings = routine.document.settings
    for bound in ("min", "max"):
        values = {name: getattr(each, bound) or each.default for name, each in settings.items()}
        yield Options(settings={name: str(value) for name, value in values.items()})
