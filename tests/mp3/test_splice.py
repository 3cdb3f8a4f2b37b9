"""What a listener gets: spliced files, decoded again, against the sound that was meant."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import mutagen.mp3
import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.script.tags import Tags
from tests.slow import first
from tests.tables import every

Make = Callable[[int], Clip]
Floats = NDArray[np.float64]
Decode = Callable[[bytes], Floats]
Render = Callable[..., bytes]
Whole = Callable[[Iterable[Sound], int], Clip]

LENGTH = 30 * 250
mp3: Any = mutagen.mp3


def scatter(makers: tuple[Make, ...], count: int, seed: int) -> list[Sound]:
    """Place `count` clips on random ticks, each in its own stretch of the file."""
    rng = np.random.default_rng(seed)
    clips = [makers[number % len(makers)](number) for number in range(count)]
    room = LENGTH // count
    starts = [
        number * room + int(rng.integers(40, room - 40 - clip.ticks)) for number, clip in enumerate(clips)
    ]
    return [
        Sound(start=start, clip=clip, key=str(number))
        for number, (start, clip) in enumerate(zip(starts, clips, strict=True))
    ]


def noise_db(meant: Clip, heard: Floats) -> float:
    """Return the signal-to-noise ratio in dB."""
    signal = meant.samples.astype(np.float64)
    return float(10 * np.log10((signal @ signal) / ((heard - signal) @ (heard - signal))))


def one_go(clip: Clip, render: Render, bitrate: int) -> bytes:
    return render([Sound(start=0, clip=clip, key="whole")], clip.ticks, bitrate)


def test_sounds_are_found_at_their_sample(
    bell: Make, click: Make, burst: Make, decode: Decode, render: Render
) -> None:
    sounds = scatter((bell, click, burst), 30, seed=1)
    assert len({sound.start % 6 for sound in sounds}) == 6
    heard = decode(render(sounds, LENGTH))
    for sound in sounds:
        around = heard[sound.start * 192 - 200 : sound.end * 192 + 200]
        match = np.correlate(around, sound.clip.samples.astype(np.float64), mode="valid")
        assert int(np.argmax(match)) - 200 == 0


def test_silence_is_zero_but_for_a_moment_around_each_island(
    bell: Make, click: Make, burst: Make, decode: Decode, render: Render
) -> None:
    sounds = scatter((bell, click, burst), 30, seed=2)
    heard = decode(render(sounds, LENGTH))
    for island in cut(sounds, LENGTH):
        heard[island.first_frame * 1152 - 1105 : island.behind * 1152] = 0
    assert not heard.any()


def test_echoes_are_below_80_decibels_20_milliseconds_away(
    bell: Make, click: Make, burst: Make, decode: Decode, render: Render
) -> None:
    sounds = scatter((bell, click, burst), 30, seed=3)
    heard = decode(render(sounds, LENGTH))
    for sound in sounds:
        heard[sound.start * 192 - 960 : sound.end * 192 + 960] = 0
    assert np.abs(heard).max() < 32_768 * 10 ** (-80 / 20)


@every("bitrate", first(1, [64_000, 128_000]))
def test_splicing_adds_no_noise(
    bitrate: int, *, voice: Make, bell: Make, decode: Decode, render: Render, whole: Whole
) -> None:
    sounds = scatter((voice, bell), 12, seed=4)
    meant = whole(sounds, LENGTH)
    spliced = noise_db(meant, decode(render(sounds, LENGTH, bitrate)))
    assert spliced > 20
    assert spliced == pytest.approx(noise_db(meant, decode(one_go(meant, render, bitrate))), abs=0.1)


@pytest.mark.parametrize("phase", range(6))
def test_two_sounds_as_close_as_islands_can_be_sound_as_in_one_go(
    phase: int, voice: Make, decode: Decode, render: Render, whole: Whole
) -> None:
    first = Sound(start=phase, clip=voice(phase), key="first")
    border = -(-first.end // 6) * 6
    second = Sound(start=border + 6, clip=voice(phase + 10), key="second")
    length = second.end + 10
    assert len(cut([first, second], length)) == 2
    meant = whole([first, second], length)
    spliced, usual = (
        decode(file) for file in (render([first, second], length), one_go(meant, render, 96_000))
    )
    assert noise_db(meant, spliced) == pytest.approx(noise_db(meant, usual), abs=0.1)
    joint = slice(first.end * 192 - 2304, second.start * 192 + 2304)
    error, usual_error = (np.square(heard - meant.samples)[joint].sum() for heard in (spliced, usual))
    # within 1.5 dB of what the encoder itself errs by just there, or too soft to be heard at all
    assert error < 1.4 * usual_error + 4608 * 3**2


def test_overlapping_sounds_are_heard_together(
    voice: Make, bell: Make, decode: Decode, render: Render, whole: Whole
) -> None:
    sounds = [
        Sound(start=1001, clip=voice(0), key="voice"),
        Sound(start=1050, clip=bell(0), key="bell"),
    ]
    meant = whole(sounds, 2_000)
    assert noise_db(meant, decode(render(sounds, 2_000))) > 25


def test_a_file_with_a_tag_is_read_by_players_and_taggers(bell: Make, decode: Decode) -> None:
    islands = cut([Sound(start=77, clip=bell(0), key="bell")], 1_003)
    file = io.BytesIO()
    tag = id3_bytes(Tags(title="Für später", artist="Audioguide", length=1_003))
    write_mp3(file, islands, 1_003, encoded=encode_islands(islands).of, id3=tag)
    assert len(decode(file.getvalue())) == 1_003 * 192
    file.seek(0)
    found = mp3.MP3(file)
    assert found["TIT2"] == "Für später"
    assert found.info.bitrate_mode == mp3.BitrateMode.CBR
    assert found.info.encoder_info.startswith("LAME 3.100")
    assert found.info.length == pytest.approx(1_003 * 0.004, abs=1e-9)
