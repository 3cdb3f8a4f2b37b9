"""Real renders, decoded, spoilt, and encoded again."""

from __future__ import annotations

import atexit
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, padded
from audioguide.compiler.compile import compile
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.storage.cache import Cache
from audioguide.units import FRAME_SAMPLES
from audioguide.verifier.proof import Proof, prove

TICK = 192
_APART = 4  # frames of silence on both sides, into which what LAME adds may ring
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
    receipt = render(script, folder, cache=Cache(folder / "cache"))
    data = json.loads(receipt.script.read_text(encoding="utf-8"))
    return Take(mp3=receipt.mp3, script=receipt.script, data=data, wave=decoded(receipt.mp3))


def written(path: Path, wave: Wave) -> Path:
    """Encode `wave`, whose length is a whole number of ticks, stretch by stretch between its silences.

    A stretch that was encoded before is not encoded again: most of a take stays as it was.
    """
    clip = padded(np.clip(np.rint(wave * 32_768), -32_768, 32_767).astype(np.int16))
    islands = cut(list(_stretches(clip)), clip.ticks)
    encoded = encode_islands(islands, Mp3Job(cache=_kept()))
    with path.open("wb") as file:
        write_mp3(file, islands, clip.ticks, encoded=encoded.of, bitrate=BITRATE)
    return path


def _stretches(clip: Clip) -> Iterator[Sound]:
    frames = np.pad(clip.samples, (0, -len(clip.samples) % FRAME_SAMPLES)).reshape(-1, FRAME_SAMPLES)
    loud = np.convolve(frames.any(axis=1), np.ones(2 * _APART + 1), "same") > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    for first, last in edges.reshape(-1, 2):
        part = Clip(clip.samples[first * FRAME_SAMPLES : last * FRAME_SAMPLES])
        key = hashlib.sha256(part.samples.tobytes()).hexdigest()
        yield Sound(start=int(first) * FRAME_SAMPLES // TICK, key=key, clip=part)


@cache
def _kept() -> Cache:
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Cache(Path(folder.name))
