"""Overlays, personal defaults, plans and new routines, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.routine.parts import fingerprint
from tests.cli.conftest import Run

MADE_FOR = fingerprint(load(SHIPPED_LIBRARY.find("knee-to-chest")))
ANNA = f"""\
routine: knee-to-chest
settings: {{hold: 16s}}
rate: 100
skip: ['steps[1]']
made_for: {MADE_FOR}
note: for Anna
"""


@pytest.fixture
def anna(tmp_path: Path) -> Path:
    path = tmp_path / "anna.yaml"
    path.write_text(ANNA, encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "config.yaml"


def test_an_overlay_is_a_person_s_version(run: Run, anna: Path) -> None:
    receipt = json.loads(run("render", "--with", str(anna), "--json").out)
    assert {hold["placed_s"] for hold in receipt["holds"]} == {16.0}
    assert receipt["voice"]["rate"] == 100
    assert receipt["notes"] == ["for Anna"]
    assert receipt["origins"]["hold"] == receipt["origins"]["rate"] == str(anna)
    script = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert "Lie on your back." not in [cue.get("text") for cue in script["cues"]]


def test_the_call_comes_before_the_overlay_and_the_overlay_before_the_defaults(
    run: Run, anna: Path, config: Path
) -> None:
    config.write_text("rate: 140\nvoice: en-gb\n", encoding="utf-8")
    receipt = json.loads(run("render", "knee-to-chest", "--with", str(anna), "--hold", "18s", "--json").out)
    assert {hold["placed_s"] for hold in receipt["holds"]} == {18.0}
    assert (receipt["voice"]["rate"], receipt["voice"]["name"]) == (100, "en-gb")
    assert receipt["origins"] == {
        "voice": str(config),
        "engine": "environment",
        "rate": str(anna),
        "skip steps[1]": str(anna),
        "note": str(anna),
        "hold": "command line",
    }


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("routine: nowhere\n", 2, "no routine is called 'nowhere'"),
        ("settings: {hold: 16s}\n", 2, "does not name a routine"),
        ("routine: knee-to-chest\nsettings: {hold: 2m}\n", 3, "hold: 2m is more than 26s"),
        ("routine: knee-to-chest\nsettings: {hodl: 16s}\n", 3, "did you mean 'hold'"),
        ("routine: knee-to-chest\nskip: [bridge-pose]\n", 3, "there is no 'bridge-pose' to skip"),
        ("routin: knee-to-chest\n", 3, "bad.yaml:1:1: unknown key 'routin'"),
        ("", 2, "does not name a routine"),
        (
            "routine: knee-to-chest\nbed: rian\n",
            3,
            "bad.yaml:2:6: no bed is called 'rian'; did you mean 'rain'?",
        ),
        (
            "routine: knee-to-chest\nfit: soon\n",
            3,
            "bad.yaml:2:6: the length to fit to: 'soon' is not a time",
        ),
        (
            "routine: knee-to-chest\nfit: 1s\n",
            3,
            "bad.yaml: fit: knee-to-chest cannot be fitted to 1s; possible:",
        ),
    ],
)
def test_a_bad_overlay_is_a_clear_error(run: Run, tmp_path: Path, text: str, code: int, words: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    ran = run("render", "--with", "bad.yaml")
    assert ran.code == code
    assert words in ran.err
    assert not Path("out").exists()


def test_all_faults_of_an_overlay_are_reported_in_their_places(run: Run, tmp_path: Path) -> None:
    text = "routine: knee-to-chest\nsettings: {hodl: 20s, hold: 2m}\nskip: [bridge-pose]\n"
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    for call in (("render", "--with", "bad.yaml"), ("check", "bad.yaml")):
        ran = run(*call)
        assert ran.code == 3
        assert all(f"bad.yaml:{place}: " in ran.err for place in ("2:12", "2:29", "3:8"))
        assert "3 faults" in ran.err
        assert "--fit none" not in ran.err


def test_an_overlay_is_for_its_routine_alone(run: Run, anna: Path) -> None:
    ran = run("render", "cat-stretch", "--with", str(anna))
    assert ran.code == 2
    assert "is for 'knee-to-chest', not for 'cat-stretch'" in ran.err
    assert not Path("out").exists()


def test_a_person_s_files_have_a_name_and_a_note_of_their_own(run: Run, anna: Path) -> None:
    assert run("render", "knee-to-chest").code == run("render", "--with", str(anna)).code == 0
    assert {"knee-to-chest.mp3", "knee-to-chest-anna.mp3"} < {path.name for path in Path("out").iterdir()}
    assert "for Anna" in Path("out/knee-to-chest-anna.txt").read_text(encoding="utf-8")


def test_check_knows_an_overlay(run: Run, anna: Path) -> None:
    ran = run("check", str(anna))
    assert ran.code == 0, ran.err
    assert "an overlay for knee-to-chest" in ran.out


def test_check_names_what_an_overlay_asks_for_in_vain(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ben.yaml"
    text = "routine: knee-to-chest\nbed_volume: -3\nsay_as: {shavasana: x-Y}\nnote: for Ben #2\nrate: 100\n"
    path.write_text(text, encoding="utf-8")
    found = json.loads(run("check", str(path), "--json").out)["files"][0]["findings"]
    assert [(each["line"], each["rule"]) for each in found] == [
        (4, "cut-text"),
        (2, "no-effect"),
        (3, "no-effect"),
    ]


def test_show_and_plan_take_the_routine_of_the_overlay(run: Run, anna: Path) -> None:
    assert run("show", "--with", str(anna)).out.startswith("Knee to chest")
    ran = run("plan", "--with", str(anna), "--sessions", "2")
    assert ran.code == 0, ran.err
    assert Path("out/knee-to-chest-anna-plan/knee-to-chest-anna-02.mp3").is_file()


def test_faulty_defaults_are_a_clear_error(run: Run, config: Path) -> None:
    config.write_text("rate: fast\n", encoding="utf-8")
    ran = run("render", "cat-stretch")
    assert ran.code == 3
    assert "config.yaml:1:7" in ran.err


def test_a_bed_that_cannot_be_found_is_blamed_on_where_it_is_asked_for(run: Run, config: Path) -> None:
    assert "command line: --bed: no bed is called 'rian'" in run("render", "cat-stretch", "--bed", "rian").err
    config.write_text("bed: rian\n", encoding="utf-8")
    ran = run("render", "cat-stretch")
    assert ran.code == 3
    assert f"{config}: bed: no bed is called 'rian'" in ran.err


def test_the_receipt_for_people_says_who_wished_what(run: Run, anna: Path) -> None:
    out = run("render", "--with", str(anna), "--reps", "2").out
    assert f"{anna}: hold, rate, note, skip steps[1]; command line: reps" in out


def test_config_shows_and_creates(run: Run, config: Path) -> None:
    assert "does not exist" in run("config").out
    assert run("config", "--create").out.splitlines()[0] == str(config)
    assert "no personal defaults" in run("config").out
    assert run("show", "cat-stretch").code == 0  # all of the example is comments
    config.write_text("rate: 110\n", encoding="utf-8")
    assert "rate: 110" in run("config", "--create").out
    assert config.read_text(encoding="utf-8") == "rate: 110\n"
    config.write_text("voice_command: flite -voice slt\nrecordings: takes\n", encoding="utf-8")
    assert run("config").out.splitlines()[1:] == [
        "  voice_command: flite -voice slt", f"  recordings: {config.parent / 'takes'}",
    ]  # fmt: skip


def test_a_plan_is_numbered_tagged_listed_and_printed(run: Run) -> None:
    ran = run("plan", "back-relaxation", "--sessions", "3", "--weeks", "3")
    assert ran.code == 0, ran.err
    folder = Path("out/back-relaxation-plan")
    files = [f"back-relaxation-{number:02}.mp3" for number in (1, 2, 3)]
    assert sorted(path.name for path in folder.glob("*.mp3")) == files
    assert [
        line for line in (folder / "back-relaxation.m3u8").read_text().splitlines() if line[0] != "#"
    ] == files
    tags = ID3(folder / files[1])  # type: ignore[no-untyped-call]
    assert (str(tags["TIT2"]), str(tags["TRCK"])) == ("Back relaxation, 2 of 3", "2/3")
    assert str(tags["TALB"]) == "Back relaxation: a plan"
    held = [
        json.loads((folder / name.replace(".mp3", ".script.json")).read_text())["settings"] for name in files
    ]
    assert [(each["hold"], each["reps"]) for each in held] == [("10s", 8), ("11s", 9), ("12s", 10)]
    assert "Back relaxation" in (folder / "back-relaxation.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sessions", "0"), "found 0"),
        (("--sessions", "3", "--weeks", "9"), "do not fill 9 weeks"),
    ],
)
def test_a_plan_that_is_none_is_a_clear_error(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run("plan", "back-relaxation", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert not Path("out").exists()


def test_an_unknown_setting_that_should_grow_is_reported_like_any_other(run: Run) -> None:
    ran = run("plan", "back-relaxation", "--grow", "hodl")
    assert (ran.code, "did you mean 'hold'" in ran.err) == (3, True)


def test_a_new_routine_renders_as_it_is(run: Run, tmp_path: Path) -> None:
    assert run("new", "my-stretch").out == "my-stretch.yaml\n"
    assert run("check", "my-stretch.yaml").code == 0
    assert run("render", "my-stretch.yaml").code == 0
    before = (tmp_path / "my-stretch.yaml").read_bytes()
    assert run("new", "my-stretch").code == 5
    assert (tmp_path / "my-stretch.yaml").read_bytes() == before
    for name in ("../evil", "con", "a" * 65):  # `con` is a device to Windows, whatever its suffix
        ran = run("new", name)
        assert (ran.code, "small letters, digits, - and _" in ran.err) == (2, True)
    assert "use the path" in run("new", "cat-stretch").err


def test_an_own_routine_hides_one_that_ships_and_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    run("new", "cat-stretch", "-o", str(mine))
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(mine))
    ran = run("render", "cat-stretch", "--json")
    assert len(json.loads(ran.out)["holds"]) == 4
    checked, (reported,) = (
        run("check", "cat-stretch"),
        json.loads(run("check", "cat-stretch", "--json").out)["files"],
    )
    for note in (ran.err, checked.err, reported["note"]):
        assert "hides the included routine with that name" in note
    assert (checked.code, json.loads(run("check", "cobra-pose", "--json").out)["files"][0]["note"]) == (0, "")


def test_a_plan_is_checked_before_it_is_rendered(run: Run, tmp_path: Path) -> None:
    ice = """\
