"""Fitting a routine to a total length: settings inside their bounds, then soft times, to the tick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from audioguide.compiler.compile import asked_settings, chosen_settings, compile
from audioguide.errors import RoutineError
from audioguide.listener.length import wanted_length
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.language.values import Amount
from audioguide.routine.load import Routine
from audioguide.routine.settings import out_of_bounds
from audioguide.routine.skipping import left_out
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import ClipRef, Script
from audioguide.units import format_clock

if TYPE_CHECKING:
    from audioguide.fitting.bench import Settled
    from audioguide.script.layout import Lengths

ROUNDS = 4


def fit(
    routine: Routine, options: Options, total: int, *, lengths: Lengths, guess: Lengths | None = None
) -> Timeline:
    """Compile `routine` with these `options` so that it lasts `total` ticks, and lay it out.

    Clips are as long as `lengths` says; `script.fit` of the result lists what was changed. Where
    `lengths` costs something, `guess` may stand in for it while settings are tried; the result is always
    measured with `lengths`.

    Settings are changed within their bounds, but for those that are asked for, those of the dose
    and those of weight 0; soft times become longer where they must. Raises RoutineError as `compile`
    and `lay_out` do, and with the shortest and the longest possible length where `total` is neither.
    """
    # Most scripts are fitted to nothing: what searches is loaded for the first that is.
    from audioguide.fitting.bench import Bench
    from audioguide.fitting.search import LengthSearch
    from audioguide.fitting.uses import given_pauses, ranges_of

    try:
        fixed = asked_settings(routine, options)
        chosen = chosen_settings(routine, options)
    except RoutineError as error:
        raise RoutineError(f"{routine.name}: {error.message}", hint=error.hint) from error
    start = {name: amount.value for name, amount in chosen.values.items()}
    ranges = ranges_of(routine, start, fixed, left_out(routine, options.skip).steps)
    given = frozenset(given_pauses(routine))
    built: dict[tuple[bool, Settled], Script] = {}

    def build(routine: Routine, settings: Mapping[str, str] | None = None) -> Script:
        # The dose is among what is fixed.
        return compile(routine, replace(options, settings=settings or {}, dose=None))

    def search(lengths: Lengths) -> Timeline:
        bench = Bench(
            routine=routine, asked=fixed, start=start, build=build, lengths=lengths, given=given, built=built
        )  # fmt: skip
        return LengthSearch(bench=bench, ranges=ranges, total=total).run()

    return _measured(search, lengths, guess) if guess else search(lengths)


def _measured(search: Callable[[Lengths], Timeline], lengths: Lengths, guess: Lengths) -> Timeline:
    """Search with guesses for what was not measured yet, and measure what was found, until nothing is new.

    Where that does not settle, or the guesses say that it cannot be done, everything is measured.
    """
    known: dict[ClipRef, int] = {}

    def likely(script: Script) -> Mapping[ClipRef, int]:
        guessed = guess(script)
        measured = [ref for ref in guessed if ref in known]
        # What was not measured yet is as far from its guess as the rest is.
        off = sum(known[ref] for ref in measured) / (sum(guessed[ref] for ref in measured) or 1) or 1.0
        return {ref: known.get(ref, round(length * off)) for ref, length in guessed.items()}

    for _ in range(ROUNDS):
        try:
            fitted = search(likely)
        except RoutineError:
            break
        if all(ref in known for ref in fitted.script.clips):
            return fitted
        known.update(lengths(fitted.script))
    return search(lengths)


def compile_to_length(
    routine: Routine, options: Options = NOTHING, *, lengths: Lengths, guess: Lengths | None = None
) -> Script:
    """Compile `routine` with these `options`; fit it to their length, or to its own, as `wanted_length` says.

    Where what is asked for makes its own length impossible, the routine is compiled as it is written,
    and a note says so. Raises UsageError for a length that is none, RoutineError as `fit` does.
    """
    total, assumed = wanted_length(routine, options)
    if total is None:
        return compile(routine, options)
    try:
        script = fit(routine, options, total, lengths=lengths, guess=guess).script
    except RoutineError as error:
        if options.fit is not None or error.faults:
            raise
        written = compile(routine, options)
        lasts = format_clock(lay_out(written, lengths(written)).length)
        note = f"{error.message}; so it is not fitted to the length in the routine, and lasts {lasts}"
        return replace(written, notes=(*written.notes, note))
    own = routine.document.length
    beyond = ("length",) if own and out_of_bounds(own, Amount("time", total)) else ()
    notes = (*script.notes, f"the length to fit to: {assumed}") if assumed else script.notes
    return replace(script, beyond_bounds=(*script.beyond_bounds, *beyond), notes=notes)
