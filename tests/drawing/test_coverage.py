"""Characters without a shape are left out of pictures, and said once; no box stands for them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import resvg_py
from numpy.typing import NDArray

from audioguide.drawing import png
from audioguide.drawing.coverage import pixels, unshown
from audioguide.drawing.font import FAMILY, font_path, has
from audioguide.drawing.png import drawable
from audioguide.export.cover import cover
from audioguide.script.script import Script
from tests.conftest import laid_out
from tests.export.test_cover import pixels as seen

SCRIPTS = {
    "Chinese": "背部放松", "Japanese": "からだをゆるめる", "Korean": "허리", "Hindi": "कमर", "Thai": "หลัง",
    "emoji": "🧘", "Tamil": "முதுகு", "Bengali": "পিঠ", "cuneiform": "\U00012000", "private": "\ue000",
}  # fmt: skip
SHOWN = "Füße Γειά Спина ظهر גב ½ → ✓ ☯ ﬁ ə"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a machine that has no fonts."""
    drawn: Any = resvg_py.svg_to_bytes

    def without_fonts(**given: Any) -> Any:
        return drawn(**{**given, "skip_system_fonts": True})

    unshown.cache_clear()
    monkeypatch.setattr(png, "_SAID", set())
    monkeypatch.setattr(resvg_py, "svg_to_bytes", without_fonts)
    yield
    unshown.cache_clear()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_what_no_font_has_is_left_out_and_said_once(text: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "audioguide"):
        assert drawable(f"Rest {text} well") == "Rest  well"
        assert drawable(f"Rest {text} well") == "Rest  well"
    assert len(caplog.records) == 1
    assert text[0] in caplog.text


@pytest.mark.usefixtures("bare")
def test_of_joined_signs_no_half_is_left() -> None:
    assert drawable("Rest 🧘🏽\u200d♀\ufe0f well ♀ ✈\ufe0f") == "Rest  well ♀ ✈\ufe0f"
    assert drawable("👩\u200d❤\ufe0f\u200d👩, 🧑\u200d⚕\ufe0f⚕") == ", ⚕"
    assert drawable("a\u200db क\u200d♀") == "a\u200db "


@pytest.mark.usefixtures("bare")
def test_what_the_font_has_stays(caplog: pytest.LogCaptureFixture) -> None:
    assert drawable(SHOWN) == SHOWN
    assert drawable("Fu\u0308\u00dfe e\u0301 \u200d\ufe0f") == "Fu\u0308\u00dfe e\u0301 \u200d\ufe0f"
    assert caplog.records == []


@pytest.mark.usefixtures("bare")
def test_a_drawing_of_any_text_has_no_box() -> None:
    """The box of a missing character is drawn, and looked for in pictures of each script."""

    def ink(text: str) -> NDArray[np.uint8]:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">'
            f'<text x="5" y="30" font-size="24" font-family="{FAMILY}">{text}</text></svg>'
        )
        lines = pixels(png.png(svg, 100, 20))
        return np.frombuffer(b"".join(lines), np.uint8).reshape(len(lines), -1, 4)[:, :, 0]

    blank = ink("")
    for text in SCRIPTS.values():
        assert np.array_equal(ink(text), blank), text
    assert not np.array_equal(ink("Rest"), blank)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("title", ["背部放松", "Rest 背部放松", "🧘"])
def test_a_cover_is_that_of_the_title_without_what_is_missing(
    title: str, script: Callable[..., Script]
) -> None:
    made = laid_out(replace(script("  - hold: 5s"), title=title))
    plain = replace(made, script=replace(made.script, title="".join(each for each in title if each < "\xff")))
    lines, others = (seen(cover(each)).reshape(-1, 3) for each in (made, plain))
    papers = lines[0], others[0]  # the colour of the paper depends on the whole title
    assert np.array_equal((lines == papers[0]).all(axis=1), (others == papers[1]).all(axis=1))


def test_the_font_of_the_package_has_these_and_not_those() -> None:
    every = frozenset("\u0416\u05d0")
    assert unshown(every) == frozenset()
    assert all(has(each) for each in every)
    assert not has("\u4e00")
    assert font_path().is_file()


def test_pixels_are_read_as_they_were_drawn() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2">'
        '<rect width="3" height="2" fill="#fff"/>'
        '<rect x="1" width="1" height="1" fill="#f00"/></svg>'
    )
    lines = pixels(resvg_py.svg_to_bytes(svg_string=svg))
    white, red = b"\xff\xff\xff\xff", b"\xff\0\0\xff"
    assert lines == [white + red + white, white * 3]
