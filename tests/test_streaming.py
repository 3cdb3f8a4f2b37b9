"""What is streamed is what `render` writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.compile import compile
from audioguide.errors import EngineError, RoutineError
from audioguide.render import render
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import load
from audioguide.script import Script, VoiceChoice
from audioguide.store import Store
from audioguide.streaming import stream


def shipped(name: str, bed: str | None = None, **settings: str) -> Script:
    script = compile(load(SHIPPED / f"{name}.yaml"), settings, voice=VoiceChoice(engine="tone"))
    return replace(script, bed=bed)


@pytest.mark.parametrize("bed", [None, "brown"])
def test_a_stream_is_the_rendered_file(bed: str | None, tmp_path: Path) -> None:
    script = shipped("knee-to-chest", bed, hold="17s")
    heard = stream(script, store=Store(tmp_path / "one"))
    written = render(script, tmp_path, store=Store(tmp_path / "two"))
    data = written.mp3.read_bytes()
    assert heard.timeline == written.timeline
    assert heard.mp3.size == len(data)
    assert b"".join(heard.mp3.read(0, heard.mp3.size)) == data
    chance = random.Random(3)
    for _ in range(100):
        start, stop = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        assert b"".join(heard.mp3.read(start, stop)) == data[start:stop]


@pytest.mark.parametrize("bed", [None, "brown"])
def test_the_etag_follows_the_settings(bed: str | None) -> None:
    once, again, other = (
        stream(shipped("knee-to-chest", bed, hold=hold)).mp3.etag for hold in ("17s", "17s", "18s")
    )
    assert once == again != other


def test_what_cannot_be_rendered_cannot_be_streamed(script: Callable[..., Script], tmp_path: Path) -> None:
    tone = VoiceChoice(engine="tone")
    with pytest.raises(RoutineError, match="still be sounding"):
        stream(
            replace(script("  - hold: 5s\n    marks: {before_end: {1s: Many words at once.}}"), voice=tone)
        )
    with pytest.raises(EngineError, match="no engine"):
        stream(replace(script("  - say: Hello."), voice=VoiceChoice(engine="nobody")))
