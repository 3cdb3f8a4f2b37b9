"""`audioguide batch` on the command line: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audioguide.batch.crew import local_crew
from audioguide.cli.batch_report import line
from tests.batch.conftest import OTHER, ROUTINE, thread_crew
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "short.yaml").write_text(ROUTINE)
    (tmp_path / "other.yaml").write_text(OTHER)
    monkeypatch.setattr("audioguide.batch.crew.local_crew", lambda workers=None: thread_crew(workers or 1))


def table(*rows: str, name: str = "clients.csv") -> str:
    Path(name).write_text("\n".join(["client,routine,hold", *rows]) + "\n", encoding="utf-8")
    return name


def test_a_template_renders_as_it_is(run: Run, tmp_path: Path) -> None:
    assert run("batch", "mine.csv", "--new", "short.yaml").code == 0
    text = (tmp_path / "mine.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("client,routine,hold,reps,")
    ran = run("batch", "mine.csv", "-o", "out")
    assert ran.code == 0, ran.err
    assert "1 row made: 1 file" in ran.out
    out = tmp_path / "out"
    assert f"files: {out} (manifest: {out / 'manifest.jsonl'})" in " ".join(ran.out.split())
    assert (tmp_path / "out/Anna Example/short-Anna Example.sheet.html").exists()
    assert run("batch", "mine.csv", "--new", "short.yaml").code == 2


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.jsonl", "mine.yaml"])
def test_a_template_of_each_kind_is_right(run: Run, name: str) -> None:
    assert run("batch", name, "--new", "short.yaml").code == 0
    ran = run("batch", name, "--check")
    assert (ran.code, ran.out) == (0, f"{name}: 1 row, none with mistakes\n"), ran.err


def test_check_shows_every_fault_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    name = table("Anna,short.yaml,99s", "Bo,nowhere,2s", "Cy,short.yaml,2s")
    ran = run("batch", name, "--check")
    assert ran.code == 3
    assert "3 rows, 2 with mistakes" in ran.out
    assert "clients.csv:2:3: row 2, column 'hold'" in ran.err
    assert "row 3, column 'routine'" in ran.err
    assert not (tmp_path / "out").exists()


def test_failed_rows_are_named_and_the_exit_code_says_so(run: Run, tmp_path: Path) -> None:
    name = table("Anna,short.yaml,99s", "Cy,short.yaml,2s")
    ran = run("batch", name)
    assert ran.code == 3
    assert "1 row made" in ran.out
    assert "row 2 (Anna): column 'hold'" in ran.out
    assert (tmp_path / "out/failures.csv").exists()
    assert run("batch", table("Anna,short.yaml,9s", "Cy,short.yaml,2s")).code == 0
    assert not (tmp_path / "out/failures.csv").exists()


def test_without_keep_going_a_fault_stops_all(run: Run, tmp_path: Path) -> None:
    ran = run("batch", table("Anna,short.yaml,99s", "Cy,short.yaml,2s"), "--no-keep-going")
    assert ran.code == 3
    assert not (tmp_path / "out").exists()


def test_dry_says_what_would_be_made(run: Run, tmp_path: Path) -> None:
    ran = run("batch", table("Anna,short.yaml,2s", "Bo,short.yaml,3s"), "--dry")
    assert ran.code == 0
    assert "2 rows to make: 2 files" in ran.out
    assert not (tmp_path / "out").exists()
    reported = json.loads(run("batch", "clients.csv", "--dry", "--json").out)
    assert reported["files"] == 2
    assert reported["size_bytes"] > 0


def test_the_summary_as_json(run: Run) -> None:
    reported = json.loads(run("batch", table("Anna,short.yaml,2s", "Bo,short.yaml,99s"), "--json").out)
    assert (reported["made"], reported["rows"], [each["row"] for each in reported["failed"]]) == (1, 2, [3])


def test_a_cell_comes_before_an_option(run: Run, tmp_path: Path) -> None:
    run("batch", table("Anna,short.yaml,4s", "Bo,short.yaml,"), "--hold", "3s", "--with-files", "none")
    asked = {
        name: json.loads((tmp_path / f"out/{name}/short-{name}.script.json").read_text())["asked"]["hold"]
        for name in ("Anna", "Bo")
    }
    assert asked == {"Anna": "4s", "Bo": "3s"}
    assert not list((tmp_path / "out/Anna").glob("*.html"))


def test_packs_and_feeds(run: Run, tmp_path: Path) -> None:
    ran = run("batch", table("Anna,short.yaml,2s"), "--zip", "--feed", "https://example.org/f")
    assert ran.code == 0, ran.err
    assert "Anna: https://example.org/f/" in ran.out
    assert (tmp_path / "out/Anna.zip").exists()
    assert list((tmp_path / "out/feeds").glob("*/feed.xml"))
    assert run("batch", "clients.csv", "--zip", "-o", "memory://x").code == 2
    assert run("batch", "clients.csv", "--weeks", "2").code == 2


def test_an_open_scheduler_is_refused(run: Run) -> None:
    ran = run("batch", table("Anna,short.yaml,2s"), "--cluster", "tcp://192.0.2.1:8786")
    assert ran.code == 2
    assert "--insecure-cluster" in ran.err


def test_progress_has_rate_time_left_and_failures() -> None:
    assert line("rows", 50, 200, 3, seconds=10) == "rows: 50 of 200, 5.0 a second, 00:30 left, 3 failed"
    assert line("rows", 0, 200, 0, seconds=0) == "rows: 0 of 200"


def test_workers_are_one_for_each_core() -> None:
    assert local_crew().workers >= 1
