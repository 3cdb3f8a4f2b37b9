"""What is streamed is what `render` writes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.compiler.compile import compile
from audioguide.errors import EngineError, RoutineError
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.pipeline.stream import stream
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import load
from audioguide.script.script import Script, VoiceChoice
from audioguide.storage.cache import Cache
from tests.slow import first


def shipped(name: str, bed: str | None = None, **settings: str) -> Script:
    script = compile(load(SHIPPED / f"{name}.yaml"), Options(settings=settings, engine="tone"))
    return replace(script, bed=bed)


def over_music(tmp_path: Path) -> Script:
    time = np.arange(20 * 8_000) / 8_000
    soundfile.write(tmp_path / "music.wav", np.sin(time * 900) * (0.3 + 0.2 * np.sin(time)), 8_000)
    return shipped("knee-to-chest", str(tmp_path / "music.wav"), hold="17s")


WAYS: dict[str, Callable[[Path], Script]] = {
    "no bed": lambda _: shipped("knee-to-chest", hold="17s"),
    "a bed of which any part is made on demand": lambda _: shipped("knee-to-chest", "brown", hold="17s"),
    "a bed in order": lambda _: shipped("knee-to-chest", "drone", hold="17s"),
    "own music": over_music,
    "sleep": lambda _: replace(shipped("knee-to-chest", "brown", hold="17s"), profile="sleep"),
}


@pytest.mark.parametrize("way", first(1, WAYS))
def test_a_stream_is_the_rendered_file(way: str, tmp_path: Path) -> None:
    script = WAYS[way](tmp_path)
    heard = stream(script, cache=Cache(tmp_path / "one"))
    written = render(script, tmp_path, cache=Cache(tmp_path / "two"))
    data = written.mp3.read_bytes()
    assert heard.timeline == written.timeline
    assert heard.mp3.size == len(data)
    assert b"".join(heard.mp3.read(0, heard.mp3.size)) == data
    chance = random.Random(3)
    for _ in range(100):
        start, stop = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        assert b"".join(heard.mp3.read(start, stop)) == data[start:stop]


@pytest.mark.parametrize("bed", first(1, [None, "brown", "drone"]))
def test_the_etag_follows_the_settings_and_waits_for_nothing(
    bed: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache = Cache(tmp_path)
    stream(shipped("knee-to-chest", bed), cache=cache).mp3.finish()  # the loop of the bed is there
    for place in ("pieces.encode", "pieces.encode_inner", "loop.encode_inner"):
        monkeypatch.setattr(f"audioguide.mp3.{place}", lambda *_: pytest.fail("encoded"))
    once, again, other = (
        stream(shipped("knee-to-chest", bed, hold=hold), cache=cache).mp3 for hold in ("17s", "17s", "18s")
    )
    assert once.etag == again.etag != other.etag
    assert len(b"".join(once.read(0, 4_000))) == 4_000


def test_the_etag_of_own_music_follows_the_file(tmp_path: Path) -> None:
    script = over_music(tmp_path)
    once, again = (stream(script).mp3.etag for _ in range(2))
    os.utime(tmp_path / "music.wav", ns=(0, 7))
    assert once == again != stream(script).mp3.etag


def test_what_cannot_be_rendered_cannot_be_streamed(script: Callable[..., Script], tmp_path: Path) -> None:
    tone = VoiceChoice(engine="tone")
    with pytest.raises(RoutineError, match="still be sounding"):
        stream(
            replace(script("  - hold: 5s\n    marks: {before_end: {1s: Many words at once.}}"), voice=tone)
        )
    with pytest.raises(EngineError, match="unknown engine"):
        stream(replace(script("  - say: Hello."), voice=VoiceChoice(engine="nobody")))
