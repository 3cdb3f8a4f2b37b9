"""The proof in words, and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from audioguide.script.script_file import SUFFIX
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, TICKS_PER_SECOND, format_clock
from audioguide.verifier.figures import Figure
from audioguide.verifier.holds import Held
from audioguide.verifier.load import Loaded
from audioguide.verifier.proof import Proof

if TYPE_CHECKING:
    from audioguide.verifier.understood import Understood

_NAMES = 18  # columns
_PLAYER = "a player that cuts what is below -30 dBFS"


def as_lines(proof: Proof, *, strict: bool = False) -> Iterator[str]:
    """Yield what was measured, a line each: holds first, then how it sounds; no faults."""
    length = format_clock(-(-proof.levels.samples // TICK_SAMPLES))
    yield f"{proof.mp3}, {length}"
    yield from _holds(proof)
    for figure in proof.figures:
        yield f"  {figure.name:<{_NAMES}}  {figure_text(figure)}"
    yield f"  {'skip silence':<{_NAMES}}  {skipping_text(proof)}"
    if proof.understood is not None:
        yield f"  {'words':<{_NAMES}}  {words_text(proof.understood)}"
    for figure in proof.outside:
        yield f"outside: {figure.name} is {value_text(figure)}, and should be {figure.target}"
    if proof.promise is None:
        yield f"no timed script next to it ({proof.mp3.stem}{SUFFIX}): holds cannot be checked"
    elif proof.stands(strict=strict):
        yield f"all {_count(proof)} of its script are in this file, at the right time"


def _holds(proof: Proof) -> Iterator[str]:
    if proof.promise is None:
        return
    if not proof.holds:
        yield "  no holds"
        return
    yield f"  {'hold':<{_NAMES}}  {'promised':>12}  {'measured':>14}"
    loads = {each.hold.cue: each for each in proof.loads}
    for each in proof.holds:
        name = f"{format_clock(each.hold.start)} {each.hold.side}".rstrip()
        measured = _measured(each)
        yield f"  {name:<{_NAMES}}  {each.promised_s:>10.3f} s  {measured}{_load(loads.get(each.hold.cue))}"


def _load(each: Loaded | None) -> str:
    """Say how long the body was in position, from word to word."""
    if each is None or each.promised_s is None:
        return ""
    measured = "" if each.measured_s is None else f"{each.measured_s:.1f} s"
    return f", in position {measured or f'{each.promised_s:.1f} s by the script'}"


def _measured(each: Held) -> str:
    if each.measured_s is None or each.off is None:
        return f"{'-':>14}  {each.why}"
    off = round(each.off)
    return f"{each.measured_s:>12.6f} s  {'exact' if not off else f'{off:+} samples'}"


def figure_text(figure: Figure) -> str:
    """Say what was measured, where, and what else there is to know."""
    where = f" at {format_clock(figure.at)}" if figure.at is not None and not _listed(figure) else ""
    note = (" at " if _listed(figure) else "; ") + figure.note if figure.note else ""
    return f"{value_text(figure)}{where}{note}"


def _listed(figure: Figure) -> bool:
    return figure.name == "clicks"


def value_text(figure: Figure) -> str:
    """Say a value with its unit, as people write it."""
    if figure.value is None:
        return "none at all" if figure.unit.startswith("dB") else "nothing is heard"
    if not figure.unit:
        return f"{figure.value:g}" if figure.value else "none"
    sign = "+" if figure.unit == "LU" and figure.value > 0 else ""
    digits = 3 if figure.unit == "s" else 1
    return f"{sign}{figure.value:.{digits}f} {figure.unit}"


def words_text(understood: Sequence[Understood]) -> str:
    """Say how many phrases are understood, and the longest run of words that are not."""
    count = f"{len(understood)} phrase{'s' * (len(understood) != 1)}"
    wrong = [each for each in understood if each.findings]
    if not wrong:
        return f"all of {count} understood"
    longest = max(each.judgement.longest for each in wrong)
    run = f"up to {longest} words in a row" if longest > 1 else "single words"
    return f"{len(wrong)} of {count} not understood, {run}"


def skipping_text(proof: Proof) -> str:
    """Say what a player that skips silence would leave."""
    skip = proof.skipping
    if not skip.harms:
        return "a player that cuts what is below -30 dBFS would not change it"
    if skip.hold_s is None or skip.left_s is None:
        lost = f"{_PLAYER} would cut {skip.cut_s:.0f} s"
    else:
        left = f"{skip.left_s:.1f} s of a hold of {skip.hold_s:g} s"
        lost = f"{_PLAYER} would cut {skip.cut_s:.0f} s, and leave {left}"
    bed = proof.promise is not None and proof.promise.bed
    return lost if bed else f"{lost}: switch that off in the player, or render with `--bed air`"


def _count(proof: Proof) -> str:
    counts = ((len(proof.holds), "hold"), (len(proof.sounds), "sound"), (len(proof.phrases), "phrase"))
    parts = [f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count]
    return ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1] if parts else "cues"


def as_json(proof: Proof, *, strict: bool = False) -> dict[str, Any]:
    """Return the proof as JSON data: times in seconds, what cannot be measured is null."""
    promise, skip = proof.promise, proof.skipping
    return {
        "mp3": str(proof.mp3), "script": str(promise.path) if promise else None,
        "length_s": proof.levels.samples / SAMPLE_RATE,
        "promised_length_s": promise.length / TICKS_PER_SECOND if promise else None,
        "stands": proof.stands(strict=strict), "faults": list(proof.faults),
        "outside": [figure.name for figure in proof.outside],
        "holds": [
            {**_hold_json(each), **_load_json(load)}
            for each, load in zip(proof.holds, proof.loads, strict=True)
        ],
        "sounds": [
            {
                "sound": each.sound.name, "at_s": each.sound.start / TICKS_PER_SECOND,
                "off_samples": None if each.off is None else round(each.off, 3), "stands": each.stands,
            }
            for each in proof.sounds
        ],
        "phrases": [
            {
                "text": each.phrase.text, "at_s": each.phrase.start / TICKS_PER_SECOND,
                "lufs": _finite(each.lufs), "fault": each.fault or None,
            }
            for each in proof.phrases
        ],
        **({} if proof.understood is None else {"words": [_words_json(each) for each in proof.understood]}),
        "figures": [_figure_json(figure) for figure in proof.figures],
        "skip_silence": {
            "harms": skip.harms, "cut_s": skip.cut_s, "hold_s": skip.hold_s, "left_of_it_s": skip.left_s,
        },
    }  # fmt: skip


def _words_json(each: Understood) -> dict[str, Any]:
    return {
        "text": each.phrase.text, "at_s": each.phrase.start / TICKS_PER_SECOND,
        "heard": each.judgement.heard, "longest_run": each.judgement.longest,
        "findings": [
            {
                "kind": found.kind, "written": found.written or None, "heard": found.heard or None,
                "at_s": round(each.phrase.start / TICKS_PER_SECOND + found.start, 3),
                "to_s": round(each.phrase.start / TICKS_PER_SECOND + found.end, 3),
            }
            for found in each.findings
        ],
    }  # fmt: skip


def _hold_json(each: Held) -> dict[str, Any]:
    return {
        "at_s": each.hold.start / TICKS_PER_SECOND, "side": each.hold.side or None,
        "promised_s": each.promised_s, "measured_s": each.measured_s,
        "off_samples": None if each.off is None else round(each.off, 3),
        "stands": each.stands, "why": each.why or None,
    }  # fmt: skip


def _load_json(each: Loaded) -> dict[str, Any]:
    return {
        "in_position_promised_s": each.promised_s, "in_position_measured_s": each.measured_s,
        "in_position_stands": each.stands,
    }  # fmt: skip


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name, "value": None if figure.value is None else _finite(figure.value),
        "unit": figure.unit, "at_s": None if figure.at is None else figure.at / TICKS_PER_SECOND,
        "target": figure.target or None, "inside": figure.inside, "note": figure.note or None,
    }  # fmt: skip


def _finite(value: float) -> float | None:
    return round(value, 3) if np.isfinite(value) else None
