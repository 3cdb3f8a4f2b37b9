"""Cron, services, containers, pipes: odd streams, no home, missing libraries, and where files go."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from audioguide.cli.streams import EscapedStream
from tests.cli.conftest import Run
from tests.slow import first

ROUTINE = "title: T\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Go.\n"
PROGRAM = f'"{sys.executable}" -m audioguide'
POSIX = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full and a shell")

Shell = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Run a line of a shell in a folder with two routines; `audioguide` is this program."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(ROUTINE, encoding="utf-8")

    def shell(line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        line = line.replace("audioguide", PROGRAM)
        environment = {**os.environ, "AUDIOGUIDE_ENGINE": "tone", **more}
        return subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, check=False
        )

    return shell


def text(ran: subprocess.CompletedProcess[bytes]) -> str:
    return (ran.stdout + ran.stderr).decode()


@POSIX
@pytest.mark.parametrize(
    ("call", "code", "files"),
    first(
        3,
        [
            ("audioguide render a.yaml 2>/dev/full", 0, ["a"]),
            ("audioguide check missing.yaml 2>/dev/full", 3, []),
            ("audioguide render a.yaml b.yaml >/dev/full", 5, ["a", "b"]),
            ("audioguide render a.yaml b.yaml | true; exit ${PIPESTATUS[0]}", 0, ["a", "b"]),
            ("audioguide check missing.yaml 2> >(true)", 3, []),
            ("audioguide check missing.yaml >/dev/full 2>/dev/full", 3, []),
            ("audioguide bogus 2>/dev/full", 2, []),
            ("audioguide render a.yaml --engine gramophone 2>&-", 4, []),
            ("audioguide --help >/dev/full", 5, []),
            ("audioguide render --help >/dev/full", 5, []),
            ("audioguide --version >/dev/full 2>/dev/full", 5, []),
            ("audioguide list | head -n 1; exit ${PIPESTATUS[0]}", 0, []),
            ("audioguide render a.yaml --json 2>/dev/full | cat; exit ${PIPESTATUS[0]}", 0, ["a"]),
        ],
    ),
)
def test_what_cannot_be_printed_changes_neither_the_work_nor_the_exit_code(
    shell: Shell, tmp_path: Path, call: str, code: int, files: list[str]
) -> None:
    ran = shell(call)
    assert ran.returncode == code, text(ran)
    assert sorted(path.stem for path in tmp_path.glob("out/*.mp3")) == files
    assert "Traceback" not in text(ran)


@POSIX
def test_checking_again_and_again_ends_when_nobody_reads_it(shell: Shell, tmp_path: Path) -> None:
    ran = shell(
        "(sleep 2; touch a.yaml) & timeout 60 audioguide check --watch a.yaml | true; exit ${PIPESTATUS[0]}"
    )
    assert ran.returncode == 0, text(ran)


def test_a_stream_that_fails_is_written_to_no_more() -> None:
    class Full(io.StringIO):
        tried = 0

        def write(self, _text: str) -> int:
            self.tried += 1
            raise OSError(28, "No space left on device")

    full = Full()
    shown = EscapedStream(full)
    assert [shown.write("one"), shown.write("two")] == [3, 3]
    assert full.tried == 1
    assert shown.failure is not None


# --- where files go


@pytest.mark.parametrize(
    ("out", "files"),
    [
        ("mine.mp3", ["mine.mp3", "mine.script.json", "mine.txt"]),
        ("new/Mine.MP3", ["Mine.MP3", "Mine.script.json", "Mine.txt"]),
        ("mine.flac", ["mine.flac", "mine.script.json", "mine.txt"]),
        ("v1.2", ["a.mp3", "a.script.json", "a.txt"]),
        ("x.ogg/", ["a.mp3", "a.script.json", "a.txt"]),
        ("there.mp3", ["a.mp3", "a.script.json", "a.txt"]),
    ],
)
def test_out_is_a_file_or_a_folder(run: Run, tmp_path: Path, out: str, files: list[str]) -> None:
    (tmp_path / "a.yaml").write_text(ROUTINE, encoding="utf-8")
    (tmp_path / "there.mp3").mkdir()
    ran = run("render", "a.yaml", "-o", out)
    assert ran.code == 0, ran.err
    folder = Path(ran.out.splitlines()[0]).parent
    names = {path.name for path in folder.iterdir() if path.is_file()} - {"a.yaml"}
    assert sorted(names) == sorted(files)
    with av.open(str(folder / files[0])) as container:
        assert container.format.name == ("flac" if out.endswith("flac") else "mp3")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("render", "a.yaml", "b.yaml", "-o", "x.mp3"), "2 results do not fit in x.mp3"),
        (("render", "a.yaml", "-o", "x.ogg"), "cannot be written as .ogg; use .flac, .m4b, .mp3"),
        (("render", "a.yaml", "-o", "x.txt"), "-o x.txt/"),
        (("render", "a.yaml", "-o", ".mp3"), "write a name before .mp3"),
        (("render", "a.yaml", "-o", ""), "-o is empty"),
        (("render", "a.yaml", "-o", "x.mp3", "--format", "opus"), "are different formats"),
        (("render", "a.yaml", "b.yaml", "-o", "-"), "2 results do not fit in standard output"),
        (("render", "a.yaml", "-o", "-", "--json"), "standard output"),
        (("render", "a.yaml", "-o", "-", "--with-files", "lrc"), "standard output"),
        (("export", "a.yaml", "-o", "-"), "name its --format"),
        (("export", "a.yaml", "-o", "x.lrc", "--format", "vtt"), "are different"),
        (("export", "a.yaml", "-o", "x.lrc", "--format", "vtt,lrc"), "name a folder"),
        (("compile", "a.yaml", "-o", "-"), "cannot go to standard output"),
        (("plan", "a.yaml", "-o", "x.mp3"), "a plan can only be written to a folder"),
        (("new", "mine", "-o", "mine.yaml"), "a new routine can only be written to a folder"),
        (("render", "a.yaml", "-o", "~nobody-here/x"), "the home folder in '~nobody-here/x' is unknown"),
    ],
)
def test_an_out_that_cannot_be_meant_is_refused(
    run: Run, tmp_path: Path, call: tuple[str, ...], words: str
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(ROUTINE, encoding="utf-8")
    ran = run(*call)
    assert ran.code == 2
    assert words in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize(
    ("options", "name", "start"),
    [
        ((), "x.lrc", "[ti:T]"),
        (("--format", "vtt"), "x.vtt", "WEBVTT"),
        ((), "x.html", "<!doctype html>"),
        ((), "x.chapters.json", '{\n  "version"'),
        (("--format", "json"), "x.json", '{\n  "format"'),
    ],
)
def test_an_export_goes_into_one_file(
    run: Run, tmp_path: Path, options: tuple[str, ...], name: str, start: str
) -> None:
    (tmp_path / "a.yaml").write_text(ROUTINE, encoding="utf-8")
    assert run("export", "a.yaml", *options, "-o", name).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert len(list(tmp_path.iterdir())) == 2


@POSIX
@pytest.mark.parametrize("format_", first(1, ["mp3", "opus", "m4b"]))
def test_a_routine_comes_and_a_sound_goes_through_pipes(shell: Shell, tmp_path: Path, format_: str) -> None:
    ran = shell(f"cat a.yaml | audioguide render - -o - --format {format_}")
    assert ran.returncode == 0, ran.stderr
    shell(f"audioguide render a.yaml --format {format_}")
    assert ran.stdout == (tmp_path / f"out/a.{format_}").read_bytes()
    assert b"encoding" in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml", "out"]


@pytest.mark.slow
@POSIX
def test_a_routine_from_standard_input_has_its_faults_in_place(shell: Shell, tmp_path: Path) -> None:
    broken = shell("(cat a.yaml; echo '  - hodl: 3s') | audioguide check -")
    assert broken.returncode == 3
    assert b"<stdin>:5:5: no step has 'hodl'" in broken.stderr
    assert shell("audioguide render - </dev/null").returncode == 3
    assert b"<stdin>:1:1: the file is empty" in shell("audioguide show - <&-").stderr
    assert shell("cat a.yaml | audioguide render - -").returncode == 2
    assert b"T\n=\n" in shell("cat a.yaml | audioguide show -").stdout
    assert shell("cat a.yaml | audioguide render -").returncode == 0
    assert (tmp_path / "out/stdin.mp3").is_file()
    script = shell("cat out/stdin.script.json | audioguide render -")
    assert script.returncode == 3
    assert b"save it as NAME.script.json" in script.stderr


@POSIX
@pytest.mark.parametrize(
    ("call", "code", "words"),
    first(
        1,
        [
            ("render <(cat a.yaml)", 3, "to read a routine from a pipe, name it -"),
            ("render a.yaml -o /dev/null", 5, "/dev/null is a device or a pipe, not a folder"),
            ("verify -", 2, "it cannot take standard input"),
            ("say Rest. -o - >&-", 5, "standard output is closed"),
        ],
    ),
)
def test_a_pipe_that_has_a_name_is_distinguished_from_a_file(
    shell: Shell, call: str, code: int, words: str
) -> None:
    ran = shell(f"audioguide {call}")
    assert ran.returncode == code
    assert words in ran.stderr.decode()


def test_a_terminal_gets_no_sound(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = run("render", "a.yaml", "-o", "-")
    assert ran.code == 2
    assert "standard output is a terminal" in ran.err


# --- homes


@pytest.mark.parametrize(
    "variable", first(1, ["AUDIOGUIDE_CACHE_DIR", "AUDIOGUIDE_CONFIG_DIR", "AUDIOGUIDE_ROUTINES"])
)
def test_a_tilde_in_a_variable_is_the_home_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    home = tmp_path / "home"
    (home / "mine").mkdir(parents=True)
    (home / "mine" / "ours.yaml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv(variable, "~/mine")
    if variable == "AUDIOGUIDE_ROUTINES":
        assert '"ours"' in run("list", "--json").out
    elif variable == "AUDIOGUIDE_CONFIG_DIR":
        assert run("config", "--create").code == 0
        assert (home / "mine" / "config.yaml").is_file()
    else:
        assert run("render", str(home / "mine" / "ours.yaml")).code == 0
        assert list((home / "mine").glob("??/*"))
    assert not (tmp_path / "~").exists()
    monkeypatch.setenv(variable, "~nobody-here/x")
    ran = run("render", "cat-stretch")
    assert ran.code == 2
    assert f"{variable}: the home folder in '~nobody-here/x' is unknown" in ran.err


def test_a_tilde_in_an_option_is_the_home_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert run("export", "cat-stretch", "--estimate", "--format=lrc", "--out=~/x").code == 0
    assert run("show", "cat-stretch", "--picture=~/x/a.svg").code == 0
    assert sorted(path.name for path in (tmp_path / "home/x").iterdir()) == ["a.svg", "cat-stretch.lrc"]


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a user id that the system does not know, without HOME, as in a container."""
    import pwd

    def unknown(_: object) -> None:
        raise KeyError("uid not found")

    for name in (
        "HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "AUDIOGUIDE_CACHE_DIR",
        "AUDIOGUIDE_CONFIG_DIR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(pwd, "getpwnam", unknown)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no file of users")
