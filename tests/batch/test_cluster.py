"""Workers of a Dask cluster: only safe schedulers, only workers that give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from audioguide.batch import cluster
from audioguide.batch.run import BatchRun
from audioguide.errors import OutputError, UsageError
from tests.batch.conftest import Studio
from tests.tables import every

THREE = ("client,routine,hold", "Anna,short.yaml,3s", "Bo,short.yaml,3s", "Cy,short.yaml,4s")


@every("address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tls://far.example:8786"])
def test_a_safe_scheduler(address: str) -> None:
    cluster.check_address(address, insecure=False)


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "tcp://nowhere.invalid:8786", "tcp://a..b:1"])
def test_a_scheduler_that_others_reach_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="--insecure-cluster"):
        cluster.check_address(address, insecure=False)
    cluster.check_address(address, insecure=True)


@every(
    "address",
    ["127.0.0.1:8786", "http://127.0.0.1", "tls://", "tcp://[::1", "tcp://127.0.0.1:port", "tcp://127.0.0.1",
     "tls://far.example", "tcp://127.0.0.1:99999", "tcp://:8786", ""],
)  # fmt: skip
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="tls://HOST:PORT"):
        cluster.check_address(address, insecure=True)


def test_a_worker_that_differs_is_named() -> None:
    same = cluster.Same("1.0", "lame", ((("tone", "en-us"), "tone/1"),))
    assert cluster.difference(same, same) == ""
    assert "audioguide 0.9, and this is 1.0" in cluster.difference(same, replace(same, audioguide="0.9"))
    assert "encoder" in cluster.difference(same, replace(same, encoder="other"))
    voice = replace(same, voices=((("tone", "en-us"), "tone/2"),))
    assert "voice tone en-us is 'tone/2'" in cluster.difference(same, voice)
    assert "cannot run audioguide" in cluster.difference(same, ImportError("audioguide"))


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Start a scheduler and two workers in processes of their own."""
    import distributed

    start: Any = distributed.LocalCluster
    with start(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_local_cluster_makes_the_same_files(studio: Studio, local: Any) -> None:
    table = studio.rows(*THREE)
    studio.run(studio.batch(table))
    batch = studio.batch(table, out="elsewhere")
    crew, shared = cluster.connected(local.scheduler_address, batch)
    try:
        assert crew.workers == 2
        assert shared.job.place  # the workers see this disk
        assert BatchRun(shared, crew).run().made == 3
        sent = studio.batch(table, out="sent")
        sent = replace(sent, job=replace(sent.job, place=""))  # and here they do not
        assert BatchRun(sent, crew).run().made == 3
    finally:
        crew.close()
    for name in studio.files():
        original = (studio.folder / "out" / name).read_bytes()
        for out in ("elsewhere", "sent"):
            assert (studio.folder / out / name).read_bytes() == original


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cluster_of_other_workers_is_refused(
    studio: Studio, local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "encoder_name", lambda: "another encoder")
    with pytest.raises(OutputError, match=r"no usable worker at .*its encoder is"):
        cluster.connected(local.scheduler_address, studio.batch(studio.rows(*THREE)))


def test_nobody_answers(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(OutputError, match="no scheduler answers"):
        cluster.connected("tcp://127.0.0.1:1", studio.batch(studio.rows(*THREE)))
