"""No network at run time: every socket to anywhere but this machine is refused, and nothing misses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Python runs it in every process that finds it on its path: the voice's children, too.
BLOCKED = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = host[0] if isinstance(host, tuple) else host
        if host not in ("127.0.0.1", "localhost", "::1", "", None) and not str(host).startswith("/"):
            with open(os.environ["NETWORK_LOG"], "a") as log:
                log.write(f"{event} {arguments} {sys.argv}\\n")
            raise OSError(101, "the network is not there")

sys.addaudithook(watch)
"""

COMMANDS = [
    "new mine", "render mine.yaml --engine pyttsx3 -o out", "verify out/mine.mp3",
    "render mine.yaml --engine tone --bed brown --format opus --with-files all -o more",
    "export cat-stretch --estimate -o out", "voices", "voices add --list",
    "voices record-list cat-stretch", "voices compare pyttsx3/en-us pyttsx3/de",
    "voices --say Rest. --engine pyttsx3",
    "list", "doctor", "check bedtime", "show bedtime",
    "schema", "cache info", "config --create",
]  # fmt: skip


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which Python reaches nobody but this machine."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    (tmp_path / "log").touch()
    return {
        **os.environ, "PYTHONPATH": str(tmp_path / "hook"), "NETWORK_LOG": str(tmp_path / "log"),
        "AUDIOGUIDE_CONFIG_DIR": str(tmp_path / "config"),
    }  # fmt: skip


def python(folder: Path, offline: dict[str, str], program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], env=offline, cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_watch_sees_what_leaves_the_machine(tmp_path: Path, offline: dict[str, str]) -> None:
    for leaves in ("socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo('example.org', 80)"):
        ran = python(tmp_path, offline, f"import socket; {leaves}")
        assert "the network is not there" in ran.stderr
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.slow
def test_no_command_reaches_for_the_network(tmp_path: Path, offline: dict[str, str]) -> None:
    # One process for all: what is loaded once need not be loaded again.
    program = f"""
import sys
from audioguide.cli import main
for command in {COMMANDS!r}:
    sys.argv[1:] = command.split()
    try:
        main()
    except SystemExit as end:
        assert not end.code, (command, end.code)
"""
    ran = python(tmp_path, offline, program)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert (tmp_path / "log").read_text(encoding="utf-8") == ""


@pytest.mark.slow
def test_the_server_listens_to_this_machine_alone(tmp_path: Path, offline: dict[str, str]) -> None:
    program = """
import threading, urllib.request
from audioguide.web import serve as module
from audioguide.web.security.access import Tokens
from audioguide.listener.options import Options
from audioguide.routine.library import Library
import os, signal
def started(place):
    def use():
        for path in ("/", "/api/look/desk-break", "/audio/desk-break.mp3"):
            assert urllib.request.urlopen(place.link.partition("/?")[0] + path, timeout=60).status == 200
        print("served", flush=True)
        os.kill(os.getpid(), signal.SIGINT)
    threading.Thread(target=use).start()
try:
    options, tokens = Options(engine="tone"), Tokens("p" * 32, "f" * 32)
    module.serve(options, Library(), tokens, port=0, lan=False, started=started)
except KeyboardInterrupt:
    pass
"""
    ran = python(tmp_path, offline, program)
    assert "served" in ran.stdout, ran.stderr[-2000:]
    assert (tmp_path / "log").read_text(encoding="utf-8") == ""
