"""The cover: a small picture that is the same each time, and that is drawn once."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.export.cover import SIZE, cover, cover_svg
from audioguide.script.layout import Timeline
from audioguide.script.script import Script
from audioguide.storage.cache import Cache
from tests.conftest import laid_out
from tests.shipped import compiled
from tests.tables import every


def routine(name: str) -> Timeline:
    return laid_out(compiled(name))


def pixels(png: bytes) -> NDArray[np.int64]:
    with av.open(io.BytesIO(png), "r") as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24").astype(np.int64)


def test_it_is_a_small_png_and_the_same_each_time() -> None:
    for name in ("knee-to-chest", "full-back-care", "heat-move-ice"):
        first, second = cover(routine(name)), cover(routine(name))
        assert first == second
        assert first.startswith(b"\x89PNG")
        assert struct.unpack(">II", first[16:24]) == (SIZE, SIZE)
        assert len(first) <= 60_000


def test_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    drawn = cover(routine("knee-to-chest"), cache)
    monkeypatch.setattr("audioguide.export.cover._png", lambda _svg: pytest.fail("drawn again"))
    assert cover(routine("knee-to-chest"), cache) == drawn


def test_title_and_holds_can_be_seen(script: Callable[..., Script]) -> None:
    made = script("  - sides: [left, right]\n    steps:\n      - say: Rest.\n      - hold: 60s")
    picture = pixels(cover(laid_out(replace(made, title="Knee to chest"))))
    paper = picture[2, 2]
    contrast = np.abs(picture - paper).sum(axis=2)
    assert (contrast[40:160] > 300).mean() > 0.03  # the title
    for colour in ((0x8E, 0xCA, 0xE6), (0xFF, 0xC4, 0x5C)):  # left and right
        assert (np.abs(picture - np.array(colour)).sum(axis=2) < 12).mean() > 0.02
    [edges] = {tuple(picture[y, x]) for y, x in ((0, 0), (0, -1), (-1, 0), (-1, -1))}
    assert edges == tuple(paper)


@every(
    "title",
    ["A", "word " * 60, "x" * 300, 'Rest "well"\n<script> \U0001f9d8 שלום \0', "膝を胸に", " "],
)
def test_any_title_stays_inside(title: str, script: Callable[..., Script]) -> None:
    timeline = laid_out(replace(script("  - say: Rest.\n  - hold: 5s"), title=title))
    ElementTree.fromstring(cover_svg(timeline))
    picture = pixels(cover(timeline))
    frame = np.concatenate(
        [picture[:8].reshape(-1, 3), picture[:, :8].reshape(-1, 3), picture[:, -8:].reshape(-1, 3)]
    )
    assert len({tuple(each) for each in frame}) == 1


def test_ten_hours_of_holds_are_drawn(script: Callable[..., Script]) -> None:
    steps = """
  - repeat: 2
    steps:
      - repeat: 500
        steps:
          - say: Press.
          - hold: 8s
          - say: Rest.
          - hold: 19s
"""
    timeline = laid_out(script(steps))
    assert timeline.length > 9 * 3600 * 250
    assert len(cover_svg(timeline)) < 100_000
    assert len(cover(timeline)) <= 60_000


def test_sessions_of_a_plan_have_one_colour(script: Callable[..., Script]) -> None:
    made = script("  - hold: 5s")
    papers = {
        tuple(pixels(cover(laid_out(replace(made, title=f"Back, {number} of 12"))))[2, 2])
        for number in (1, 2, 12)
    }
    assert len(papers) == 1
