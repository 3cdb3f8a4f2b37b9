from __future__ import annotations

import re
from collections.abc import Callable
from threading import Thread
from time import sleep

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Wave
from audioguide.errors import OutputError, UsageError
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import encode, encoder_name, silent_frame
from audioguide.mp3.frames import BITRATES, frame_bytes, frames_for
from audioguide.mp3.lame.encoder import Encoder
from tests.tables import every

pytestmark = pytest.mark.usefixtures("encoder")  # one contract for all of them

Make = Callable[[int], Clip]


def energy_of(frame: bytes) -> int:
    """Return the bits of sound in a frame: part2_3_length of both granules (ISO 11172-3, 2.4.1.7)."""
    bits = "".join(f"{byte:08b}" for byte in frame[4:21])
    granule = (len(bits) - 9 - 5 - 4) // 2  # main_data_begin, private bits, scfsi
    return sum(int(bits[18 + granule * number :][:12], 2) for number in (0, 1))


@pytest.mark.parametrize("bitrate", BITRATES)
def test_sound_comes_back_at_its_own_level(
    bitrate: int, voice: Make, decode: Callable[[bytes], NDArray[np.float64]], render: Callable[..., bytes]
) -> None:
    clip = voice(1)
    file = render([Sound(start=0, clip=clip, key="voice")], clip.ticks, bitrate)
    heard = decode(file)
    meant = clip.samples.astype(np.float64)
    assert heard @ meant / (meant @ meant) == pytest.approx(1, abs=0.01)  # 0.1 dB


@pytest.mark.parametrize("ticks", [1, 5, 6, 7, 12, 299])
def test_there_are_as_many_frames_as_the_sound_needs(ticks: int, burst: Make) -> None:
    samples = np.resize(burst(3).samples, ticks * 192)
    assert len(encode(samples, 128_000)) == frames_for(ticks) * frame_bytes(128_000)


@pytest.mark.parametrize("phase", range(6))
@pytest.mark.parametrize("ticks", [6, 7, 11, 12])
def test_no_frame_in_front_or_behind_holds_a_bit_of_it(
    phase: int, ticks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = np.random.default_rng(phase).uniform(-32_000, 32_000, (phase + ticks) * 192).astype(np.int16)
    noise[: phase * 192] = 0
    silence = np.zeros(10 * 1152, np.int16)
    frames = encode(np.concatenate([silence, noise, silence]), 96_000)
    held = [energy_of(frames[at : at + 288]) for at in range(0, len(frames), 288)]
    assert held[9] == 0
    assert max(held[10 : 10 + frames_for(phase + ticks)]) > 0
    assert max(held[10 + frames_for(phase + ticks) :]) == 0


@every("bitrate", BITRATES)
def test_all_frames_of_silence_are_the_silent_frame(bitrate: int) -> None:
    frames = encode(np.zeros(5 * 1152, np.int16), bitrate)
    assert frames == silent_frame(bitrate) * 6
    assert energy_of(silent_frame(bitrate)) == 0


def test_the_same_sound_gives_the_same_bytes(bell: Make) -> None:
    assert encode(bell(0).samples, 96_000) == encode(bell(0).samples, 96_000)


def test_another_bit_rate_is_refused() -> None:
    with pytest.raises(UsageError, match="100000 bit/s"):
        encode(np.zeros(1152, np.int16), 100_000)


def test_frames_that_lean_on_earlier_ones_are_refused(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, voice: Make
) -> None:
    made = encoder.frames

    def leaning(sound: Wave, bitrate: int) -> bytes:
        frames = bytearray(made(sound, bitrate))
        frames[3 * frame_bytes(bitrate) + 5] |= 0x80  # the last bit of main_data_begin
        return bytes(frames)

    monkeypatch.setattr(type(encoder), "frames", staticmethod(leaning))
    with pytest.raises(OutputError, match="lean on earlier ones"):
        encode(voice(0).samples, 96_000)


def test_frames_of_another_rate_are_refused(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, voice: Make
) -> None:
    made = encoder.frames
    monkeypatch.setattr(type(encoder), "frames", staticmethod(lambda sound, _rate: made(sound, 128_000)))
    with pytest.raises(OutputError, match="of other sizes"):
        encode(voice(0).samples, 96_000)


def test_the_encoder_is_named_in_the_keys_of_the_cache(encoder: Encoder) -> None:
    assert encoder.name in encoder_name()
    assert re.search(r"\d+\.\d+", encoder.name)  # another version is another encoder


def test_other_threads_go_on_while_it_encodes(encoder: Encoder) -> None:
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, 60 * 48_000).astype(np.float32)
    thread = Thread(target=encoder.frames, args=(noise, 96_000))
    thread.start()
    turns = 0
    while thread.is_alive():
        sleep(0.001)
        turns += 1
    assert turns > 20


def test_an_attack_on_the_border_has_no_louder_echo_in_front_than_in_one_go(
    burst: Make, decode: Callable[[bytes], NDArray[np.float64]], render: Callable[..., bytes]
) -> None:
    clip, start = burst(5), 240
    long = Clip(np.pad(clip.samples, (start * 192, 0)))
    spliced = decode(render([Sound(start=start, clip=clip, key="a")], start + clip.ticks))
    one_go = decode(render([Sound(start=0, clip=long, key="b")], start + clip.ticks))
    echo, usual = (10 * np.log10((sound[: start * 192] ** 2).sum()) for sound in (spliced, one_go))
    assert echo < usual + 1
