"""The receipt of a render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audioguide.pipeline.gather import measured
from audioguide.pipeline.render import render
from audioguide.script.script import ClipRef, Script, Spoken, VoiceChoice
from audioguide.storage.cache import Cache


def test_what_was_spoken_to_be_measured_counts_as_spoken(
    script: Callable[..., Script], tmp_path: Path
) -> None:
    made = replace(script("  - say: One.\n  - say: Two words.\n"), voice=VoiceChoice(engine="tone"))
    cache = Cache(tmp_path / "cache")
    before: set[ClipRef] = {*measured(made, cache).spoken, Spoken("Of another routine.")}
    receipt = render(made, tmp_path, cache=cache)
    assert (receipt.phrases_spoken, receipt.phrases_reused) == (0, 2)
    counted = receipt.with_spoken(before)
    assert (counted.phrases_spoken, counted.phrases_reused) == (2, 0)
    assert before == {Spoken("One."), Spoken("Two words."), Spoken("Of another routine.")}
    assert "phrases: 2 spoken, 0 from the cache" in counted.as_text()
