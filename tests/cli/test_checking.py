"""`check` and the warnings of `render`, as a person and as a program read them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run
from tests.conftest import Write

UNKIND = "title: Unkind\nsteps:\n  - say: Look up.\n    settle: 4s\n"
UNSAFE = (
    "title: Unsafe\nsafety: {notice: ice}\nsteps:\n  - say: Ice on your back.\n"
    "  - hold: 25m\n    marks: {every: {1m: tick}}\n  - say: Take it off.\n"
)
LINE = "routine.yaml:3:10: sight-words: 'Look' needs open eyes"


def test_check_reports_warnings_and_passes(run: Run, write: Write) -> None:
    ran = run("check", "cat-stretch", str(write(UNKIND)))
    assert ran.code == 0
    assert [line.split(": ")[-1] for line in ran.out.splitlines()] == [
        "fine (Cat stretch)",
        "1 warning (Unkind)",
    ]
    assert "routine.yaml:3:10: warning: sight-words: 'Look' needs open eyes (steps[0])" in ran.err
    assert "    3 |   - say: Look up.\n      |          ^~~~\n" in ran.err


def test_check_ends_with_3_for_an_error_and_if_strict_for_a_warning(run: Run, write: Write) -> None:
    assert run("check", "--strict", str(write(UNKIND))).code == 3
    ran = run("check", str(write(UNSAFE)))
    assert (ran.code, ran.out.endswith("1 error (Unsafe)\n")) == (3, True)
    assert run("check", "--strict", "cat-stretch").code == 0


def test_check_as_json(run: Run, write: Write) -> None:
    unkind, faulty = write(UNKIND), write("title: T\nsteps: [{hold: soon}]", "faulty.yaml")
    ran = run("check", "--json", str(unkind), str(faulty), "no-such-routine")
    assert (ran.code, ran.err) == (3, "")
    first, second, third = json.loads(ran.out)["files"]
    (finding,) = first["findings"]
    assert finding["rule"] == "sight-words"
    assert (finding["file"], finding["line"], finding["column"]) == (str(unkind), 3, 10)
    assert (finding["level"], finding["step"]) == ("warning", "steps[0]")
    assert (second["findings"], second["faults"][0]["line"]) == ([], 2)
    assert third["error"].startswith("no routine is called 'no-such-routine'")


def test_a_timed_script_is_checked_for_its_marks(run: Run) -> None:
    run("compile", "cat-stretch", "-o", ".")
    assert run("check", "cat-stretch.script.json").out == "cat-stretch.script.json: fine (Cat stretch)\n"


def test_render_warns_in_one_line_each(run: Run, write: Write) -> None:
    ran = run("render", str(write(UNKIND)))
    assert ran.code == 0
    warnings = [line for line in ran.err.splitlines() if line.startswith("audioguide: warning: ")]
    assert len(warnings) == 1
    assert warnings[0].endswith(LINE)


def test_render_puts_warnings_into_the_receipt(run: Run, write: Write) -> None:
    ran = run("render", "--json", str(write(UNKIND)), "cat-stretch")
    assert ran.err == ""
    unkind, kind = json.loads(ran.out)["renders"]
    assert [finding["rule"] for finding in unkind["warnings"]] == ["sight-words"]
    assert kind["warnings"] == []


def test_strict_refuses_before_anything_is_rendered(run: Run, write: Write) -> None:
    ran = run("render", "--strict", "cat-stretch", str(write(UNKIND)))
    assert (ran.code, ran.out) == (3, "")
    assert "warning: sight-words" in ran.err
    assert not Path("out").exists()


def test_an_error_refuses_even_without(run: Run, write: Write) -> None:
    ran = run("render", "cat-stretch", str(write(UNSAFE)))
    assert (ran.code, ran.out) == (3, "")
    assert "error: ice-limit: 25 minutes of ice" in ran.err
    assert not Path("out").exists()


def test_what_the_listener_turns_is_checked(run: Run, write: Write) -> None:
    text = UNSAFE.replace("steps:", "settings: {time: {default: 10m, max: 40m}}\nsteps:").replace(
        "25m", "$time"
    )
    path = str(write(text))
    assert run("check", path).code == 0
    assert run("render", path, "--set", "time=25m").code == 3


def test_a_check_needs_no_decoder_and_no_numpy() -> None:
    code = (
        "import sys; from audioguide.cli.commands.check import check_one\n"
        "from audioguide.routine.library import Library\n"
        "assert not check_one('full-back-care', Library()).findings\n"
        "print(sorted({'numpy', 'av', 'soundfile', 'pydub'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\n"
