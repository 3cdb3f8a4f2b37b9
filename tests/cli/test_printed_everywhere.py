"""No command prints a character that acts on the terminal, whatever name, key or cell a stranger chose."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from audioguide.routine import library
from audioguide.web import serve as server
from tests.cli.conftest import COMMANDS, Run
from tests.property.test_printed_text import acting

SIGNS = "\x1b]0;x\x07\x1b[31m\x9b31m\r\x85\u2028\u202egnp.\u2066\x7f\x08"
EVERYWHERE = {  # a call, with {} for what a stranger chose
    "names that nobody knows": [
        "list {}",
        "show {}",
        "check {}",
        "compile {}",
        "render {} -o o",
        "export {}",
        "verify {}",
        "plan {}",
        "draft {}",
        "batch {}",
        "voices add {}",
        "voices remove {}",
        "voices show {}",
        "doctor {}",
        "{}",
        "compose {}",
        "schema {}",
        "config {}",
        "prompt {}",
        "cache {}",
        "new {}",
        "say {}",
    ],
    "values that are names, too": [
        "show good.yaml --{}",
        "show good.yaml --set {}=1",
        "show good.yaml --set hold={}",
        "show good.yaml --note {}",
        "render good.yaml -o {}/{}",
        "say x --voice {} --text",
        "say x -o {}.doc",
        "batch rows.csv --routine {} --check",
        "batch rows.csv --check --cluster tcp://{}:8786",
        "prompt --{}",
        "voices hear {}",
        "voices compare {} {}",
        "draft text.txt -o {}/x --title {}",
    ],
    "files": [
        "show good.yaml --with overlay.yaml",
        "show good.yaml --with empty.yaml",
        "batch rows.csv --check",
        "batch rows.csv --dry",
        "batch cells.csv --check",
        "batch rows.jsonl --check",
        "draft text.txt",
        "draft text.txt --json",
        "verify tags.mp3",
        "show bad.script.json",
        "check odd.yaml",
        "show odd.yaml",
        "render included.yaml -o o",
        "check sounds.yaml",
        "plan good.yaml --with plan.yaml -o o",
    ],
}
BASES = {  # what each command needs before one of its options counts; the others need nothing
    "show": "good.yaml", "compile": "good.yaml -o o", "render": "good.yaml -o o", "export": "good.yaml -o o",
    "plan": "good.yaml -o o", "say": "x", "verify": "tags.mp3", "new": "mine", "draft": "text.txt",
    "batch": "rows.csv --check", "voices add": "nosuch", "voices compare": "tone", "serve": "--port 0",
    "voices record-list": "good.yaml", "compose": "--for neck --length 5m",
}  # fmt: skip
LEFT_OUT: set[str] = set()
FEW = (
    "knee-to-chest",
    "neck-tilt",
    "chair-twist",
)  # of the library: what lists find out of each takes a while


def _options() -> list[str]:
    """Return a call for each option of each command that takes a value."""
    calls = []
    for name, command in _commands(COMMANDS):
        for option in command.params:
            long = max(option.opts, key=len)
            if option.param_type_name == "option" and not getattr(option, "is_flag", False):
                calls.append((f"{name} {long}", f"{name} {BASES.get(name, '')} {long} {{}}"))
    return [call for option, call in calls if option not in LEFT_OUT]


def _commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    for word, each in getattr(command, "commands", {}).items():
        yield from _commands(each, f"{name} {word}".strip())
    if name:
        yield name, command


def _write(folder: Path) -> None:
    odd = json.dumps(f"x{SIGNS}y")
    head = "title: Good\nsafety: {notice: none, closing: none}\n"
    text = "settings: {hold: {default: 5s, min: 4s, max: 9s}}\nsteps:\n  - say: Sit.\n  - hold: $hold\n"
    files = {
        "good.yaml": head + text,
        "overlay.yaml": f"{odd}: 1\nnote: {odd}\nsettings: {{{odd}: 3}}\nskip: [{odd}]\n",
        "empty.yaml": f"routine: {odd}\n",
        "odd.yaml": f"{head}{odd}: 2\nsteps:\n  - {odd}: 3\n"
        f"  - include: {odd}\n  - chime: {odd}\n  - hold: {odd}\n",
        "included.yaml": f"{head}steps:\n  - include: {odd}\n",
        "sounds.yaml": f"{head}sounds: {{gong: {odd}}}\nsteps:\n  - chime: gong\n",
        "plan.yaml": f"plan: {{sessions: {odd}, {odd}: 1}}\n",
        "rows.csv": f"client,routine,hold,note\nA{SIGNS},good.yaml,{SIGNS},x\nB,{SIGNS},5s,{SIGNS}\n",
        "cells.csv": f"client,{SIGNS},routine\nA,1,good.yaml\n",
        "rows.jsonl": json.dumps({f"k{SIGNS}": 1}) + "\n" + json.dumps({"client": SIGNS, "routine": SIGNS}),
        "text.txt": f"Exercise{SIGNS}\nLie on your back{SIGNS}.\n"
        f"Hold for 20 seconds.\n\n2. Cat {SIGNS}\nKneel down.\n",
        "tags.mp3": f"ID3{SIGNS}",
        "bad.script.json": json.dumps({"format": f"x{SIGNS}", f"k{SIGNS}": SIGNS}),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")


def _started(*_: Any, port: int, lan: bool, started: Callable[[server.Address], None], **__: Any) -> None:
    """Print what a server prints, and serve nothing."""
    started(server.Address(link="http://x/", feed="http://x/feed", port=port, lan=lan))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of odd files, with a library of a few routines and a cache of its own."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in FEW:
        copy(library.SHIPPED / f"{name}.yaml", shipped)
    monkeypatch.setattr(library, "SHIPPED", shipped)
    monkeypatch.setattr(server, "serve", _started)
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / "config"))
    _write(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize("kind", [*EVERYWHERE, "values of options"])
def test_nothing_acts_in_what_any_command_prints(run: Run, folder: Path, kind: str) -> None:
    strange = f"a{SIGNS}b"
    loud = {}
    for call in EVERYWHERE.get(kind) or _options():
        for odd in (strange, f"{strange}.yaml") if kind == "names that nobody knows" else (strange,):
            ran = run(*(part.replace("{}", odd) for part in call.split()))
            signs = acting(ran.out + ran.err)
            if signs or "Traceback" in ran.err or not ran.out + ran.err:
                loud[call] = (signs, ran)
            if "{}" not in call:
                break
    assert loud == {}


@pytest.mark.slow
def test_a_strange_name_in_the_folders_of_a_listener(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder / f"own{SIGNS}"
    own.mkdir()
    _write(own)
    (own / f"n{SIGNS}.yaml").write_text((own / "good.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(folder / f"conf{SIGNS}"))
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(folder / f"cache{SIGNS}"))
    for call in ("list", "list sit", "list --json", "show n", "config", "config --create", "cache show",
                 "voices", "batch rows.csv --check", "doctor"):  # fmt: skip
        ran = run(*call.split())
        assert acting(ran.out + ran.err) == set(), call
        assert "Traceback" not in ran.err
