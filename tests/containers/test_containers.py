"""M4B, Opus, FLAC and WAV: decoded by other libraries than wrote them, and measured."""

from __future__ import annotations

import base64
import io
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import mutagen
import mutagen.flac
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from tinytag import TinyTag

from audioguide.audio.clip import Clip
from audioguide.containers.faststart import index_first
from audioguide.containers.formats import FORMATS, format_of
from audioguide.containers.vorbis import picture_block
from audioguide.containers.write import write_sound
from audioguide.errors import OutputError, UsageError
from audioguide.mixer.pcm import mixed
from audioguide.mixer.sound import Sound
from audioguide.mp3.frames import frames_in_file
from audioguide.pipeline.output import Output
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.script.chapters import chapters_of
from audioguide.script.script import Script, VoiceChoice
from audioguide.script.tags import ChapterMark, Tags
from audioguide.storage.cache import Cache
from audioguide.units import TICK_SAMPLES
from tests.slow import first
from tests.tables import every

OTHERS = [name for name in FORMATS if name != "mp3"]
LOSSLESS = ["flac", "wav"]
ROUTINE = """
  - say: Lie down. And rest.
  - sides: [left, right]
    steps:
      - say: Now the {side} side.
      - hold: 15s
        marks: {halfway: Half of it.}
  - hold: 5.1s
"""

_Picture: Any = mutagen.flac.Picture
Floats = NDArray[np.float64]


@pytest.fixture
def guided(script: Callable[..., Script]) -> Script:
    """Compile a short routine with two sides, with tones for words."""
    return replace(script(ROUTINE), voice=VoiceChoice(engine="tone"), title="Ruhe für „alle“ <1>")


def bell() -> Clip:
    """Return a bell with a sharp attack, 200 ticks long."""
    time = np.arange(200 * TICK_SAMPLES) / 48_000
    wave = np.sin(2 * np.pi * 1320 * time) * np.exp(-time * 12)
    return Clip((12_000 * wave).astype(np.int16))


def decoded(data: bytes) -> Floats:
    with av.open(io.BytesIO(data), "r") as container:
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    whole = np.concatenate(parts)
    scale = 32_768 if whole.dtype == np.int16 else 1
    return whole.astype(np.float64) / scale


def made(name: str, starts: list[int], length: int, tags: Tags | None = None, **more: Any) -> bytes:
    file = io.BytesIO()
    sounds = [Sound(start=start, clip=bell(), key="bell") for start in starts]
    write_sound(file, sounds, length, format_of(name), tags or Tags(title="t"), **more)
    return file.getvalue()


def onset(wave: Floats, near: int) -> int:
    """Return where a bell begins that lies within 500 samples of `near`, by correlation."""
    clip = bell().samples[:4800] / 32_768
    window = wave[max(0, near - 500) : near + 500 + len(clip)]
    return int(np.argmax(np.correlate(window, clip, "valid"))) + max(0, near - 500)


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_loses_nothing_has_every_sample_where_it_was_put(name: str) -> None:
    starts, length = [7, 1234, 9_001], 9_403  # over more than one block of 12 s, and no whole frame
    meant = np.zeros(length * TICK_SAMPLES, dtype=np.int16)
    for start in starts:
        meant[start * TICK_SAMPLES :][: len(bell().samples)] += bell().samples
    data = made(name, starts, length)
    found, rate = soundfile.read(io.BytesIO(data), dtype="int16")
    assert rate == 48_000
    assert np.array_equal(found, meant)
    assert np.array_equal(decoded(data) * 32_768, meant)


@pytest.mark.parametrize("name", ["opus", "m4b"])
def test_chime_to_chime_is_exact_to_a_sample_where_the_codec_loses_something(name: str) -> None:
    starts = [250, 4_003, 5_119, 15_250]
    wave = decoded(made(name, starts, 16_000))
    found = [onset(wave, start * TICK_SAMPLES) for start in starts]
    assert [abs(place - start * TICK_SAMPLES) <= 1 for place, start in zip(found, starts, strict=True)] == [
        True
    ] * 4
    # Opus says where it ends; AAC ends with a whole frame of 1024.
    excess = len(wave) - 16_000 * TICK_SAMPLES
    assert excess == 0 if name == "opus" else 0 <= excess < 1024


