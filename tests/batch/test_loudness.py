"""The loudness that the manifest has is that of the whole file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.loudness import integrated
from audioguide.batch.loudness import loudness_of
from audioguide.mixer.pcm import mixed
from audioguide.pipeline.mixdown import mixdown
from audioguide.script.script import Script, VoiceChoice
from audioguide.storage.cache import Cache


@pytest.mark.parametrize("profile", ["standard", "quiet"])
def test_it_is_what_the_samples_have(script: Callable[..., Script], tmp_path: Path, profile: str) -> None:
    steps = (
        "  - say: Rest your hands on the floor.\n  - hold: 5s\n  - say: And let go of them now.\n  - hold: 3s"
    )
    written = replace(script(steps), voice=VoiceChoice(engine="tone"), profile=profile)  # type: ignore[arg-type]
    cache = Cache(tmp_path)
    heard = mixdown(written, cache)
    sounds = mixed(heard.sounds, heard.timeline.length, None)
    whole = np.concatenate(list(sounds)).astype(np.float32) / np.float32(32_768)
    found = loudness_of(heard, cache)
    assert found is not None
    assert found == pytest.approx(integrated(whole), abs=0.2)
    assert loudness_of(heard, cache) == found