@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder(run: Run, tmp_path: Path) -> None:
    ran = run("render", "cat-stretch")
    assert ran.code == 0, ran.err
    assert "note: there is no home folder for the cache" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert run("list").code == run("voices", "--json").code == 0
    for call in (("config",), ("config", "--create"), ("cache", "info")):
        ran = run(*call)
        assert ran.code == 5
        assert "there is no home folder" in ran.err
    ran = run("doctor")
    assert "there is no home folder for a cache" in ran.out
    assert "the links of `serve` work only until it stops" in ran.out
    assert ran.code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file of users")
def test_without_a_home_folder_no_library_fails_as_it_is_loaded(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import pwd\ndef none(*_): raise KeyError('uid')\npwd.getpwuid = none\n", encoding="utf-8"
    )
    ran = shell(
        f'env -i PATH="$PATH" PYTHONPATH="{tmp_path}:$PWD_OF_PROGRAM" LANG=C audioguide render a.yaml',
        PWD_OF_PROGRAM=str(Path(__file__).parents[2]),
    )
    assert ran.returncode == 0, text(ran)
    assert (tmp_path / "out/a.mp3").is_file()


def test_serve_with_a_voice_that_is_not_there_says_so_at_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AUDIOGUIDE_ENGINE")
    ran = run("serve", "--port", "0", "--voice", "nosuch")
    assert ran.code == 4
    assert "command line: --voice: there is no voice 'nosuch'" in ran.err


