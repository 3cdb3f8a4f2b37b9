"""The one place that knows DistillMOS: how natural speech sounds to a model of listeners, from 1 to 5."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.resample import resampled

RATE = 16_000


def missing() -> str:
    """Return what has to be installed for a score; "" for nothing."""
    if all(find_spec(name) for name in ("distillmos", "torch", "torchaudio")):
        return ""
    return "no score without DistillMOS: pip install 'audioguide[bench-voices]'"


def scores(waves: Sequence[NDArray[np.float32]], rate: int) -> list[float]:
    """Return the score of each of `waves`, (n,) float32 at full scale 1 and `rate` Hz."""
    import distillmos
    import torch

    torch.set_num_threads(1)
    model = distillmos.ConvTransformerSQAModel()
    model.eval()
    with torch.no_grad():
        return [float(model(torch.from_numpy(resampled(wave, rate, RATE))[None])) for wave in waves]
