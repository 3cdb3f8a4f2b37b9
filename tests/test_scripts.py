"""The timed scripts in `scripts/` are those of the routines that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audioguide.compile import compile
from audioguide.render import write_script
from audioguide.routine import library
from audioguide.routine.load import load

SCRIPTS = Path(__file__).parent.parent / "scripts"
VOICE_TICKS = 3  # a phrase may come back a few samples longer or shorter
SAME = ("kind", "text", "sound", "step", "side", "rep")


def document(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_every_routine_has_its_script_for_people_and_for_machines() -> None:
    for suffix in (".script.json", ".txt"):
        assert (
            sorted(path.name.removesuffix(suffix) for path in SCRIPTS.glob(f"*{suffix}")) == library.names()
        )


@pytest.mark.parametrize("name", library.names())
def test_a_script_is_in_step_with_its_routine(name: str, tmp_path: Path) -> None:
    [path, _] = write_script(compile(load(library.find(name))), tmp_path)
    fresh, kept = document(path), document(SCRIPTS / path.name)
    assert {key: fresh[key] for key in ("title", "settings", "voice")} == {
        key: kept[key] for key in ("title", "settings", "voice")
    }
    assert [[cue.get(key) for key in SAME] for cue in fresh["cues"]] == [
        [cue.get(key) for key in SAME] for cue in kept["cues"]
    ], f"run `audioguide compile {name}`"
    for now, then in zip(fresh["cues"], kept["cues"], strict=True):
        slack = 0 if now["kind"] in ("hold", "breath") else VOICE_TICKS + 6
        assert abs(now["length"] - then["length"]) <= slack, f"run `audioguide compile {name}`"
