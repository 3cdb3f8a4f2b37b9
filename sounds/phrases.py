"""Every phrase that the routines that ship can say: what the voice pack has to hold.

Each routine is compiled at every level of guidance, in several sessions, and with every value of each setting
that its texts name; nothing is spoken. What leads from one position to any other belongs to it: in a session
that `compose` makes, an exercise follows others than those it follows here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import get_args

from audioguide.compiler import walking
from audioguide.compiler.compile import compile
from audioguide.compose.preparing import SAID_OF_CONDITIONS
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.reading.read import reading_for
from audioguide.reading.speakable import clean
from audioguide.routine.language.document import Setting
from audioguide.routine.language.positions import sentences
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.routine.parts import parts_of
from audioguide.script.choices import Guidance
from audioguide.script.script import Script, Spoken
from audioguide.units import TICKS_PER_SECOND

VOICE = "en-us"
SESSIONS = 6  # texts take turns by session: no list of texts is longer
MINUTE = 60
BETWEEN = "between positions"
MOST_SECONDS = 120  # a setting with a wider range is tried at half minutes, which is all that texts name


def phrases() -> dict[str, str]:
    """Return each phrase as a voice is asked for it, with the name of a routine that says it, or BETWEEN."""
    found: dict[str, str] = {}
    known: dict[Path, frozenset[str]] = {}
    for name, path in SHIPPED_LIBRARY.routines().items():
        for text in sorted(_said_with_any_setting(load(path), known)):
            found.setdefault(text, name)
    reads = reading_for(VOICE, "pack")
    for text in (*sentences(), *walking.sentences(), *SAID_OF_CONDITIONS):
        found.setdefault(clean(reads(text)), BETWEEN)
    return dict(sorted(found.items()))


def phrases_of(routine: Routine) -> list[str]:
    """Return each phrase that one routine can say, as a voice is asked for it."""
    return sorted(_said_with_any_setting(routine, {}))


def spoken(script: Script) -> list[str]:
    """Return what a voice is asked to say for `script`."""
    reads = reading_for(VOICE, "pack", script.say_as)
    return [clean(reads(ref.text)) for ref in script.clips if isinstance(ref, Spoken)]


def _said_with_any_setting(routine: Routine, known: dict[Path, frozenset[str]]) -> frozenset[str]:
    """Return what `routine` can say; `known` has, and gets, what those that it includes can say."""
    if routine.path not in known:
        within = [_said_with_any_setting(each, known) for each in routine.includes.values()]
        known[routine.path] = frozenset(_said(routine, frozenset().union(*within)))
    return known[routine.path]


def _said(routine: Routine, elsewhere: frozenset[str]) -> set[str]:
    base, said = Options(player_check=True), set(elsewhere)
    for guidance in get_args(Guidance):
        for session in range(1, SESSIONS + 1):
            heard = spoken(compile(routine, replace(base, guidance=guidance, session=session)))
            if session > 1 and said.issuperset(heard):
                break  # the lists of texts have gone round
            said.update(heard)
    for name, setting in routine.document.settings.items():
        said |= _with_each_value(routine, name, _values(setting), elsewhere)
    for dose in routine.document.doses:
        said.update(spoken(compile(routine, replace(base, dose=dose))))
    for part in parts_of(routine):
        with suppress(RoutineError):  # a part that others need
            said.update(spoken(compile(routine, replace(base, skip=(part.whole,)))))
    return said


def _with_each_value(routine: Routine, name: str, values: list[str], elsewhere: frozenset[str]) -> set[str]:
    """Return what is said with `values` of one setting, at every level of guidance.

    Only the two ends are compiled where these differ in nothing, or in nothing but what another level, or an
    included routine at its own values, says at these ends: then it says what is between them, too.
    """
    known, said = set(elsewhere), set[str]()
    for guidance in get_args(Guidance):

        def at(value: str, guidance: Guidance = guidance) -> set[str]:
            asked = Options(player_check=True, guidance=guidance, settings={name: value})
            return set(spoken(compile(routine, asked)))

        low, high = at(values[0]), at(values[-1])
        said |= low | high
        if not low ^ high <= known:
            for value in values[1:-1]:
                said |= at(value)
        known |= low ^ high
    return said


def _values(setting: Setting) -> list[str]:
    low, high = (bound or setting.default for bound in (setting.min, setting.max))
    if setting.default.kind != "time":
        return [str(number) for number in range(low.value, high.value + 1)]
    first, last = -(-low.value // TICKS_PER_SECOND), high.value // TICKS_PER_SECOND
    if first > last:  # no whole second lies between the bounds
        return [str(setting.default)]
    if last - first <= MOST_SECONDS:
        return [f"{second}s" for second in range(first, last + 1)]
    halves = {f"{second}s" for second in range(-(-first // 30) * 30, last + 1, 30)}
    # One second less or more is "about" so long.
    near = (int(half[:-1]) + by for half in halves for by in (-1, 1))
    around = {f"{second}s" for second in near if first <= second <= last}
    return sorted({f"{first}s", f"{last}s", *halves, *around}, key=lambda value: int(value[:-1]))