@pytest.mark.parametrize("name", first(2, OTHERS))
def test_the_holds_of_a_render_are_there(name: str, guided: Script, tmp_path: Path) -> None:
    """The waves of MP3 and of any other format agree, where both are decoded."""
    cache = Cache(tmp_path / "cache")
    receipts = [render(guided, tmp_path / each, Output(format=each), cache=cache) for each in ("mp3", name)]
    assert receipts[0].timeline == receipts[1].timeline
    first, second = (decoded(receipt.mp3.read_bytes()) for receipt in receipts)
    length = receipts[0].timeline.length * TICK_SAMPLES
    assert len(first) == length <= len(second)
    error = first - second[:length]
    assert 10 * np.log10(np.sum(first**2) / np.sum(error**2)) > 12
    assert receipts[1].mp3.suffix == f".{name}"


@pytest.mark.parametrize("name", list(FORMATS))
def test_other_readers_agree_on_tags_chapters_and_cover(name: str, guided: Script, tmp_path: Path) -> None:
    receipt = render(replace(guided, track="2/12"), tmp_path, Output(format=name, year=2026))
    other = TinyTag.get(receipt.mp3, image=True)
    assert (other.title, other.artist, other.album) == (guided.title, "audioguide (en-us)", "audioguide")
    assert (other.track, other.track_total, str(other.year)) == (2, 12, "2026")
    assert other.genre == "Speech"
    assert "not medical advice" in str(other.comment)
    assert other.images.front_cover is not None
    assert other.images.front_cover.data.startswith(b"\x89PNG")
    length = receipt.timeline.length / 250
    if name == "mp3":  # of which it counts the frames, and those around the sound with them
        assert other.duration == pytest.approx(frames_in_file(receipt.timeline.length) * 0.024, abs=1e-6)
    else:
        assert other.duration == pytest.approx(length, abs=0.03)
    with av.open(receipt.mp3) as container:
        found = [
            (float(each["start"] * each["time_base"]), each["metadata"]["title"])
            for each in container.chapters()
            if each["time_base"]
        ]
    wanted = [(each.start / 250, each.title) for each in chapters_of(receipt.timeline)]
    assert len(found) == len(wanted) == 4
    for (start, title), (at, meant) in zip(found, wanted, strict=True):
        assert title == meant
        assert abs(start - at) <= 0.05


def coloured(bits: int, kind: int, *, palette: int = 0) -> bytes:
    """Return the beginning of a PNG of 3 by 2 pixels with that depth and kind of colour."""
    head = struct.pack(">I4sIIBBBBB", 13, b"IHDR", 3, 2, bits, kind, 0, 0, 0) + bytes(4)
    colours = struct.pack(">I4s", 3 * palette, b"PLTE") + bytes(3 * palette + 4) if palette else b""
    return b"\x89PNG\r\n\x1a\n" + head + colours


@pytest.mark.parametrize("name", ["flac", "opus"])
def test_the_cover_is_declared_as_it_is(name: str, guided: Script, tmp_path: Path) -> None:
    found: Any = mutagen.File(render(guided, tmp_path, Output(format=name)).mp3)
    block = base64.b64decode(found["metadata_block_picture"][0]) if name == "opus" else None
    picture: Any = _Picture(block) if block else found.pictures[0]
    depth, kind = picture.data[24:26]
    assert (depth, kind) == (8, 6)  # red, green, blue and transparency
    assert (picture.width, picture.height, picture.depth, picture.colors) == (500, 500, 32, 0)
    assert picture.mime == "image/png"


@every(
    ("png", "depth", "colours"),
    [
        (coloured(8, 0), 8, 0), (coloured(1, 0), 1, 0), (coloured(8, 2), 24, 0), (coloured(16, 6), 64, 0),
        (coloured(8, 4), 16, 0), (coloured(8, 3, palette=7), 24, 7),
    ],
)  # fmt: skip
def test_the_depth_of_any_png_is_reported(png: bytes, depth: int, colours: int) -> None:
    found = _Picture(picture_block(png))
    assert (found.width, found.height, found.depth, found.colors) == (3, 2, depth, colours)


