"""A file made on demand is the file that would have been written, in every part of it."""

from __future__ import annotations

import io
import random
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.encode import silent_frame
from audioguide.mp3.frames import BITRATE
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import Encoded, encode_islands
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.ranged_file import Encode, SplicedFile, spliced_file
from audioguide.script.tags import Tags

Make = Callable[[int], Clip]
ID3 = id3_bytes(Tags(title="Ein Test", comment="Für Ohren"))
TICKS = 12_345


class Encoder:
    """Counts which islands were encoded."""

    def __init__(self) -> None:
        self.asked: list[Island] = []

    def __call__(self, islands: Sequence[Island]) -> Encoded:
        self.asked += islands
        return encode_islands(islands)


@pytest.fixture
def islands(bell: Make, voice: Make) -> tuple[Island, ...]:
    """Lay twenty sounds out, some of them twice, the first at once and the last at the very end."""
    starts = [0, 700, 1301, 1400, 2402, 3000, 3606, 4800, 5401, 6000, 6702, 7200, 8000, 9001, 10_200]
    sounds = [Sound(start=start, key=f"bell {index % 4}", clip=bell(index % 4))
              for index, start in enumerate(starts)]  # fmt: skip
    spoken = voice(1)
    sounds += [Sound(start=start, key="voice", clip=spoken) for start in (1800, 4206, TICKS - spoken.ticks)]
    return cut(sounds, TICKS)


@pytest.fixture
def written(islands: tuple[Island, ...]) -> bytes:
    file = io.BytesIO()
    write_mp3(file, islands, TICKS, encoded=encode_islands(islands).of, id3=ID3)
    return file.getvalue()


def _file(islands: Sequence[Island], encode: Encode | None = None, id3: bytes = ID3) -> SplicedFile:
    return spliced_file(islands, TICKS, encode=encode or Encoder(), id3=id3)


def _read(file: SplicedFile, start: int, stop: int) -> bytes:
    return b"".join(file.read(start, stop))


def test_the_whole_is_what_would_be_written(islands: tuple[Island, ...], written: bytes) -> None:
    file = _file(islands)
    assert file.size == len(written)
    assert _read(file, 0, file.size) == written


def test_two_hundred_ranges_are_what_would_be_written(islands: tuple[Island, ...], written: bytes) -> None:
    chance = random.Random(7)
    known = encode_islands(islands)
    for _ in range(200):
        start = chance.randrange(len(written))
        stop = start + chance.choice([1, 2, 287, 288, 289, 5_000, 100_000, len(written)])
        file = spliced_file(islands, TICKS, encode=lambda _: known, id3=ID3)
        assert _read(file, start, stop) == written[start:stop], (start, stop)


def test_the_borders_of_tag_and_frames_are_no_seams(islands: tuple[Island, ...], written: bytes) -> None:
    file = _file(islands)
    for border in (len(ID3), len(ID3) + 288, len(ID3) + 576, len(written)):
        for start in range(border - 2, border + 3):
            assert _read(file, start, start + 3) == written[start : start + 3]
    assert _read(file, 5, 5) == b""


def test_the_tags_wait_for_no_frame_and_a_leap_only_for_those_that_it_needs(
    islands: tuple[Island, ...], written: bytes
) -> None:
    encode = Encoder()
    file = _file(islands, encode)
    assert _read(file, 0, len(ID3) + 288) == written[: len(ID3) + 288]
    assert encode.asked == []
    _read(file, file.size - 1_000, file.size - 2)
    assert encode.asked == [islands[-1]]
    _read(file, file.size - 2, file.size)  # the sum of all
    assert {island.recipe for island in encode.asked} == {island.recipe for island in islands}


def test_a_leap_does_not_wait_for_another_place(islands: tuple[Island, ...], written: bytes) -> None:
    """While the beginning is being encoded, somebody hears the end."""
    begun, go_on = threading.Event(), threading.Event()

    def encode(asked: Sequence[Island]) -> Encoded:
        if islands[0] in asked:
            begun.set()
            assert go_on.wait(20)
        return encode_islands(asked)

    file = spliced_file(islands, TICKS, encode=encode, id3=ID3)
    with ThreadPoolExecutor(1) as other:
        start = other.submit(_read, file, 0, 20_000)
        assert begun.wait(20)
        assert _read(file, file.size - 1_000, file.size - 2) == written[-1_000:-2]
        go_on.set()
        assert start.result(20) == written[:20_000]


def test_a_failure_is_reported_and_tried_again(islands: tuple[Island, ...], written: bytes) -> None:
    failures = [OutputError("no room"), OutputError("no room")]

    def encode(asked: Sequence[Island]) -> Encoded:
        if failures:
            raise failures.pop()
        return encode_islands(asked)

    file = spliced_file(islands, TICKS, encode=encode, id3=ID3)
    for _ in range(2):
        with pytest.raises(OutputError, match="no room"):
            file.finish()
    assert _read(file, 0, file.size) == written


def test_an_island_is_encoded_once(islands: tuple[Island, ...]) -> None:
    encode = Encoder()
    file = _file(islands, encode)
    for _ in range(2):
        _read(file, 0, file.size)
    recipes = [island.recipe for island in encode.asked]
    assert set(recipes) == {island.recipe for island in islands}
    assert len(recipes) == len(set(recipes))


def test_a_whole_file_keeps_its_frames_and_not_the_sounds() -> None:
    samples = np.full(40 * 192, 99, dtype=np.int16)
    kept = weakref.ref(samples)
    file = _file(cut([Sound(start=600, key="a", clip=Clip(samples))], TICKS), encode=encode_islands)
    del samples
    assert kept() is not None
    file.finish()
    assert kept() is None
    assert len(_read(file, 0, file.size)) == file.size


def test_the_etag_shows_what_differs(islands: tuple[Island, ...], bell: Make) -> None:
    moved = cut([Sound(start=6, key="bell 0", clip=bell(0))], TICKS)
    here = cut([Sound(start=0, key="bell 0", clip=bell(0))], TICKS)
    tags = {
        _file(islands).etag, _file(islands, id3=b"").etag, _file(moved).etag, _file(here).etag,
        spliced_file(here, TICKS + 1, encode=Encoder()).etag,
        spliced_file(here, TICKS, encode=Encoder(), bitrate=64_000).etag,
        spliced_file(here, TICKS, encode=Encoder(), ground="brown").etag,
    }  # fmt: skip
    assert len(tags) == 7
    assert _file(islands).etag == _file(islands).etag


def test_silence_alone_is_a_file_too() -> None:
    file = spliced_file((), 250, encode=Encoder())
    assert _read(file, 288, file.size - 288) == silent_frame(BITRATE) * (file.size // 288 - 2)


def test_what_would_not_make_a_file_is_refused(islands: tuple[Island, ...]) -> None:
    with pytest.raises(ValueError, match="length 0"):
        spliced_file((), 0, encode=Encoder())
    with pytest.raises(ValueError, match="not between"):
        spliced_file(islands, TICKS - 100, encode=Encoder())
    with pytest.raises(ValueError, match="not between"):
        spliced_file((islands[1], islands[0]), TICKS, encode=Encoder())
