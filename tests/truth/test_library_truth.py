"""What ships, and what chance makes of the language: every file is what its script says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.script import Script
from tests.conftest import Write
from tests.shipped import shipped
from tests.slow import first
from tests.truth.findings import Finding
from tests.truth.random_routines import random_routine
from tests.truth.studio import SOUNDS, tone_of
from tests.truth.studio import voice_of as speaker_of
from tests.truth.verifier import verify

RANDOM_ROUTINES, BY_DEFAULT = 100, 6
SEEDS = first(BY_DEFAULT, range(RANDOM_ROUTINES))


# With their shortest and their longest holds as well, and heard again without knowing the voice.
CLOSELY = ("back-relaxation", "knee-to-chest", "seated-hamstring-stretch")


# As they are written; others with `-m slow` or `-m long`, the lasting ones at the least of all settings, too.
WRITTEN = (*CLOSELY, "cat-stretch")
LASTING = (
    "cold-compress", "core-and-back", "full-back-care", "heat-move-ice", "heat-wrap",
    "heating-pad", "hot-shower", "hot-water-bottle", "ice-massage", "lower-back",
    "mindfulness-meditation", "morning-ten", "neck-and-back", "unwind", "upper-and-mid-back", "warm-towel",
)  # fmt: skip
LEAST = "least"


def variants() -> Iterator[Any]:
    """Yield the name of every included routine with a length for its holds; "" is its own."""
    for number, name in enumerate(SHIPPED_LIBRARY.shipped):
        alone = name not in LASTING and number % 2  # every other exercise is enough for CI
        others = [pytest.mark.long] if alone else [pytest.mark.slow]
        yield pytest.param(name, "", marks=[] if name in WRITTEN else others)
    for name in LASTING:
        yield pytest.param(name, LEAST, marks=[pytest.mark.slow])
    for name in CLOSELY:
        hold = shipped(name).document.settings["hold"]
        bounds = {str(bound) for bound in (hold.min, hold.max) if bound is not None}
        for bound in sorted(bounds - {str(hold.default)}):
            yield pytest.param(name, bound, marks=[] if name == "knee-to-chest" else [pytest.mark.slow])


def turned(routine: Routine, hold: str) -> dict[str, str]:
    if hold != LEAST:
        return {"hold": hold} if hold else {}
    return {name: str(each.min) for name, each in routine.document.settings.items() if each.min is not None}


def rendered(script: Script, out: Path, *, alone: bool) -> tuple[dict[str, Any], list[Finding]]:
    """Render `script`; return the timed script that was written, and all that is wrong with the file.

    With `alone` the file is also heard without knowing the voice: that must be enough.
    """
    receipt = render(script, out)
    promised = json.loads(receipt.script.read_text(encoding="utf-8"))
    voice, close = speaker_of(receipt.timeline.script.voice)
    findings = verify(receipt.mp3, promised, SOUNDS, voice=voice, tone=tone_of)
    close()
    if alone:
        findings += verify(receipt.mp3, promised, SOUNDS)
    return promised, findings


@pytest.mark.parametrize(("name", "hold"), list(variants()))
def test_a_routine_that_ships_is_what_its_script_says(name: str, hold: str, tmp_path: Path) -> None:
    routine = shipped(name)
    script = compile(routine, Options(settings=turned(routine, hold)))
    promised, findings = rendered(script, tmp_path, alone=name in CLOSELY)
    assert findings == []
    asked = [cue.length for cue in script.cues if cue.kind == "hold"]
    assert [cue["length"] for cue in promised["cues"] if cue["kind"] == "hold"] == asked


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_routine_is_what_its_script_says(seed: int, write: Write, tmp_path: Path) -> None:
    routine: Routine = load(write(random_routine(seed)))
    script = compile(routine, Options(engine="tone"))
    _, findings = rendered(script, tmp_path, alone=seed % 5 == 0)
    assert findings == []


def test_random_routines_hold_everything() -> None:
    """The generator reaches every kind of step and mark; else 100 good files would prove little."""
    texts = "".join(random_routine(seed) for seed in range(RANDOM_ROUTINES))
    wanted = ["say", "short", "settle", "gap", "rest", "switch", "hold", "repeat", "grow", "sides", "breathe"]
    wanted += ["include", "chime", "chapter", "halfway", "at", "before_end", "countdown", "breaths", "empty"]
    wanted += ["full", "tone", "voice", "by", "to"]
    assert [key for key in wanted if f'"{key}": ' not in texts] == []
    for sound in ("bell", "bowl", "chime", "tick", "wood", "gong", "none"):
        assert f'"start": "{sound}"' in texts
        assert f'"end": "{sound}"' in texts
