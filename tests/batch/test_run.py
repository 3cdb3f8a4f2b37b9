"""A batch from table to files: the same bytes as one by one, nothing twice, nothing lost."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from pathlib import Path
from threading import Event

import pytest

from audioguide.batch.alone import alone_in
from audioguide.batch.crew import local_crew
from audioguide.batch.failures import failures_path
from audioguide.batch.manifest import NAME
from audioguide.batch.prepare import BatchRequest, prepared
from audioguide.batch.run import BatchRun
from audioguide.errors import OutputError, UsageError
from audioguide.export.metadata import metadata_of
from audioguide.export.sidecars import WITH_FILES
from audioguide.listener.files import read_overlay
from audioguide.listener.layers import Layer
from audioguide.listener.listener import this_listener
from audioguide.listener.plan import PlanShape
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.pipeline.gather import measured
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.storage.cache import user_cache
from audioguide.verifier.proof import prove
from tests.batch.conftest import Studio, thread_crew

THREE = ("client,routine,hold,note", "Anna,short.yaml,3s,hers", "Bo,short.yaml,3s,his", "Cy,short.yaml,4s,")
ALL = Output(sidecars=tuple(WITH_FILES.values()))


def lines(studio: Studio) -> list[dict[str, object]]:
    text = (studio.folder / "out" / NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def alone(studio: Studio, overlay: str, name: str, routine: str = "short.yaml") -> Path:
    """Render one overlay by itself, as `audioguide render` does."""
    path = studio.folder / "overlay.yaml"
    path.write_text(overlay, encoding="utf-8")
    found = load(studio.folder / routine)
    layers = [*this_listener().layers, Layer("overlay", read_overlay(path).options)]
    asked = request(found, layers, name=name)
    script = build(asked, lambda script: measured(script, user_cache()).lengths)
    out = studio.folder / "alone" / name
    render(script, out, ALL, metadata=metadata_of(found.document))
    return out


def test_every_file_is_that_of_the_same_overlay_alone(studio: Studio) -> None:
    summary = studio.run(studio.batch(studio.rows(*THREE), output=ALL))
    assert (summary.made, summary.files, summary.failed) == (3, 3, [])
    for client, overlay in (
        ("Anna", "settings: {hold: 3s}\nnote: hers"),
        ("Bo", "settings: {hold: 3s}\nnote: his"),
        ("Cy", "settings: {hold: 4s}"),
    ):
        by_itself = alone(studio, overlay, f"short-{client}")
        made = studio.folder / "out" / client
        assert {path.name for path in made.iterdir()} == {path.name for path in by_itself.iterdir()}
        for path in by_itself.iterdir():
            assert (made / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_page_for_each_client_has_the_sound_of_the_file(studio: Studio) -> None:
    output = Output(page=True)
    assert studio.run(studio.batch(studio.rows(*THREE), output=output)).made == 3
    for client in ("Anna", "Bo", "Cy"):
        folder = studio.folder / "out" / client
        page = (folder / f"short-{client}.html").read_text(encoding="utf-8")
        [sound] = re.findall(r'src="data:audio/mpeg;base64,([^"]*)"', page)
        assert base64.b64decode(sound) == (folder / f"short-{client}.mp3").read_bytes()
    assert '<p class="note">hers</p>' in (studio.folder / "out/Anna/short-Anna.html").read_text()
    assert '<p class="note">his</p>' in (studio.folder / "out/Bo/short-Bo.html").read_text()  # a copy
    noted = {each["path"]: each["sha256"] for line in lines(studio) for each in line["beside"]}  # type: ignore[attr-defined]
    for name in studio.files(".html"):
        if not name.endswith(".sheet.html"):
            data = (studio.folder / "out" / name).read_bytes()
            assert noted[name] == hashlib.sha256(data).hexdigest()
    assert studio.run(studio.batch(studio.rows(*THREE), output=output)).already == 3


def test_a_page_is_made_for_rows_that_have_none_yet(studio: Studio) -> None:
    studio.run(studio.batch(studio.rows(*THREE)))
    assert studio.run(studio.batch(studio.rows(*THREE), output=Output(page=True))).made == 3


def test_a_page_without_an_mp3_is_refused() -> None:
    with pytest.raises(UsageError, match="a page holds an MP3"):
        Output(format="opus", page=True)


def test_what_is_made_is_proved(studio: Studio) -> None:
    studio.run(studio.batch(studio.rows(*THREE)))
    for name in studio.files():
        assert not prove(studio.folder / "out" / name, None).faults


def test_the_manifest_has_each_file_once(studio: Studio) -> None:
    studio.run(studio.batch(studio.rows(*THREE)))
    found = lines(studio)
    assert sorted(str(line["path"]) for line in found) == studio.files()
    for line in found:
        data = (studio.folder / "out" / str(line["path"])).read_bytes()
        assert (line["sha256"], line["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert line["holds_s"] in ([3.0, 1.0], [4.0, 1.0])
        assert isinstance(line["loudness_lufs"], float)


def test_a_second_run_makes_nothing(studio: Studio) -> None:
    table = studio.rows(*THREE)
    studio.run(studio.batch(table))
    before = {name: (studio.folder / "out" / name).stat().st_mtime_ns for name in studio.files()}
    summary = studio.run(studio.batch(table))
    assert (summary.made, summary.already) == (0, 3)
    assert {name: (studio.folder / "out" / name).stat().st_mtime_ns for name in studio.files()} == before


def test_only_what_is_missing_or_changed_is_made_again(studio: Studio) -> None:
    studio.run(studio.batch(studio.rows(*THREE)))
    (studio.folder / "out/Bo/short-Bo.mp3").unlink()
    (studio.folder / "out/Cy/short-Cy.txt").write_text("cut")
    changed = studio.rows(*THREE[:1], "Anna,short.yaml,5s,hers", *THREE[2:], "Dee,short.yaml,,")
    summary = studio.run(studio.batch(changed))
    assert (summary.made, summary.already) == (4, 0)
    summary = studio.run(studio.batch(studio.rows(*THREE)))
    assert (summary.made, summary.already) == (1, 2)
    assert len(lines(studio)) == 4  # Dee's stays, and each of the others is there once


def test_an_edited_routine_makes_its_rows_again(studio: Studio) -> None:
    table = studio.rows("client,routine", "A,short.yaml", "B,other.yaml")
    studio.run(studio.batch(table))
    path = studio.folder / "other.yaml"
    path.write_text(path.read_text().replace("Sit still", "Stand still"))
    summary = studio.run(studio.batch(table))
    assert (summary.made, summary.already) == (1, 1)


def test_bad_rows_are_kept_with_their_reason_and_the_rest_is_made(studio: Studio) -> None:
    rows = [f"client {number},short.yaml,2s," for number in range(20)]
    rows[7] = "=cmd,short.yaml,99s,x"
    table = studio.rows(THREE[0], *rows)
    batch = studio.batch(table)
    summary = studio.run(batch)
    assert (summary.made, len(summary.failed)) == (19, 1)
    path = failures_path(batch.state, batch.read.table)
    assert path.name == "failures.csv"
    [written] = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert {name: written[name] for name in ("routine", "hold", "note")} == {
        "routine": "short.yaml", "hold": "99s", "note": "x",
    }  # fmt: skip
    assert written["client"] == "'=cmd"  # no spreadsheet runs it
    assert "row 9, column 'hold'" in written["reason"]
    # Corrected where it is, it is a table itself.
    path.write_text(path.read_text().replace("'=cmd", "seven").replace("99s", "3s"))
    (studio.folder / "again.csv").write_bytes(path.read_bytes())
    summary = studio.run(studio.batch(studio.folder / "again.csv"))
    assert (summary.made, summary.failed) == (1, [])
    assert not path.exists()
    assert len(studio.files()) == 20


def test_a_row_that_cannot_be_fitted_fails_before_anything_is_rendered(studio: Studio) -> None:
    table = studio.rows("client,routine,fit", "A,short.yaml,30s", "B,short.yaml,2h")
    forecast = BatchRun(studio.batch(table), thread_crew()).forecast()
    assert [row.number for row, _ in forecast.failed] == [3]
    assert "possible" in forecast.failed[0][1]
    assert (forecast.rows, forecast.sounds) == (2, 1)
    assert not (studio.folder / "out").exists()


def test_only_the_failed_rows_are_tried_again(studio: Studio) -> None:
    table = studio.rows("client,routine,fit", "A,short.yaml,", "B,short.yaml,2h", "C,short.yaml,2s")
    first = studio.run(studio.batch(table))
    assert len(first.failed) == 2
    (studio.folder / "out/A/short-A.mp3").unlink()
    summary = studio.run(studio.batch(table), only_failed=True)
    assert (summary.made, len(summary.failed)) == (0, 2)


def test_a_second_batch_at_the_same_time_is_refused(studio: Studio) -> None:
    batch = studio.batch(studio.rows(*THREE))
    with alone_in(batch.state), pytest.raises(OutputError, match="another batch is writing to"):
        studio.run(batch)
    assert studio.run(batch).made == 3


def test_what_a_killed_worker_has_left_goes(studio: Studio) -> None:
    left = studio.folder / "out/Anna/.short-Anna.mp3.abcd1234.part"
    own = studio.folder / "out/Anna/.mine.part"
    left.parent.mkdir(parents=True)
    for path in (left, own):
        path.write_bytes(b"half")
    studio.run(studio.batch(studio.rows(*THREE)))
    assert not left.exists()
    assert own.exists()


def test_two_rows_with_one_name_get_two_files(studio: Studio) -> None:
    batch = studio.batch(studio.rows("name,routine,hold", "Anna,short.yaml,2s", "Anna,short.yaml,3s"))
    studio.run(batch)
    assert studio.files() == ["Anna/short-Anna-2.mp3", "Anna/short-Anna.mp3"]
    assert "rows 2, 3 are all for 'Anna'" in batch.notes[0]


def test_names_stay_inside_the_target(studio: Studio) -> None:
    rows = ["../../evil,short.yaml,2s", "/etc/x,short.yaml,2s", "🙂,short.yaml,2s", "CON,short.yaml,2s"]
    studio.run(studio.batch(studio.rows("client,routine,hold", *rows)))
    assert len(studio.files()) == 4
    assert {path.name for path in studio.folder.iterdir()} == {
        "short.yaml",
        "other.yaml",
        "clients.csv",
        "out",
    }


def test_shared_parts_are_made_once(studio: Studio) -> None:
    rows = [f"client {number},short.yaml,{1 + number % 3}s,{1 + number % 2}" for number in range(12)]
    summary = studio.run(studio.batch(studio.rows("client,routine,hold,reps", *rows)))
    routine = load(studio.folder / "short.yaml")
    texts = {"Rest your hands.", "Once more."}
    assert summary.made == 12
    assert summary.spoken <= len(texts) + len(routine.document.steps)
    again = studio.run(studio.batch(studio.rows("client,routine,hold,reps", *rows), out="elsewhere"))
    assert (again.made, again.spoken, again.encoded) == (12, 0, 0)


def test_a_run_that_is_stopped_goes_on_where_it_was(studio: Studio) -> None:
    rows = [f"client {number},short.yaml,{1 + number % 9}s" for number in range(18)]
    batch = studio.batch(studio.rows("client,routine,hold", *rows))
    stop = Event()

    def show(stage: str, done: int, _total: int, _failed: int) -> None:
        if stage == "rows" and done >= 4:
            stop.set()

    crew = thread_crew()
    summary = BatchRun(batch, crew, show=show, stop=stop).run()
    crew.close()
    assert summary.stopped
    assert 4 <= summary.made < 18
    made = {str(line["path"]) for line in lines(studio)}
    assert made == set(studio.files())
    rest = studio.run(studio.batch(studio.folder / "clients.csv"))
    assert (rest.already, rest.made) == (summary.made, 18 - summary.made)


def test_a_line_that_was_cut_off_counts_as_not_written(studio: Studio) -> None:
    table = studio.rows(*THREE)
    studio.run(studio.batch(table))
    path = studio.folder / "out" / NAME
    path.write_bytes(path.read_bytes()[:-40])
    summary = studio.run(studio.batch(table))
    assert (summary.made, summary.already) == (1, 2)
    assert len(lines(studio)) == 3


def test_a_plan_for_each_row(studio: Studio) -> None:
    table = studio.rows("client,routine", "A,short.yaml", "B,short.yaml")
    wanted = BatchRequest(
        table=table,
        out=str(studio.folder / "out"),
        output=Output(),
        plan=PlanShape(sessions=3, grow=("hold",)),
    )
    summary = studio.run(prepared(wanted, this_listener()))
    assert (summary.made, summary.files) == (2, 6)
    names = [f"B/short-B-plan/short-B-{number:02}.mp3" for number in (1, 2, 3)]
    assert [name for name in studio.files() if name.startswith("B")] == names
    assert (studio.folder / "out/B/short-B-plan/short-B.m3u8").read_text().count("short-B-0") == 3
    assert studio.run(prepared(wanted, this_listener())).already == 2


@pytest.mark.parametrize("name", ["clients.jsonl", "clients.yaml"])
def test_failed_rows_keep_the_form_of_the_table(studio: Studio, name: str) -> None:
    row = {"client": "A", "routine": "short.yaml", "settings": {"hold": "99s"}}
    text = json.dumps(row) if name.endswith("l") and "json" in name else f"- {json.dumps(row)}"
    batch = studio.batch(studio.table(text + "\n", name))
    studio.run(batch)
    path = failures_path(batch.state, batch.read.table)
    assert path.suffix == Path(name).suffix
    again = studio.batch(studio.table(path.read_text().replace("99s", "2s"), f"again{path.suffix}"))
    assert studio.run(again).made == 1


@pytest.mark.slow
def test_processes_make_the_same_as_threads(studio: Studio) -> None:
    table = studio.rows(*THREE)
    studio.run(studio.batch(table))
    crew = local_crew(2)
    summary = BatchRun(studio.batch(table, out="elsewhere"), crew).run()
    crew.close()
    assert summary.made == 3
    for name in studio.files():
        assert (studio.folder / "elsewhere" / name).read_bytes() == (
            studio.folder / "out" / name
        ).read_bytes()