def test_serve_goes_on_where_its_links_cannot_be_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audioguide.web import serve as server

    (tmp_path / "file").touch()
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "file"))
    asked = []
    monkeypatch.setattr(server, "serve", lambda *given, **_: asked.append(given[2]))
    for _ in range(2):
        ran = run("serve")
        assert ran.code == 0
        assert "note: the link and the feed below work only until you stop this command" in ran.err
    assert asked[0] != asked[1]
    assert run("doctor").out.count("the links of `serve` work only until it stops") == 1


def test_new_links_that_cannot_be_kept_are_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audioguide.web import serve as server

    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setattr(server, "serve", lambda *_, **__: None)
    assert run("serve").code == 0

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    ran = run("serve", "--new-link")  # else the old link would open the page tomorrow
    assert ran.code == 5
    assert "serve.json: No space left on device" in ran.err


@pytest.mark.slow
@POSIX
def test_a_current_folder_that_is_gone(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    for call, code in (
        ("render a.yaml", (3, 5)),
        ("render cat-stretch", (5,)),
        ("list", (0,)),
        ("doctor", (0, 1)),
    ):
        (tmp_path / "gone").mkdir(exist_ok=True)
        ran = shell(f"cd gone && rmdir ../gone && audioguide {call}")
        assert ran.returncode in code, (call, text(ran))
        assert "Traceback" not in text(ran)


@POSIX
def test_an_empty_environment_is_enough(shell: Shell, tmp_path: Path) -> None:
    """As in a service: no PATH, which pydub cannot be imported without, and no home."""
    assert shell("audioguide say Rest. -o gong.wav").returncode == 0
    with (tmp_path / "a.yaml").open("a") as routine:
        routine.write("  - chime: gong.wav\n")
    folder = f"PYTHONPATH={Path(__file__).parents[2]} AUDIOGUIDE_CACHE_DIR={tmp_path / 'cache'}"
    ran = shell(f"env -i {folder} audioguide render a.yaml --engine tone")
    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False), text(ran)
    assert (tmp_path / "out/a.mp3").is_file()
    assert shell(f"env -i {folder} audioguide doctor").returncode == 0


