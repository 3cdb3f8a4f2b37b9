"""The Tab key, asked as shells ask: through the environment, without anything that makes sound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.cli.completing import rejoin
from audioguide.script.choices import BEDS
from tests.tables import every

HEAVY = {"numpy", "soundfile", "av", "lameenc", "pydub", "pyttsx3", "onnxruntime", "starlette"}


def offered(*line: str, shell: str = "bash") -> list[str]:
    """Return what a shell is offered for the last word of `audioguide LINE`."""
    words = ["audioguide", *line]
    asked = {
        "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(line)),
        "_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": line[-1],
    }  # fmt: skip
    if shell != "bash":
        del asked["COMP_WORDS"], asked["COMP_CWORD"]
    program = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print('HEAVY', *({HEAVY!r} & set(sys.modules)), file=sys.stderr))\n"
        "sys.argv[1:] = []\nfrom audioguide.cli import main\nmain()\n"
    )
    asked["_AUDIOGUIDE_COMPLETE"] = f"complete_{shell}"
    ran = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | asked,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.stderr.split() == ["HEAVY"], ran.stderr
    return ran.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "among"),
    [
        (("re",), {"render"}),
        (("render", "knee-to"), {"knee-to-chest"}),
        (("play", "back-rel"), {"back-relaxation"}),
        (("render", "knee-to-chest", "--set", ""), {"hold=", "reps=", "rest="}),
        (("show", "full-back-care", "--skip", "bridge"), {"bridge-pose"}),
        (("render", "knee-to-chest", "--voice", "af"), {"af_heart"}),
        (("render", "knee-to-chest", "--bed", ""), set(BEDS)),
        (("list", "--body", "lower"), {"lower back"}),
    ],
)
def test_names_are_completed(line: tuple[str, ...], among: set[str]) -> None:
    found = offered(*line)
    assert among <= set(found)
    assert all(name.startswith(line[-1]) for name in found)


def test_values_of_settings_and_options_after_an_equals_sign_of_bash() -> None:
    assert set(offered("render", "knee-to-chest", "--set", "hold", "=", "2")) == {"20s", "26s"}
    assert "rain" in offered("render", "knee-to-chest", "--bed", "=", "ra")


@pytest.mark.parametrize("shell", ["zsh", "fish", "pwsh"])
def test_other_shells_are_offered_the_same(shell: str) -> None:
    shown = "\n".join(offered("render", "knee-to-chest", "--set", "ho", shell=shell))
    assert "hold=" in shown
    assert "rest=" not in shown


def test_what_cannot_be_read_offers_nothing() -> None:
    assert "".join(offered("render", "no-such-routine", "--set", "")) == ""


@every(
    ("words", "word", "rejoined", "asked"),
    [
        ("a b", 1, "a b", 1),
        ("a --set hold = 2", 4, "a\n--set\n2", 2),
        ("a --set hold =", 3, "a\n--set\n", 2),
        ("a --bed = ra", 3, "a\n--bed\nra", 2),
        ("a --set hold = 2s --skip x", 6, "a\n--set\nhold=2s\n--skip\nx", 4),
    ],
)
def test_what_bash_takes_apart_is_put_together(words: str, word: int, rejoined: str, asked: int) -> None:
    environment = {"_AUDIOGUIDE_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(word)}
    rejoin(environment)
    assert (environment["COMP_WORDS"], int(environment["COMP_CWORD"])) == (rejoined, asked)


@pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="there is no bash")
def test_bash_itself_completes(tmp_path: Path) -> None:
    program = tmp_path / "audioguide"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m audioguide "$@"\n')
    program.chmod(0o755)
    script = (
        f"source <({program} --show-completion bash); COMP_WORDS=({program} render knee-to-ch)\n"
        f'COMP_CWORD=2; _audioguide_completion {program}; echo "${{COMPREPLY[*]}}"\n'
    )
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "knee-to-chest", ran.stderr
