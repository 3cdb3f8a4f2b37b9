"""`audioguide list` by words and filters, and what `audioguide show` draws."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.routine import library
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from tests.cli.conftest import Run
from tests.tables import every

OWN = {
    "hips": "position: lying on your side\nbody: [hips]\nequipment: [strap, mat]\nsteps: [{rest: 20m}]\n",
    "short": "body: [lower back]\nposition: standing\nsteps: [{rest: 5s}]\n",
    "bare": "summary: Nothing but zithers.\nsteps: [{rest: 3m}]\n",
}


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put three routines in the place of those that ship."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name, text in OWN.items():
        head = f"title: The {name} one\nsafety: {{notice: none, closing: none}}\n"
        (shipped / f"{name}.yaml").write_text(head + text, encoding="utf-8")
    monkeypatch.setattr(library, "SHIPPED", shipped)
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("AUDIOGUIDE_ROUTINES", raising=False)


def listed(run: Run, *arguments: str) -> list[str]:
    ran = run("list", "--json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return [entry["name"] for entry in json.loads(ran.out)["routines"]]


@every(
    ("arguments", "names"),
    [
        ((), ["bare", "hips", "short"]),
        (("--body", "hips"), ["hips"]),
        (("--body", "Back"), ["short"]),  # a lower back is a back
        (("--body", "lower back"), ["short"]),
        (("--body", "lumbar spine"), ["short"]),  # the same by another name
        (("--position", "upright"), ["short"]),
        (("--equipment", "belt"), ["hips"]),
        (("stiff", "hip"), ["hips"]),
        (("--position", "lying"), ["hips"]),
        (("--position", "side", "--body", "hips"), ["hips"]),
        (("--position", "side", "--body", "back"), []),
        (("--equipment", "none"), ["bare", "short"]),
        (("--equipment", "mat"), ["hips"]),
        (("--equipment", "mat", "--equipment", "strap"), ["hips"]),
        (("--equipment", "none", "--equipment", "mat"), []),
        (("--max-length", "3m30s"), ["bare", "short"]),
        (("--min-length", "1m", "--max-length", "5m"), ["bare"]),
        (("--min-length", "10m"), ["hips"]),
        (("zither",), ["bare"]),
        (("ZITHERS", "nothing"), ["bare"]),
        (("zither", "hips"), []),
        (("the", "one", "--equipment", "none", "--min-length", "1m"), ["bare"]),
    ],
)
def test_words_and_filters_combine(run: Run, arguments: tuple[str, ...], names: list[str]) -> None:
    assert listed(run, *arguments) == names


def test_json_says_what_a_routine_is_for(run: Run) -> None:
    [entry] = json.loads(run("list", "--json", "hips").out)["routines"]
    expected: dict[str, Any] = {
        "name": "hips", "title": "The hips one", "summary": None, "position": "lying on your side",
        "body": ["hips"], "equipment": ["strap", "mat"], "settings": {},
    }  # fmt: skip
    assert {key: entry[key] for key in expected} == expected
    assert entry["estimated_length_s"] == pytest.approx(1200, abs=5)


def test_nothing_found_is_reported_kindly(run: Run) -> None:
    ran = run("list", "zebra")
    assert (ran.code, ran.err) == (0, "")
    assert "`audioguide list` to see all" in ran.out


@every(
    ("arguments", "words"),
    [
        (("--body", "hisp"), "--body: no routine names 'hisp'; did you mean hips?"),
        (("--body", "elbow"), "known: lower back, hips"),
        (("--equipment", "mats"), "did you mean mat?"),
        (("--equipment", "sled"), "known: mat, strap"),
        (("--position", "standng"), "--position: no routine has 'standng'; did you mean standing?"),
        (("--position", "on the moon"), "known: lying on your back, "),
        (("--max-length", "soon"), "--max-length: 'soon' is not a time"),
        (("--min-length", "5m", "--max-length", "1m"), "--min-length 5m is more than --max-length 1m"),
    ],
)
def test_a_wrong_filter_is_reported_with_what_would_be_right(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    ran = run("list", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_own_routines_are_listed_and_a_faulty_one_hides_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.yaml").write_text("title: Mine\nsteps: [{rest: 5s}]\n", encoding="utf-8")
    (folder / "bad.yaml").write_text("title: Bad\n", encoding="utf-8")
    late = "title: Late\nsteps: [{hold: 5s, marks: {at: {9s: tick}}}]\n"  # nothing is wrong but its script
    (folder / "late.yaml").write_text(late, encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(folder))
    ran = run("list", "--json")
    assert [entry["name"] for entry in json.loads(ran.out)["routines"]] == ["bare", "hips", "mine", "short"]
    assert "left out" in ran.err
    assert "bad.yaml" in ran.err
    assert "late.yaml:2:27: a mark at 9s is outside a hold of 5s" in ran.err


def test_the_whole_list_says_what_can_be_asked_for(run: Run) -> None:
    assert run("list").out.splitlines()[-2:] == ["--body lower back, hips", "--equipment none, mat, strap"]
    assert "--body" not in run("list", "hips").out


def test_the_list_has_sections(run: Run) -> None:
    out = run("list").out.splitlines()
    at = {
        name: next(i for i, line in enumerate(out) if line.startswith(name)) for name in (*OWN, "Lower back")
    }
    assert at["Lower back"] + 1 == at["short"]
    assert out[at["hips"] - 1] == "Hips and glutes"
    assert out[at["bare"] - 1] == "Other"


def test_a_session_says_what_it_was_found_for(run: Run, tmp_path: Path) -> None:
    head = "title: All of it\nsafety: {notice: none, closing: none}\n"
    text = f"{head}steps: [{{include: short}}, {{include: hips}}]\n"
    (tmp_path / "shipped" / "evening.yaml").write_text(text, encoding="utf-8")
    out = run("list", "hips").out
    assert "All of it Contains: The hips one.\n" in out
    assert out.index("Sessions") < out.index("evening") < out.index("Hips and glutes")
    entry = next(
        each
        for each in json.loads(run("list", "hips", "--json").out)["routines"]
        if each["name"] == "evening"
    )
    assert (entry["section"], entry["found_for"], entry["includes"]) == (
        "Sessions", ["The hips one"], ["short", "hips"],
    )  # fmt: skip


def test_show_says_what_a_routine_is_for(run: Run) -> None:
    assert "position lying on your side · for hips · needs strap, mat" in run("show", "hips").out


def test_show_draws_a_picture_in_place_of_the_table(run: Run, tmp_path: Path) -> None:
    ran = run("show", "hips", "--picture", "deep/hips.svg")
    assert (ran.code, ran.out, ran.err) == (0, f"{Path('deep/hips.svg')}\n", "")
    svg = (tmp_path / "deep" / "hips.svg").read_text(encoding="utf-8")
    assert "strap, mat" in svg
    ElementTree.fromstring(svg)
    both = run("show", "hips", "--picture", "hips.png", "--json")
    assert json.loads(both.out)["estimated"] is True
    assert (tmp_path / "hips.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_an_unknown_kind_or_in_a_place_that_cannot_be(run: Run, tmp_path: Path) -> None:
    ran = run("show", "hips", "--picture", "hips.gif")
    assert (ran.code, ran.out) == (2, "")
    assert "a picture has to end with .svg or .png" in ran.err
    (tmp_path / "taken").touch()
    assert run("show", "hips", "--picture", "taken/hips.svg").code == 5
    assert not list(tmp_path.glob("hips.*"))


def test_an_edited_script_is_drawn_too(run: Run, tmp_path: Path) -> None:
    timeline = estimated(compile(load(SHIPPED_LIBRARY.find("short"))))
    run("compile", "short", "--estimate", "-o", str(tmp_path))
    assert run("show", "short.script.json", "--picture", "short.svg").code == 0
    assert timeline.script.title in (tmp_path / "short.svg").read_text(encoding="utf-8")


def test_a_routine_is_listed_with_its_own_length(run: Run, tmp_path: Path) -> None:
    head = "title: A\nsafety: {notice: none, closing: none}\nlength: {default: 10m, min: 5m, max: 15m}\n"
    settings = "settings: {rest: {default: 11m, min: MIN, max: 12m}}\nsteps: [{rest: $rest}, {gap: 1s}]\n"
    for name, low in (("session", "1m"), ("stiff", "11m")):
        text = (head + settings).replace("MIN", low)
        (tmp_path / "shipped" / f"{name}.yaml").write_text(text, encoding="utf-8")
    lengths = {
        each["name"]: each["estimated_length_s"] for each in json.loads(run("list", "--json").out)["routines"]
    }
    assert lengths["session"] == 600
    assert lengths["stiff"] > 660  # its own length cannot be reached
    assert "session" in listed(run, "--max-length", "10m")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names")
@pytest.mark.timeout(60)
def test_a_pipe_among_your_routines_is_reported_and_does_not_block_the_list(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    os.mkfifo(own / "pipe.yaml")
    (own / "device.yaml").symlink_to("/dev/zero")
    (own / "folder.yaml").mkdir()
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    ran = run("list")
    assert ran.code == 0
    assert "zithers" in ran.out
    for kind in ("pipe", "device", "folder"):
        assert f"{kind}.yaml is a {kind}, not a file" in ran.err
