"""Kokoro with its real weights; what needs none of them, without."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import EngineError
from audioguide.speech import kokoro
from audioguide.speech.driver import Driver
from audioguide.speech.engine import RATES, Phrase
from audioguide.speech.kokoro import FASTEST, SLOWEST, KokoroEngine
from audioguide.speech.neural import engine as neural
from audioguide.speech.voices.folder import MANIFEST, Installed, manifest_of
from audioguide.speech.voices.packaged import BLENDS, PACKAGED
from tests.slow import first
from tests.speech.conftest import needs_weights

PHRASE = Phrase("Rest.", "hazel", 120, 50)


def _add(folder: Path, name: str, vectors: bytes, sha256: str, language: str = "en-us") -> None:
    home = folder / "kokoro" / name
    home.mkdir(parents=True)
    file = home / f"{name}.bin"
    file.write_bytes(vectors)
    voice = Installed(
        id=name, engine="kokoro", language=language, about=name, licence="none", source="here",
        files=((file, len(vectors), sha256),),
    )  # fmt: skip
    (home / MANIFEST).write_bytes(manifest_of(voice))


@pytest.mark.slow
@needs_weights
def test_it_speaks_the_same_bytes_again_and_in_another_process() -> None:
    clips = []
    for _ in range(2):
        with closing(KokoroEngine()) as engine:
            clips.append(engine.speak(PHRASE).samples)
    assert np.array_equal(clips[0], clips[1])
    assert 50 < len(clips[0]) // 192 < 300


@pytest.mark.parametrize("gone", [kokoro.RUNTIME, kokoro.PARTS[2]])
def test_a_missing_extra_is_one_line_with_the_command(gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = find_spec("json")  # the others are there, whatever is installed
    monkeypatch.setattr(kokoro, "find_spec", lambda name: None if name == gone else here)
    engine = KokoroEngine()
    for ask in (engine.voices, engine.about, lambda: engine.speak(PHRASE)):
        with pytest.raises(
            EngineError, match=rf"needs .*{gone}.*: pip install 'audioguide\[natural\]'"
        ) as reported:
            ask()
        assert "\n" not in str(reported.value)
    assert gone in engine.obstacle([PHRASE])
    assert engine.fingerprint("hazel")  # clips that were spoken earlier can still be found


def test_it_hurries_little_and_never_drags() -> None:
    paces = [KokoroEngine().pace(rate) for rate in RATES]
    assert paces == sorted(paces)
    assert (min(paces), max(paces)) == (SLOWEST, FASTEST) == (0.9, 1.0)


@needs_weights
def test_every_voice_of_the_package_and_every_blend_is_listed() -> None:
    listed = [voice.id for voice in KokoroEngine().voices()]
    assert set(listed) == {*BLENDS, *PACKAGED}


@needs_weights
def test_a_blend_of_your_own_is_a_weighted_mean() -> None:
    engine = KokoroEngine()
    own, named = engine.find("JF_alpha:3+jm_kumo:2"), engine.find("hazel")
    assert own.job == named.job
    assert [part["weight"] for part in own.job["voice"]] == [0.6, 0.4]
    with pytest.raises(EngineError, match="no voice 'af_heart' to blend: there are hazel"):
        engine.find("af_heart:1+jm_kumo:1")
    with pytest.raises(EngineError, match="no weight above 0"):
        engine.find("jf_alpha:0")


@needs_weights
@pytest.mark.parametrize(
    ("voice", "reported"),
    [
        (
            "af_heart",
            r"af_heart is not installed: `audioguide voices add af_heart` adds it \(0\.5 MB, Apache",
        ),
        ("fr", r"no voice for 'fr' yet: `audioguide voices add ff_siwis` adds one"),
        ("jf_alpa", "has no voice 'jf_alpa': try jf_alpha"),
        ("zz", "has no voice 'zz': try "),
    ],
)
def test_a_voice_that_is_not_there_is_one_line(voice: str, reported: str) -> None:
    with pytest.raises(EngineError, match=reported) as raised:
        KokoroEngine().speak(replace(PHRASE, voice=voice))
    assert "\n" not in str(raised.value)


@needs_weights
def test_a_text_in_another_alphabet_is_one_line() -> None:
    with pytest.raises(EngineError, match="the voice hazel reads en-us, not 'Вдох'"):
        KokoroEngine().speak(replace(PHRASE, text="Вдох и выдох."))


@needs_weights
def test_a_language_finds_the_favourite_and_its_sum_is_part_of_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(tmp_path))
    engine = KokoroEngine()
    prints = {engine.fingerprint("en-us")}
    assert engine.find("en-us").id == "hazel"
    _add(tmp_path, "af_bella", b"", "1" * 64)
    _add(tmp_path, "af_heart", b"", "2" * 64)
    assert engine.find("en-us").id == "af_heart"
    prints.add(engine.fingerprint("en-us"))
    shutil.rmtree(tmp_path / "kokoro" / "af_heart")
    _add(tmp_path, "af_heart", b"", "3" * 64)
    prints.add(engine.fingerprint("en-us"))
    assert len(prints) == 3
    assert all("onnxruntime " in each and kokoro.MODEL_SHA256 in each for each in prints)


@needs_weights
@pytest.mark.parametrize("damage", first(1, ["truncated", "changed", "not a voice"]))
def test_a_damaged_voice_is_one_line_and_is_not_tried_twice(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(tmp_path))
    data = b"\0\0\0?" * 256 * 3
    sums = hashlib.sha256(data[:100] if damage == "not a voice" else data).hexdigest()
    _add(
        tmp_path,
        "af_odd",
        {"truncated": data[:-8], "changed": data[:-1] + b"\1"}.get(damage, data[:100]),
        sums,
    )
    started: list[object] = []
    asked = Driver.ask

    def counted(self: Driver, job: dict[str, object], limit: float) -> dict[str, object]:
        started.append(job["op"])
        return asked(self, job, limit)

    monkeypatch.setattr(Driver, "ask", counted)
    with closing(KokoroEngine()) as engine, pytest.raises(EngineError) as reported:
        engine.speak(replace(PHRASE, voice="af_odd"))
    odd = damage == "not a voice"
    reason = "not the file of a Kokoro voice" if odd else "is damaged or not what was installed"
    assert reason in str(reported.value)
    assert "\n" not in str(reported.value)
    assert started.count("speak") == 1
    assert started.count("load") <= 1  # it may be there, from before


@needs_weights
@pytest.mark.parametrize("damage", ["cut", "missing"])
def test_a_truncated_model_is_one_line(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "part.bin").write_bytes(b"\0" * 1000)
    place = kokoro._place
    bad = tmp_path if damage == "cut" else tmp_path / "nowhere"
    monkeypatch.setattr(kokoro, "_place", lambda name: bad if name == kokoro.PARTS[3] else place(name))
    with closing(KokoroEngine()) as engine, pytest.raises(EngineError) as reported:
        engine.speak(PHRASE)
    assert {"cut": "is damaged", "missing": "cannot read"}[damage] in str(reported.value)
    assert "\n" not in str(reported.value)


@needs_weights
@pytest.mark.slow
def test_a_text_that_ends_the_process_is_one_error_and_the_next_one_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doomed = replace(PHRASE, text="s'" * 100)
    with closing(KokoroEngine()) as engine:
        with pytest.raises(EngineError, match="a word of 200 characters"):
            engine.speak(doomed)
        with monkeypatch.context() as patched:
            patched.setattr(neural, "clean", lambda text: text)
            with pytest.raises(EngineError, match=r"could not speak .*the voice process ended") as reported:
                engine.speak(doomed)
            assert len(str(reported.value).splitlines()) == 1
        assert engine.speak(PHRASE).ticks > 50


@needs_weights
@pytest.mark.slow
def test_a_phrase_of_two_sentences_has_a_pause_and_a_long_one_is_spoken_to_its_end() -> None:
    one, two = "Lie flat on your back now.", "Let both of your feet rest."
    with closing(KokoroEngine()) as engine:
        alone = [engine.speak(replace(PHRASE, text=text)).ticks for text in (one, two)]
        together = engine.speak(replace(PHRASE, text=f"{one} {two}")).ticks
        long = engine.speak(replace(PHRASE, text=" and ".join(["breathe slowly in and out"] * 8))).ticks
    assert sum(alone) + 50 < together < sum(alone) + 150
    assert long > 8 * 250
