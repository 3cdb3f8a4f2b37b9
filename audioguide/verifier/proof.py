"""An MP3 and its script in, the proof out: what holds, what does not, and how it sounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audioguide.script.script_file import SUFFIX
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, format_clock
from audioguide.verifier.chimes import ChimeSearch, Found
from audioguide.verifier.figures import Figure, figures
from audioguide.verifier.holds import Held, held
from audioguide.verifier.load import Loaded, loaded
from audioguide.verifier.measure.decode import blocks
from audioguide.verifier.measure.meter import Levels, Meter
from audioguide.verifier.measure.stretches import Windows
from audioguide.verifier.promise import Promise, read_promise
from audioguide.verifier.skipping import Skipping, skipping
from audioguide.verifier.whole import damage
from audioguide.verifier.words import HeardPhrase, spoken

if TYPE_CHECKING:
    from audioguide.verifier.understood import Understood

_ALL_SHIFTED = 3  # sounds that are off by the same: the whole file is, and that is one fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All that was measured of `mp3`; `faults` are promises that are broken, a line for each.

    `understood` is what a recogniser heard of the phrases, None where none was asked.
    """

    mp3: Path
    promise: Promise | None
    levels: Levels
    sounds: Sequence[Found] = ()
    holds: Sequence[Held] = ()
    loads: Sequence[Loaded] = ()
    phrases: Sequence[HeardPhrase] = ()
    figures: Sequence[Figure]
    skipping: Skipping
    faults: Sequence[str] = ()
    understood: Sequence[Understood] | None = None

    @property
    def outside(self) -> list[Figure]:
        """Return the figures that miss their targets."""
        return [figure for figure in self.figures if figure.inside is False]

    def with_words(self, found: Sequence[Understood]) -> Proof:
        """Return it with what a recogniser heard; a phrase that is silent is a fault already."""
        silent = {each.phrase.cue for each in self.phrases if each.is_missing}
        more = [fault for each in found if each.phrase.cue not in silent for fault in each.faults]
        return replace(self, understood=found, faults=[*self.faults, *more])

    def stands(self, *, strict: bool = False) -> bool:
        """Return whether all promises are kept; `strict` asks for all targets as well."""
        return self.promise is not None and not self.faults and not (strict and self.outside)


def script_beside(mp3: Path) -> Path | None:
    """Return the timed script that is next to `mp3`, if there is one."""
    path = mp3.with_name(mp3.stem + SUFFIX)
    return path if path.exists() else None


def prove(mp3: Path, script: Path | None = None) -> Proof:
    """Decode `mp3` and measure it against the timed `script`; without one, only how it sounds.

    Raises OutputError where the MP3 cannot be decoded, RoutineError where the script cannot be read.
    """
    promise = read_promise(script) if script else None
    chimes = ChimeSearch(promise) if promise else None
    meter, stretches = Meter(), Windows(chimes.wanted() if chimes else ())
    for block in blocks(mp3):
        meter.feed(block)
        for number, wave in stretches.feed(block):
            if chimes:
                chimes.hear(number, wave)
    levels = meter.levels()
    broken = list(filter(None, [damage(mp3)]))
    if promise is None or chimes is None:
        made = figures(levels, None, ())
        return Proof(
            mp3=mp3, promise=None, levels=levels, figures=made, skipping=skipping(levels, None), faults=broken
        )  # fmt: skip
    for number, wave in stretches.finish():
        chimes.hear(number, wave)
    chimes.look_further(mp3)
    sounds, phrases = chimes.settle(), spoken(promise, levels)
    holds, loads = held(promise, sounds), loaded(promise, levels, phrases)
    return Proof(
        mp3=mp3, promise=promise, levels=levels, sounds=sounds, holds=holds, loads=loads, phrases=phrases,
        figures=figures(levels, promise, phrases), skipping=skipping(levels, promise),
        faults=[*_faults(promise, levels, holds, sounds, phrases), *_overloaded(loads), *broken],
    )  # fmt: skip


def _faults(
    promise: Promise, levels: Levels, holds: Sequence[Held], sounds: Sequence[Found],
    phrases: Sequence[HeardPhrase],
) -> Iterator[str]:  # fmt: skip
    missing = sum(each.off is None for each in sounds) + sum(each.is_missing for each in phrases)
    if 2 * missing > len(sounds) + len(phrases):
        yield f"most of what {promise.path.name} promises is not in this file: is it another file's script?"
    if (off := levels.samples - promise.length * TICK_SAMPLES) != 0:
        yield f"length: the file is {_span(off)} {'longer' if off > 0 else 'shorter'} than its script says"
    for each in holds:
        if each.stands is False:
            what = f"hold{_side(each)} of {each.promised_s:.3f} s"
            yield f"{format_clock(each.hold.start)} {what}: {_said(each)}"
    yield from _misplaced(sounds)
    for phrase in phrases:
        if phrase.fault:
            yield f"{format_clock(phrase.phrase.start)} words: '{phrase.phrase.text}' {phrase.fault}"


def _overloaded(loads: Sequence[Loaded]) -> Iterator[str]:
    for each in loads:
        if each.stands is False:
            yield (
                f"{format_clock(each.hold.start)} in position for {each.measured_s:.1f} s from word to word, "
                f"not {each.promised_s:.1f} s"
            )


def _misplaced(sounds: Sequence[Found]) -> Iterator[str]:
    offs = [round(each.off) for each in sounds if each.off is not None]
    common = int(np.median(offs)) if len(offs) >= _ALL_SHIFTED else 0
    shifted = abs(common) > 1 and sum(abs(off - common) <= 1 for off in offs) > 0.8 * len(offs)
    if shifted:
        yield f"all sounds come {_span(common)} {_when(common)} than the script says"
    for each in sounds:
        where = f"{format_clock(each.sound.start)} sound: '{each.sound.name}'"
        if each.unknown:
            yield f"{where} cannot be looked for: {each.unknown}"
        elif each.off is None:
            yield f"{where} is not heard"
        elif not each.stands and not (shifted and abs(round(each.off) - common) <= 1):
            yield f"{where} comes {_span(round(each.off))} {_when(each.off)} than the script says"


def _said(each: Held) -> str:
    if each.off is None or each.measured_s is None:
        return each.why
    more = "longer" if each.off > 0 else "shorter"
    return f"lasts {each.measured_s:.6f} s, {_span(round(each.off))} {more}"


def _side(each: Held) -> str:
    return f" ({each.hold.side})" if each.hold.side else ""


def _when(off: float) -> str:
    return "later" if off > 0 else "earlier"


def _span(samples: int) -> str:
    count = abs(samples)
    return f"{count} sample{'s' * (count != 1)} ({1000 * count / SAMPLE_RATE:.3f} ms)"
