"""The voice pack: it has all that the routines that ship say, and its frames are copied as they are."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.framed import FramedClip
from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.errors import EngineError
from audioguide.listener.layers import Layer, layered
from audioguide.listener.options import NOTHING, Options
from audioguide.mp3.encode import encode
from audioguide.mp3.frames import BITRATE, frame_bytes, frames_for
from audioguide.pipeline.build import rebuild
from audioguide.pipeline.render import render, write_script
from audioguide.pipeline.voice import settled
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.speech.auto import decide
from audioguide.speech.engine import Phrase
from audioguide.speech.pack.catalogue import packed_voices
from audioguide.speech.pack.engine import PackEngine
from audioguide.storage.cache import Cache
from sounds import make_voice
from sounds.phrases import phrases, spoken
from tests.shipped import compiled
from tests.slow import first
from tests.tables import every

LARGEST = 60_000_000  # bytes of the phrases of the first voice: what a checkout and a wheel can bear


def phrase(
    text: str, voice: str = "en-us", rate: int = 120, pitch: int = 50, *, warm: bool = False
) -> Phrase:
    return Phrase(text, voice, rate, pitch, warm)


@every("name", first(50, SHIPPED_LIBRARY.routines()))
def test_it_has_what_each_routine_says(name: str) -> None:
    first = packed_voices()[0]
    missing = set(spoken(compiled(name, Options(player_check=True)))) - set(first.phrases)
    assert not missing, "run `python -m sounds.make_voice af_heart`"


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_it_has_what_can_be_said_with_any_setting_and_no_more() -> None:
    wanted = set(phrases())
    for voice in packed_voices():
        assert wanted - set(voice.phrases) == set(), "run `python -m sounds.make_voice NAME`"
        assert set(voice.phrases) - wanted == set(), "run `python -m sounds.make_voice NAME`"


def test_every_file_has_the_frames_of_its_length_and_there_are_no_others() -> None:
    for voice in packed_voices():
        files = {path.name: path.stat().st_size for path in voice.folder.glob("*.mp3")}
        assert files == {
            file: frames_for(ticks) * frame_bytes(BITRATE) for file, ticks in voice.phrases.values()
        }
    assert sum(path.stat().st_size for path in packed_voices()[0].folder.iterdir()) < LARGEST


def test_only_phrases_whose_take_is_changed_are_spoken_again(
    tmp_path: Path,
) -> None:
    for file in ("rest.mp3", "lift.mp3"):
        (tmp_path / file).write_bytes(b"frames")
    (tmp_path / "tuning.yaml").write_text('"Rest.": {rate: 140}\n', encoding="utf-8")
    known = {"Rest.": ["rest.mp3", 1], "Lift.": ["lift.mp3", 1]}
    make_voice._write(tmp_path, "af_heart", known, make_voice._tuning(tmp_path), "a model")
    assert make_voice._index(tmp_path) == known
    (tmp_path / "tuning.yaml").write_text('"Lift.": {text: "Lift!"}\n', encoding="utf-8")
    assert make_voice._index(tmp_path) == {}
    (tmp_path / "tuning.yaml").write_text('"Rest.": {rate: 140}\n"Lift.": {rate: 140}\n', encoding="utf-8")
    assert list(make_voice._index(tmp_path)) == ["Rest."]


def test_a_clip_of_frames_sounds_as_what_was_encoded() -> None:
    time = np.arange(48_000)
    tone = (8_000 * np.sin(2 * np.pi * 300 * time / 48_000) * np.hanning(48_000)).astype(np.int16)
    clip = FramedClip(encode(tone, BITRATE), 250)
    assert clip.ticks == 250
    assert np.abs(clip.samples.astype(int) - tone).max() < 100


def test_a_render_with_nothing_in_the_cache_speaks_nothing_and_copies_the_phrases(tmp_path: Path) -> None:
    receipt = render(compiled("back-relaxation"), tmp_path, cache=Cache(tmp_path / "cache"))
    script = receipt.timeline.script
    assert (script.voice.engine, script.voice.name) == ("pack", "af_heart")
    assert receipt.phrases_spoken == receipt.islands_reused == 0  # nothing was in the cache
    assert receipt.islands_copied > 0
    assert f", {receipt.islands_copied} copied from the voice pack" in receipt.as_text()
    assert not script.notes
    mp3 = receipt.mp3.read_bytes()
    voice = packed_voices()[0]
    said = [text for text in spoken(script) if not text.startswith("Slowly lower")]
    copied = [text for text in said if voice.frames(text) in mp3]
    assert len(copied) > 0.8 * len(said)  # others begin while a chime rings


def test_over_a_bed_and_at_another_bit_rate_the_phrases_are_decoded(tmp_path: Path) -> None:
    for number, options in enumerate((Options(bed="brown"), Options(profile="quiet"), Options(warm=True))):
        script = compiled("cat-stretch", options)
        receipt = render(script, tmp_path / str(number), cache=Cache(tmp_path / "cache"))
        assert receipt.timeline.script.voice.engine == "pack"
        assert {held.placed for held in receipt.holds} == {held.asked for held in receipt.holds}


def test_where_one_phrase_is_missing_another_engine_says_all_and_the_receipt_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.speech.auto.ORDER", ("pack", "tone"))
    (tmp_path / "own.yaml").write_text(
        "title: Own\nsteps:\n  - say: Lie on your back.\n    settle: 2s\n  - say: Count the swallows.\n",
        encoding="utf-8",
    )
    receipt = render(compile(load(tmp_path / "own.yaml")), tmp_path / "out", cache=Cache(tmp_path / "cache"))
    assert receipt.timeline.script.voice.engine == "tone"
    [note] = receipt.notes
    assert "the voice pack does not have" in note


@every(
    ("asked", "reason"),
    [
        (phrase("Bend your knees."), ""),
        (phrase("Bend your knees.", rate=90), ""),
        (phrase("Bend your knees.", rate=150), "one pace, and cannot speak at 150 words per minute"),
        (phrase("Bend your knees.", pitch=70), "one pitch, and cannot speak at 70"),
        (phrase("Bend your knees.", voice="de"), "no voice 'de'"),
        (phrase("Count the swallows."), 'does not have "Count the swallows."'),
    ],
)
def test_it_speaks_what_it_can_say_as_it_is_asked_for(asked: Phrase, reason: str) -> None:
    decision = decide([asked])
    assert (decision.engine == "pack") == (not reason)
    assert reason in decision.reason


def test_a_phrase_that_it_lacks_is_one_clear_error() -> None:
    with closing(PackEngine()) as engine, pytest.raises(EngineError, match="does not have") as caught:
        engine.speak(phrase("Count the swallows."))
    assert "\n" not in str(caught.value)


def test_a_warm_phrase_is_softer_and_longer_by_its_room() -> None:
    engine = PackEngine()
    plain, warm = (engine.speak(phrase("Bend your knees.", warm=warm)) for warm in (False, True))
    assert engine.at_hand(phrase("Bend your knees.", warm=True)) is None
    assert plain.ticks < warm.ticks <= plain.ticks + 60


def test_what_is_estimated_is_said_to_be_exact_only_where_the_pack_has_every_phrase() -> None:
    from audioguide.compiler.estimate import is_exact

    script = compiled("cat-stretch")
    assert is_exact(script)
    assert not is_exact(replace(script, voice=replace(script.voice, rate=131)))
    assert not is_exact(replace(script, voice=replace(script.voice, engine="tone")))


def test_a_dry_run_knows_the_true_lengths(tmp_path: Path) -> None:
    from audioguide.compiler.estimate import estimated

    script = compiled("cat-stretch")
    receipt = render(script, tmp_path, cache=Cache(tmp_path / "cache"))
    assert estimated(script).length == receipt.timeline.length


OWN = "Let it swing, friend."


def edited(folder: Path, options: Options = NOTHING) -> Path:
    """Write a timed script of cat-stretch in which somebody has changed a text."""
    script = replace(compiled("cat-stretch", options), asked=options.written)
    path = next(write_script(script, folder, estimate=True))
    document = json.loads(path.read_text(encoding="utf-8"))
    said = [cue for cue in document["cues"] if cue["kind"] == "say"]
    said[-1]["text"] = OWN
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_timed_script_that_nobody_changed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = render(compiled("cat-stretch"), tmp_path / "made", cache=Cache(tmp_path / "cache"))
    again = render(read_script(made.script), tmp_path / "again", cache=Cache(tmp_path / "cache"))
    assert again.mp3.read_bytes() == made.mp3.read_bytes()


def test_a_text_that_was_changed_in_a_timed_script_is_spoken_by_another_engine(tmp_path: Path) -> None:
    document = json.loads(edited(tmp_path).read_text(encoding="utf-8"))
    assert (document["voice"]["engine"], document["voice"]["name"]) == ("pack", "af_heart")
    found = settled(read_script(edited(tmp_path)))
    assert (found.voice.engine, found.voice.name) == ("pyttsx3", "en-us")
    assert f'does not have "{OWN}"' in found.notes[-1]


def test_an_edited_script_keeps_the_pack_that_was_asked_for_and_says_what_it_lacks(tmp_path: Path) -> None:
    path = edited(tmp_path, Options(engine="pack"))
    with pytest.raises(EngineError, match=f'does not have "{OWN}"'):
        render(read_script(path), tmp_path, cache=Cache(tmp_path / "cache"))


@pytest.mark.parametrize(
    ("stored", "asked", "speaks"),
    [
        (("pack", "af_heart"), Options(engine="auto"), ("pyttsx3", "en-us")),
        (("pack", "af_heart"), Options(engine="pyttsx3"), ("pyttsx3", "en-us")),
        (("pack", "af_heart"), Options(engine="pyttsx3", voice="en-gb"), ("pyttsx3", "en-gb")),
        (("kokoro", "bm_george"), Options(engine="auto"), ("pyttsx3", "en-gb")),
        (("piper", "de_DE-thorsten-medium"), Options(engine="pyttsx3"), ("pyttsx3", "de")),
        (("kokoro", "pf_dora"), Options(engine="pyttsx3"), ("pyttsx3", "pt-br")),
        (("kokoro", "zf_xiaobei"), Options(engine="pyttsx3"), ("pyttsx3", "cmn")),
        (("pyttsx3", "en-us+f3"), Options(engine="auto"), ("pyttsx3", "en-us")),
        (("pyttsx3", "en-us+f3"), Options(engine="pyttsx3"), ("pyttsx3", "en-us+f3")),
    ],
)
def test_another_engine_speaks_a_timed_script_in_its_voice_for_that_language(
    tmp_path: Path, stored: tuple[str, str], asked: Options, speaks: tuple[str, str]
) -> None:
    path = edited(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["voice"] |= {"engine": stored[0], "name": stored[1]}
    path.write_text(json.dumps(document), encoding="utf-8")
    voice = settled(rebuild(read_script(path), layered([Layer("command line", asked)]))).voice
    assert (voice.engine, voice.name) == speaks


@pytest.mark.parametrize("installed", [True, False])
def test_the_extra_is_advised_where_it_is_not_installed(
    installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.speech.pack.engine.find_spec", lambda _name: installed or None)
    obstacle = PackEngine().obstacle([phrase("Words of your own.")])
    assert obstacle.startswith('the voice pack does not have "Words of your own."')
    assert ("pip install" in obstacle) is not installed
