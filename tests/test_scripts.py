"""The timed scripts in `scripts/` are those of the routines that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audioguide.compiler.estimate import estimated_lengths
from audioguide.export.script_json import script_json
from audioguide.export.script_text import script_text
from audioguide.fitting.fit import compile_to_length
from audioguide.fitting.slack import to_length
from audioguide.pipeline.voice import settled
from audioguide.routine.library import SHIPPED_LIBRARY
from tests.shipped import shipped
from tests.tables import every

SCRIPTS = Path(__file__).parent.parent / "scripts"
OUT_OF_STEP = "out of step: run `audioguide compile --all`"


def kept(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SCRIPTS / f"{name}.script.json").read_text(encoding="utf-8"))
    return document


def test_every_routine_has_its_script_for_people_and_for_machines() -> None:
    for suffix in (".script.json", ".txt"):
        assert sorted(path.name.removesuffix(suffix) for path in SCRIPTS.glob(f"*{suffix}")) == list(
            SHIPPED_LIBRARY.shipped
        )


@every("name", SHIPPED_LIBRARY.shipped)
def test_a_script_is_in_step_with_its_routine(name: str) -> None:
    # The voice pack has every phrase, so its lengths are known without speaking.
    script = settled(compile_to_length(shipped(name), lengths=estimated_lengths))
    assert script.voice.engine == "pack"
    timeline = to_length(script, estimated_lengths(script))
    assert script_json(timeline) == kept(name), OUT_OF_STEP
    assert script_text(timeline) == (SCRIPTS / f"{name}.txt").read_text(encoding="utf-8"), OUT_OF_STEP
