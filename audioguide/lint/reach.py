"""The length of a routine: whether its settings can reach it."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import RoutineError
from audioguide.lint.finding import Finding, Place
from audioguide.lint.subject import Subject
from audioguide.listener.options import Options
from audioguide.routine.language.document import Setting
from audioguide.routine.load import Routine
from audioguide.script.layout import Timeline
from audioguide.units import TICKS_PER_SECOND, format_length

_ROUNDING = TICKS_PER_SECOND  # less than this is in what soft times and the last silence give
_LONGEST_PAUSE = 45 * TICKS_PER_SECOND  # a fit makes soft times twice as long, and no longer than this


def reach(subject: Subject) -> Iterator[Finding]:
    """Check the length of the routine as it is written, whatever a listener asks for."""
    routine = subject.routine
    length = routine.document.length
    if length is None:
        return
    wanted = length.default.value
    found, now = "", subject.timeline.length
    # The shortest is no longer than the file at hand, and the longest no shorter: one of them is enough.
    least = _at(routine, "min") if now > wanted else None
    most = _at(routine, "max") if now < wanted else None
    if least and least.length - wanted >= _ROUNDING:
        found = f"{length.default} is the length, and the shortest possible is {_shown(least.length)}"
    elif most and wanted - (longest := most.length + _room(most)) >= _ROUNDING:
        found = f"{length.default} is the length, and the longest possible is {_shown(longest)}"
    if found:
        yield Place(routine=routine, keys=("length",)).found("out-of-reach", found, "default")


def _at(routine: Routine, bound: str) -> Timeline | None:
    """Lay the routine out with all settings at a bound; None where that cannot be."""
    settings = routine.document.settings
    values = {name: str(_bound(setting, bound)) for name, setting in settings.items() if setting.weight}
    try:
        return estimated(compile(routine, Options(settings=values)))
    except RoutineError:  # a mark that needs a longer hold, or a bound of an included routine
        return None


def _bound(setting: Setting, bound: str) -> object:
    return getattr(setting, bound) or setting.default


def _room(timeline: Timeline) -> int:
    pauses = [timed.length for timed in timeline.cues if timed.cue.is_soft]
    return sum(max(0, min(length, _LONGEST_PAUSE - length)) for length in pauses)


def _shown(ticks: int) -> str:
    return format_length(ticks // TICKS_PER_SECOND * TICKS_PER_SECOND)
