"""`--fit` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import Run

OWN_LENGTH = """
title: Own
length: {default: 40s, min: 30s, max: 1m}
safety: {notice: none, closing: none}
settings: {hold: {default: 10s, min: 5s, max: 20s}}
steps:
  - repeat: 2
    rest: 4s
    steps: [{say: Stay.}, {hold: $hold}]
"""


def test_a_render_lasts_as_long_as_asked_for_and_says_what_it_changed(run: Run) -> None:
    receipt = json.loads(run("render", "cat-stretch", "--fit", "5m", "--json").out)
    assert (receipt["length_s"], receipt["fit"]["asked_s"]) == (300, 300)
    assert receipt["fit"]["rests_added_s"] >= 0
    assert soundfile.info(receipt["mp3"]).frames == 300 * 48_000
    for name, (_, chosen) in receipt["fit"]["changed"].items():
        assert receipt["settings"][name] == chosen
    kept = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert (kept["length"], kept["settings"]) == (300 * 250, receipt["settings"])
    assert "\nfit     to 05:00.000: " in Path(receipt["text"]).read_text(encoding="utf-8")


def test_what_is_spoken_to_be_measured_counts_as_spoken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cold"))
    Path("own.yaml").write_text(OWN_LENGTH, encoding="utf-8")
    call = ("render", "own.yaml", "--engine", "tone", "--fit", "50s", "--json")
    assert json.loads(run(*call).out)["phrases"] == {"spoken": 1, "reused": 0}
    assert json.loads(run(*call).out)["phrases"] == {"spoken": 0, "reused": 1}


def test_show_and_compile_fit_as_well(run: Run) -> None:
    shown = run("show", "lower-back", "--fit", "20m").out
    assert "length  20:00.000" in shown
    assert "fit     to 20:00.000: " in shown
    assert run("compile", "cat-stretch", "--fit", "5m", "--estimate").code == 0
    assert "length  05:00.000" in Path("scripts/cat-stretch.txt").read_text(encoding="utf-8")


def test_an_edited_script_of_a_fitted_routine_keeps_its_length(run: Run) -> None:
    run("compile", "cat-stretch", "--fit", "300.004s", "-o", ".")
    assert json.loads(run("render", "cat-stretch.script.json", "--json").out)["length_s"] == 300.004
    assert run("render", "cat-stretch.script.json", "--fit", "3m").code == 2


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ("1s", 3, "cat-stretch cannot be fitted to 1s; possible: 4m49s to 9m14s"),
        ("10h", 3, "cat-stretch cannot be fitted to 10h; possible: 4m49s to 9m14s"),
        ("soon", 2, "the length to fit to: 'soon' is not a time"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, asked: str, code: int, words: str) -> None:
    ran = run("render", "cat-stretch", "--fit", asked)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert not Path("out").exists()


def test_a_routine_with_a_length_of_its_own(run: Run) -> None:
    Path("own.yaml").write_text(OWN_LENGTH, encoding="utf-8")
    for arguments, length in (((), 40), (("--fit", "50s"), 50)):
        assert json.loads(run("render", "own.yaml", "--json", *arguments).out)["length_s"] == length
    receipt = json.loads(run("render", "own.yaml", "--json", "--fit", "none").out)
    assert (receipt["settings"], "fit" in receipt) == ({"hold": "10s"}, False)
    assert "length: 1m5s is more than 1m" in run("render", "own.yaml", "--fit", "65s").err
    receipt = json.loads(run("render", "own.yaml", "--json", "--fit", "65s", "--beyond-bounds").out)
    assert (receipt["length_s"], receipt["beyond_bounds"]) == (65, ["length"])


def test_a_length_of_its_own_that_cannot_be_is_left_and_reported(run: Run) -> None:
    Path("own.yaml").write_text(OWN_LENGTH, encoding="utf-8")
    ran = run("render", "own.yaml", "--hold", "20s", "--json")
    assert ran.code == 0, ran.err
    receipt = json.loads(ran.out)
    assert receipt["length_s"] > 45
    [note] = receipt["notes"]
    assert f"audioguide: note: {note}\n" in ran.err
    assert "own cannot be fitted to 40s; possible: " in note
    assert "(with hold 20s as requested); so it is not fitted" in note
    minutes, seconds = divmod(receipt["length_s"], 60)
    assert note.endswith(f"lasts {minutes:02.0f}:{seconds:06.3f}")
    asked = run("render", "own.yaml", "--hold", "20s", "--fit", "40s")
    assert (asked.code, asked.out) == (3, "")
    assert "cannot be fitted to" in asked.err


def test_a_plan_to_a_length_grows_what_grows_and_turns_the_rest(run: Run) -> None:
    ran = run("plan", "back-relaxation", "--sessions", "2", "--weeks", "1", "--fit", "10m", "--json")
    assert ran.code == 0, ran.err
    renders = json.loads(ran.out)["renders"]
    assert [each["length_s"] for each in renders] == [600, 600]
    assert [(each["settings"]["hold"], each["settings"]["reps"]) for each in renders] == [
        ("10s", 8), ("12s", 10),
    ]  # fmt: skip
    held = [{hold["placed_s"] for hold in each["holds"]} for each in renders]
    assert [(min(each), max(each)) for each in held] == [(10, 11.4), (12, 12)]
    # What does not grow has made room.
    assert renders[0]["settings"]["rest"] != renders[1]["settings"]["rest"]


def test_a_plan_keeps_to_a_length_of_its_own_where_it_can(run: Run) -> None:
    Path("own.yaml").write_text(OWN_LENGTH, encoding="utf-8")
    plan = ("plan", "own.yaml", "--sessions", "2", "--weeks", "1", "--hold", "9s", "--json")
    ran = run(*plan)
    assert ran.code == 0, ran.err
    first, last = json.loads(ran.out)["renders"]
    assert first["length_s"] == 40
    assert (last["settings"], last["length_s"] > 45) == ({"hold": "20s"}, True)
    assert "note: session 2 of 2: own cannot be fitted to 40s" in ran.err
    assert last["notes"]
    assert "note" not in run(*plan, "--fit", "none").err


def test_a_plan_to_an_impossible_length_says_what_is_possible(run: Run) -> None:
    ran = run("plan", "back-relaxation", "--sessions", "3", "--weeks", "1", "--fit", "1m")
    assert ran.code == 3
    for number in (1, 3):
        assert f"session {number} of 3: back-relaxation cannot be fitted to 1m; possible: " in ran.err
    assert not Path("out").exists()
    assert run("plan", "back-relaxation", "--fit", "soon").code == 2
