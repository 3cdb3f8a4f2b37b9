"""The sixty phrases as a finished MP3 has them: rendered the usual way, decoded, cut by the timed script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.pipeline.render import render
from audioguide.script.script import Cue, Script, VoiceChoice
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from audioguide.verifier.measure.decode import blocks

PHRASES = Path(__file__).with_name("phrases.txt")
_GAP = 250  # ticks, 1 s


def phrases() -> list[str]:
    """Return the sixty phrases: from the routines that ship, without names of poses and muscles."""
    return PHRASES.read_text(encoding="utf-8").splitlines()


def finished(
    voice: VoiceChoice, folder: Path, cache: Cache, texts: Sequence[str] = (), *, bed: str | None = None
) -> list[tuple[str, NDArray[np.float32]]]:
    """Return each phrase with its samples, (n,) float32 at 48 kHz, out of an MP3 in `folder`.

    With `bed`, they are said over it. Raises EngineError, OutputError.
    """
    cues = [cue for text in texts or phrases() for cue in _said(text)]
    script = Script(
        name=f"{voice.engine}-{voice.name}", title="Phrases", cues=tuple(cues), voice=voice, bed=bed
    )
    receipt = render(script, folder, cache=cache)
    wave = np.concatenate(list(blocks(receipt.mp3)))
    return [
        (timed.cue.text, wave[timed.start * TICK_SAMPLES :][: timed.length * TICK_SAMPLES])
        for timed in receipt.timeline.cues
        if timed.cue.text
    ]


def _said(text: str) -> tuple[Cue, Cue]:
    return Cue(kind="say", step="text", text=text), Cue(kind="gap", step="text", length=_GAP)
