"""How long the body is in position in all that ships: at any setting, of any length, with any voice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audioguide.compiler.compile import compile
from audioguide.fitting.fit import fit
from audioguide.fitting.search import UnreachableLength
from audioguide.lint.load import bounds_at
from audioguide.lint.subject import subject_of
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.language.model import Counted
from audioguide.routine.load import Routine
from audioguide.script.layout import Lengths, Timeline, lay_out
from audioguide.script.load import loads
from audioguide.script.script import Script
from tests.shipped import NAMES, compiled, lengths_by, shipped, text_of
from tests.slow import first
from tests.tables import every

# By their text: loading all takes seconds, and every run of tests reads this line.
FITTED = [name for name in NAMES if "\nlength:" in text_of(name)]
ENGINES = ("pack", "kokoro", "pyttsx3")
# Here nothing is strained: these holds have no bounds, since the sources give none.
RESTFUL = {
    "corpse-pose": {"time"}, "relax-the-back": {"stay", "time"}, "mindfulness-meditation": {"time"},
    "bedtime": {"drift"}, "desk-break": {"walk"},
}  # fmt: skip


def rests(routine: Routine) -> bool:
    """Return whether nobody holds a position with effort in a routine that is not among the first ones."""
    reported = any(source.says for source in routine.document.sources)
    return reported and routine.document.phase in ("arrive", "rest")


def outside(routine: Routine, timeline: Timeline) -> list[str]:
    """Return each hold whose time in position is outside the bounds of its source."""
    places = subject_of(routine, timeline.script).places
    found = []
    for each in loads(timeline):
        bounds = bounds_at(places[each.hold.cue.step])
        low, high = (bounds.min, bounds.max) if bounds else (None, None)
        if (low is not None and each.length < low) or (high is not None and each.length > high):
            found.append(f"{each.hold.cue.step}: {each.length / 250} s")
    return found


def bounds(routine: Routine) -> Iterator[dict[str, str]]:
    """Yield the lowest and the highest value of every setting."""
    for end in ("min", "max"):
        yield {name: str(getattr(each, end)) for name, each in routine.document.settings.items()}


def turned(routine: Routine) -> Iterator[Script]:
    """Yield the script at the defaults, and with all settings at their lowest and their highest."""
    yield compiled(routine.name)
    for values in bounds(routine):
        yield compiled(routine.name, Options(settings=values))


def turned_alone(routine: Routine) -> Iterator[Script]:
    """Yield the script with each setting alone at its lowest and its highest, and with each dose."""
    for values in bounds(routine):
        for name, value in values.items():
            yield compiled(routine.name, Options(settings={name: value}))
    for dose in routine.document.doses:
        yield compiled(routine.name, Options(dose=dose))


def reachable(routine: Routine, lengths: Lengths) -> list[int]:
    """Return the shortest, a middle and the longest length that `routine` can be fitted to, in ticks."""
    with pytest.raises(UnreachableLength) as short:
        fit(routine, NOTHING, 1, lengths=lengths)
    shortest, longest = short.value.shortest, short.value.longest
    written = lay_out(made := compile(routine), lengths(made)).length
    whole = [-(-shortest // 250) * 250, (shortest + written) // 2, longest // 250 * 250]
    return [total for total in whole if shortest <= total <= longest]


@every("name", first(50, NAMES))
def test_what_has_a_length_of_its_own_is_known_by_its_text(name: str) -> None:
    assert bool(shipped(name).document.length) == (name in FITTED)


@every("name", first(50, NAMES))
def test_every_hold_has_the_bounds_of_a_source_or_is_rest(name: str) -> None:
    routine = shipped(name)
    places = subject_of(routine, made := compiled(routine.name)).places
    for cue in made.cues:
        if cue.kind == "hold" and bounds_at(place := places[cue.step]) is None:
            if isinstance(place.step, Counted):
                continue  # a movement, by the beat
            setting = getattr(getattr(place.step, "hold", None), "name", None)
            assert setting in RESTFUL.get(place.routine.name, ()) or rests(place.routine), cue.step


@every("name", first(50, NAMES))
def test_no_setting_takes_the_body_beyond_what_its_source_allows(name: str) -> None:
    lengths = lengths_by("pack")
    for script in turned(shipped(name)):
        assert outside(shipped(name), lay_out(script, lengths(script))) == [], script.settings


@pytest.mark.slow
@every("name", NAMES, at_once=20)
def test_nor_does_one_setting_alone(name: str) -> None:
    lengths = lengths_by("pack")
    for script in turned_alone(shipped(name)):
        assert outside(shipped(name), lay_out(script, lengths(script))) == [], script.settings


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES[1:])
@every("name", NAMES, at_once=20)
def test_nor_does_another_voice(name: str, engine: str) -> None:
    lengths = lengths_by(engine)
    for script in turned(shipped(name)):
        assert outside(shipped(name), lay_out(script, lengths(script))) == [], script.settings


@every(("name", "engine"), first(3, [(name, engine) for engine in ENGINES for name in NAMES]), at_once=20)
def test_nor_does_a_fit(name: str, engine: str) -> None:
    routine, lengths = shipped(name), lengths_by(engine)
    totals = reachable(routine, lengths)
    assert len(totals) == 3
    own = routine.document.length
    for each in (own.min, own.default, own.max) if own else ():
        if each and totals[0] <= each.value <= totals[-1]:
            totals.append(each.value)
    for total in totals:
        fitted = fit(routine, NOTHING, total, lengths=lengths)
        assert outside(routine, fitted) == [], fitted.script.settings


@every("name", FITTED, at_once=5)
def test_a_session_can_be_as_short_and_as_long_as_it_says_and_shortens_nothing_that_a_source_gives(
    name: str,
) -> None:
    length = shipped(name).document.length
    assert length, "a line begins with `length:`, and no length has it"
    assert length.min
    assert length.max
    for end in (length.min, length.max):
        settings = fit(shipped(name), NOTHING, end.value, lengths=lengths_by("pack")).script.settings
        assert settings.get("raise", "30s") == "30s"
        assert int(settings.get("raises", 3)) >= 3
        assert int(settings.get("spine", 6)) >= 6
        assert int(settings.get("arches", 5)) >= 5
        assert int(settings.get("lifts", 8)) >= 8


@every("engine", ENGINES)
@every(
    ("name", "words"),
    [("heating-pad", "slide the wrapped pad"), ("hot-water-bottle", "slide the wrapped bottle")],
)
def test_heat_counts_from_the_words_that_lay_it_on(name: str, words: str, engine: str) -> None:
    made = compiled(name)
    timeline = lay_out(made, lengths_by(engine)(made))
    laid_on = next(timed.end for timed in timeline.cues if words in (timed.cue.text or ""))
    (heat,) = loads(timeline)
    assert heat.start == laid_on
    assert heat.length < 600 * 250
