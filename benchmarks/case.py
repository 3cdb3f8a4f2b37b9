"""One routine of a wanted length, rendered once: what every contender starts from."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.language.values import MOST_REPS
from audioguide.routine.load import Routine, load
from audioguide.script.script import SOFT, Script
from audioguide.script.shipped import shipped
from audioguide.storage.cache import Cache
from audioguide.units import seconds

HERE = Path(__file__).resolve().parent
HOLDS = HERE / "holds.yaml"
DISTINCT = HERE / "distinct.yaml"
HOLD = "20s"
# Not any other length will do: the end chime has to fall on another sixth of a frame. 20 s end at 8 ms behind
# a frame border, 25 s at 16 ms, for which the first render encodes it as well, and 20.5 s at 4 ms, for which
# nobody does. The longest routine must stay below 12 hours with them.
OTHER_HOLD, ODD_HOLD = "25s", "20.5s"
BED = "brown"
STATIONARY, MOVING = ("brown", "rain", "air"), ("ocean", "drone")
MUSIC = "music"  # in place of a bed's name: the user's own file, a minute of struck strings
REPS, REPS_MINUTES = 25, 23  # 25 reps of `holds.yaml` last 23 minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A routine of about `minutes`; `folder` is its own, and `mp3` what a render with HOLD made of it.

    `warm` is the cache that this render filled. Nobody changes it: copy it.
    """

    minutes: int
    reps: int
    folder: Path
    routine: Routine
    warm: Path
    mp3: Path

    def script(self) -> Script:
        """Compile the routine."""
        return compile(self.routine, Options(settings=settings(self.reps, HOLD)))

    def bed(self, name: str) -> str:
        """Return what a script calls the bed `name`; for MUSIC, write it."""
        return str(write_music(self.folder)) if name == MUSIC else name

    def over(self, bed: str) -> tuple[Path, Path]:
        """Return the MP3 of a render with HOLD over `bed`, and the cache that it filled: made once."""
        out, cache = self.folder / f"over-{bed}", self.folder / f"over-{bed}-cache"
        if not out.exists():
            render(replace(self.script(), bed=self.bed(bed)), out, cache=Cache(cache))
        return next(out.glob("*.mp3")), cache


def bed_text(bed: str) -> str:
    """Return how the page names `bed`."""
    return "your own music" if bed == MUSIC else f"the bed `{bed}`"


def reps_for(minutes: int) -> int:
    """Return how many reps of the routine last about `minutes`."""
    return max(1, round(minutes * REPS / REPS_MINUTES))


def settings(reps: int, hold: str) -> dict[str, str]:
    """Return the settings of the routine for so many reps; one round has 500 at most."""
    rounds = -(-reps // MOST_REPS)
    more = {"rounds": str(rounds)} if rounds > 1 else {}
    return {"reps": str(reps // rounds), "hold": hold, **more}


def make_case(minutes: int, folder: Path) -> Case:
    """Render the routine once, into a cache of its own below `folder`."""
    routine, warm, reps = load(HOLDS), folder / "warm", reps_for(minutes)
    script = compile(routine, Options(settings=settings(reps, HOLD)))
    mp3 = render(script, folder / "finished", cache=Cache(warm)).mp3
    return Case(minutes=minutes, reps=reps, folder=folder, routine=routine, warm=warm, mp3=mp3)


def write_music(folder: Path) -> Path:
    """Write a minute of stereo music at 44.1 kHz into `folder` and return the file."""
    path = folder / f"{MUSIC}.wav"
    rng, time = np.random.default_rng(0), np.arange(14_700) / 44_100
    turns = [2 * np.pi * 220 * 2 ** (step / 12) * time for step in rng.choice([0, 2, 4, 7, 9, 12], 180)]
    notes = [np.exp(-5 * time) * sum(np.sin(n * turn) / n for n in range(1, 9)) for turn in turns]
    left = 0.2 * np.concatenate(notes)
    soundfile.write(path, np.stack([left, np.roll(left, 500)], axis=1), 44_100)
    return path


@lru_cache(maxsize=1)
def pcm(mp3: Path) -> NDArray[np.int16]:
    """Decode `mp3` to (n,) int16 samples at 48 kHz; the last one is kept."""
    samples: NDArray[np.int16] = soundfile.read(mp3, dtype="int16")[0]
    return samples


def items(script: Script, *, chimes: bool) -> list[list[str | float]]:
    """Return what a plain script appends one after the other, as JSON data.

    ["say", text], ["wait", seconds] or ["chime", path of a WAV file]. A start chime stands in front
    of its hold.
    """
    listed: list[list[str | float]] = []
    for cue in script.cues:
        if cue.kind == "say":
            listed.append(["say", cue.text or ""])
        elif cue.sound and chimes:
            place = len(listed) - 1 if cue.offset == 0 else len(listed)
            listed.insert(place, ["chime", str(shipped()[cue.sound])])
        elif cue.kind == "hold" or cue.kind in SOFT:
            listed.append(["wait", seconds(cue.length or 0)])
    return listed


def write_items(case: Case, *, chimes: bool) -> Path:
    """Write the items of `case` as JSON and return the file."""
    path = case.folder / f"items-{'chimes' if chimes else 'plain'}.json"
    path.write_text(json.dumps(items(case.script(), chimes=chimes)), encoding="utf-8")
    return path
