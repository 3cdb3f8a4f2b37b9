"""Several voices in one file: who speaks each, what the receipt says, and what is heard."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Wave
from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.errors import EngineError
from audioguide.export.captions import captions
from audioguide.listener.options import Options
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.pipeline.voice import settled
from audioguide.routine.load import Routine
from audioguide.script.script import Script
from audioguide.speech import engines
from audioguide.speech.engine import Phrase
from audioguide.speech.tone import ToneEngine
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from audioguide.verifier.measure.decode import blocks
from audioguide.verifier.proof import prove

MakeScript = Callable[..., Script]
HEAD = "voices: {counter: {name: en-gb, rate: 160, pitch: 20}}"
STEPS = """
  - say: Stand tall.
  - count: [Down, two, up]
    reps: 2
  - say: Stand still.
"""


class Pack(ToneEngine):
    """Has one voice, at one pace, and few phrases."""

    def voice_for(self, name: str) -> str:
        """Have a voice of its own."""
        return f"pack {name}"

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Refuse what it lacks."""
        if any(phrase.voice == "en-gb" for phrase in phrases):
            return "no such voice"
        return "one pace" if any(phrase.rate > 120 for phrase in phrases) else ""


@pytest.fixture
def _pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "pack", Pack)


@pytest.mark.usefixtures("_pack")
def test_each_voice_has_the_best_engine_that_can_say_all_of_it(script: MakeScript) -> None:
    made = settled(script(STEPS, HEAD))
    counter = made.speaks(made.other_voices[0])
    assert (made.voice.engine, made.voice.name) == ("pack", "pack en-us")
    assert (counter.engine, counter.name, counter.rate) == ("pyttsx3", "en-gb", 160)
    assert made.notes[-1] == "the voice counter: pyttsx3, in the voice en-gb: no such voice"


@pytest.mark.usefixtures("_pack")
def test_one_voice_at_two_paces_has_one_engine(script: MakeScript) -> None:
    """Never two voices by accident: the guide does not stay in the pack, which has one pace."""
    made = settled(script(STEPS, "voices: {counter: {rate: 160}}"))
    counter = made.speaks(made.other_voices[0])
    assert (made.voice.engine, counter.engine) == ("pyttsx3", "pyttsx3")
    assert made.voice.name == counter.name
    assert "one pace" in made.notes[-1]


def test_an_engine_that_is_asked_for_speaks_all_voices(routine: Callable[..., Routine]) -> None:
    made = settled(compile(routine(STEPS, HEAD), Options(engine="tone")))
    assert {made.speaks(voice).engine for voice in made.other_voices} == {"tone"}


@pytest.mark.usefixtures("_pack")
def test_two_roles_that_sound_the_same_are_a_note(routine: Callable[..., Routine]) -> None:
    made = settled(compile(routine(STEPS, "voices: {counter: {name: en-gb}}"), Options(voice="en-gb")))
    assert "the voice counter sounds the same as the main voice, en-gb" in made.notes


def likeness(one: Wave, other: Wave) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def samples_of(made: Receipt) -> Wave:
    return np.concatenate(list(blocks(made.mp3)))


def test_two_voices_are_heard_in_one_file(routine: Callable[..., Routine], tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    options = Options(engine="pyttsx3")
    both = render(compile(routine(STEPS, HEAD), options), tmp_path / "both", cache=cache)
    alone = render(compile(routine(STEPS, ""), options), tmp_path / "alone", cache=cache)
    proof = prove(both.mp3, both.script)
    assert proof.stands(), proof.faults
    assert both.timeline.length == alone.timeline.length  # counts are on the beat in any voice
    waves = samples_of(both), samples_of(alone)
    words = {cue.cue.text: cue for cue in both.timeline.cues if cue.cue.text}
    alike = {
        text: likeness(*(wave[cue.start * TICK_SAMPLES :][:9600] for wave in waves))
        for text, cue in words.items()
    }
    assert min(alike["Stand tall."], alike["Stand still."]) > 0.99
    assert max(alike["Down"], alike["two"], alike["up"]) < 0.9


def test_the_receipt_and_the_files_name_all_voices(routine: Callable[..., Routine], tmp_path: Path) -> None:
    head = f"{HEAD}\nvoice: {{name: en-us}}"
    steps = f"{STEPS}  - say: Gut so.\n    voice: {{name: de}}\n"
    made = render(compile(routine(steps, head), Options(engine="tone")), tmp_path)
    text, data = made.as_text(), made.as_json()
    assert "  voice: en-us (tone)\n  voice counter: en-gb (tone)\n  voice {name: de}: de (tone)\n" in text
    assert [(each.get("role"), each["name"]) for each in data["voices"]] == [
        ("counter", "en-gb"),
        (None, "de"),
    ]
    assert "counter: en-gb (tone)" in made.text.read_text(encoding="utf-8")
    counted = [cue for cue in json.loads(made.script.read_text("utf-8"))["cues"] if cue.get("text") == "two"]
    assert counted[0]["voice"] == {"role": "counter", "name": "en-gb", "rate": 160, "pitch": 20}


def test_captions_say_the_words_and_no_voice(script: MakeScript) -> None:
    named, plain = (captions(estimated(script(STEPS, head))) for head in (HEAD, ""))
    assert [each.text for each in named] == [each.text for each in plain]


def test_a_voice_that_does_not_exist_is_blamed_on_its_role(
    routine: Callable[..., Routine], tmp_path: Path
) -> None:
    made = compile(routine(STEPS, "voices: {counter: {name: xx-nobody}}"), Options(engine="pyttsx3"))
    with pytest.raises(EngineError, match=r"routine.yaml:3:\d+: voice: .*xx-nobody"):
        render(made, tmp_path)
