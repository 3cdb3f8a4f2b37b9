"""LAME inside of `lameenc`: found, looked at before it is used, and refused in one line."""

from __future__ import annotations

import _ctypes
import hashlib
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Wave
from audioguide.mp3.lame import wheel
from audioguide.mp3.lame.wheel import LameError, WheelEncoder

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import hashlib
from tests.mp3.lame.test_wheel import sounds
from audioguide.mp3.lame.wheel import WheelEncoder
made = WheelEncoder()
print(*(hashlib.sha256(made.frames(each, 96_000)).hexdigest() for each in sounds()))
"""


@pytest.fixture
def encoder() -> WheelEncoder:
    """The encoder, where `lameenc` has one (not on Windows)."""
    try:
        return WheelEncoder()
    except LameError as error:
        pytest.skip(str(error))


def sounds() -> list[Wave]:
    """Return noises of 0.1 to 1.2 s that swell."""
    rng = np.random.default_rng(1)
    lengths = [4_800 * count for count in range(1, 13)]
    return [
        (rng.uniform(-0.9, 0.9, length) * np.linspace(0, 1, length) ** 2).astype(np.float32)
        for length in lengths
    ]


def _sums(encoder: WheelEncoder, workers: int) -> list[str]:
    with ThreadPoolExecutor(workers) as pool:
        made = pool.map(lambda sound: encoder.frames(sound, 96_000), sounds())
        return [hashlib.sha256(frames).hexdigest() for frames in made]


def test_the_bytes_are_the_same_in_every_thread_and_process(encoder: WheelEncoder) -> None:
    alone = _sums(encoder, 1)
    assert len(set(alone)) == len(alone)
    assert _sums(encoder, 4) == alone
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
        )  # fmt: skip
        assert ran.stdout.split() == alone


def test_a_sound_is_not_changed_by_what_was_encoded_before(encoder: WheelEncoder) -> None:
    first, *_, last = sounds()
    alone = encoder.frames(first, 96_000)
    encoder.frames(last, 320_000)
    assert encoder.frames(first, 96_000) == alone


def test_a_view_with_gaps_is_encoded_as_its_copy(encoder: WheelEncoder) -> None:
    wide = np.repeat(sounds()[3], 2)
    assert encoder.frames(wide[::2], 96_000) == encoder.frames(sounds()[3], 96_000)


def test_a_setting_that_lame_refuses_is_one_clear_error(
    encoder: WheelEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(wheel._SETTINGS, "num_channels", 7)
    with pytest.raises(LameError, match=r"LAME failed \(num_channels: -1\)"):
        encoder.frames(sounds()[0], 96_000)


def test_a_package_that_is_not_there_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "PACKAGE", "no_such_package")
    with pytest.raises(LameError, match="no_such_package is not installed") as caught:
        WheelEncoder()
    assert caught.value.hint == ("" if sys.platform == "win32" else "pip install no_such_package")


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lameenc.py"
    path.write_text("a module of another kind\n", encoding="utf-8")
    with pytest.raises(LameError, match="cannot be loaded"):
        WheelEncoder(path)


@pytest.mark.skipif(not getattr(_ctypes, "__file__", None), reason="ctypes is a part of this Python")
def test_a_library_that_exports_only_what_python_needs_is_refused() -> None:
    assert _ctypes.__file__.endswith(str(sysconfig.get_config_var("EXT_SUFFIX")))
    with pytest.raises(LameError, match="does not export lame_init on this system"):
        WheelEncoder(Path(_ctypes.__file__))
