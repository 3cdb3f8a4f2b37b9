"""No command prints a character that acts on the terminal, whatever name, key or cell a stranger chose."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
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
    "values of options": [
        "show good.yaml --{}",
        "show good.yaml --hold {}",
        "show good.yaml --set {}=1",
        "show good.yaml --set hold={}",
        "show good.yaml --voice {}",
        "show good.yaml --bed {}",
        "show good.yaml --fit {}",
        "show good.yaml --dose {}",
        "show good.yaml --skip {}",
        "show good.yaml --note {}",
        "show good.yaml --profile {}",
        "show good.yaml --with {}",
        "show good.yaml --guidance {}",
        "render good.yaml --format {} -o o",
        "render good.yaml --with-files {} -o o",
        "render good.yaml -o {}/{}",
        "render good.yaml --name {} -o o",
        "export good.yaml --format {}",
        "say x --voice {} --text",
        "say x -o {}.doc",
        "list --position {}",
        "compose --for {}",
        "compose --for neck --length {}",
        "batch rows.csv --routine {} --check",
        "batch rows.csv --only {} --check",
        "batch x.csv --new {}",
        "prompt --{}",
        "serve --host-name {}",
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
        "plan good.yaml --with plan.yaml --dry",
    ],
}


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


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize("kind", EVERYWHERE)
def test_nothing_acts_in_what_any_command_prints(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    _write(tmp_path)
    strange = f"a{SIGNS}b"
    loud = {}
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / "cache"))  # what lists need is kept there
    for call in EVERYWHERE[kind]:
        for odd in (strange, f"{strange}.yaml"):
            ran = run(*(part.replace("{}", odd) for part in call.split()))
            signs = acting(ran.out + ran.err)
            if signs or "Traceback" in ran.err or not ran.out + ran.err:
                loud[call] = (signs, ran)
            if "{}" not in call:
                break
    assert loud == {}


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_strange_name_in_the_folders_of_a_listener(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / f"own{SIGNS}"
    own.mkdir()
    _write(own)
    (own / f"n{SIGNS}.yaml").write_text((own / "good.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(tmp_path / f"conf{SIGNS}"))
    monkeypatch.setenv("AUDIOGUIDE_CACHE_DIR", str(tmp_path / f"cache{SIGNS}"))
    for call in ("list", "list sit", "list --json", "show n", "config", "config --create", "cache show",
                 "voices", "batch rows.csv --check", "doctor"):  # fmt: skip
        ran = run(*call.split())
        assert acting(ran.out + ran.err) == set(), call
        assert "Traceback" not in ran.err
