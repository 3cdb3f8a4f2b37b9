from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from audioguide.audio.clip import Clip
from audioguide.mixer.sound import Sound
from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATES, frame_bytes, frames_in_file, header
from audioguide.mp3.info import closing_frame, info_frame, update_crc
from tests.tables import every

TICKS = 751


def plain_crc(data: bytes) -> int:
    """CRC-16 of the specification: x^16 + x^15 + x^2 + 1, lowest bit first, from 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def read(frame: bytes) -> dict[str, int | bytes]:
    """Read the tag of a mono frame: offsets from the specification, 15 less for the side info."""

    def number(at: int, size: int) -> int:
        return int.from_bytes(frame[at : at + size], "big")

    delays = number(162, 3)
    return {
        "name": frame[21:25],
        "flags": number(25, 4),
        "frames": number(29, 4),
        "bytes": number(33, 4),
        "table": frame[37:137],
        "encoder": frame[141:150],
        "method": frame[150],
        "tuning": frame[160],
        "bitrate": frame[161],
        "delay": delays >> 12,
        "padding": delays & 0xFFF,
        "rate": frame[165] >> 6,
        "length": number(169, 4),
        "music crc": number(173, 2),
        "tag crc": number(175, 2),
    }


@pytest.fixture(scope="module")
def sound() -> Clip:
    noise = np.random.default_rng(7).standard_normal(TICKS * 192) * 2000
    return Clip(noise.astype(np.int16))


@pytest.fixture(scope="module")
def ours(sound: Clip, render: Callable[..., bytes]) -> bytes:
    return render([Sound(start=0, clip=sound, key="noise")], TICKS)


def test_every_field_is_as_in_the_specification(ours: bytes) -> None:
    tag = read(ours[:288])
    assert ours[:4] == header(96_000)
    assert tag["name"] == b"Info"
    assert tag["flags"] == 15
    assert tag["frames"] == frames_in_file(TICKS) == len(ours) // 288 - 1
    assert tag["bytes"] == tag["length"] == len(ours)
    assert tag["encoder"] == b"LAME3.100"
    assert tag["method"] == 1
    assert tag["bitrate"] == 96
    assert tag["rate"] == 2
    assert tag["delay"] == 576
    assert tag["padding"] == frames_in_file(TICKS) * 1152 - 576 - TICKS * 192
    assert tag["music crc"] == plain_crc(ours[288:])
    assert tag["tag crc"] == plain_crc(ours[:175])
    assert not any(ours[177:288])


def test_ffmpeg_writes_the_same_sizes_and_delays_for_the_same_sound(ours: bytes, sound: Clip) -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=48_000, layout="mono", options={"reservoir": "0"})
        stream.bit_rate = 96_000
        frame = av.AudioFrame.from_ndarray(sound.samples.reshape(1, -1), format="s16p", layout="mono")
        frame.sample_rate = 48_000
        for step in (frame, None):
            container.mux(stream.encode(step))
    theirs, mine = read(file.getvalue()[:288]), read(ours[:288])
    for name in ("name", "flags", "delay"):
        assert mine[name] == theirs[name], name
    assert_one_frame_more(mine, theirs)


def assert_one_frame_more(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Compare two tags of the same sound: ours counts the frame that closes the file."""
    for name, more in {"frames": 1, "bytes": 288, "length": 288, "padding": 1152}.items():
        assert mine[name] == theirs[name] + more, name


def test_lame_itself_writes_the_same_fields_and_counts_its_sums_the_same_way(
    ours: bytes, sound: Clip
) -> None:
    file = io.BytesIO()
    quality = (320 - 96) / 288  # how libsndfile says 96 kbit/s
    soundfile.write(
        file, sound.samples, 48_000, format="MP3", bitrate_mode="CONSTANT", compression_level=quality
    )
    lame = file.getvalue()
    theirs, mine = read(lame[:288]), read(ours[:288])
    for name in ("name", "flags", "encoder", "method", "tuning", "bitrate", "delay", "rate"):
        assert mine[name] == theirs[name], name
    assert_one_frame_more(mine, theirs)
    assert theirs["music crc"] == plain_crc(lame[288:])
    assert theirs["tag crc"] == plain_crc(lame[:175])


def test_ffmpeg_believes_the_tag(ours: bytes) -> None:
    with av.open(io.BytesIO(ours)) as container:
        # FFmpeg tells the encoder only where the sum over the tag is right
        assert container.streams.audio[0].metadata["encoder"] == "LAME3.100"
        assert container.streams.audio[0].bit_rate == 96_000


def test_the_table_says_where_each_per_cent_of_the_time_lies(ours: bytes) -> None:
    table = read(ours[:288])["table"]
    assert isinstance(table, bytes)
    for part, entry in enumerate(table):
        assert entry / 256 <= part / 100 < (entry + 1) / 256


@every("bitrate", BITRATES)
def test_the_tag_fits_into_one_frame_of_every_bit_rate(bitrate: int) -> None:
    assert len(info_frame(bitrate=bitrate, ticks=24 * 3600 * 250)) == frame_bytes(bitrate)


def test_a_day_at_the_highest_rate_still_fits_into_the_fields() -> None:
    tag = read(info_frame(bitrate=320_000, ticks=24 * 3600 * 250))
    assert tag["frames"] == 3_600_002
    assert tag["bytes"] == 3_600_003 * 960
    assert tag["bitrate"] == 255


def test_a_sum_can_be_taken_in_pieces() -> None:
    data = bytes(range(256)) * 3
    assert update_crc(data) == plain_crc(data)
    assert update_crc(data[100:], update_crc(data[:100])) == plain_crc(data)


@every("bitrate", BITRATES)
def test_the_last_frame_makes_the_sum_of_all_what_the_tag_said_in_advance(bitrate: int) -> None:
    tag = read(info_frame(bitrate=bitrate, ticks=TICKS))
    for data in (b"", b"\1", bytes(range(256)) * 3):
        last = closing_frame(silent_frame(bitrate), update_crc(data))
        assert len(last) == frame_bytes(bitrate)
        assert plain_crc(data + last) == tag["music crc"]
        assert last[:-2] == silent_frame(bitrate)[:-2]