title: Too much ice
settings: {hold: {default: 5m, min: 5m, max: 40m}}
safety: {rules: [R3]}
steps:
  - say: Put the wrapped ice on your back.
    settle: 5s
  - hold: $hold
    marks: {every: {1m: tick}}
  - say: Take it off now.
"""
    (tmp_path / "ice.yaml").write_text(ice, encoding="utf-8")
    ran = run("plan", "ice.yaml", "--sessions", "2", "--weeks", "1")
    assert ran.code == 3, ran.err
    assert "ice" in ran.err
    assert not Path("out").exists()


def test_warmth_comes_from_the_defaults_an_overlay_or_the_call(run: Run, anna: Path, config: Path) -> None:
    def asked(*more: str) -> tuple[bool, str | None]:
        receipt = json.loads(run("render", "knee-to-chest", "--json", *more).out)
        written = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))["voice"]
        assert written.get("warm", False) is receipt["voice"]["warm"]
        return receipt["voice"]["warm"], receipt["origins"].get("warm")

    assert asked() == (False, None)
    assert asked("--warm") == (True, "command line")
    config.write_text("warm: true\n", encoding="utf-8")
    assert asked() == (True, str(config))
    assert asked("--no-warm") == (False, "command line")
    anna.write_text(ANNA + "warm: false\n", encoding="utf-8")
    assert asked("--with", str(anna)) == (False, str(anna))
    config.write_text("warm: false\n", encoding="utf-8")
    assert "warm: False" in run("config").out
    assert "warm" in run("render", "knee-to-chest", "--warm").out


SESSION = """\
title: Session
safety: {notice: none, closing: none}
steps:
  - say: Lift your hips.
  - hold: 10s
    id: bridge
  - say: Lower them.
  - rest: 5s
  - chapter: Knees
  - say: Pull your knees.
  - hold: 11s
  - rest: 5s
  - chapter: Stretch
  - say: Stretch out.
  - hold: 12s
