"""The sixty phrases as a finished MP3 has them: rendered the usual way, decoded, cut by the timed script."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.pipeline.render import render
from audioguide.reading.marks import has_marks
from audioguide.script.script import Cue, Script, VoiceChoice
from audioguide.speech.pack.catalogue import packed_voices
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from audioguide.verifier.measure.decode import blocks

PHRASES, FEWEST_WORDS = 60, 4
_GAP = 250  # ticks, 1 s


def phrases() -> list[str]:
    """Return sixty phrases of the routines that ship, without names of poses and muscles.

    They are those of the voice pack with the lowest hashes, of four words or more: a new routine exchanges
    few of them, and none is chosen for how it sounds.
    """
    texts = [
        text for text in packed_voices()[0].phrases if not has_marks(text) and _words(text) >= FEWEST_WORDS
    ]
    return sorted(sorted(texts, key=lambda text: sha256(text.encode()).hexdigest())[:PHRASES])


def _words(text: str) -> int:
    return len(text.split())


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
