"""Each thing that can go wrong: a clear error, its exit code, and nothing left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audioguide.cli.meant import MEANT
from tests.cli.conftest import Run
from tests.routine.test_load import FIVE_FAULTS
from tests.slow import first
from tests.tables import every


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("render", "knee-to-chest", "--hold", "2m"), 3, "hold: 2m is more than 26s"),
        (("render", "knee-to-chest", "--set", "hold=40s"), 3, "hold: 40s is more than 26s"),
        (("render", "knee-to-chest", "--set", "hodl=20s"), 3, "did you mean 'hold'"),
        (("render", "knee-to-chest", "--set", "hold"), 2, "--set takes NAME=VALUE"),
        (("render", "knee-to-chest", "--hold", "20s", "--set", "hold=25s"), 2, "given twice"),
        (("render", "knee-to-chest", "--reps", "9"), 3, "reps: 9 is more than 3"),
        (("render", "diaphragmatic-breathing", "--hold", "20s"), 3, "no setting is called 'hold'"),
        (("render", "no-such-routine"), 2, "no routine is called 'no-such-routine'"),
        (("render", "knee-to-chst"), 2, "did you mean 'knee-to-chest'"),
        (("render", "missing.yaml"), 3, "there is no file missing.yaml"),
        (("render", "missing.script.json"), 3, "cannot read missing.script.json"),
        (("render", "."), 3, "is a folder"),
        (("render", "knee-to-chest", "knee-to-chest"), 2, "be written as knee-to-chest: write them to"),
        (("export", "cat-stretch", "cat-stretch"), 2, "be written as cat-stretch: write them to"),
        (("render", "knee-to-chest", "--engine", "gramophone"), 4, "gramophone"),
        (("render", "knee-to-chest", "--bitrate", "97"), 2, "97 kbit/s"),
        (("render", "knee-to-chest", "-o", "taken/below"), 5, "cannot write"),
        (("render", "knee-to-chest", "-o", "/proc/nowhere"), 5, "cannot write"),
        (("compile", "knee-to-chest", "-o", "taken"), 5, "cannot write"),
        (("show", "no-such-routine"), 2, "no routine is called"),
        (("check", "empty.yaml"), 3, "empty.yaml:1:1: the file is empty"),
        (("render", "empty.yaml"), 3, "empty.yaml:1:1: the file is empty"),
        (("sing",), 2, "there is no command 'sing'"),
        (("render",), 2, "name a routine"),
        (("render", "knee-to-chest", "--rate", "7"), 2, "--rate"),
    ],
)
def test_a_clear_error_its_exit_code_and_nothing_left(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "taken").write_text("a file is in the way", encoding="utf-8")
    (tmp_path / "empty.yaml").touch()
    ran = run(*arguments)
    assert ran.code == code, ran.err
    assert words in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.yaml", "taken"]


def test_an_error_is_one_line_unless_it_shows_a_file(run: Run) -> None:
    for arguments in (
        ("render", "no-such"),
        ("render", "knee-to-chest", "--hold", "2m"),
        ("render", "x.yaml"),
        ("render", "knee-to-chest", "--rate", "abc"),
        ("render", "knee-to-chest", "--rate", "99999"),
        ("render", "knee-to-chest", "--bogus"),
        ("show",),
        ("sing",),
        ("cache", "sing"),
        ("--bogus",),
    ):
        ran = run(*arguments)
        assert len(ran.err.splitlines()) == 1
        assert ran.err.startswith("audioguide: ")


def test_a_wrong_call_says_where_to_read_on(run: Run) -> None:
    ran = run("render", "knee-to-chest", "--rate", "abc")
    assert ran.code == 2
    assert "audioguide: --rate: write a whole number" in ran.err
    assert "(`audioguide render --help` shows what is allowed)" in ran.err


@every(
    ("arguments", "advice"),
    [
        (("draft",), "such as leaflet.txt"), (("batch",), "--new knee-to-chest` writes one to fill in"),
        (("new",), "write a name"), (("say",), "in quotes"), (("verify",), "name an MP3"),
        (("check", "--explain"), "write a value after --explain"),
        (("show", "knee", "to", "chest"), "a word too many: to chest; put a name with spaces in quotes"),
        (("render", "knee", "to", "chest"), "did you mean 'knee-to-chest'?"),
        (("render", "knee-to-chest", "--rate", "5"), "--rate: write at least 80"),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_said_with_an_example(
    run: Run, arguments: tuple[str, ...], advice: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert advice in ran.err


@every("name", ["leaflet.txt", "leaflet.md", "leaflet.pdf", "leaflet.docx"])
def test_a_leaflet_is_not_a_routine_with_mistakes(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Stretch: 3 times\n- *Lie* down: slowly\n", encoding="utf-8")
    ran = run("render", name)
    assert ran.code == 3
    assert (
        ran.err
        == f"audioguide: {name} is not a routine; `audioguide draft {name}` makes routines from a text\n"
    )


def test_a_routine_in_a_text_file_keeps_its_faults(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("title: T\nsteps:\n- say: A: b\n", encoding="utf-8")
    assert "mine.txt:3:9: this colon splits the text in two" in run("check", "mine.txt").err


@every(
    ("option", "advice"),
    [
        ("--quiet", "--profile quiet"), ("--volume=3", "--chime-volume"),
        ("--louder", "volume of your player"),
        ("--too-loud", "No such option"), ("--speed=2", "--rate"), ("--length=10m", "--fit 10m"),
        ("--music=x", "--bed"), ("--repeat=3", "--reps"), ("--without=x", "--skip"),
    ],
)  # fmt: skip
def test_an_option_that_people_expect_leads_to_the_one_that_does_it(
    run: Run, option: str, advice: str
) -> None:
    ran = run("render", "knee-to-chest", option)
    assert ran.code == 2
    assert advice in ran.err
    assert len(ran.err.splitlines()) == 1


def test_every_option_that_is_advised_exists(run: Run) -> None:
    reported = " ".join(run("render", "--help").out.split())
    for names, said in MEANT:
        for flag in re.findall(r"--?[a-z-]+", said):
            assert f"{flag} " in reported or f"{flag}/" in reported, names


def test_a_command_that_lacks_the_option_does_not_advise_it(run: Run) -> None:
    assert "--profile" not in run("list", "--loud").err


def test_several_names_to_skip_are_written_one_by_one(run: Run) -> None:
    ran = run("render", "full-back-care", "--skip", "bridge-pose, cat-stretch")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "write it again for each: --skip bridge-pose --skip cat-stretch" in ran.err


def test_a_group_without_a_command_shows_its_help(run: Run) -> None:
    ran = run("cache")
    assert ran.code == 2
    assert ran.err.startswith("Usage: audioguide cache")


@pytest.mark.parametrize("group", ["cache", "voices"])
def test_a_group_alone_shows_its_commands_or_does_its_work(run: Run, group: str) -> None:
    ran = run(group)
    shown = ran.out + ran.err
    assert len(shown.splitlines()) > 5  # and not the whole help in one line
    assert max(map(len, shown.splitlines())) < 200
    assert "shows what is allowed" not in shown


def test_a_file_that_is_not_utf_8_is_reported_in_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("title: A\nsteps:\n  - say: Ä, Größe.\n".encode("latin-1"))
    for command in (("check",), ("render",)):
        ran = run(*command, "latin.yaml")
        assert ran.code == 3
        assert "latin.yaml:3:10: the byte 0xC4 is not UTF-8 text" in ran.err
        assert ran.err.splitlines()[-2] == "      |          ^"
    (tmp_path / "latin.script.json").write_bytes(b'{"title": "\xc4"}')
    assert "latin.script.json:1:12: the byte 0xC4" in run("render", "latin.script.json").err


def test_of_a_long_line_the_place_of_the_fault_is_shown(run: Run, tmp_path: Path) -> None:
    cues = '{"kind": "chapter", "text": "A", "start": 0, "length": 0}, ' * 100
    (tmp_path / "long.script.json").write_text(f'{{"format": 1, "cues": [{cues} x]}}', encoding="utf-8")
    (tmp_path / "deep.yaml").write_text(f"title: A\nsteps: {'[' * 5000}", encoding="utf-8")
    for name in ("long.script.json", "deep.yaml"):
        ran = run("render", name)
        assert ran.code == 3
        assert max(map(len, ran.err.splitlines())) < 200
    line, marker = run("render", "long.script.json").err.splitlines()[-2:]
    assert line[marker.index("^")] == "x"


def test_what_no_voice_can_say_is_found_by_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"title: A\nsteps:\n  - say: '...'\n  - say: {'a' * 41}\n", encoding="utf-8"
    )
    ran = run("check", "a.yaml")
    assert ran.code == 3
    assert "a.yaml:3:10: '...' cannot be spoken" in ran.err
    assert "a.yaml:4:10: a word of 41 characters is over 40" in ran.err


def test_a_file_with_five_faults_shows_all_five(run: Run, tmp_path: Path) -> None:
    (tmp_path / "five.yaml").write_text(FIVE_FAULTS, encoding="utf-8")
    ran = run("render", "five.yaml")
    assert ran.code == 3
    assert [line.split(":")[1] for line in ran.err.splitlines() if line.startswith("five.yaml:")] == list(
        "24789"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("out", ["taken", "taken/deeper"])
def test_a_file_in_place_of_the_output_folder(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    ran = run("render", "cat-stretch", "-o", out)
    assert ran.code == 5
    assert "taken is a file, not a folder" in ran.err
    assert (tmp_path / "taken").read_bytes() == b"mine"


def test_a_folder_in_place_of_one_file_keeps_all_three_away(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "cat-stretch.mp3").mkdir(parents=True)
    ran = run("render", "cat-stretch")
    assert ran.code == 5
    assert "a folder is in its place" in ran.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["cat-stretch.mp3"]


def test_a_traceback_is_shown_only_with_debug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Traceback" in run("render", "no-such", "--debug").err
    monkeypatch.setenv("AUDIOGUIDE_DEBUG", "1")
    assert "Traceback" in run("render", "cat-stretch", "--engine", "gramophone").err


def test_an_unknown_voice_is_reported_with_its_neighbours(run: Run) -> None:
    ran = run("render", "cat-stretch", "--voice", "en-uss", "--engine", "pyttsx3")
    assert ran.code == 4
    assert "en-us" in ran.err
    assert not Path("out").exists()


def test_an_unknown_sound_is_reported_in_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: A\nsteps:\n  - chime: gnog\n", encoding="utf-8")
    ran = run("render", "a.yaml")
    assert ran.code == 3
    assert "a.yaml:3:12" in ran.err


def edited(run: Run, path: Path, *texts: str) -> None:
    """Render a routine to `out`, and put its script beside it, with other texts in place of what it says."""
    words = [f"Sentence {number}." for number in range(len(texts))]
    steps = "".join(f"  - say: {word}\n" for word in words)
    path.write_text(f"title: A\nsteps:\n{steps}", encoding="utf-8")
    assert run("render", path.name).code == 0
    script = Path("out") / f"{path.stem}.script.json"
    changed = script.read_text(encoding="utf-8")
    for word, text in zip(words, texts, strict=True):
        changed = changed.replace(word, text)
    path.with_suffix(".script.json").write_text(changed, encoding="utf-8")


def test_a_phrase_that_cannot_be_spoken_names_its_step_and_the_others_go_on(run: Run, tmp_path: Path) -> None:
    edited(run, tmp_path / "bad.yaml", "Fine.", "...")
    ran = run("render", "bad.script.json", "cat-stretch", "--engine", "pyttsx3")
    assert ran.code == 4
    assert "bad: steps[1]: '...' cannot be spoken" in ran.err
    assert [path.name for path in sorted(Path("out").glob("*.mp3"))] == ["bad.mp3", "cat-stretch.mp3"]


def test_a_failed_render_leaves_the_old_file(run: Run, tmp_path: Path) -> None:
    edited(run, tmp_path / "a.yaml", "...")
    old = Path("out/a.mp3").read_bytes()
    assert run("render", "a.script.json", "--engine", "pyttsx3").code == 4
    assert Path("out/a.mp3").read_bytes() == old
    assert len(list(Path("out").iterdir())) == 3


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_tidily(tmp_path: Path, number: signal.Signals, code: int) -> None:
    steps = "".join(
        f"  - say: This is the phrase of number {number}, which nobody has said yet.\n"
        for number in range(400)
    )
    (tmp_path / "long.yaml").write_text(f"title: Long\nsteps:\n{steps}", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    environment = os.environ | {
        "AUDIOGUIDE_CACHE_DIR": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "temporary")
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "audioguide", "render", "long.yaml"],
        cwd=tmp_path, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not list((tmp_path / "cache").glob("*/*")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert err.splitlines()[-1] == "audioguide: interrupted"
    assert "Traceback" not in err
    assert out == ""
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_json_is_all_that_is_on_standard_output(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "audioguide", "render", "cat-stretch", "--json"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout)["title"] == "Cat stretch"
    assert ran.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell does")
@pytest.mark.parametrize(
    ("call", "code", "said"),
    first(
        2,
        [
            ("render cat-stretch --engine tone >&- 2>&- <&-", 0, ""),
            ("list > /dev/full", 5, "audioguide: cannot write to standard output: No space left on device\n"),
            ("list >&-", 0, ""),
            ("render cat-stretch --engine tone 2>&-", 0, ""),
        ],
    ),
)
def test_streams_that_are_closed_or_full(tmp_path: Path, call: str, code: int, said: str) -> None:
    if "/dev/full" in call and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = f'"{sys.executable}" -m audioguide {call}'
    ran = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr if said else "") == (code, said)
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "out/cat-stretch.mp3").is_file() == ("render" in call)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_a_name_with_a_colour_in_it_is_printed_whole(run: Run, tmp_path: Path) -> None:
    # `run` reads what is printed as a pipe does. There, typer would take the whole sequence out: "ared".
    (tmp_path / "a\x1b[31mred.yaml").write_text('title: A\n"k\\e[31mX": 3\n', encoding="utf-8")
    assert "'k\\u001b[31mX'" in run("check", "a\x1b[31mred.yaml").err
    assert "a\\u001b[31mred.yaml:2:1" in run("check", "a\x1b[31mred.yaml").err
    assert "'b\\u001b[31mred'" in run("render", "b\x1b[31mred").err
    good = "title: A\nsteps:\n  - say: Sit.\n  - hold: 10s\n"
    (tmp_path / "a\x1b[31mred.yaml").write_text(good, encoding="utf-8")
    assert "a\\u001b[31mred.yaml: 1 warning" in run("check", "a\x1b[31mred.yaml").out
