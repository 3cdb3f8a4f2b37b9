from __future__ import annotations

import socket
from pathlib import Path

import pytest

from audioguide.errors import OutputError
from audioguide.speech.voices.download import Unreachable, download, forget, size_at
from tests.speech.voices.conftest import VECTORS, Hub

NAME = "xf_test.bin"
SIZE = len(VECTORS)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / NAME


def test_a_file_is_fetched_and_every_block_is_reported(hub: Hub, part: Path) -> None:
    seen: list[tuple[int, int]] = []
    download(hub.url(NAME), part, SIZE, lambda have, whole: seen.append((have, whole)), checked=True)
    assert part.read_bytes() == VECTORS
    assert seen == sorted(seen)
    assert seen[-1] == (SIZE, SIZE)
    assert len(seen) > 3


def test_a_download_that_breaks_continues_where_it_stopped(hub: Hub, part: Path) -> None:
    hub.breaks_after = 600_000
    with pytest.raises(OutputError, match=r"stopped at 0\.6 of 1\.0 MB: the same command continues"):
        download(hub.url(NAME), part, SIZE, checked=True)
    assert part.stat().st_size == 600_000
    download(hub.url(NAME), part, SIZE, checked=True)
    assert hub.ranges == ["", "bytes=600000-"]
    assert part.read_bytes() == VECTORS
    download(hub.url(NAME), part, SIZE, checked=True)  # nothing is left to ask for
    assert len(hub.ranges) == 2


def test_a_server_without_ranges_sends_all_of_it_again(hub: Hub, part: Path) -> None:
    hub.ignores_ranges = True
    part.write_bytes(b"x" * 1000)
    download(hub.url(NAME), part, SIZE, checked=True)
    assert part.read_bytes() == VECTORS


@pytest.mark.parametrize("chunked", [False, True])
def test_what_nobody_checks_is_only_continued_with_the_same_file(
    hub: Hub, part: Path, *, chunked: bool
) -> None:
    hub.chunked = chunked
    hub.breaks_after = 300_000
    with pytest.raises(OutputError, match=r"stopped at 0\.3"):
        download(hub.url(NAME), part)
    hub.files[NAME] = VECTORS[::-1]
    download(hub.url(NAME), part)
    assert part.read_bytes() == VECTORS[::-1]
    hub.breaks_after = 300_000
    forget(part)
    with pytest.raises(OutputError, match="stopped"):
        download(hub.url(NAME), part)
    download(hub.url(NAME), part)
    assert part.read_bytes() == VECTORS[::-1]
    assert hub.ranges[-1] == f"bytes={300_000 if not chunked else part_size(hub)}-"


def part_size(hub: Hub) -> int:
    """Return where the last request started: of a broken chunk, less may have come."""
    return int(hub.ranges[-1].removeprefix("bytes=").removesuffix("-"))


def test_a_part_of_unknown_origin_is_not_continued(hub: Hub, part: Path) -> None:
    part.write_bytes(b"x" * 1000)
    download(hub.url(NAME), part)
    assert hub.ranges == [""]
    assert part.read_bytes() == VECTORS


def test_a_part_that_was_complete_is_kept(hub: Hub, part: Path) -> None:
    download(hub.url(NAME), part)
    download(hub.url(NAME), part)
    assert hub.ranges == ["", f"bytes={SIZE}-"]
    assert part.read_bytes() == VECTORS


def test_a_page_in_place_of_the_file_is_refused_and_not_kept(hub: Hub, part: Path) -> None:
    hub.page = b"<html>Please log in</html>"
    with pytest.raises(OutputError, match=rf"offers 26 bytes as {NAME}, which has {SIZE}.*log in"):
        download(hub.url(NAME), part, SIZE, checked=True)
    assert not part.exists()


def test_more_than_the_size_is_refused(hub: Hub, part: Path) -> None:
    hub.chunked = True
    with pytest.raises(OutputError, match="larger than the 1000 bytes"):
        download(hub.url(NAME), part, 1000, checked=True)


def test_a_file_that_is_not_there_is_one_line(hub: Hub, part: Path) -> None:
    with pytest.raises(OutputError, match=r"127\.0\.0\.1 answered 404 Not Found for http://.*/none\.bin$"):
        download(hub.url("none.bin"), part)
    with pytest.raises(OutputError, match="answered 404"):
        size_at(hub.url("none.bin"))


def test_the_size_is_known_before_the_download(hub: Hub) -> None:
    assert size_at(hub.url(NAME)) == SIZE


def test_a_machine_that_cannot_be_reached_is_one_line(part: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/a.bin"
        for ask in (lambda: download(url, part), lambda: size_at(url)):
            with pytest.raises(Unreachable, match=r"^127\.0\.0\.1 cannot be reached \(Connection refused\)$"):
                ask()


@pytest.mark.parametrize("url", ["ftp://example.org/a.bin", "file:///etc/passwd", "a.bin"])
def test_only_the_web_is_asked(url: str, part: Path) -> None:
    with pytest.raises(OutputError, match="is not an address that starts with https://"):
        download(url, part)
