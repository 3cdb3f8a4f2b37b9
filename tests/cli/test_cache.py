"""`audioguide cache`: it shows what is kept and removes only that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _filled(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("AUDIOGUIDE_CACHE_LIMIT", raising=False)
    assert run("render", "cat-stretch").code == 0


def _files(folder: Path) -> list[Path]:
    return list(folder.glob("cache/??/*"))


def test_info_tells_folder_entries_size_and_limit(run: Run, tmp_path: Path) -> None:
    reported = json.loads(run("cache", "info", "--json").out)
    files = _files(tmp_path)
    assert {key: reported[key] for key in ("folder", "entries", "size_bytes", "limit_bytes")} == {
        "folder": str(tmp_path / "cache"),
        "entries": len(files),
        "size_bytes": sum(path.stat().st_size for path in files),
        "limit_bytes": 10**9,
    }
    shown = run("cache", "info").out
    assert f"entries  {len(files)}\n" in shown
    assert "limit    1000.0 MB (AUDIOGUIDE_CACHE_LIMIT changes it)" in shown


def test_clear_says_what_it_removed_and_leaves_the_rest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cache" / "holiday.jpg").write_bytes(b"not ours")
    count = len(_files(tmp_path))
    ran = run("cache", "clear")
    assert ran.code == 0
    assert ran.out.startswith(f"removed {count} files (")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["holiday.jpg"]
    assert run("cache", "clear").out.startswith("removed 0 files (0.0 MB)")


def test_prune_keeps_to_the_limit(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(_files(tmp_path))
    assert run("cache", "prune").out.startswith("removed 0 files")
    run("cache", "prune", "--limit", "300kB")
    left = _files(tmp_path)
    assert 0 < len(left) < count
    assert sum(path.stat().st_size for path in left) <= 300_000
    monkeypatch.setenv("AUDIOGUIDE_CACHE_LIMIT", "0")
    run("cache", "prune")
    assert _files(tmp_path) == []


def test_a_size_that_is_none_is_a_wrong_call(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("cache", "prune", "--limit", "small")
    assert (ran.code, ran.err) == (2, "audioguide: 'small' is not a size such as 500MB or 2GB\n")
    monkeypatch.setenv("AUDIOGUIDE_CACHE_LIMIT", "small")
    for arguments in (("cache", "info"), ("render", "cat-stretch")):
        ran = run(*arguments)
        assert ran.code == 2
        assert "AUDIOGUIDE_CACHE_LIMIT: 'small' is not a size" in ran.err


def test_a_render_after_all_of_that_works(run: Run) -> None:
    run("cache", "clear")
    receipt = json.loads(run("render", "cat-stretch", "--json").out)
    assert receipt["phrases"]["reused"] == 0
    assert receipt["islands"]["encoded"] > 0
