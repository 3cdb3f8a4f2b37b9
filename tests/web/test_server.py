"""The server as a user starts it: the link, the code, who is slow, and what is refused."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from audioguide.errors import EngineError, OutputError, RoutineError, UsageError
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.web.app import make_app
from audioguide.web.security import guard, protocol
from audioguide.web.security.access import kept_tokens
from audioguide.web.security.hosts import hosts_for
from audioguide.web.security.protocol import served_by
from audioguide.web.serve import serve
from audioguide.web.service import Service
from tests.web.conftest import TOKENS, Running, running

CLIENT = httpx2.Client(timeout=60)


@pytest.mark.slow
def test_the_link_opens_the_page(server: Running) -> None:
    assert server.link.startswith("http://127.0.0.1:")
    token = server.link.rpartition("=")[2]
    assert len(token) >= 22  # 128 bits in base64
    answer = CLIENT.get(server.link)
    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert "Knee to chest" in CLIENT.get(f"{server.at}/").text


@pytest.mark.slow
def test_in_a_network_a_code_is_shown_and_nobody_comes_in_without_the_link(tmp_path: Path) -> None:
    with running(tmp_path, "--lan", "--host-name", "sofa.example") as started:
        assert "█" in started.said
        port = started.at.rpartition(":")[2]
        here = f"http://127.0.0.1:{port}/"
        assert CLIENT.get(here).status_code == 403
        cookie = {"cookie": f"audioguide_{port}={started.link.rpartition('=')[2]}"}
        assert CLIENT.get(here, headers=cookie).status_code == 200
        assert CLIENT.get(here, headers=cookie | {"host": f"sofa.example:{port}"}).status_code == 200
        assert CLIENT.get(here, headers=cookie | {"host": f"bed.example:{port}"}).status_code == 403


def test_tokens_stay_until_new_ones_are_asked_for(tmp_path: Path) -> None:
    first = kept_tokens(tmp_path)
    assert kept_tokens(tmp_path) == first
    assert first.page != first.feed
    assert (tmp_path / "serve.json").stat().st_mode & 0o077 == 0
    assert kept_tokens(tmp_path, renew=True).page != first.page
    (tmp_path / "serve.json").write_text('{"page": "", "feed": ""}')
    assert len(kept_tokens(tmp_path).page) >= 22


def test_an_unknown_engine_is_reported_before_anybody_comes() -> None:
    with pytest.raises(EngineError, match="unknown engine 'gramophone'"):
        serve(
            Options(engine="gramophone"), SHIPPED_LIBRARY, TOKENS, port=0, lan=False,
            started=lambda _: pytest.fail("served"),
        )  # fmt: skip


def test_a_port_that_is_taken_is_reported() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match="--port"):
            serve(NOTHING, SHIPPED_LIBRARY, TOKENS, port=port, lan=False, started=lambda _: None)


def test_hosts_are_loopback_and_in_a_network_the_own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audioguide.web.security.hosts.own_addresses", lambda: ["192.168.1.5"])
    monkeypatch.setattr("socket.gethostname", lambda: "Laptop.home")
    alone, together = hosts_for(80), hosts_for(8000, lan=True, more=["Sofa.example"])
    assert alone.knows("localhost")
    assert alone.knows("127.0.0.1:80")
    assert not alone.knows("192.168.1.5:80")
    for host in ("192.168.1.5:8000", "laptop.local:8000", "SOFA.example:8000", "[::1]:8000"):
        assert together.knows(host)
    assert not together.knows(None)
    for host in ("", "laptop.home:8000", "192.168.1.5", "192.168.1.50:8000", "localhost:8000."):
        assert not together.knows(host)


def test_another_name_is_one_that_a_browser_sends() -> None:
    more = [" Sofa ", "küche.local", "fe80::1", "[2001:DB8::2]", "192.168.1.9", "my_box-2.example"]
    known = hosts_for(8000, more=more)
    sent = ["sofa", "xn--kche-0ra.local", "[fe80::1]", "[2001:db8::2]", "192.168.1.9", "my_box-2.example"]
    assert [name for name in sent if not known.knows(f"{name}:8000")] == []
    strange = f"a\x1b]0;x\x07{chr(0x202E)}b"
    for wrong in (
        "",
        " ",
        "a b",
        "http://sofa",
        "sofa/x",
        "sofa:80",
        "a..b",
        ".",
        "*",
        "-",
        "x" * 300,
        strange,
    ):
        with pytest.raises(UsageError, match=r"is not the name of a machine: write it without http://"):
            hosts_for(8000, more=[wrong])


def _warmed(monkeypatch: pytest.MonkeyPatch, service: Service, *, ends: str = "") -> list[str]:
    """Return what `warm_up` of `service` readies, in order; it ends while it readies `ends`."""
    readied: list[str] = []

    def ready(what: str, *_: object) -> None:
        readied.append(what)
        if what == ends:
            service.closing.set()

    monkeypatch.setattr(type(service.shelf), "listed", lambda _: ready("routines"))
    monkeypatch.setattr(type(service.voices), "all", lambda _: ready("voices"))
    monkeypatch.setattr(
        type(service.sessions), "warm_up", lambda _, go_on: ready("sessions") if go_on() else None
    )
    service.warm_up()
    return readied


def test_what_takes_long_is_ready_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(Options(engine="tone"), SHIPPED_LIBRARY, TOKENS, warm=False)
    assert _warmed(monkeypatch, service) == ["routines", "voices", "sessions"]
    service.close()


@pytest.mark.parametrize("ends", ["routines", "voices"])
def test_a_server_that_ends_readies_nothing_more(monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
    service = Service(Options(engine="tone"), SHIPPED_LIBRARY, TOKENS, warm=False)
    assert _warmed(monkeypatch, service, ends=ends)[-1] == ends
    service.close()


def test_a_library_that_cannot_be_listed_keeps_nothing_else_from_getting_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def listed(_: object) -> None:
        raise RoutineError("faulty defaults")

    service = Service(Options(engine="tone"), SHIPPED_LIBRARY, TOKENS, warm=False)
    asked: list[str] = []
    monkeypatch.setattr(type(service.shelf), "listed", listed)
    monkeypatch.setattr(type(service.voices), "all", lambda _: asked.append("voices"))
    monkeypatch.setattr(type(service.sessions), "warm_up", lambda *_: asked.append("sessions"))
    service.warm_up()
    assert asked == ["voices", "sessions"]
    service.close()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Run a server in a thread that waits for a head for half a second."""
    monkeypatch.setattr(protocol, "ASK_SECONDS", 0.5)
    monkeypatch.setattr(protocol, "MOST_WAITING", 20)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(300)
        address: tuple[str, int] = listener.getsockname()
        service = Service(Options(engine="tone"), SHIPPED_LIBRARY, TOKENS, warm=False)
        server = served_by(app=make_app(service, hosts_for(address[1])))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield address
        server.should_exit = True
        thread.join(20)


