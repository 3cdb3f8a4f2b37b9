"""Voices that misbehave, and texts that make them: each clip is right, or one error names step and text."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.pipeline.gather import gather
from audioguide.script.script import Cue, Script, Spoken, VoiceChoice
from audioguide.speech import driver, espeak
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.pool import Speakers
from audioguide.storage.cache import Cache
from tests.faults.strings import KINDS, texts
from tests.faults.tally import tally
from tests.slow import first

CONTROL = Phrase("One more breath, in and out.", "en-us", 120, 50)
FAST = VoiceChoice(rate=300)  # a third of the samples
ROUNDS = 8  # of each kind
LONG_TEXT_SECONDS = 2 * (espeak.PHRASE_SECONDS + 500 * espeak.CHARACTER_SECONDS) + driver.START_SECONDS


@pytest.fixture(scope="module")
def engine() -> Iterator[PyttsxEngine]:
    with closing(PyttsxEngine()) as engine:
        yield engine


def spoken(engine: PyttsxEngine, text: str, folder: Path) -> Clip | str:
    """Have `text` spoken as a step of a script; return its clip, or what the one error says."""
    script = Script(
        name="odd", title="Odd", cues=(Cue(kind="say", step="steps[7]", text=text),), voice=FAST,
        places={"steps[7]": "odd.yaml:9:5"},
    )  # fmt: skip
    speakers = Speakers(lambda: engine, Cache(folder), workers=1)
    try:
        return gather(script, speakers).clips[Spoken(text)]
    except EngineError as error:
        return str(error)


def check(engine: PyttsxEngine, text: str, folder: Path, said: str) -> bool:
    """See that `text` becomes a sound clip or an error of its own; return whether it was spoken."""
    began = time.monotonic()
    result = spoken(engine, text, folder)
    assert time.monotonic() - began < LONG_TEXT_SECONDS, said
    if isinstance(result, Clip):
        samples = result.samples.astype(np.float64)
        assert len(samples) == result.ticks * 192 > 0, said
        assert 300 < np.abs(samples).max() < 32_768 * 10 ** (-2.5 / 20), said
        assert samples[0] == samples[-1] == 0, said
        return True
    assert result.startswith("odd.yaml:9:5: steps[7]: "), said
    assert "could not speak" in result or "cannot be spoken" in result or " is over " in result, said
    assert "\x00" not in result, said
    return False


def fuzz(engine: PyttsxEngine, count: int, folder: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    before = engine.speak(CONTROL)
    fine = 0
    for number, text in enumerate(texts(count, chance)):
        said = f"seed {seed}, number {number}: {text!r}"
        fine += check(engine, text, folder, said)
        if number % len(KINDS) == 0:
            # What a text did to the voice must not last: pitch, pace and volume are as before.
            after = engine.speak(CONTROL)
            assert abs(after.ticks - before.ticks) <= 1, said
            assert loudness(after) == pytest.approx(loudness(before), abs=0.1), said
    assert count / 3 < fine < count, seed
    tally("odd texts", count, spoken=fine)


def loudness(clip: Clip) -> float:
    return float(10 * np.log10(np.mean(clip.samples.astype(np.float64) ** 2)))


@pytest.mark.slow
def test_odd_texts(engine: PyttsxEngine, tmp_path: Path) -> None:
    fuzz(engine, ROUNDS * len(KINDS), tmp_path)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_three_thousand_odd_texts(engine: PyttsxEngine, tmp_path: Path) -> None:
    fuzz(engine, 3000, tmp_path)


@pytest.mark.parametrize("kind", ["controls", "bidi"])
def test_signs_that_nobody_sees_change_nothing_that_is_heard(engine: PyttsxEngine, kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(6):
        text = KINDS[kind](chance)
        seen = "".join(
            " " if sign.isspace() else sign for sign in text if sign.isprintable() or sign.isspace()
        )
        odd, plain = (engine.speak(Phrase(each, "en-us", 120, 50)) for each in (text, seen))
        # The same text twice differs by half a per cent, too.
        assert odd.ticks == pytest.approx(plain.ticks, rel=0.01), repr(text)
        assert loudness(odd) == pytest.approx(loudness(plain), abs=0.1), repr(text)


MISBEHAVING = """
import json, os, random, sys, time, wave
print(json.dumps({"ready": True}), flush=True)
fate = FATE
def write(path, data, rate=22050):
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(data)
def pcm(samples):
    return b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples)
def words(seconds):
    # bursts of a buzz, as uneven as words are
    made = b""
    while len(made) < seconds * 44100:
        made += pcm(9000 if n % 110 < 9 else -800 for n in range(4000)) + bytes(3000)
    return made
for line in sys.stdin:
    job = json.loads(line)
    path = job["path"]
    if "Doomed" not in job["text"]:
        write(path, words(0.9))
    elif fate == "sleeps":
        time.sleep(600)
    elif fate == "dies":
        os.abort()
    elif fate == "silence":
        write(path, bytes(53000))
    elif fate == "noise":
        write(path, pcm(int(random.gauss(0, 3000)) for _ in range(26500)))
    elif fate == "a hum":
        write(path, pcm(3000 * (n % 100 < 50) for n in range(26500)))
    elif fate == "a short file":
        write(path, words(0.1)[:6000])
    elif fate == "a long file":
        write(path, words(9))
    elif fate == "another rate":
        write(path, words(1.2), 44100)
    elif fate == "no sound file":
        open(path, "wb").write(b"<html>" * 999)
    elif fate == "a cut file":
        write(path, words(0.9))
        os.truncate(path, 9000)
    elif fate == "nonsense":
        print("nonsense", flush=True)
        continue
    print(json.dumps({"done": True}), flush=True)
"""
FATES = [
    "sleeps", "dies", "silence", "noise", "a hum", "a short file", "a long file", "another rate",
    "no sound file", "a cut file", "nonsense", "nothing",
]  # fmt: skip
PATIENCE = 0.3


@pytest.mark.slow
@pytest.mark.parametrize("fate", first(6, FATES))
def test_a_voice_that_misbehaves_is_found_in_time_and_the_others_are_spoken(
    tmp_path: Path, fate: str
) -> None:
    command = (sys.executable, "-S", "-c", MISBEHAVING.replace("FATE", repr(fate)))
    doomed = "Doomed to fail, here."
    lines = ["Lie down here.", doomed, "Breathe out now.", "Rest a while."]
    with closing(PyttsxEngine(command=command, patience=PATIENCE)) as engine:
        for text in lines:
            began = time.monotonic()
            result = spoken(engine, text, tmp_path)
            took = time.monotonic() - began
            if text is doomed:
                assert isinstance(result, str)
                assert result.startswith(f'odd.yaml:9:5: steps[7]: could not speak "{doomed}": ')
                # Twice the limit, and the start of two processes.
                assert took < 2 * (PATIENCE + espeak.CHARACTER_SECONDS * len(doomed)) + 5
            else:
                assert isinstance(result, Clip), result
                assert result.ticks == pytest.approx(300, rel=0.3), text