def boxes(data: bytes) -> list[tuple[str, int]]:
    found, place = [], 0
    while place < len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        found.append((name.decode(), size))
        place += size
    return found


@pytest.mark.parametrize("chapters", [0, 3])
def test_an_m4b_begins_with_its_index_and_plays_before_it_is_whole(chapters: int) -> None:
    marks = tuple(ChapterMark(2000 * each, 2000 * each + 2000, f"Part {each}") for each in range(chapters))
    starts = list(range(250, 5_500, 500))
    data = made("m4b", starts, 6_000, Tags(title="t", chapters=marks, cover=coloured(8, 6)))
    names = [name for name, _ in boxes(data)]
    assert names.index("moov") < names.index("mdat")
    assert [onset(decoded(data), start * TICK_SAMPLES) // TICK_SAMPLES for start in starts] == starts
    heard = decoded(data)
    early = []
    with av.open(io.BytesIO(data[: len(data) * 2 // 3]), "r") as container, suppress(av.FFmpegError):
        for frame in container.decode(audio=0):
            early.append(frame.to_ndarray().reshape(-1))  # noqa: PERF401 - it ends with an error
    part = np.concatenate(early)
    assert len(part) > len(heard) // 2
    assert np.array_equal(part[: len(part) - 2048], heard[: len(part) - 2048])
    with av.open(io.BytesIO(data)) as container:
        assert [each["metadata"]["title"] for each in container.chapters()] == [each.title for each in marks]


def test_an_index_that_is_first_stays_and_one_that_cannot_be_moved_is_an_error() -> None:
    data = made("m4b", [5], 500)
    file = io.BytesIO(data)
    index_first(file)
    assert file.getvalue() == data
    for broken in (data[:-9], b"\0\0\0\x08free", data.replace(b"moov", b"moof")):
        with pytest.raises(OutputError, match="index of an M4B"):
            index_first(io.BytesIO(broken))


def test_the_text_is_in_each(guided: Script, tmp_path: Path) -> None:
    for name in FORMATS:
        tags: Any = mutagen.File(render(guided, tmp_path, Output(format=name)).mp3).tags
        key = {"mp3": "USLT::eng", "wav": "USLT::eng", "m4b": "\xa9lyr"}.get(name, "lyrics")
        text = tags[key].text if name in ("mp3", "wav") else tags[key][0]
        assert "Test\nLie down.\nAnd rest.\n\nLeft side\nNow the left side." in text.replace(
            guided.title, "Test"
        ).replace("Ruhe für „alle“ <1>", "Test")


def test_the_chapters_of_a_wav_are_cue_points() -> None:
    data = made(
        "wav", [5], 500, Tags(title="t", chapters=(ChapterMark(0, 250, "Eins"), ChapterMark(250, 500, "Für")))
    )
    place = data.index(b"cue ")
    size, count = np.frombuffer(data[place + 4 : place + 12], "<u4")
    points = np.frombuffer(data[place + 12 : place + 8 + size], "<u4").reshape(count, 6)
    assert list(points[:, 5]) == [0, 250 * TICK_SAMPLES]
    assert re.findall(rb"labl....(?:\x00|\x01)\0\0\0([^\0]+)\0", data, re.DOTALL) == [b"Eins", "Für".encode()]


@every("name", OTHERS)
def test_three_hundred_chapters_and_an_awkward_title(name: str) -> None:
    chapters = tuple(ChapterMark(5 * each, 5 * each + 5, f"Part {each}") for each in range(300))
    awkward = 'Rest "well"\n<script> \U0001f9d8 שלום \0 O\u2019Neil & =sons'
    data = made(name, [9], 1500, Tags(title=awkward, chapters=chapters, lines=()))
    seen = 'Rest "well" <script> \U0001f9d8 שלום O\u2019Neil & =sons'
    assert TinyTag.get(file_obj=io.BytesIO(data), filename=f"a.{name}").title == seen
    with av.open(io.BytesIO(data)) as container:
        count = len(container.chapters())
    assert count == (150 if name == "m4b" else 300)


@pytest.mark.parametrize("bed", first(1, [None, "brown"]))
@pytest.mark.parametrize("name", first(2, OTHERS))
def test_two_renders_are_the_same_to_the_byte(
    name: str, bed: str | None, guided: Script, tmp_path: Path
) -> None:
    def rendered(folder: str) -> Receipt:
        return render(
            replace(guided, bed=bed),
            tmp_path / folder,
            Output(format=name),
            cache=Cache(tmp_path / f"c{folder}"),
        )

    assert rendered("a").mp3.read_bytes() == rendered("b").mp3.read_bytes()


def test_a_bed_is_under_it_and_never_jumps(guided: Script, tmp_path: Path) -> None:
    receipt = render(replace(guided, bed="brown"), tmp_path, Output(format="wav"))
    found, _ = soundfile.read(receipt.mp3)
    hold = next(each for each in receipt.holds if each.asked == 15 * 250)
    quiet = found[(hold.start + 1000) * TICK_SAMPLES : (hold.start + 1800) * TICK_SAMPLES]
    level = 10 * np.log10(np.mean(quiet**2))
    assert level == pytest.approx(-36.2, abs=3)


def test_the_sum_of_loud_sounds_is_an_error_and_no_file(tmp_path: Path) -> None:
    loud = Clip(np.full(TICK_SAMPLES * 50, 30_000, dtype=np.int16))
    sounds = [Sound(start=start, clip=loud, key=str(start)) for start in (10, 20)]
    with pytest.raises(OutputError, match="together too loud"):
        list(mixed(sounds, 100))
    for name in OTHERS:
        with pytest.raises(OutputError, match="together too loud"):
            write_sound(io.BytesIO(), sounds, 100, format_of(name), Tags(title="t"))


def test_a_wav_of_more_than_four_gigabytes_is_refused_before_it_is_written() -> None:
    file = io.BytesIO()
    with pytest.raises(OutputError, match=r"at most 4 GB.*use FLAC"):
        write_sound(file, [], 13 * 3600 * 250, format_of("wav"), Tags(title="t"))
    assert not file.getvalue()


@every(
    ("name", "rate", "said"),
    [
        ("flac", 96_000, "FLAC is lossless"),
        ("mp3", 97_000, "97 kbit/s is not possible in MP3: choose one of 64,"),
        ("opus", 8_000, "8 kbit/s is not possible in OPUS"),
    ],
)
def test_a_bit_rate_that_cannot_be_is_reported(name: str, rate: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        format_of(name).bitrate(rate)


def test_another_bit_rate_makes_another_size() -> None:
    for name in ("opus", "m4b"):
        small, large = (
            len(made(name, list(range(0, 5000, 200)), 5_300, bitrate=rate)) for rate in (32_000, 128_000)
        )
        assert large > 2 * small


def test_an_unknown_format_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="unknown format 'ogg'; choose from mp3, m4b, opus, flac, wav"):
        format_of("ogg")


PEAK = """
import io, sys
import numpy as np
from audioguide.audio.clip import Clip
from audioguide.containers.formats import format_of
from audioguide.containers.write import write_sound
from audioguide.mp3.islands import Sound
from audioguide.script.tags import Tags
clip = Clip((9_000 * np.sin(np.arange(250 * 192) / 9)).astype(np.int16))
length = int(sys.argv[2]) * 60 * 250
sounds = [Sound(start=start, clip=clip, key="a") for start in range(0, length - 250, 5_000)]
with open(sys.argv[3], "w+b") as file:
    write_sound(file, sounds, length, format_of(sys.argv[1]), Tags(title="t"))
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(peak.split()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process alone")
@pytest.mark.parametrize(
    ("name", "minutes"), first(1, [("flac", 20), ("flac", 120), ("opus", 30), ("m4b", 30)])
)
def test_a_long_file_takes_no_more_memory_than_a_short_one(name: str, minutes: int, tmp_path: Path) -> None:
    def measured(length: int) -> int:
        command = [sys.executable, "-c", PEAK, name, str(length), str(tmp_path / f"a.{name}")]
        return int(subprocess.check_output(command))

    assert measured(minutes) <= 1.2 * measured(3)
