from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATES, frame_bytes, frames_in_file
from audioguide.mp3.info import closing_frame, update_crc
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job

Make = Callable[[int], Clip]
Decode = Callable[[bytes], NDArray[np.float64]]


class Sink(io.RawIOBase):
    """A file that cannot seek and keeps only its first bytes, so that a long one costs nothing."""

    def __init__(self) -> None:
        self.head = bytearray(4096)
        self.at = self.size = self.largest = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.at < len(self.head):
            kept = data[: len(self.head) - self.at]
            self.head[self.at : self.at + len(kept)] = kept
        self.at += len(data)
        self.size = max(self.size, self.at)
        self.largest = max(self.largest, len(data))
        return len(data)

    def tell(self) -> int:
        return self.at


@pytest.mark.parametrize("ticks", range(1500, 1506))
def test_a_file_is_as_long_as_asked_for_to_the_sample(
    ticks: int, bell: Make, decode: Decode, render: Callable[..., bytes]
) -> None:
    last = Sound(start=ticks - bell(0).ticks, clip=bell(0), key="bell")
    assert len(decode(render([last], ticks))) == ticks * 192


@pytest.mark.parametrize("ticks", [1, 2, 6, 7, 250])
def test_a_file_of_silence_is_exact_and_silent(
    ticks: int, decode: Decode, render: Callable[..., bytes]
) -> None:
    sound = decode(render([], ticks))
    assert len(sound) == ticks * 192
    assert not sound.any()


@pytest.mark.parametrize("bitrate", BITRATES)
def test_frames_lie_where_their_islands_are_and_silence_between(bitrate: int, click: Make) -> None:
    islands = cut([Sound(start=start, clip=click(0), key="click") for start in (0, 605, 9_000)], 10_000)
    encoded, file = encode_islands(islands, Mp3Job(bitrate=bitrate)), io.BytesIO()
    total = write_mp3(file, islands, 10_000, encoded=encoded.of, bitrate=bitrate, id3=b"ID3...")
    size, data = frame_bytes(bitrate), file.getvalue()
    assert data.startswith(b"ID3...\xff\xfb")
    assert file.tell() == len(data) == 6 + (total + 1) * size
    assert total == frames_in_file(10_000)
    music = data[6 + size :]
    expected = bytearray(silent_frame(bitrate) * (total - 1))
    for island in islands:
        expected[island.first_frame * size : island.behind * size] = encoded.of(island)
    assert music == expected + closing_frame(silent_frame(bitrate), update_crc(bytes(expected)))


def test_ten_hours_are_written_in_little_memory(bell: Make) -> None:
    length = 10 * 3600 * 250
    islands = cut([Sound(start=hour * 900_000 + 1, clip=bell(0), key="bell") for hour in range(10)], length)
    encoded, sink = encode_islands(islands), Sink()
    tracemalloc.start()
    try:
        frames = write_mp3(sink, islands, length, encoded=encoded.of)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert frames == 1_500_002
    assert sink.size == 1_500_003 * 288
    assert sink.largest < 1_000_000
    assert peak < 2_000_000
    assert sink.head[21:25] == b"Info"
    assert int.from_bytes(sink.head[29:33], "big") == frames
    assert int.from_bytes(sink.head[33:37], "big") == sink.size


def test_a_file_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="length 0"):
        write_mp3(io.BytesIO(), [], 0, encoded=lambda _island: b"")


def test_islands_out_of_order_or_behind_the_end_are_refused(click: Make) -> None:
    islands = cut([Sound(start=start, clip=click(0), key="click") for start in (60, 600)], 1_000)
    encoded = encode_islands(islands).of
    with pytest.raises(ValueError, match="at frame 10 is not between 102"):
        write_mp3(io.BytesIO(), islands[::-1], 1_000, encoded=encoded)
    with pytest.raises(ValueError, match="at frame 100 is not between 12 and 101"):
        write_mp3(io.BytesIO(), islands, 600, encoded=encoded)


def test_an_island_of_another_bit_rate_is_refused(click: Make) -> None:
    islands = cut([Sound(start=60, clip=click(0), key="click")], 1_000)
    with pytest.raises(ValueError, match="frame 10 has 576 bytes"):
        write_mp3(io.BytesIO(), islands, 1_000, encoded=encode_islands(islands).of, bitrate=64_000)
