"""The figures of a file, each with its target, its place, and whether it is inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from audioguide.script.names import is_path
from audioguide.units import TICK_SAMPLES, TICKS_PER_SECOND, format_clock
from audioguide.verifier.measure.clicks import SHARP_IN_WORDS, Click
from audioguide.verifier.measure.meter import SOUNDING, Levels
from audioguide.verifier.measure.weighting import DUAL_MONO_LU, lufs, momentary
from audioguide.verifier.promise import WORDLESS, Promise
from audioguide.verifier.targets import Targets, targets_for
from audioguide.verifier.words import HeardPhrase, quiet, speech_lufs, uneven

_HOP = 5  # ticks from one 400 ms to the next: 20 ms
_MOST_PLACES = 8
# The start and the end of a file that falls asleep: so short that it falls by no more than 1 of its 11 dB.
_FIRST_S, _FIRST_PART = 60, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that was measured: `value` in `unit` (None: nothing to measure) at the tick `at`.

    `inside` says if it keeps to its `target`; None where there is none.
    """

    name: str
    value: float | None
    unit: str
    at: int | None = None
    target: str = ""
    inside: bool | None = None
    note: str = ""


def figures(levels: Levels, promise: Promise | None, phrases: Sequence[HeardPhrase]) -> list[Figure]:
    """Measure all that has a name; without a script, what needs none."""
    targets = targets_for(promise.profile if promise else "standard")
    said = list(_speech(levels, promise, phrases)) if promise and phrases else []
    if promise and promise.engine == WORDLESS:
        said = [_wordless(each) for each in said]
    speech = max((each.value for each in said if each.value is not None and each.target), default=None)
    made = [*said, _peak(levels, targets), _loudest(levels, targets, speech)]
    if worst := max(uneven(phrases), key=lambda each: abs(each[1]), default=None):
        made.append(_uneven(*worst, targets))
    made += [_silence(levels), _clicks(clicked(levels, promise), targets), _offset(levels, targets)]
    if promise and not promise.bed:
        made.append(_between(levels, promise, targets))
    return made


def decibel(value: float) -> float | None:
    """Return `value` in dB of full scale; None for nothing at all."""
    return float(20 * np.log10(value)) if value > 0 else None


