"""Piper with the real weights of joe; what needs none of them, without."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import EngineError
from audioguide.speech import piper
from audioguide.speech.engine import Phrase
from audioguide.speech.piper import PiperEngine
from audioguide.speech.voices.folder import MANIFEST
from tests.speech.conftest import PIPER_VOICE, needs_weights

PHRASE = Phrase("Slowly breathe out, and rest.", PIPER_VOICE, 120, 50)


@pytest.mark.slow
@needs_weights
def test_it_speaks_the_same_bytes_again_and_in_another_process(equipped: None) -> None:
    clips = []
    for _ in range(2):
        with closing(PiperEngine()) as engine:
            clips += [engine.speak(PHRASE).samples, engine.speak(PHRASE).samples]
    assert all(np.array_equal(clips[0], each) for each in clips)


def test_without_the_runtime_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper, "find_spec", lambda _name: None)
    with pytest.raises(
        EngineError, match=r"^the engine piper needs onnxruntime: pip install 'audioguide\[natural\]'$"
    ):
        PiperEngine().speak(PHRASE)


@needs_weights
@pytest.mark.parametrize("name", ["en", "en-us", "EN_us-Joe-Medium", f" {PIPER_VOICE} ", f"{PIPER_VOICE}#0"])
def test_a_voice_is_found_by_its_name_or_its_language(equipped: None, name: str) -> None:
    found = PiperEngine().find(name)
    assert found.id.partition("#")[0] == PIPER_VOICE
    assert found.reads == "en-us"


@needs_weights
@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("de_DE-thorsten-medium", "is not installed: `audioguide voices add de_DE-thorsten-medium`"),
        ("de", "no voice for 'de' yet: `audioguide voices add de_DE-thorsten-high` adds one"),
        (f"{PIPER_VOICE}#7", "has no speaker '7': there are 1 "),
        ("bob", "piper has no voice 'bob'"),
    ],
)
def test_a_voice_that_is_not_there_is_one_line(equipped: None, name: str, reported: str) -> None:
    with pytest.raises(EngineError, match=reported) as raised:
        PiperEngine().speak(replace(PHRASE, voice=name))
    assert "\n" not in str(raised.value)


@pytest.fixture
def copied(added_voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a voice that may be damaged."""
    monkeypatch.setenv("AUDIOGUIDE_VOICES_DIR", str(tmp_path))
    home = tmp_path / "piper" / PIPER_VOICE
    home.mkdir(parents=True)
    for file in (added_voices / "piper" / PIPER_VOICE).iterdir():
        shutil.copy(file, home / file.name)
    return home


def _resized(home: Path) -> None:
    """Let the list of files agree with their sizes and sums, as if they had been added so."""
    document = json.loads((home / MANIFEST).read_text())
    for file in document["files"]:
        data = (home / file["name"]).read_bytes()
        file |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (home / MANIFEST).write_text(json.dumps(document))


@needs_weights
@pytest.mark.parametrize(
    ("file", "data", "reported"),
    [
        (f"{PIPER_VOICE}.onnx", b"\x08\x08", "cannot be loaded as a model"),
        (f"{PIPER_VOICE}.onnx", b"", "cannot be loaded as a model"),
        (f"{PIPER_VOICE}.onnx.json", b"{", "is not the JSON of a Piper voice"),
        (f"{PIPER_VOICE}.onnx.json", b"[1]", "is not the JSON of a Piper voice"),
        (
            f"{PIPER_VOICE}.onnx.json",
            b'{"audio": {"sample_rate": 9}, "phoneme_type": "pinyin", "phoneme_id_map": {"^":0,"$":0,"_":0}}',
            "phonemes of the type 'pinyin'",
        ),
    ],
)
def test_a_damaged_voice_is_one_line(copied: Path, file: str, data: bytes, reported: str) -> None:
    (copied / file).write_bytes(data)
    _resized(copied)
    with closing(PiperEngine()) as engine, pytest.raises(EngineError, match=reported) as raised:
        engine.speak(PHRASE)
    assert "\n" not in str(raised.value)


@needs_weights
def test_a_voice_that_was_changed_later_is_refused(copied: Path) -> None:
    with (copied / f"{PIPER_VOICE}.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"other")
    with closing(PiperEngine()) as engine, pytest.raises(EngineError, match="is damaged or not what was"):
        engine.speak(PHRASE)