"""


def _held(run: Run, *call: str) -> list[int]:
    ran = run("show", "--json", *call)
    assert ran.code == 0, ran.err
    return [cue["length"] // 250 for cue in json.loads(ran.out)["cues"] if cue["kind"] == "hold"]


def test_skip_takes_names_on_the_command_line_and_adds_to_those_of_the_overlay(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "session.yaml").write_text(SESSION, encoding="utf-8")
    (tmp_path / "anna.yaml").write_text("routine: session.yaml\nskip: [bridge]\n", encoding="utf-8")
    assert _held(run, "session.yaml", "--skip", "bridge") == [11, 12]
    assert _held(run, "session.yaml", "--skip", "Knees") == [10, 12]
    assert _held(run, "--with", "anna.yaml") == [11, 12]
    receipt = json.loads(run("render", "session.yaml", "--skip", "bridge", "--json").out)
    assert receipt["origins"]["skip bridge"] == "command line"
    assert receipt["notes"] == ["left out with it: “Lift your hips.” (line 4), “Lower them.” (line 7)"]
    ran = run("render", "--with", "anna.yaml", "--skip", "knees", "--skip", "stretch")
    assert (ran.code, "without bridge, knees, stretch, no steps are left" in ran.err) == (3, True)
    assert "parts, for --skip NAME: bridge, knees, stretch" in run("show", "session.yaml").out
    assert json.loads(run("show", "session.yaml", "--json").out)["parts"] == ["bridge", "knees", "stretch"]


def test_a_step_number_is_not_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "session.yaml").write_text(SESSION, encoding="utf-8")
    ran = run("render", "session.yaml", "--skip", "steps[1]")
    assert (ran.code, "--skip takes names, not step numbers such as steps[1]" in ran.err) == (2, True)
    ran = run("show", "session.yaml", "--skip", "bridg")
    assert (ran.code, "did you mean 'bridge'?" in ran.err) == (3, True)
    run("compile", "session.yaml", "--estimate")
    ran = run("render", "scripts/session.script.json", "--skip", "bridge")
    assert (ran.code, "its settings are fixed" in ran.err) == (2, True)


def test_step_numbers_of_an_overlay_are_for_the_exact_text(run: Run, tmp_path: Path) -> None:
    routine, overlay = tmp_path / "session.yaml", tmp_path / "anna.yaml"
    routine.write_text(SESSION, encoding="utf-8")
    overlay.write_text("routine: session.yaml\nskip: ['steps[1]', 'steps[6]']\n", encoding="utf-8")
    ran = run("check", "anna.yaml")
    assert ran.code == 3
    assert "anna.yaml:2:8: steps[1] is a step number" in ran.err
    assert "write bridge, or `made_for: sha256:" in ran.err
    assert "anna.yaml:2:20: steps[6] is a step number" in ran.err
    assert "write knees" in ran.err
    [made_for] = set(re.findall(r"made_for: sha256:\w+", ran.err))
    overlay.write_text(f"{overlay.read_text(encoding='utf-8')}{made_for}\n", encoding="utf-8")
    assert _held(run, "--with", "anna.yaml") == [12]
    alone = f"routine: session.yaml\nskip: [bridge]\n{made_for}\n"
    (tmp_path / "alone.yaml").write_text(alone, encoding="utf-8")
    ran = run("check", "alone.yaml")
    assert (ran.code, "alone.yaml:3:1: 'made_for' has no effect" in ran.err) == (3, True)
    routine.write_text(SESSION.replace("steps:", "steps:\n  - say: Welcome."), encoding="utf-8")
    for call in (("render", "--with", "anna.yaml"), ("check", "anna.yaml")):
        ran = run(*call)
        assert ran.code == 3
        assert "steps[1] was written for another text of 'session'" in ran.err
    assert not Path("out").exists()
    overlay.write_text("routine: session.yaml\nskip: [bridge, knees]\n", encoding="utf-8")
    assert _held(run, "--with", "anna.yaml") == [12]


def test_check_says_what_goes_with_a_part(run: Run, tmp_path: Path) -> None:
    (tmp_path / "session.yaml").write_text(SESSION, encoding="utf-8")
    (tmp_path / "anna.yaml").write_text("routine: session.yaml\nskip: [bridge]\n", encoding="utf-8")
    assert "left out with it: “Lift your hips.” (line 4)" in run("check", "anna.yaml").err


def test_name_keeps_two_versions_beside_one_another(run: Run) -> None:
    assert run("render", "cat-stretch", "--hold", "6s").code == 0
    ran = run("render", "cat-stretch", "--hold", "7s", "--name", "for Anna.mp3")
    assert ran.code == 0, ran.err
    assert "replaces" not in ran.out
    there = {path.name for path in Path("out").iterdir()}
    assert {"cat-stretch.mp3", "for Anna.mp3", "for Anna.script.json"} < there
    assert (
        "replaces out/cat-stretch.mp3 made with hold 6s" in run("render", "cat-stretch", "--hold", "7s").out
    )
    again = run("render", "out/for Anna.script.json", "--name", "other")
    assert (again.code, Path("out/other.mp3").is_file()) == (0, True)
    assert "hold 7s" not in again.out.partition("wished")[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cat-stretch", "bridge-pose", "--name", "x"), "--name is for one routine, not 2"),
        (("cat-stretch", "--name", "../x"), "cannot be the name of a file"),
        (("cat-stretch", "--name", ".mp3"), "cannot be the name of a file"),
        (("cat-stretch", "--name", "a\x1bb"), "cannot be the name of a file"),
    ],
)
def test_a_name_that_cannot_be_is_a_clear_error(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run("render", *arguments)
    assert (ran.code, words in ran.err) == (2, True)
    assert not Path("out").exists()


def test_a_bare_number_for_a_whole_length_is_minutes_and_says_so(run: Run, tmp_path: Path) -> None:
    reported = "36 is read as 36 minutes; write 36s for seconds"
    ran = run("show", "full-back-care", "--fit", "36")
    assert (ran.code, "length  36:00.000" in ran.out, reported in ran.err) == (0, True, True)
    for written in ("36", "'36'", "36 minutes"):
        (tmp_path / "anna.yaml").write_text(f"routine: full-back-care\nfit: {written}\n", encoding="utf-8")
        ran = run("show", "--with", "anna.yaml")
        assert (ran.code, "length  36:00.000" in ran.out) == (0, True), ran.err
        assert (reported in ran.err) == (written != "36 minutes")
    ran = run("list", "--max-length", "3", "--json")
    assert "--max-length: 3 is read as 3 minutes" in ran.err
    lengths = [each["estimated_length_s"] for each in json.loads(ran.out)["routines"]]
    assert 0 < max(lengths) <= 180


def test_breaths_for_a_time_say_what_to_write(run: Run, tmp_path: Path) -> None:
    ran = run("show", "knee-to-chest", "--hold", "5 breaths")
    assert (ran.code, "write 50s, or in a routine `hold: {breaths: 5, in: 4s, out: 6s}`" in ran.err) == (
        3,
        True,
    )
    text = "title: T\nsteps:\n  - hold: 20 seconds\n  - hold: 5 breaths\n  - hold: half a minute\n"
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "t.yaml")
    assert "t.yaml:4:11: '5 breaths' is a number of breaths" in ran.err
    assert "1 fault" in ran.err


def test_a_mark_that_is_a_file_is_never_spoken(run: Run, tmp_path: Path) -> None:
    for name in ("gong.wma", "my gong.CAF", "sounds/gong.amr"):
        (tmp_path / "t.yaml").write_text(
            f"title: T\nsteps:\n  - hold: 20s\n    marks: {{halfway: {name}}}\n", encoding="utf-8"
        )
        ran = run("check", "t.yaml")
        assert (ran.code, f"'{name}' is not a supported kind of file: use .wav" in ran.err) == (3, True)
