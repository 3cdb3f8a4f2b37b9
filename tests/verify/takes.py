"""Real renders, decoded, spoilt, and encoded again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from audioguide.clip import padded
from audioguide.compile import compile
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.islands import Sound, cut
from audioguide.mp3.reuse import encode_islands
from audioguide.render import render
from audioguide.routine.load import load
from audioguide.store import Store
from audioguide.verify.proof import Proof, prove

TICK = 192
Wave = NDArray[np.float32]

ROUTINE = """\
title: A take
safety: {notice: none, closing: none}
steps:
  - chime: chime
  - say: Sit upright.
    settle: 2s
  - sides: [left, right]
    switch: 2500ms
    steps:
      - say: Slowly raise your {side} arm.
        settle: 1s
      - hold: 5s
        marks: {before_end: {2500ms: Two more.}}
      - say: Let it sink down again.
        settle: 1s
"""


def decoded(path: Path) -> Wave:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Take:
    """A render: its file, its script as data, its decoded samples."""

    mp3: Path
    script: Path
    data: dict[str, Any]
    wave: Wave

    def span(self, kind: str, number: int = 0, **wanted: str) -> slice:
        """Return the samples of a cue of that kind."""
        found = [
            cue
            for cue in self.data["cues"]
            if cue["kind"] == kind and all(cue.get(key) == value for key, value in wanted.items())
        ]
        cue = found[number]
        return slice(cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK)

    def spoilt(self, folder: Path, spoil: Callable[[Wave], Wave | None]) -> Proof:
        """Change the samples, encode them again, and prove that against the script."""
        wave = self.wave.copy()
        changed = spoil(wave)
        return prove(written(folder / "spoilt.mp3", wave if changed is None else changed), self.script)


def take(folder: Path, engine: str, bed: str | None = None, routine: str = ROUTINE) -> Take:
    path = folder / "take.yaml"
    path.write_text(routine, encoding="utf-8")
    script = compile(load(path))
    script = replace(script, voice=replace(script.voice, engine=engine), bed=bed)
    receipt = render(script, folder, store=Store(folder / "cache"))
    data = json.loads(receipt.script.read_text(encoding="utf-8"))
    return Take(mp3=receipt.mp3, script=receipt.script, data=data, wave=decoded(receipt.mp3))


def written(path: Path, wave: Wave) -> Path:
    """Encode `wave` as one island; its length is a whole number of ticks."""
    clip = padded(np.clip(np.rint(wave * 32_768), -32_768, 32_767).astype(np.int16))
    islands = cut([Sound(start=0, key=path.name, clip=clip)], clip.ticks)
    encoded = encode_islands(islands, store=None)
    with path.open("wb") as file:
        write_mp3(file, islands, clip.ticks, encoded=encoded.of, bitrate=BITRATE)
    return path
