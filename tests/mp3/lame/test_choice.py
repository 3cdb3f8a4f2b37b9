"""The fastest encoder that works is used, and a file is made where only the slow one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Wave
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import encode, encoder_name
from audioguide.mp3.lame import choice, wheel
from audioguide.mp3.lame.choice import chosen
from audioguide.mp3.lame.wheel import WheelEncoder


@pytest.fixture(autouse=True)
def undecided() -> Iterator[None]:
    """Each test decides for itself, and so does whatever comes after it."""
    choice._chosen.cache_clear()
    yield
    choice._chosen.cache_clear()


def _changed(monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes]) -> None:
    original = WheelEncoder.frames

    def changed(self: WheelEncoder, sound: Wave, bitrate: int) -> bytes:
        return change(original(self, sound, bitrate))

    monkeypatch.setattr(WheelEncoder, "frames", changed)


def test_the_fast_encoder_is_used_where_it_can_be_had() -> None:
    try:
        wanted = WheelEncoder().name
    except OutputError as error:
        pytest.skip(str(error))
    assert chosen().encoder.name == wanted
    assert not chosen().passed_over


def test_without_the_package_pyav_encodes_and_the_reason_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "PACKAGE", "no_such_package")
    assert encoder_name().startswith("libmp3lame of PyAV")
    assert chosen().passed_over == "no_such_package is not installed"
    assert chosen().hint


def test_an_encoder_whose_frames_lean_on_earlier_ones_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    if "lameenc" not in encoder_name():
        pytest.skip(chosen().passed_over)
    choice._chosen.cache_clear()
    monkeypatch.setitem(wheel._SETTINGS, "disable_reservoir", 0)
    assert encoder_name().startswith("libmp3lame of PyAV")
    assert "lean on earlier ones" in chosen().passed_over


def test_an_encoder_that_loses_frames_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    if "lameenc" not in encoder_name():
        pytest.skip(chosen().passed_over)
    choice._chosen.cache_clear()
    _changed(monkeypatch, lambda frames: frames[:-288])
    assert encoder_name().startswith("libmp3lame of PyAV")
    assert "bytes of 4 frames" in chosen().passed_over


def test_a_file_is_made_without_the_package(
    monkeypatch: pytest.MonkeyPatch,
    voice: Callable[[int], Clip],
    decode: Callable[[bytes], NDArray[np.float64]],
    render: Callable[..., bytes],
) -> None:
    monkeypatch.setattr(wheel, "PACKAGE", "no_such_package")
    clip = voice(1)
    heard = decode(render([Sound(start=7, clip=clip, key="voice")], 7 + clip.ticks))
    meant = np.pad(clip.samples.astype(np.float64), (7 * 192, 0))
    assert heard @ meant / (meant @ meant) == pytest.approx(1, abs=0.01)


def test_no_encoder_at_all_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, mode: str) -> None:
        raise av.codec.codec.UnknownCodecError(name)

    monkeypatch.setattr(wheel, "PACKAGE", "no_such_package")
    monkeypatch.setattr(av, "CodecContext", type("Missing", (), {"create": staticmethod(missing)}))
    with pytest.raises(OutputError, match=r"PyAV .* cannot encode MP3: libmp3lame"):
        encode(np.zeros(1152, np.int16), 96_000)
