"""Render what ships, measure it, and write what was measured to docs/sound.md.

    python docs/sound.py

Every routine is rendered with the voice as it is, and a few with each other profile. Takes about three
minutes on two cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from inspect import signature
from pathlib import Path

from audioguide.cli import app
from audioguide.routine import library
from audioguide.units import format_clock, ticks_for
from audioguide.verify.figures import Figure
from audioguide.verify.proof import Proof, prove, script_beside
from audioguide.verify.targets import TARGETS, Targets
from audioguide.verify.telling import value_text

PAGE = Path(__file__).with_name("sound.md")
# The command line says whether there are profiles to choose from.
PROFILES = tuple(TARGETS)[1:] if "profile" in signature(app.render).parameters else ()
MOST_NAMED = 10
SAMPLE = ("bedtime", "knee-to-chest", "corpse-pose", "neck-and-back")  # rendered with each other profile
COLUMNS = (
    "routine", "length", "holds", "speech, LUFS", "true peak, dBTP", "loudest 400 ms, LUFS",
    "uneven phrase, LU", "longest silence, s", "clicks", "DC, dBFS", "noise between, dBFS",
    "'skip silence' leaves", "outside",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is told of one file."""

    name: str
    cells: tuple[str, ...]
    outside: tuple[str, ...]
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as a row of a Markdown table."""
        return _line([self.name, *self.cells, ", ".join(self.outside) or "-"])


def rendered(names: Sequence[str], out: Path, profile: str = "") -> list[Path]:
    """Render routines with the command line, and return their MP3s."""
    wish = ("--profile", profile) if profile else ()
    subprocess.run(
        [sys.executable, "-m", "audioguide", "render", *names, "-o", str(out), *wish],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"AUDIOGUIDE_CACHE_DIR": str(out / ".cache")},
    )  # fmt: skip
    return [out / f"{name}.mp3" for name in names]


def row(mp3: Path) -> Row:
    """Measure one file beside which its script lies."""
    proof = prove(mp3, script_beside(mp3))
    figures = {figure.name: figure for figure in proof.figures}
    speech = [figure for figure in proof.figures if figure.name.startswith("speech")]
    cells = (
        format_clock(ticks_for(proof.levels.samples)), _holds(proof), " to ".join(map(_value, speech)),
        *(_value(figures.get(name)) for name in ("true peak", "loudest 400 ms", "uneven phrase")),
        *(_value(figures.get(name)) for name in ("longest silence", "clicks", "DC offset")),
        _value(figures.get("noise between cues")), _left(proof),
    )  # fmt: skip
    return Row(
        name=mp3.stem, cells=cells, outside=tuple(figure.name for figure in proof.outside),
        faults=tuple(proof.faults),
    )  # fmt: skip


def _holds(proof: Proof) -> str:
    marked = [each for each in proof.holds if each.stands is not None]
    exact = sum(each.stands is True and not round(each.off or 0.0) for each in marked)
    bare = len(proof.holds) - len(marked)
    told = [f"{exact} of {len(marked)} exact"] * bool(marked) + [f"{bare} without chimes"] * bool(bare)
    return ", ".join(told) or "-"


def _value(figure: Figure | None) -> str:
    return "-" if figure is None else value_text(figure).removesuffix(figure.unit).strip()


def _left(proof: Proof) -> str:
    skip = proof.skipping
    if skip.hold_s is None or skip.left_s is None:
        return f"cuts {skip.cut_s:.0f} s" if skip.harms else "all"
    return f"{skip.left_s:.1f} of {skip.hold_s:g} s" if skip.harms else "all"


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield _line(COLUMNS)
    yield _line(["---"] * len(COLUMNS))
    yield from map(str, rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def page(rows: Sequence[Row], others: dict[str, list[Row]]) -> str:
    """Return docs/sound.md."""
    parts = [INTRO, *targets_table(), "", HOW, "## The routines that ship", "", *table(rows), ""]
    for profile, each in others.items():
        parts += [f"## With `--profile {profile}`", "", *table(each), ""]
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
    for name, told in rows.items():
        yield _line([name, *(told(each) for each in TARGETS.values())])


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

Written by `python docs/sound.py`: every routine that ships was rendered with the voice, decoded and measured
with `audioguide verify`. Measure your own file the same way.

## Targets
"""

HOW = """\
Speech at -19 LUFS on one channel is as loud as -16 LUFS on two, which is what podcast players expect: both
ears hear the one channel, and that is 3 dB more. `quiet` is for those who listen at night, `sleep` falls on
the way. The true peak leaves room for a player that makes a lossy copy; a moment more than 3 LU above the
speech would startle somebody with closed eyes.

## How it is measured

- From the decoded MP3, by `audioguide/verify/`, which shares no code with what mixes and encodes.
- **Holds**: from the onset of the start chime to the onset of the end chime, each found with a matched filter
  and the original sound. *Exact* means: to the sample, which is 0.02 ms.
- **Loudness**: ITU-R BS.1770-4. Speech is measured where the script has words, and nowhere else: under long
  holds, a bed would turn the figure of a whole file by up to 8 dB.
- **True peak**: four times oversampled. **Loudest 400 ms**: the highest momentary loudness anywhere.
- **Uneven phrase**: the phrase that differs most from the four before and the four behind it, but for the
  fall of `sleep`: from the first word to the last one, or to the middle of the file, if words end before.
- **Silence**: below -60 dBFS. **Clicks**: a burst above 8 kHz that is over after 1 ms;
  within words, one above 11.6 kHz, where no voice has anything.
- **'Skip silence'**: many Android players cut what stays below -30 dBFS for 150 ms. Then a hold is over
  at once; what would be left of the hold that loses most is told. Switch it off, or render with `--bed air`.
"""


def main() -> None:
    """Render, measure, write."""
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(os.cpu_count()) as pool:
        out = Path(scratch)
        rows = list(pool.map(row, rendered(library.names(), out)))
        others = {
            profile: list(pool.map(row, rendered(SAMPLE, out / profile, profile))) for profile in PROFILES
        }
        PAGE.write_text(page(rows, others), encoding="utf-8")


if __name__ == "__main__":
    main()
