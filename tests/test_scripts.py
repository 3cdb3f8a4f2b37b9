"""The timed scripts in `scripts/` are those of the routines that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.estimate import estimated_lengths
from audioguide.export.script_json import script_json
from audioguide.export.script_text import script_text
from audioguide.fitting.fit import compile_to_length
from audioguide.listener.options import Options
from audioguide.pipeline.gather import measured
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.layout import lay_out
from audioguide.script.script import ClipRef, Script, Spoken
from audioguide.storage.cache import user_cache
from tests.slow import first

SCRIPTS = Path(__file__).parent.parent / "scripts"
VOICE_TICKS = 12  # a phrase may come back a little longer or shorter, by where its silence is trimmed
OUT_OF_STEP = "out of step: run `audioguide compile --all`"


def kept(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SCRIPTS / f"{name}.script.json").read_text(encoding="utf-8"))
    return document


def spoken(document: Mapping[str, Any]) -> dict[ClipRef, int]:
    """Return the length of each phrase that stands in a kept script, in ticks."""
    return {
        Spoken(cue["text"]): cue["length"]
        for cue in document["cues"]
        if cue["kind"] in ("say", "mark") and "text" in cue
    }


def test_every_routine_has_its_script_for_people_and_for_machines() -> None:
    for suffix in (".script.json", ".txt"):
        assert sorted(path.name.removesuffix(suffix) for path in SCRIPTS.glob(f"*{suffix}")) == list(
            SHIPPED_LIBRARY.shipped
        )


@pytest.mark.parametrize("name", SHIPPED_LIBRARY.shipped)
def test_a_script_is_in_step_with_its_routine(name: str) -> None:
    document = kept(name)

    def lengths(script: Script) -> dict[ClipRef, int]:
        # The voice may differ a little from run to run; with the phrases as they were, all is the same.
        return {**estimated_lengths(script), **spoken(document)}

    script = compile_to_length(load(SHIPPED_LIBRARY.find(name)), lengths=lengths, guess=estimated_lengths)
    timeline = lay_out(script, lengths(script))
    made = script_json(timeline)
    if script.fit is None:
        assert made == document, OUT_OF_STEP
        assert script_text(timeline) == (SCRIPTS / f"{name}.txt").read_text(encoding="utf-8"), OUT_OF_STEP
    else:
        # On its way to its length a session spoke phrases that it does not keep ("21 seconds").
        assert made["length"] == document["length"], OUT_OF_STEP
        assert [outline(cue) for cue in made["cues"]] == [outline(cue) for cue in document["cues"]], (
            OUT_OF_STEP
        )


def outline(cue: Mapping[str, Any]) -> list[Any]:
    """Return a cue without its times and without the numbers that it speaks."""
    text = re.sub(r"[\d.]+", "#", cue.get("text") or "")
    return [text, *(cue.get(key) for key in ("kind", "sound", "step", "side", "rep"))]


@pytest.mark.parametrize("name", first(2, SHIPPED_LIBRARY.shipped))
def test_the_voice_still_speaks_as_long(name: str) -> None:
    script = compile_to_length(
        load(SHIPPED_LIBRARY.find(name)), Options(fit="none"), lengths=estimated_lengths
    )
    before = spoken(kept(name))
    for ref, length in measured(script, user_cache()).lengths.items():
        if ref in before:
            assert abs(length - before[ref]) <= VOICE_TICKS, f"{ref}: {OUT_OF_STEP}"
