from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.sound import Sound
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import Island, cut
from audioguide.mp3.job import Mp3Job
from audioguide.storage.cache import Cache

Make = Callable[[int], Clip]


@pytest.fixture
def islands(bell: Make, click: Make) -> tuple[Island, ...]:
    """Six bells on two phases, four clicks on one: three recipes in ten islands."""
    sounds = [Sound(start=number * 300 + number % 2, clip=bell(0), key="bell") for number in range(6)]
    sounds += [Sound(start=3000 + number * 60, clip=click(0), key="click") for number in range(4)]
    return cut(sounds, 5_000)


def test_equal_islands_are_encoded_once(islands: tuple[Island, ...]) -> None:
    result = encode_islands(islands)
    assert len(islands) == 10
    assert (result.encoded, result.reused, len(result.frames)) == (3, 0, 3)
    assert all(len(result.of(island)) == island.frames * 288 for island in islands)
    assert result.of(islands[0]) == result.of(islands[2]) != result.of(islands[1])


def test_the_number_of_threads_does_not_show(islands: tuple[Island, ...]) -> None:
    assert encode_islands(islands, Mp3Job(workers=1)) == encode_islands(islands, Mp3Job(workers=3))


def test_what_is_in_the_store_is_not_encoded_again(islands: tuple[Island, ...], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = encode_islands(islands[:1], Mp3Job(cache=cache))
    second = encode_islands(islands, Mp3Job(cache=cache))
    third = encode_islands(islands, Mp3Job(cache=cache))
    assert (first.encoded, first.reused) == (1, 0)
    assert (second.encoded, second.reused) == (2, 1)
    assert (third.encoded, third.reused) == (0, 3)
    assert third.frames == second.frames


def test_bit_rates_do_not_share_entries_in_the_store(islands: tuple[Island, ...], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = encode_islands(islands, Mp3Job(cache=cache))
    other = encode_islands(islands, Mp3Job(bitrate=64_000, cache=cache))
    again = encode_islands(islands, Mp3Job(cache=cache))
    assert (first.reused, other.reused, again.reused) == (0, 0, 3)
    assert len(other.of(islands[0])) == islands[0].frames * frame_bytes(64_000)


def test_a_damaged_entry_is_encoded_again(islands: tuple[Island, ...], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    good = encode_islands(islands, Mp3Job(cache=cache))
    entry = next(tmp_path.glob("??/*"))
    entry.write_bytes(entry.read_bytes()[:-1])
    again = encode_islands(islands, Mp3Job(cache=cache))
    assert (again.encoded, again.reused) == (1, 2)
    assert again.frames == good.frames


def test_an_entry_of_another_length_is_encoded_again(
    islands: tuple[Island, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Cache, "get", lambda _self, _key: b"short")
    assert encode_islands(islands, Mp3Job(cache=Cache(tmp_path))).encoded == 3


def test_progress_counts_the_recipes(islands: tuple[Island, ...], tmp_path: Path) -> None:
    reported: list[tuple[int, int]] = []
    encode_islands(islands, Mp3Job(progress=lambda done, total: reported.append((done, total))))
    assert reported == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_nothing_to_encode_is_no_error() -> None:
    assert encode_islands(()).encoded == 0


def test_a_failure_in_a_thread_is_reported(islands: tuple[Island, ...]) -> None:
    loud = Clip(np.full(192, 20_000, np.int16))
    too_loud = cut([Sound(start=1250, clip=loud, key=key) for key in "ab"], 5_000)
    with pytest.raises(OutputError, match=r"2 overlapping sounds at 00:05\.000"):
        encode_islands([*islands, *too_loud])
