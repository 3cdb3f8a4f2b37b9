"""A file that is read while it grows."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest

from audioguide.errors import OutputError
from audioguide.mp3.growing_file import GrowingFile

PIECES = tuple(bytes([number]) * (10 + number) for number in range(50))
WHOLE = b"".join(PIECES)


def _file(pieces: Iterator[bytes]) -> GrowingFile:
    return GrowingFile(size=len(WHOLE), etag="e", pieces=pieces)


def _read(file: GrowingFile, start: int, stop: int) -> bytes:
    return b"".join(file.read(start, stop))


def test_ranges_in_any_order_are_parts_of_the_whole() -> None:
    chance = Random(5)
    file = _file(iter(PIECES))
    for _ in range(100):
        start = chance.randrange(len(WHOLE) + 10)
        stop = start + chance.choice([0, 1, 20, 500, len(WHOLE)])
        assert _read(file, start, stop) == WHOLE[start:stop]


def test_no_more_is_made_than_is_asked_for() -> None:
    left = iter(PIECES)
    file = _file(left)
    assert _read(file, 0, 12) == WHOLE[:12]
    assert next(left) == PIECES[2]


def test_what_is_there_is_read_while_another_waits_for_the_end() -> None:
    go_on, slow = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes]:
        yield from PIECES[:10]
        slow.set()
        assert go_on.wait(20)
        yield from PIECES[10:]

    file = _file(pieces())
    with ThreadPoolExecutor(2) as others:
        finishing = others.submit(file.finish)
        assert slow.wait(20)
        assert _read(file, 0, 100) == WHOLE[:100]
        reading = others.submit(_read, file, 0, file.size)
        go_on.set()
        finishing.result(20)
        assert reading.result(20) == WHOLE


def test_many_readers_hear_the_same() -> None:
    file = _file(iter(PIECES))
    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(lambda _: _read(file, 0, file.size), range(50))) == {WHOLE}


def test_a_failure_is_reported_to_everybody_who_needs_what_is_missing() -> None:
    def pieces() -> Iterator[bytes]:
        yield PIECES[0]
        raise OutputError("the bed has changed")

    file = _file(pieces())
    assert _read(file, 0, 10) == PIECES[0]
    for _ in range(2):
        with pytest.raises(OutputError, match="has changed"):
            _read(file, 0, 11)
        with pytest.raises(OutputError, match="has changed"):
            file.finish()
    assert _read(file, 0, 10) == PIECES[0]


def test_a_listener_who_leaves_ends_the_work() -> None:
    ended = threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            yield from PIECES
        finally:
            ended.set()

    file = _file(pieces())
    _read(file, 0, 20)
    del file
    assert ended.is_set()


class _FullAtFirst(io.BytesIO):
    """A disk that is full for a moment."""

    moments = 1

    def write(self, data: Any) -> int:
        if self.moments:
            self.moments -= 1
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_where_a_piece_could_not_be_written_no_other_takes_its_place() -> None:
    file = GrowingFile(size=len(WHOLE), etag="e", pieces=iter(PIECES), _file=_FullAtFirst())
    for _ in range(2):
        with pytest.raises(OSError, match="No space left"):
            _read(file, 0, 10)