def runs(quiet_ticks: NDArray[np.bool_], shortest: int = 1) -> NDArray[np.int64]:
    """Return start and end of each stretch of True that is at least `shortest` ticks long: (n, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet_ticks, [False]]).astype(np.int8)))
    pairs = edges.reshape(-1, 2)
    return np.asarray(pairs[pairs[:, 1] - pairs[:, 0] >= shortest])


def _speech(levels: Levels, promise: Promise, phrases: Sequence[HeardPhrase]) -> Iterator[Figure]:
    """Yield how loud speech is, for each profile in turn."""
    ends = [*(start for start, _ in promise.profiles[1:]), promise.length]
    for (start, profile), end in zip(promise.profiles, ends, strict=True):
        heard = [each for each in phrases if start <= each.phrase.start < end and each.lufs > float("-inf")]
        if start and profile == "sleep" and heard:
            yield _at_the_end(levels, targets_for(profile), heard)
        elif start and heard:
            name = f"speech from {format_clock(start)}"
            yield _words(name, speech_lufs(levels, heard), targets_for(profile).speech or (0.0, 0.0))
        elif heard or len(promise.profiles) == 1:
            yield from _from_the_start(levels, targets_for(profile), heard)


def _from_the_start(levels: Levels, targets: Targets, heard: Sequence[HeardPhrase]) -> Iterator[Figure]:
    if targets.speech is not None or not heard:
        yield _words("speech", speech_lufs(levels, heard), targets.speech or targets.first)
        return
    first = [each for each in heard if each.phrase.start < heard[0].phrase.start + _reach(heard)]
    yield _words("speech at the start", speech_lufs(levels, first), targets.first)
    yield _at_the_end(levels, targets, heard)


def _reach(heard: Sequence[HeardPhrase]) -> int:
    span = heard[-1].phrase.start - heard[0].phrase.start
    return max(1, min(_FIRST_S * TICKS_PER_SECOND, span // _FIRST_PART))


def _at_the_end(levels: Levels, targets: Targets, heard: Sequence[HeardPhrase]) -> Figure:
    last = [each for each in heard if each.phrase.start > heard[-1].phrase.start - _reach(heard)][-3:]
    # Words that are over early are still on their way down.
    above = last[-1].fall_db - targets.softest_db
    low, high = targets.last
    return _words("speech at the end", speech_lufs(levels, last), (low + above, high + above))


def _wordless(figure: Figure) -> Figure:
    note = ", ".join(filter(None, ["tones in place of words", figure.note]))
    return replace(figure, target="", inside=None, note=note)


def _words(name: str, value: float, target: tuple[float, float]) -> Figure:
    low, high = target
    note = f"{_db(value + DUAL_MONO_LU)} LUFS as both channels of a stereo file" if np.isfinite(value) else ""
    return Figure(
        name=name, value=value if np.isfinite(value) else None, unit="LUFS", note=note,
        target=f"{_db(low)} to {_db(high)}", inside=low <= round(value, 1) <= high,
    )  # fmt: skip


def _peak(levels: Levels, targets: Targets) -> Figure:
    value = decibel(levels.true_peak)
    full = f"{levels.full} samples at full scale: clipped" if levels.full else ""
    return Figure(
        name="true peak", value=value, unit="dBTP", target=f"at most {_db(targets.true_peak_dbtp)}",
        at=int(levels.peaks.argmax()), note=full,
        inside=value is None or round(value, 1) <= targets.true_peak_dbtp,
    )  # fmt: skip


def _loudest(levels: Levels, targets: Targets, speech: float | None) -> Figure:
    powers = momentary(levels.powers, _HOP)
    place = int(powers.argmax())
    value = lufs(float(powers[place]))
    if not np.isfinite(value):
        return Figure(name="loudest 400 ms", value=None, unit="LUFS")
    over = None if speech is None else value - speech
    return Figure(
        name="loudest 400 ms", value=value, unit="LUFS", at=place * _HOP,
        note="" if over is None else f"{over:+.1f} LU against speech",
        target="" if over is None else f"at most {targets.over_speech_lu:g} LU over speech",
        inside=None if over is None else round(over, 1) <= targets.over_speech_lu,
    )  # fmt: skip


def _uneven(phrase: HeardPhrase, over: float, targets: Targets) -> Figure:
    return Figure(
        name="uneven phrase", value=over, unit="LU", at=phrase.phrase.start, note=f"'{phrase.phrase.text}'",
        target=f"at most {targets.uneven_lu:g} off those around it", inside=abs(over) <= targets.uneven_lu,
    )  # fmt: skip


def _silence(levels: Levels) -> Figure:
    stretches = runs(levels.peaks < SOUNDING)
    if not len(stretches):
        return Figure(name="longest silence", value=0.0, unit="s")
    start, end = (int(tick) for tick in stretches[(stretches[:, 1] - stretches[:, 0]).argmax()])
    return Figure(name="longest silence", value=(end - start) / TICKS_PER_SECOND, unit="s", at=start)


def clicked(levels: Levels, promise: Promise | None) -> list[int]:
    """Return the samples at which it clicks; within words, or without a script, only what no voice does."""
    ticks = len(levels.peaks) + 1
    words = np.ones(ticks, dtype=bool)  # where somebody may speak
    foreign = np.ones(ticks, dtype=bool)  # where sounds may click that nobody here made
    if promise:
        words[:], foreign[:] = False, is_path(promise.bed)
        for phrase in promise.phrases:
            words[phrase.start : phrase.end + 1] = True
        for sound in promise.sounds:
            foreign[sound.start : sound.start + sound.length] |= is_path(sound.name)

    def counts(click: Click, tick: int) -> bool:
        if words[tick]:
            strong = click.sharp > SHARP_IN_WORDS
            return (click.edge and strong) or (click.bright and not foreign[tick])
        return click.sharp > 0 or (click.bright and not foreign[tick])

    places = [(click, min(click.place // TICK_SAMPLES, ticks - 1)) for click in levels.clicks]
    return [click.place for click, tick in places if counts(click, tick)]


def _clicks(found: Sequence[int], targets: Targets) -> Figure:
    places = [format_clock(place // TICK_SAMPLES) for place in found]
    return Figure(
        name="clicks", value=len(found), unit="", at=found[0] // TICK_SAMPLES if found else None,
        target="none", inside=len(found) <= targets.clicks,
        note=", ".join(places[:_MOST_PLACES]) + ", …" * (len(places) > _MOST_PLACES),
    )  # fmt: skip


def _offset(levels: Levels, targets: Targets) -> Figure:
    value = decibel(levels.offset)
    return Figure(
        name="DC offset", value=value, unit="dBFS", target=f"at most {_db(targets.offset_dbfs)}",
        inside=value is None or value <= targets.offset_dbfs,
    )  # fmt: skip


def _between(levels: Levels, promise: Promise, targets: Targets) -> Figure:
    still = quiet(promise, len(levels.peaks))
    peaks = np.where(still, levels.peaks, 0.0)
    place = int(peaks.argmax())
    value = decibel(float(peaks[place]))
    inside = value is None or value <= targets.between_dbfs
    return Figure(
        name="noise between cues", value=value, unit="dBFS", at=None if value is None else place,
        target=f"at most {_db(targets.between_dbfs)}", inside=inside,
    )  # fmt: skip


def _db(value: float) -> str:
    return f"{value:.1f}"
