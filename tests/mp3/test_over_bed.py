"""What a listener gets: files over a bed, decoded again."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, padded
from audioguide.compiler.holds import PHASES
from audioguide.mixer.sound import Sound
from audioguide.mp3 import blocks
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.loop import encode_loop
from audioguide.mp3.over_bed import write_over_bed
from audioguide.script.shipped import shipped
from audioguide.sound.beds.air import air
from audioguide.sound.beds.bed import Bed
from audioguide.sound.beds.drone import drone
from audioguide.sound.beds.made import MADE
from audioguide.sound.beds.noise import brown
from audioguide.sound.breath import breath_tone
from audioguide.sound.wav import read_wav
from audioguide.storage.cache import Cache
from tests.mp3.conftest import decode_ffmpeg
from tests.mp3.meter import Floats, decibels, lufs, powers_around
from tests.mp3.test_assemble import Sink
from tests.slow import first

Make = Callable[[int], Clip]
Decode = Callable[[bytes], Floats]
RenderOver = Callable[..., bytes]

LENGTH = 30 * 250


class Swelling:
    """A bed that is not stationary: a chord that comes and goes, in blocks of odd lengths."""

    key = "swelling"
    ducks = 4

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        rng = np.random.default_rng(0)
        first = 0
        while True:
            count = int(rng.integers(1, 70_000))
            time = (first + np.arange(count)) / 48_000
            swell = 1.2 + np.sin(2 * np.pi * 0.1 * time)
            chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (196.0, 293.66, 466.2, 1_234.5))
            yield (100 * swell * chord).astype(np.float32)
            first += count


BEDS: dict[str, Callable[[], Bed]] = {"stationary": brown, "in order": drone, "streamed": Swelling}


@pytest.fixture(params=BEDS)
def bed(request: pytest.FixtureRequest) -> Bed:
    return BEDS[request.param]()


def faded(clip: Clip) -> Clip:
    """Let a clip begin and end in silence, as clips of the voice do."""
    edge = np.minimum(np.arange(len(clip.samples)) / 480, 1)
    return padded(np.rint(clip.samples * edge * edge[::-1]).astype(np.int16))


def routine_like(voice: Make, bell: Make, hold: int) -> list[Sound]:
    """Place phrases, a start chime and an end chime, twice; the end chime may have any phase."""
    sounds, clock = [], 150
    for _ in range(2):
        for seed in (1, 2):
            sounds.append(Sound(start=clock, key=f"voice {seed}", clip=faded(voice(seed))))
            clock = -(-(sounds[-1].end + 150) // 6) * 6
        for seed in (3, 4):
            sounds.append(Sound(start=clock, key=f"bell {seed}", clip=bell(seed)))
            clock += hold
        clock = -(-(clock + 600) // 6) * 6
    return [*sounds, Sound(start=clock, key="voice 5", clip=faded(voice(5)))]


def length_of(sounds: list[Sound]) -> int:
    return -(-(sounds[-1].end + 500) // 6) * 6


@pytest.mark.parametrize("length", [2, 7, 1_000, 3_001, 3_005])
def test_a_file_is_as_long_as_asked_for_to_the_sample(
    length: int, bed: Bed, decode: Decode, render_over: RenderOver
) -> None:
    assert len(decode(render_over([], length, bed))) == length * 192


def test_sounds_are_found_at_their_sample(
    bed: Bed, bell: Make, decode: Decode, render_over: RenderOver
) -> None:
    starts = [1, *range(500, LENGTH - 500, 601)]
    sounds = [Sound(start=start, key=str(start), clip=bell(start)) for start in starts]
    heard = decode(render_over(sounds, LENGTH, bed))
    for sound in sounds:
        pattern = sound.clip.samples.astype(np.float64)
        before = min(200, sound.start * 192)
        around = heard[sound.start * 192 - before : sound.end * 192 + 200]
        assert int(np.argmax(np.correlate(around, pattern, mode="valid"))) == before


def test_a_hold_has_the_level_of_the_bed_and_no_silence(
    voice: Make, bell: Make, decode: Decode, render_over: RenderOver
) -> None:
    sounds = routine_like(voice, bell, 3_001)
    heard = decode(render_over(sounds, length_of(sounds), brown()))
    starts = [sound.start * 192 for sound in sounds if sound.key == "bell 3"]
    for start in starts:
        hold = heard[start + 48_000 : start + 3_000 * 192]
        assert lufs(hold) == pytest.approx(-40, abs=0.5)
        peaks = np.abs(hold[: len(hold) // 480 * 480]).reshape(-1, 480).max(axis=1)
        assert peaks.min() > 32_768 * 10 ** (-60 / 20)
    steps = np.rint(heard[400 * 192 : -800 * 192]).astype(int)
    longest_zero = np.diff(np.flatnonzero(steps)).max()
    assert longest_zero < 10


def test_the_bed_rises_and_falls_with_the_file(bed: Bed, decode: Decode, render_over: RenderOver) -> None:
    heard = decode(render_over([], LENGTH, bed))
    power = [float(np.mean(np.square(part))) for part in np.split(heard, 300)]  # 100 ms each
    assert max(power[0], power[-1]) < 0.02 * np.mean(power)
    assert power[15] > 0.2 * np.mean(power)
    assert np.abs(heard[-24:]).max() < 10


def test_joins_of_islands_are_not_heard(voice: Callable[..., Clip], render_over: RenderOver) -> None:
    """Above 4 kHz, the 20 ms around both ends of each island are like any 20 ms of the bed."""
    sounds = [
        Sound(start=400 + 100 * number + number % 6, key=str(number), clip=faded(voice(number, 0.3)))
        for number in range(60)
    ]
    heard = decode_ffmpeg(render_over(sounds, LENGTH, brown()))
    islands = cut(sounds, LENGTH, margin=1)
    assert len(islands) == 60
    ends = np.array([end for island in islands for end in (island.first_frame, island.behind)]) * 1152
    straight = decode_ffmpeg(render_over([], LENGTH, brown()))
    usual = powers_around(straight, np.arange(100_000, len(straight) - 200_000, 480), 4_000)
    at_ends = powers_around(heard, ends - 1105 + 288, 4_000)
    assert abs(decibels(at_ends.mean() / usual.mean())) < 0.1
    assert at_ends.max() < 1.05 * usual.max()


def test_another_hold_encodes_two_islands_at_most(voice: Make, bell: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    counts = []
    for hold in (3_000, 3_250, 4_001, 4_001):
        sounds = routine_like(voice, bell, hold)
        written = write_over_bed(Sink(), sounds, length_of(sounds), brown(), job=Mp3Job(cache=cache))  # type: ignore[arg-type]
        counts.append((written.encoded, written.reused))
    assert counts[0] == (6, 0)
    assert all(encoded <= 2 for encoded, _ in counts[1:])
    assert counts[3] == (0, 6)


def test_cold_or_warm_and_on_any_number_of_cores_the_bytes_are_the_same(
    bed: Bed, voice: Make, bell: Make, render_over: RenderOver, tmp_path: Path
) -> None:
    sounds = routine_like(voice, bell, 1_001)
    length = length_of(sounds)
    cache = Cache(tmp_path)
    cold = render_over(sounds, length, bed, cache=cache, workers=2)
    assert render_over(sounds, length, bed, cache=cache, workers=1) == cold
    assert render_over(reversed(sounds), length, bed, cache=None, workers=1) == cold


def test_a_bed_and_none_do_not_share_entries_in_the_store(bell: Make, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    islands = cut([Sound(start=600, key="bell", clip=bell(0))], 3_000, margin=1)
    assert encode_islands(islands, Mp3Job(cache=cache)).encoded == 1
    assert encode_islands(islands, Mp3Job(cache=cache), bed=brown()).encoded == 1
    assert encode_islands(islands, Mp3Job(cache=cache)).reused == 1


def test_progress_is_reported(bed: Bed, bell: Make, render_over: RenderOver) -> None:
    reported: list[tuple[int, int]] = []
    sounds = [Sound(start=3_000, key="bell", clip=bell(0))]
    render_over(sounds, LENGTH, bed, cache=None, progress=lambda done, total: reported.append((done, total)))
    assert reported[0][0] == 0
    assert (
        reported[-1][0] == reported[-1][1] == (blocks.blocks_for(LENGTH) if isinstance(bed, Swelling) else 3)
    )


def test_ten_hours_over_a_bed_take_little_memory(bell: Make) -> None:
    length = 10 * 3600 * 250
    sounds = [Sound(start=3_000 + hour * 900_000 + 1, key="bell", clip=bell(0)) for hour in range(10)]
    brown()  # made once for the process
    sink = Sink()
    tracemalloc.start()
    try:
        written = write_over_bed(sink, sounds, length, brown())  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written.encoded == 3
    assert sink.size == 1_500_003 * 288
    assert sink.largest < 1_000_000
    assert peak < 20_000_000


def test_the_loop_is_the_only_thing_played_where_nothing_sounds(bell: Make, render_over: RenderOver) -> None:
    loop = encode_loop(brown())
    frames = {loop.data[place : place + 288] for place in range(0, len(loop.data), 288)}
    file = render_over([Sound(start=3_000, key="bell", clip=bell(0))], LENGTH, brown())
    music = [file[place : place + 288] for place in range(288, len(file), 288)]
    alone = [number for number, frame in enumerate(music) if frame in frames]
    islands = cut([Sound(start=3_000, key="bell", clip=bell(0))], LENGTH, margin=1)
    assert set(range(64, 499)) <= set(alone)
    assert not set(range(islands[0].first_frame + 2, islands[0].behind - 2)) & set(alone)


def softest_100_ms(heard: Floats) -> float:
    """Return the lowest peak of any 100 ms between the fades, in dBFS."""
    inner = np.abs(heard[375 * 192 : -750 * 192])
    peaks = inner[: len(inner) // 240 * 240].reshape(-1, 240).max(axis=1)  # 5 ms each
    lowest = np.lib.stride_tricks.sliding_window_view(peaks, 20).max(axis=1).min()
    return float(20 * np.log10(lowest / 32_768))


@pytest.mark.parametrize("bitrate", first(1, [64_000, 96_000]))
def test_air_is_never_silence_to_a_player(
    bitrate: int, voice: Make, bell: Make, decode: Decode, render_over: RenderOver
) -> None:
    """Between the fades each 100 ms has a peak above -30 dBFS, and the bed is hardly there."""
    sounds = [replace(sound, words="voice" in sound.key) for sound in routine_like(voice, bell, 3_001)]
    heard = decode(render_over(sounds, length_of(sounds), air(), bitrate=bitrate))
    assert softest_100_ms(heard) > -30
    start = next(sound.start * 192 for sound in sounds if sound.key == "bell 3")
    assert lufs(heard[start + 48_000 : start + 3_000 * 192]) < -47


def test_air_is_never_silence_under_breath_tones_and_chimes_that_ring_out(
    decode: Decode, render_over: RenderOver
) -> None:
    """Grains come through what sounds with them, whichever way that swings."""
    clips = {f"{phase} {db}": breath_tone(phase, 1_000, db) for phase in PHASES[:3] for db in (0.0, -4.0)}
    clips |= {name: padded(read_wav(shipped()[name]).samples) for name in ("bell", "bowl", "chime")}
    sounds, clock = [], 600
    for key, clip in [*clips.items()] * 3:
        sounds.append(Sound(start=clock, key=key, clip=clip))
        clock = sounds[-1].end + 7
    heard = decode(render_over(sounds, length_of(sounds), air(), bitrate=64_000))
    assert softest_100_ms(heard) > -30


@pytest.mark.parametrize("name", first(1, ["rain", "air"]))
def test_joins_of_islands_over_drops_are_not_heard(
    name: str, voice: Callable[..., Clip], render_over: RenderOver
) -> None:
    """Where the bed goes over into islands it has no more above 4 kHz than anywhere, but for chance."""
    sounds = [
        Sound(start=400 + 100 * number + number % 6, key=str(number), clip=faded(voice(number, 0.3)))
        for number in range(60)
    ]
    heard = decode_ffmpeg(render_over(sounds, LENGTH, MADE[name]()))
    islands = cut(sounds, LENGTH, margin=1)
    ends = np.array([end for island in islands for end in (island.first_frame, island.behind)]) * 1152
    straight = decode_ffmpeg(render_over([], LENGTH, MADE[name]()))
    usual = powers_around(straight, np.arange(100_000, len(straight) - 200_000, 480), 4_000)
    at_ends = powers_around(heard, ends - 1105 + 288, 4_000)
    chance = 3 * float(usual.std() / usual.mean()) / len(ends) ** 0.5
    assert at_ends.mean() / usual.mean() < 1 + chance
    assert at_ends.max() < 1.5 * usual.max()