# --- missing libraries

BLOCKED = """
import os, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in os.environ["BLOCKED"].split("+"):
            broken = "x.so: cannot open shared object file\\n\\nIMPORTANT: read this."
            raise ImportError(broken if os.environ.get("BROKEN") else name, name=name)
sys.meta_path.insert(0, Blocked())
"""
LIBRARIES = [
    ("numpy", "render a.yaml", 5), ("pyttsx3", "render a.yaml --engine pyttsx3 --rate 199", 4),
    ("av+lameenc", "render a.yaml", 5), ("pydantic", "list", 5), ("typer", "list", 5),
    ("ruamel", "check a.yaml", 5), ("soxr", "voices", 5), ("mutagen", "render a.yaml", 5),
    ("resvg_py", "show a.yaml --picture a.png", 5),
    ("platformdirs", "list", 5), ("uvicorn", "serve --port 0", 5), ("filelock", "render a.yaml", 5),
]  # fmt: skip


@POSIX
@pytest.mark.parametrize(("library", "call", "code"), first(2, LIBRARIES))
@pytest.mark.parametrize("broken", first(1, ["", "1"]))
def test_a_missing_library_is_one_line(
    shell: Shell, tmp_path: Path, *, library: str, call: str, code: int, broken: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    ran = shell(
        f"env -u AUDIOGUIDE_CONFIG_DIR audioguide {call}", BLOCKED=library, BROKEN=broken,
        PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2]}",
        AUDIOGUIDE_CACHE_DIR=str(tmp_path / "cold"),
    )  # fmt: skip
    said = [line for line in ran.stderr.decode().splitlines() if line.startswith("audioguide:")]
    assert ran.returncode == code, text(ran)
    assert len(said) == 1
    named = library.split("+", maxsplit=1)[0]
    assert named.replace("_", "-") in said[0].replace("_", "-")
    assert "doctor` says what to install" in said[0] or library in ("pydantic", "typer")
    assert "Traceback" not in text(ran)
    assert "IMPORTANT" not in text(ran) or library == "pyttsx3"


@pytest.mark.parametrize("call", [("render", "a.yaml"), ("say", "Hum."), ("say", "Hum.", "--phonemes")])
def test_a_missing_espeak_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    (tmp_path / "a.yaml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ESPEAK_LIBRARY", "/no/such/libespeak-ng.so.1")
    ran = run(*call, "--engine", "pyttsx3", "--rate", "198")
    said = [line for line in ran.err.splitlines() if not line.startswith("a: speaking")]
    assert ran.code == 4
    assert len(said) == 1, ran.err
    assert "espeak-ng" in said[0]
    assert said[0].endswith("`audioguide doctor` says what to install")


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    "library", ["numpy", "pyttsx3", "av", "ruamel", "platformdirs", "segno", "soundfile"]
)
def test_doctor_finds_the_missing_library(shell: Shell, tmp_path: Path, library: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    ran = shell(
        "audioguide doctor", BLOCKED=library, PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2]}"
    )  # fmt: skip
    assert ran.returncode == 1, text(ran)
    assert f"fault  libraries        {library}" in text(ran)
    assert "Traceback" not in text(ran)


def test_a_name_that_no_file_system_takes_is_reported_in_one_line(run: Run) -> None:
    for out in (f"{'x' * 300}.mp3", f"{'é' * 200}/a.mp3"):
        ran = run("render", "knee-to-chest", "-o", out)
        assert ran.code == 2
        assert ran.err.rstrip().endswith("… is too long: 240 bytes is the limit")
