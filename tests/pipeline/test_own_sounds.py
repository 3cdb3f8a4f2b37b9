"""The user's own sounds that cannot be used: one line that names the step, before anything is spoken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import AudioguideError, OutputError, RoutineError
from audioguide.pipeline.gather import gather
from audioguide.script.script import Script, VoiceChoice
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Speakers
from audioguide.storage.cache import Cache

MakeScript = Callable[..., Script]


def long(path: Path) -> None:
    soundfile.write(path, np.full(7_200 * 4_000, 0.1), 4_000, format="FLAC")


def silent(path: Path) -> None:
    soundfile.write(path, np.zeros(48_000), 48_000, format="FLAC")


def corrupt(path: Path) -> None:
    path.write_bytes(b"fLaC" + bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (long, RoutineError, "this sound is 7200 s long; the limit is 60 s"),
        (silent, RoutineError, "this sound is silent"),
        (corrupt, OutputError, "is not a sound file, or is damaged"),
    ],
)
def test_what_cannot_be_used_is_reported_with_the_step_that_wants_it(
    script: MakeScript, tmp_path: Path, make: Callable[[Path], None],
    kind: type[AudioguideError], words: str,
) -> None:  # fmt: skip
    make(tmp_path / "gong.flac")
    made = script("  - say: Lean.\n  - hold: 9s\n    marks: {halfway: gong}\n", "sounds: {gong: gong.flac}")
    speakers = Speakers(lambda: make_engine("tone"), Cache(tmp_path / "cache"))
    made = Script(name="t", title="T", cues=made.cues, voice=VoiceChoice(engine="tone"), places=made.places)
    for use in (estimated_lengths, lambda script: gather(script, speakers)):
        with pytest.raises(AudioguideError) as caught:
            use(made)
        assert type(caught.value) is kind
        assert "routine.yaml:6:5: steps[1]: " in str(caught.value)
        assert str(caught.value).endswith(words)
        assert "\n" not in str(caught.value)
