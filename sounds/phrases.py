"""Every phrase that the routines that ship can say: what the voice pack has to hold.

Each routine is compiled at every level of guidance, in several sessions, and with every value of each setting
that its texts name; nothing is spoken. What leads from one position to any other belongs to it: in a session
that `compose` makes, an exercise follows others than those it follows here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
    for name, path in SHIPPED_LIBRARY.routines().items():
        for text in phrases_of(load(path)):
            found.setdefault(text, name)
    reads = reading_for(VOICE, "pack")
    for text in (*sentences(), *walking.sentences(), *SAID_OF_CONDITIONS):
        found.setdefault(clean(reads(text)), BETWEEN)
    return dict(sorted(found.items()))


def phrases_of(routine: Routine) -> list[str]:
    """Return each phrase that one routine can say, as a voice is asked for it."""
    said = (text for options in _variants(routine) for text in spoken(compile(routine, options)))
    return list(dict.fromkeys(said))


def spoken(script: Script) -> list[str]:
    """Return what a voice is asked to say for `script`."""
    reads = reading_for(VOICE, "pack", script.say_as)
    return [clean(reads(ref.text)) for ref in script.clips if isinstance(ref, Spoken)]


def _variants(routine: Routine) -> Iterator[Options]:
    base = Options(player_check=True)
    for guidance in get_args(Guidance):
        asked = replace(base, guidance=guidance)
        for session in range(1, SESSIONS + 1):
            yield replace(asked, session=session)
        for name, setting in routine.document.settings.items():
            if _matters(routine, name, setting, asked):
                for value in _values(setting):
                    yield replace(asked, settings={name: value})
    for dose in routine.document.doses:
        yield replace(base, dose=dose)
    for part in _parts(routine):
        yield replace(base, skip=(part,))


def _matters(routine: Routine, name: str, setting: Setting, asked: Options) -> bool:
    """Return whether a text changes with the setting."""
    ends = [_values(setting)[0], _values(setting)[-1]]
    said = [set(spoken(compile(routine, replace(asked, settings={name: value})))) for value in ends]
    return said[0] != said[1]


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


def _parts(routine: Routine) -> Iterator[str]:
    for part in parts_of(routine):
        try:
            compile(routine, Options(skip=(part.whole,)))
        except RoutineError:  # a part that others need
            continue
        yield part.whole
