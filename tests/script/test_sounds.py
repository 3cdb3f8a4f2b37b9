from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.errors import OutputError, RoutineError
from audioguide.script.shipped import shipped
from audioguide.script.sounds import find
from audioguide.sound.lengths import sound_ticks
from audioguide.sound.own_sound import load
from tests.tables import every


def write_gong(path: Path, rate: int = 48_000, silence: float = 0.3) -> Path:
    time = np.arange(int(0.7 * rate)) / rate
    gong = 0.4 * np.sin(2 * np.pi * 300 * time) * np.exp(-6 * time)
    edge = np.zeros(int(silence * rate))
    soundfile.write(path, np.concatenate([edge, gong, edge]), rate)
    return path


def test_a_shipped_name_is_found_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "bell").mkdir()
    assert find("bell", tmp_path) == shipped()["bell"]


def test_paths_are_relative_to_the_base_absolute_or_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my").mkdir()
    gong = write_gong(tmp_path / "my" / "gong.wav")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert find("my/gong.wav", tmp_path) == gong
    assert find("gong.wav", tmp_path / "my") == gong
    assert find(str(gong), Path("elsewhere")) == gong
    assert find("~/my/gong.wav", Path("elsewhere")) == gong


def test_an_upper_case_suffix_is_fine(tmp_path: Path) -> None:
    gong = write_gong(tmp_path / "GONG.WAV")
    assert find("GONG.WAV", tmp_path) == gong


@every(
    ("sound", "message"),
    [
        ("bel", "no sound is called 'bel'; did you mean 'bell'?"),
        ("Chime", "did you mean 'chime'?"),
        ("xyz", "shipped sounds: bell, bowl, chime, tick, wood"),
        ("", "no sound is called ''"),
        ("folder", "'folder' is a folder"),
        ("folder.wav", "'folder.wav' is a folder"),
        (".", "'.' is a folder"),
        ("bell.wav", "there is no sound file 'bell.wav'"),
        ("bell.wav", "did you mean 'bell'?"),
        ("my/gong.wav", "there is no sound file 'my/gong.wav'"),
        ("~nobody-of-this-name/gong.wav", "there is no sound file"),
        ("gong.wma", "not a supported kind of file: use .wav, .flac, .ogg, .mp3, .aiff, .aif, .m4a"),
        (
            "gong.wma",
            "save it as WAV in an audio editor such as Audacity, or run `ffmpeg -i gong.wma gong.wav`",
        ),
        ("my/gong", "is not a supported kind of file"),
        ("a\0b.wav", "there is no sound file"),
        ("a" * 300 + ".wav", "there is no sound file"),
    ],
)
def test_what_is_no_sound_is_refused_in_one_line(sound: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(exist_ok=True)
    (tmp_path / "folder.wav").mkdir(exist_ok=True)
    (tmp_path / "gong.wma").write_bytes(b"x")
    with pytest.raises(RoutineError) as caught:
        find(sound, tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@every("name", ["bell", "bowl", "chime", "tick", "wood"])
def test_ticks_of_shipped_sounds_agree_with_the_clip(name: str) -> None:
    path = shipped()[name]
    assert sound_ticks(path) == load(path).ticks > 0


@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_ticks_of_a_users_sound_agree_with_the_clip(rate: int, tmp_path: Path) -> None:
    path = write_gong(tmp_path / "gong.wav", rate)
    assert sound_ticks(path) == load(path).ticks
    # A silence that is trimmed does not count; a file that changed is measured again.
    before = sound_ticks(path)
    assert abs(sound_ticks(write_gong(path, rate, silence=0.8)) - before) <= 1
    time = np.arange(2 * rate) / rate
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 300 * time), rate)
    assert sound_ticks(path) == load(path).ticks == 500


def test_ticks_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"missing\.wav"):
        sound_ticks(tmp_path / "missing.wav")
    (tmp_path / "text.wav").write_text("not a sound")
    with pytest.raises(OutputError, match=r"text\.wav is not a sound file"):
        sound_ticks(tmp_path / "text.wav")


def test_shipped_sounds_need_no_heavy_library() -> None:
    script = """
import sys
from audioguide.script.sounds import find
from audioguide.sound.lengths import sound_ticks
from pathlib import Path
assert sound_ticks(find("bell", Path())) == 450
heavy = {"numpy", "soundfile", "pydub", "soxr", "av"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_sound(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gong.wav")
    with pytest.raises(RoutineError, match=r"'\./gong\.wav' is a pipe or a device"):
        find("./gong.wav", tmp_path)
