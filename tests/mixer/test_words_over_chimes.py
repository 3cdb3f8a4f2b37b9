"""Words over the ringing of an end chime, by the real voice and decoded again: as clear and loud as alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.pipeline.render import render
from audioguide.script.script import Script
from audioguide.script.shipped import shipped
from audioguide.sound.ringing import under_words
from audioguide.sound.wav import read_wav
from audioguide.storage.cache import Cache
from tests.mixer.clearness import clearness
from tests.mp3.meter import lufs
from tests.slow import first

RATE = 48_000
SAID = (
    "Slowly lower your chest to the floor.", "Put your left foot back on the floor.", "Sit up.", "Let go.",
)  # fmt: skip
# What the voice pack says after its holds, and with it the natural voice.
PACKED = (
    "Slowly lower your chest.", "Slowly lower both arms to your sides.", "Slowly sit up again.",
    "Take the pack off now.",
)  # fmt: skip


def steps(said: tuple[str, ...], chime: str) -> str:
    """Return holds that end with `chime`, and each of these right after it."""
    return "".join(f"  - hold: 5s\n    chime: {chime}\n  - say: {text}\n    settle: 4s\n" for text in said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chime", "engine"),
    first(
        2, [(chime, engine) for chime in ("bowl", "bell", "chime", "wood") for engine in ("pack", "pyttsx3")]
    ),
)
def test_words_over_a_ringing_chime_are_as_clear_and_as_loud_as_alone(
    chime: str, engine: str, script: Callable[..., Script], tmp_path: Path
) -> None:
    rung = script(steps(PACKED if engine == "pack" else SAID, chime))
    rung = replace(rung, voice=replace(rung.voice, engine=engine))
    silent = replace(rung, cues=tuple(each for each in rung.cues if each.kind != "chime"))
    heard = {}
    for name, made in (("over", rung), ("alone", silent)):
        receipt = render(made, tmp_path / name, cache=Cache(tmp_path / "cache"))
        wave = soundfile.read(receipt.mp3, dtype="float64")[0] * 32_768
        said = [timed for timed in receipt.timeline.cues if timed.cue.kind == "say"]
        heard[name] = np.concatenate([wave[each.start * 192 : each.end * 192] for each in said])
    assert clearness(heard["alone"], heard["over"], RATE) > 0.98
    assert lufs(heard["over"]) == pytest.approx(lufs(heard["alone"]), abs=0.2)


def test_a_chime_is_itself_until_words_come_and_12_db_softer_from_then_on() -> None:
    bowl = read_wav(shipped()["bowl"])
    under = under_words(bowl, 200)
    before, after = slice(0, 550 * 48), slice(800 * 48, None)
    assert (under.samples[before] == bowl.samples[before]).all()
    softer = np.abs(under.samples[after] - bowl.samples[after] * 10 ** (-12 / 20))
    assert softer.max() <= 0.51
    assert np.array_equal(under_words(bowl, bowl.ticks).samples, bowl.samples)
