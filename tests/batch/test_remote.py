"""Stores behind a URL: complete files or none, in memory and on an S3 server in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from audioguide.batch import remote
from audioguide.errors import OutputError, UsageError
from tests.batch.conftest import Studio


@pytest.fixture
def memory() -> Iterator[Any]:
    store = fsspec.filesystem("memory")
    store.store.clear()
    yield store
    store.store.clear()


def local(tmp_path: Path, **texts: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text)
        found[f"Anna/{name}"] = path
    return found


def test_files_appear_in_the_store(tmp_path: Path, memory: Any) -> None:
    remote.check("memory://batch/monday")
    remote.put("memory://batch/monday", local(tmp_path, one="1", two="22"))
    assert remote.sizes("memory://batch/monday") == {"Anna/one": 1, "Anna/two": 2}
    assert memory.cat("/batch/monday/Anna/two") == b"22"


def test_what_fails_leaves_nothing(tmp_path: Path, memory: Any) -> None:
    files = {**local(tmp_path, one="1"), "Anna/none": tmp_path / "none"}
    with pytest.raises(OutputError):
        remote.put("memory://batch", files)
    assert remote.sizes("memory://batch") == {}


def test_a_batch_goes_to_the_store_and_is_there_the_next_time(studio: Studio, memory: Any) -> None:
    table = studio.rows("client,routine,hold", "Anna,short.yaml,2s", "Bo,short.yaml,2s", "Cy,short.yaml,3s")
    assert studio.run(studio.batch(table, out="memory://shop/monday")).made == 3
    studio.run(studio.batch(table))
    for name in studio.files():
        assert memory.cat(f"/shop/monday/{name}") == (studio.folder / "out" / name).read_bytes()
    memory.rm("/shop/monday/Bo/short-Bo.mp3")
    summary = studio.run(studio.batch(table, out="memory://shop/monday"))
    assert (summary.made, summary.already) == (1, 2)
    assert (studio.folder / "clients-batch" / "manifest.jsonl").exists()


def test_an_unknown_store_is_named() -> None:
    with pytest.raises(UsageError, match="nowhere"):
        remote.check("nowhere://bucket")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Start an S3 server in a process of its own, and yield its address."""
    port = 5700 + os.getpid() % 200
    arguments = f"['moto', '-p', '{port}', '-H', '127.0.0.1']"
    program = f"import sys; sys.argv = {arguments}; from moto.server import main; main()"
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([sys.executable, "-c", program], stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(address, timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_bucket(studio: Studio, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("AWS_ENDPOINT_URL", s3), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    store.mkdir("studio")
    table = studio.rows("client,routine,hold", "Anna,short.yaml,2s", "Bo,short.yaml,3s")
    assert studio.run(studio.batch(table, out="s3://studio/monday")).made == 2
    studio.run(studio.batch(table))
    store.invalidate_cache()
    for name in studio.files():
        assert store.cat(f"studio/monday/{name}") == (studio.folder / "out" / name).read_bytes()
    assert studio.run(studio.batch(table, out="s3://studio/monday")).already == 2
    big = studio.folder / "big"
    big.write_bytes(os.urandom(6 * 1024 * 1024))  # larger than a part: a multipart upload
    with pytest.raises(OutputError):
        remote.put("s3://studio/monday", {"big": big, "none": studio.folder / "none"})
    store.invalidate_cache()
    assert not store.exists("studio/monday/big")