def _is_cut(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def test_who_never_finishes_asking_is_cut(patient: tuple[str, int]) -> None:
    with (
        socket.create_connection(patient, timeout=5) as silent,
        socket.create_connection(patient, timeout=5) as slow,
    ):
        slow.sendall(b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n")
        assert _is_cut(silent)
        assert _is_cut(slow)


def test_who_asks_once_and_then_dawdles_is_cut(patient: tuple[str, int]) -> None:
    with socket.create_connection(patient, timeout=5) as slow:
        slow.sendall(f"GET /static/icon.svg HTTP/1.1\r\nhost: 127.0.0.1:{patient[1]}\r\n\r\n".encode())
        assert slow.recv(10).startswith(b"HTTP/1.1 2")
        slow.sendall(b"GET / HT")
        while slow.recv(100_000):
            pass


def test_two_hundred_who_dawdle_keep_nobody_else_out(
    patient: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "ASK_SECONDS", 60)
    monkeypatch.setattr(protocol, "CHANCE_SECONDS", 0.5)
    idle = [socket.create_connection(patient, timeout=5) for _ in range(200)]
    try:
        for each in idle[100:]:
            each.sendall(b"GET / HTTP/1.1\r\n")
        assert CLIENT.get(f"http://127.0.0.1:{patient[1]}/static/icon.svg", timeout=10).status_code == 200
        assert _is_cut(idle[0])
    finally:
        for each in idle:
            each.close()


@pytest.mark.parametrize("end", ["", "\r\n\r\n"])  # cut short, and whole in one piece
@pytest.mark.parametrize("count", [17_000, 40_000])
def test_a_head_that_is_too_large_is_refused(count: int, end: str, patient: tuple[str, int]) -> None:
    with socket.create_connection(patient, timeout=5) as large:
        head = f"GET / HTTP/1.1\r\nhost: 127.0.0.1:{patient[1]}\r\nx: {'y' * count}{end}"
        large.sendall(head.encode())
        assert large.recv(100).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(("count", "status"), [(15_000, 200), (17_000, 431)])
def test_the_limit_of_a_head_counts_the_address_too(
    count: int, status: int, patient: tuple[str, int]
) -> None:
    at = f"http://127.0.0.1:{patient[1]}/static/icon.svg?{'y' * count}"
    assert CLIENT.get(at).status_code == status


def test_two_hundred_honest_clients_at_once_are_all_answered(patient: tuple[str, int]) -> None:
    crowd = [socket.create_connection(patient, timeout=10) for _ in range(200)]
    try:
        ask = f"GET /static/icon.svg HTTP/1.1\r\nhost: 127.0.0.1:{patient[1]}\r\nconnection: close\r\n\r\n"
        for each in crowd:
            each.sendall(ask.encode())
        assert [each.recv(12) for each in crowd] == [b"HTTP/1.1 200"] * 200
    finally:
        for each in crowd:
            each.close()


def _change(port: int, more: str) -> bytes:
    return (
        f"POST /api/check/mine HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\n"
        f"cookie: audioguide={TOKENS.page}\r\nx-audioguide: 1\r\ncontent-type: application/json\r\n"
        f"{more}\r\n\r\n"
    ).encode()


def test_a_body_that_drips_in_has_one_deadline(
    patient: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.5)
    with socket.create_connection(patient, timeout=0.1) as slow:
        slow.sendall(_change(patient[1], "content-length: 1000"))
        began, said = time.monotonic(), b""
        while not said and time.monotonic() - began < 5:
            slow.sendall(b"x")
            try:
                said = slow.recv(12)
            except TimeoutError:
                continue
        assert said == b"HTTP/1.1 408"


def test_a_body_in_pieces_that_grows_too_large_is_refused(
    patient: tuple[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(patient, timeout=5) as large:
        large.sendall(_change(patient[1], "transfer-encoding: chunked"))
        for _ in range(5):
            large.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        large.sendall(b"0\r\n\r\n")
        assert large.recv(12) == b"HTTP/1.1 413"
    assert not [each for each in caplog.records if each.exc_info]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names")
@pytest.mark.timeout(60)
def test_odd_files_among_your_routines_block_neither_the_page_nor_the_end(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    os.mkfifo(tmp_path / "own" / "pipe.yaml")
    (tmp_path / "own" / "a%20b & c.yaml").write_text("title: A\nsteps:\n  - say: Hello.\n")
    with running(tmp_path) as started:
        assert "Knee to chest" in CLIENT.get(f"{started.at}/").text
        assert CLIENT.get(f"{started.at}/audio/a%2520b%20%26%20c.mp3").status_code == 200
        assert CLIENT.get(f"{started.at}/routine/pipe").status_code == 422
        began = time.monotonic()
    assert time.monotonic() - began < 10
