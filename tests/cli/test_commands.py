"""What each command prints and writes when all is well."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import soundfile

from audioguide.routine.library import SHIPPED_LIBRARY
from tests.cli.conftest import Run

RECEIPT = {
    "mp3",
    "script",
    "text",
    "title",
    "length_s",
    "holds",
    "chapters",
    "settings",
    "voice",
    "size_bytes",
    "took_s",
}


def test_list_names_every_routine(run: Run) -> None:
    ran = run("list")
    assert ran.code == 0
    for name in SHIPPED_LIBRARY.shipped:
        assert name in ran.out
    listed = json.loads(run("list", "--json").out)["routines"]
    assert [entry["name"] for entry in listed] == list(SHIPPED_LIBRARY.shipped)
    assert all(entry["estimated_length_s"] > 60 for entry in listed)


def test_show_prints_the_timed_script_without_a_voice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "command")  # and there is no command
    ran = run("show", "knee-to-chest", "--hold", "15s")
    assert ran.code == 0
    assert ran.out.count("15.000  hold") == 3
    document = json.loads(run("show", "knee-to-chest", "--json").out)
    assert document["estimated"] is True
    assert [cue["length"] for cue in document["cues"] if cue["kind"] == "hold"] == [5000] * 3


def test_check_says_what_is_fine(run: Run) -> None:
    ran = run("check", "knee-to-chest", str(SHIPPED_LIBRARY.find("cat-stretch")))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "knee-to-chest: fine (Knee to chest)"


def test_schema_is_json(run: Run) -> None:
    assert json.loads(run("schema").out)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_version_and_help(run: Run) -> None:
    assert run("--version").out.startswith("audioguide 0.")
    for arguments in (("--help",), ("render", "--help")):
        assert "Usage: audioguide" in run(*arguments).out


def test_compile_touches_only_what_changes(run: Run, tmp_path: Path) -> None:
    assert run("compile", "cat-stretch", "knee-to-chest", "--estimate").code == 0
    files = sorted((tmp_path / "scripts").iterdir())
    for path in files:
        os.utime(path, (1, 1))
    assert run("compile", "cat-stretch", "knee-to-chest", "--estimate").code == 0
    assert [path.stat().st_mtime for path in files] == [1] * 4
    assert run("compile", "knee-to-chest", "--estimate", "--hold", "25s").code == 0
    touched = [path.name for path in files if path.stat().st_mtime != 1]
    assert touched == ["knee-to-chest.script.json", "knee-to-chest.txt"]


def test_compile_writes_a_script_for_machines_and_one_for_people(run: Run, tmp_path: Path) -> None:
    assert run("compile", "cat-stretch", "knee-to-chest").code == 0
    assert sorted(path.name for path in (tmp_path / "scripts").iterdir()) == [
        "cat-stretch.script.json",
        "cat-stretch.txt",
        "knee-to-chest.script.json",
        "knee-to-chest.txt",
    ]


def test_render_writes_three_files_and_a_receipt(run: Run, tmp_path: Path) -> None:
    ran = run("render", "knee-to-chest", "--hold", "16s", "--json")
    assert (ran.code, ran.err) == (0, "")
    receipt = json.loads(ran.out)
    assert set(receipt) >= RECEIPT
    assert [hold["side"] for hold in receipt["holds"]] == ["left", "right", "both"]
    assert {(hold["asked_s"], hold["placed_s"]) for hold in receipt["holds"]} == {(16.0, 16.0)}
    document = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert soundfile.info(receipt["mp3"]).frames == document["length"] * 192
    assert receipt["length_s"] == document["length"] / 250
    assert receipt["size_bytes"] == Path(receipt["mp3"]).stat().st_size
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "knee-to-chest.mp3",
        "knee-to-chest.script.json",
        "knee-to-chest.txt",
    ]


def test_a_receipt_for_people_and_plain_progress(run: Run) -> None:
    ran = run("render", "cat-stretch", "--reps", "6", "--set", "hold=6s")
    assert "holds: 6, requested 36.000 s in total, rendered 36.000 s" in ran.out
    assert "  in position: 8.8 s each, from the words before a hold" in ran.out
    assert ran.err.splitlines()[0].startswith("cat-stretch: speaking")
    assert "\x1b" not in ran.out + ran.err


def test_an_edited_script_is_rendered(run: Run, tmp_path: Path) -> None:
    run("compile", "knee-to-chest", "-o", str(tmp_path))
    path = tmp_path / "knee-to-chest.script.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    hold = next(cue for cue in document["cues"] if cue["kind"] == "hold")
    hold["length"] = 3 * 250
    path.write_text(json.dumps(document), encoding="utf-8")
    # The mark five seconds before the end no longer fits: the error says so.
    assert run("render", str(path)).code == 3
    hold["length"] = 7 * 250
    document["cues"] = [cue for cue in document["cues"] if cue["kind"] != "mark"]
    path.write_text(json.dumps(document), encoding="utf-8")
    receipt = json.loads(run("render", str(path), "--json").out)
    assert [hold["placed_s"] for hold in receipt["holds"]] == [7.0, 20.0, 20.0]
    assert receipt["notes"]


def test_beyond_the_bounds_only_when_asked_for_and_then_said_everywhere(run: Run) -> None:
    ran = run("render", "knee-to-chest", "--hold", "40s", "--beyond-bounds", "--json")
    receipt = json.loads(ran.out)
    assert receipt["beyond_bounds"] == ["hold"]
    assert json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))["beyond_bounds"] == ["hold"]
    assert "beyond the bounds" in Path(receipt["text"]).read_text(encoding="utf-8")
    assert "Beyond the bounds" in Path(receipt["mp3"]).read_bytes()[:1000].decode("latin-1")
    assert "BEYOND THE BOUNDS" in run("render", "knee-to-chest", "--hold", "40s", "--beyond-bounds").out


def test_two_renders_of_the_same_are_the_same_to_the_byte(run: Run) -> None:
    for folder in ("a", "b"):
        run("render", "cat-stretch", "-o", folder)
    assert Path("a/cat-stretch.mp3").read_bytes() == Path("b/cat-stretch.mp3").read_bytes()


def test_several_routines_give_one_json_object(run: Run) -> None:
    document = json.loads(run("render", "cat-stretch", "knee-to-chest", "--json").out)
    assert [receipt["title"] for receipt in document["renders"]] == ["Cat stretch", "Knee to chest"]


def test_own_sounds_are_found_beside_the_routine(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    bell, rate = soundfile.read(Path(__file__).parents[2] / "sounds" / "bell.wav")
    soundfile.write(folder / "gong.flac", bell, rate)
    (folder / "mine.yaml").write_text(
        "title: Mine\nsounds: {start: gong.flac}\nsteps:\n  - hold: 5s\n", encoding="utf-8"
    )
    receipt = json.loads(run("render", "mine/mine.yaml", "--json").out)
    assert [hold["placed_s"] for hold in receipt["holds"]] == [5.0]
