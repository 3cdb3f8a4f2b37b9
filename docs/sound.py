"""Render what ships, measure it, and write what was measured to docs/sound.md.

    python docs/sound.py

Every routine is rendered with the voice as it is, a few with each other profile and over each bed. Takes
about three minutes on two cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.script.choices import BEDS
from audioguide.units import format_clock, ticks_for
from audioguide.verifier.figures import Figure
from audioguide.verifier.measure.weighting import lufs
from audioguide.verifier.promise import Promise
from audioguide.verifier.proof import Proof, prove, script_beside
from audioguide.verifier.report.summary import value_text
from audioguide.verifier.targets import TARGETS, Targets
from audioguide.verifier.words import quiet, speech_lufs

PAGE = Path(__file__).with_name("sound.md")
PROFILES = tuple(TARGETS)[1:]
MOST_NAMED = 10
SAMPLE = ("bedtime", "knee-to-chest", "corpse-pose", "neck-and-back")  # rendered with each other profile
# Short holds, a long one, and tones of breaths, rendered over each bed.
OVER_BEDS = ("knee-to-chest", "corpse-pose", "diaphragmatic-breathing")
BEFORE, BEHIND = 150, 275  # ticks: a bed begins to go down 0.55 s before words, and is back 1 s behind them
FADE_OUT = 750
LEAST_UNDER_LU = 20.0
BED_HEADING = "With `--bed`"
FIGURES = {
    "true peak, dBTP": "true peak", "loudest 400 ms, LUFS": "loudest 400 ms",
    "uneven phrase, LU": "uneven phrase", "longest silence, s": "longest silence",
    "clicks": "clicks", "DC, dBFS": "DC offset",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is reported for one file: `cells` by the names of their columns."""

    name: str
    cells: Mapping[str, str]
    outside: tuple[str, ...]
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as a row of a Markdown table."""
        return _line([self.name, *self.cells.values(), ", ".join(self.outside) or "-"])


def rendered(names: Sequence[str], out: Path, *wish: str) -> list[Path]:
    """Render routines with the command line and the options `wish`, and return their MP3s."""
    subprocess.run(
        [sys.executable, "-m", "audioguide", "render", *names, "-o", str(out), *wish],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"AUDIOGUIDE_CACHE_DIR": str(out / ".cache")},
    )  # fmt: skip
    return [out / f"{name}.mp3" for name in names]


def row(mp3: Path) -> Row:
    """Measure one file beside which its script lies."""
    proof = prove(mp3, script_beside(mp3))
    figures = {figure.name: _value(figure) for figure in proof.figures}
    speech = [figure for name, figure in figures.items() if name.startswith("speech")]
    bed = proof.promise.bed if proof.promise else ""
    lower = under(proof, proof.promise) if proof.promise and bed else None
    between = {"noise between, dBFS": figures.get("noise between cues", "-")}
    cells = {
        "length": format_clock(ticks_for(proof.levels.samples)), "holds": _holds(proof),
        "speech, LUFS": " to ".join(speech),
        **{column: figures.get(name, "-") for column, name in FIGURES.items()},
        **(between if lower is None else {"bed under speech, LU": f"{lower:.1f}"}),
        "'skip silence' leaves": _left(proof),
    }  # fmt: skip
    return Row(
        name=f"{mp3.stem}, `{bed}`" if bed else mp3.stem, cells=cells, faults=tuple(proof.faults),
        outside=(*(figure.name for figure in proof.outside), *_missed(proof, lower)),
    )  # fmt: skip


def under(proof: Proof, promise: Promise) -> float:
    """Return how far the bed is under the speech, in LU, where nothing else sounds."""
    still = quiet(promise, len(proof.levels.peaks))
    for phrase in promise.phrases:
        still[max(0, phrase.start - BEFORE) : phrase.end + BEHIND] = False
    still[-FADE_OUT:] = False
    bed = lufs(float(proof.levels.powers[still].mean()))
    return speech_lufs(proof.levels, proof.phrases) - bed


def _missed(proof: Proof, lower: float | None) -> Iterator[str]:
    if lower is not None and round(lower, 1) < LEAST_UNDER_LU:
        yield "bed under speech"
    if proof.promise and proof.promise.bed == "air" and proof.skipping.harms:
        yield "'skip silence'"


def _holds(proof: Proof) -> str:
    marked = [each for each in proof.holds if each.stands is not None]
    # A sound can only be off by whole samples; over a bed, the measurement itself is off by up to 0.6.
    exact = sum(each.stands is True and abs(each.off or 0.0) < 1 for each in marked)
    bare = len(proof.holds) - len(marked)
    figure = [f"{exact} of {len(marked)} exact"] * bool(marked) + [f"{bare} without chimes"] * bool(bare)
    return ", ".join(figure) or "-"


def _value(figure: Figure) -> str:
    return value_text(figure).removesuffix(figure.unit).strip()


def _left(proof: Proof) -> str:
    skip = proof.skipping
    if skip.hold_s is None or skip.left_s is None:
        return f"cuts {skip.cut_s:.0f} s" if skip.harms else "all"
    return f"{skip.left_s:.1f} of {skip.hold_s:g} s" if skip.harms else "all"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table; all rows have the same columns."""
    columns = ["routine", *rows[0].cells, "outside"]
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from map(str, rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def page(rows: Sequence[Row], others: dict[str, list[Row]]) -> str:
    """Return docs/sound.md; `others` are the rows of the tables behind the first, by their headings."""
    parts = [INTRO, *targets_table(), "", HOW, "## The routines that ship", "", *table(rows), ""]
    for heading, each in others.items():
        parts += [f"## {heading}", "", *table(each), ""]
    parts += ["## What is outside", "", *outside([rows, *others.values()]), ""]
    return "\n".join(parts)


def targets_table() -> Iterator[str]:
    """Yield the table of targets, from the one that `audioguide verify` uses."""
    yield _line(["figure", *TARGETS])
    yield _line(["---"] * (1 + len(TARGETS)))
    rows: dict[str, Callable[[Targets], str]] = {
        "speech, LUFS": _speech,
        "true peak, dBTP": lambda each: f"at most {each.true_peak_dbtp:g}",
        "loudest 400 ms, over speech": lambda each: f"at most {each.over_speech_lu:g} LU",
        "one phrase against those around it": lambda each: f"at most {each.uneven_lu:g} LU off",
        "clicks": lambda each: str(each.clicks or "none"),
        "DC offset, dBFS": lambda each: f"at most {each.offset_dbfs:g}",
        "noise between cues, without a bed, dBFS": lambda each: f"at most {each.between_dbfs:g}",
    }
    for name, figure in rows.items():
        yield _line([name, *(figure(each) for each in TARGETS.values())])


def _speech(targets: Targets) -> str:
    if targets.speech is not None:
        return "{:g} to {:g}".format(*targets.speech)
    return "{:g} to {:g} at the start, {:g} to {:g} at the end".format(*targets.first, *targets.last)


def outside(tables: Iterable[Sequence[Row]]) -> Iterator[str]:
    """Yield a line for each figure that misses its target somewhere, and for each fault."""
    rows = [row for each in tables for row in each]
    for name in dict.fromkeys(name for row in rows for name in row.outside):
        missing = [row.name for row in rows if name in row.outside]
        named = f" ({', '.join(missing)})" if len(missing) <= MOST_NAMED else ""
        yield f"- {name}: {len(missing)} of {len(rows)} files{named}"
    for row in rows:
        yield from (f"- fault in {row.name}: {fault}" for fault in row.faults)
    if not any(row.outside or row.faults for row in rows):
        yield "Nothing: every file keeps to every target."


INTRO = """\
# How it sounds

`python docs/sound.py` wrote this page. It rendered every included routine with the voice, decoded it and
measured it with `audioguide verify`. It also rendered some with each profile and over each bed. You can
measure your own file the same way.

## Targets
"""

HOW = """\
Podcast players expect -16 LUFS on two channels. Speech at -19 LUFS on one channel is as loud, because both
ears hear it, which adds 3 dB. `quiet` is for listening at night; `sleep` becomes softer towards the end.
The loudest peak stays well below the maximum, so that nothing distorts if a player compresses
the sound again. A moment more than 3 LU louder
than the speech would startle a listener whose eyes are closed.

## How it is measured

- `audioguide/verifier/` measures the decoded MP3. It shares no code with the parts that mix and encode.
- **Holds** are measured from the onset of the start chime to the onset of the end chime. Each onset is
  found with a matched filter and the original sound. *Exact* means exact to the sample, which is 0.02 ms.
- **Loudness** follows ITU-R BS.1770-4. Speech is measured only at the words of the script: a bed under long
  holds would change the figure of a whole file by up to 8 dB.
- **True peak** is measured with four times oversampling. **Loudest 400 ms** is the highest momentary
  loudness anywhere.
- **Uneven phrase** is the phrase that differs most from the four before and the four after it. For `sleep`,
  the intended fall is subtracted first. This fall lasts from the first word to the last, or to the middle of
  the file if the words end earlier.
- **Silence** is anything below -60 dBFS. A **click** is a burst above 8 kHz that is over after 1 ms; within
  words, it is a burst above 11.6 kHz, where no voice has any sound.
- **Bed under speech** is how much softer the file is far from any cue than at the words; at least 20 LU.
  While words are spoken, every bed except `air` becomes softer by another 7.5 dB.
- **'Skip silence'** is a setting of many Android players: they cut what stays below -30 dBFS for 150 ms, so
  a hold is over at once. The column gives how much would be left of the hold that loses most. For a file
  without holds, it gives how much would be cut between the first cue and the last. Switch the setting off,
  or render with `--bed air`, which is meant to prevent every cut.
"""


def main() -> None:
    """Render, measure, write."""
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(os.cpu_count()) as pool:
        out = Path(scratch)
        rows = list(pool.map(row, rendered(SHIPPED_LIBRARY.shipped, out)))
        others = {
            f"With `--profile {name}`": list(pool.map(row, rendered(SAMPLE, out / name, "--profile", name)))
            for name in PROFILES
        }
        over = [mp3 for bed in BEDS for mp3 in rendered(OVER_BEDS, out / bed, "--bed", bed)]
        others[BED_HEADING] = list(pool.map(row, over))
        PAGE.write_text(page(rows, others), encoding="utf-8")


if __name__ == "__main__":
    main()
