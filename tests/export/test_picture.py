"""The picture: complete, readable, inside of its pages, and safe for any text."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ziafont.font import Font

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated
from audioguide.drawing.picture import Picture
from audioguide.drawing.png import png
from audioguide.drawing.words import shortened, width, wrapped
from audioguide.errors import OutputError, UsageError
from audioguide.export.metadata import Metadata, metadata_of
from audioguide.export.picture.page import picture
from audioguide.export.picture.write import write_picture
from audioguide.listener.options import Options
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.script import Cue, Script, Sounded
from tests.conftest import Write
from tests.tables import every

ROOT = Path(__file__).parents[2]
NAMES = [
    "knee-to-chest", "back-relaxation", "diaphragmatic-breathing", "full-back-care", "heat-move-ice",
    "ice-massage",
]  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
ODD = (
    "<b>&amp; \"quoted\" 'too' ]]> \U0001f642 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u6f22"
)


@cache
def font() -> Font:
    """Return the font of the pictures; reading it takes a second."""
    return Font(str(files("ziafont.fonts") / "DejaVuSans.ttf"))


@dataclass(frozen=True)
class Box:
    """Where something is drawn, what it says and of what kind it is."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    kind: str

    def meets(self, other: Box) -> bool:
        slack = 0.3
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


@cache
def advance(character: str) -> float:
    """Return the width of a character in DejaVu Sans, from the font itself."""
    return float(font().glyph(character).advance()) / float(font().info.layout.unitsperem)


def placed(drawn: Picture, tag: str) -> Iterator[tuple[ElementTree.Element, float, float]]:
    """Yield every element of that name, and by how much its page is moved."""
    for page in ElementTree.fromstring(drawn.svg).iter(f"{SVG}g"):
        moved = re.findall(r"-?[\d.]+", page.get("transform", "0 0"))
        for element in page.iter(f"{SVG}{tag}"):
            yield element, float(moved[0]), float(moved[1])


def texts(drawn: Picture) -> list[Box]:
    """Return the box of each text."""
    return [_text_box(*each) for each in placed(drawn, "text")]


def _text_box(element: ElementTree.Element, right: float, down: float) -> Box:
    text = element.text or ""
    size, x, y = (float(element.attrib[name]) for name in ("font-size", "x", "y"))
    x, y = x + right, y + down
    wide = sum(advance(each) for each in text) * size
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")] * wide
    kind = element.get("class", "")
    if "transform" in element.attrib:  # it reads upwards
        return Box(x - 0.76 * size, y - wide + before, x + 0.24 * size, y + before, text, kind)
    return Box(x - before, y - 0.76 * size, x - before + wide, y + 0.24 * size, text, kind)


def rects(drawn: Picture, kind: str) -> list[Box]:
    found = []
    for element, right, down in placed(drawn, "rect"):
        if element.get("class") == kind:
            x, y, wide, high = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
            x, y = x + right, y + down
            hint = element.findtext(f"{SVG}title") or ""
            found.append(Box(x, y, x + wide, y + high, hint, kind))
    return found


def points(drawn: Picture) -> Iterator[tuple[float, float]]:
    """Yield every point of every path of the picture."""
    for element, right, down in placed(drawn, "path"):
        moved = re.findall(r"-?[\d.]+", element.get("transform", "translate(0 0)"))
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.attrib["d"]):
            yield float(x) + float(moved[0]) + right, float(y) + float(moved[1]) + down


def said(drawn: Picture) -> str:
    return " ".join(box.text for box in texts(drawn) if box.kind in ("said", "entry"))


@cache
def timeline(name: str) -> Timeline:
    return estimated(compile(load(SHIPPED_LIBRARY.find(name))))


@cache
def drawn(name: str) -> Picture:
    return picture(timeline(name), metadata_of(load(SHIPPED_LIBRARY.find(name)).document))


def seconds(clock: str) -> int:
    return sum(int(part) * 60**power for power, part in enumerate(reversed(clock.split(":"))))


def page_size(shown: Picture) -> tuple[int, int]:
    """A4, or A3 pages in rows and columns: in each case, the whole has the proportions of A4."""
    assert 1.41 < max(shown.wide, shown.high) / min(shown.wide, shown.high) < 1.42
    pages = shown.svg.count('<g class="page"')
    assert pages > 1 or (shown.wide, shown.high) in ((840, 1188), (1188, 840), (1188, 1680))
    return (shown.wide, shown.high) if pages == 1 else (1188, 1680)


def assert_readable(shown: Picture) -> None:
    """No text is on another, and nothing is cut off by an edge of its page."""
    boxes = texts(shown)
    for box in boxes:
        assert box.left >= 0, box
        assert box.right <= shown.wide, box
    by_page: dict[tuple[int, int], list[Box]] = {}
    page_wide, page_high = page_size(shown)
    for box in boxes:
        assert box.top // page_high == box.bottom // page_high, box
        assert box.left // page_wide == box.right // page_wide, box
        by_page.setdefault((int(box.top // page_high), int(box.left // page_wide)), []).append(box)
    assert len(by_page) == shown.svg.count('<g class="page"')
    for page in by_page.values():
        for one, other in combinations(page, 2):
            assert not one.meets(other), (one, other)
    for box in (*rects(shown, "hold"), *rects(shown, "phrase")):
        assert 0 <= box.left <= box.right <= shown.wide
        assert box.top // page_high == box.bottom // page_high, box
    for x, y in points(shown):
        assert 0 <= x <= shown.wide
        assert 0 <= y <= shown.high


@every("name", NAMES)
def test_no_text_overlaps_another_and_nothing_is_cut_off(name: str) -> None:
    assert_readable(drawn(name))


@every("name", NAMES)
def test_every_phrase_can_be_read(name: str) -> None:
    words = said(drawn(name))
    phrases = [each.cue.text for each in timeline(name).cues if each.cue.text and each.cue.kind != "chapter"]
    assert phrases
    assert [phrase for phrase in phrases if phrase not in words] == []


@every("name", NAMES)
def test_every_hold_is_a_block_that_is_as_long_as_it_lasts(name: str) -> None:
    shown = drawn(name)
    holds = [each for each in timeline(name).cues if each.cue.kind == "hold"]
    axis = [box for box in texts(shown) if box.kind == "axis" and ":" in box.text and "end" not in box.text]
    wide, _ = page_size(shown)
    # Two labels of one line show how many units a second takes; the first of a line is rounded down.
    rounded = [box for box in axis if seconds(box.text) % 5 == 0]
    scales = {
        (later.left + later.right - box.left - box.right) / 2 / (seconds(later.text) - seconds(box.text))
        for box, later in pairwise(rounded)
        if box.top == later.top and later.text != box.text and (box.left + box.right) / 2 % wide > 105
    }
    scale = max(scales)
    assert max(scales) - min(scales) < 0.02
    drawn_s = sum(box.right - box.left for box in rects(shown, "hold")) / scale
    assert drawn_s == pytest.approx(sum(hold.length for hold in holds) / 250, rel=0.01)
    assert len({box.text for box in rects(shown, "hold")}) == len(holds)


def test_holds_say_their_side_their_length_and_their_rep() -> None:
    lengths = [box.text for box in texts(drawn("knee-to-chest")) if box.kind == "length"]
    assert lengths == ["L · 20 s", "R · 20 s", "L+R · 20 s"]
    reps = [box.text for box in texts(drawn("back-relaxation")) if box.kind == "length"]
    assert [reps[0], reps[-1]] == ["10 s · #1", "11.4 s · #8"]  # each hold is a little longer
    assert " ".join(reps).count("#") == 8


def test_sides_differ_in_colour_too() -> None:
    fills = {
        element.attrib["fill"]
        for element in ElementTree.fromstring(drawn("knee-to-chest").svg).iter(f"{SVG}rect")
        if element.get("class") == "hold"
    }
    assert len(fills) == 3


def test_each_sound_has_a_shape_of_its_own() -> None:
    root = ElementTree.fromstring(drawn("knee-to-chest").svg)
    marks = [element for element in root.iter(f"{SVG}path") if element.get("class") == "sound"]
    shapes = {
        ((mark.findtext(f"{SVG}title") or "").split(",")[0], mark.attrib["d"], mark.attrib["fill"])
        for mark in marks
    }
    assert [name for name, *_ in sorted(shapes)] == ["bell", "bowl", "chime"]
    assert len({shape[1:] for shape in shapes}) == 3
    assert len(marks) == 7


def test_breaths_are_a_wave_that_rises_with_the_breath_in(script: Callable[..., Script]) -> None:
    shown = picture(estimated(script("  - breathe: {in: 4s, out: 6s, cycles: 3}\n")))
    [wave] = [
        element
        for element in ElementTree.fromstring(shown.svg).iter(f"{SVG}path")
        if element.get("class") == "breath"
    ]
    found = [(float(x), -float(y)) for x, y in re.findall(r"[ML](\S+) ([\d.]+)", wave.attrib["d"])]
    left, right = found[0][0], found[-1][0]
    tops = [
        x
        for before, (x, y), behind in zip(found, found[1:], found[2:], strict=False)
        if before[1] < y >= behind[1]
    ]
    assert [round((x - left) / (right - left) * 30) for x in tops] == [4, 14, 24]


def test_the_head_and_the_foot() -> None:
    shown = drawn("full-back-care")
    words = [box.text for box in texts(shown)]
    assert (shown.wide, shown.high) == (2 * 1188, 2 * 1680)
    assert words.count(DISCLAIMER) == 3
    assert "Full back care" in words
    joined = " ".join(words)
    for name, value in metadata_of(load(SHIPPED_LIBRARY.find("full-back-care")).document).facts:
        assert name in words
        assert value in joined
    for chapter in ("Diaphragmatic breathing", "Cat stretch"):
        assert chapter in [box.text for box in texts(shown) if box.kind == "chapter"]
    assert "hold 20s" in joined


def test_beyond_the_bounds_is_said(write: Write) -> None:
    text = "title: A\nsettings:\n  hold: {default: 5s, min: 5s, max: 9s}\nsteps:\n  - hold: $hold\n"
    script = compile(load(write(text)), Options(settings={"hold": "30s"}, beyond_bounds=True))
    assert "Beyond the bounds of the routine: hold" in picture(estimated(script)).svg


def test_lines_break_between_sides(script: Callable[..., Script]) -> None:
    """One line begins where the next side begins, and no hold is broken."""
    steps = """
  - say: Lie down.
    settle: 20s
  - sides: [left, right, both]
    switch: 6s
    steps:
      - say: {left: Now the left leg., right: Now the right leg., both: Now both legs.}
        settle: 4s
      - hold: 25s
      - say: And rest.
        settle: 4s
"""
    shown = picture(estimated(script(steps)))
    assert len(rects(shown, "hold")) == 3
    lefts = {box.text: box.left for box in rects(shown, "phrase") if "Now" in box.text}
    assert set(lefts.values()) == {102.0}
    assert len(lefts) == 3


def test_odd_texts_are_escaped_and_kept(write: Write) -> None:
    wide = "abcd" * 10  # the longest word that may be spoken
    long = "ab" * 200
    text = (
        f"title: {ODD!r}\nposition: {'x' * 400}\nbody: ['<i>']\nsafety: {{avoid_with: ['{long}']}}\n"
        "settings: {hold: {default: 5s}}\nsteps:\n"
        f"  - chapter: {'Long chapter ' * 30}\n  - say: {ODD!r}\n  - say: {wide} {wide}\n"
        '  - repeat: 12\n    steps:\n      - say: "{rep} ' + "w" * 40 + '"\n      - hold: $hold\n'
    ).replace(repr(ODD), '"' + ODD.replace('"', '\\"') + '"')
    routine = load(write(text))
    shown = picture(estimated(compile(routine)), metadata_of(routine.document))
    boxes = texts(shown)
    assert ODD in " ".join(box.text for box in boxes if box.kind == "title")
    assert ODD in said(shown)
    assert said(shown).count(wide) == 2
    assert_readable(shown)
    assert png(shown.svg, shown.wide, shown.high).startswith(b"\x89PNG")


def test_characters_that_xml_forbids_are_left_out() -> None:
    script = Script(
        name="a", title="A\x00\x1b[0m\ud800\ufffe", cues=(Cue(kind="say", step="", text="B\x07\x0b"),)
    )
    shown = picture(lay_out(script, dict.fromkeys(script.clips, 250)))
    assert "A [0m" in [box.text for box in texts(shown)]
    shown.svg.encode()


def test_a_script_without_anything_to_hear_and_one_that_lasts_as_long_as_one_may() -> None:
    assert_readable(picture(lay_out(Script(name="a", title="A", cues=()), {})))
    cues = tuple(Cue(kind="hold", step="", length=3600 * 250) for _ in range(12))
    assert_readable(picture(lay_out(Script(name="a", title="A", cues=cues), {})))


STEP = st.one_of(
    st.builds(
        lambda text: Cue(kind="say", step="s", text=text), st.text("abc WMé.", min_size=1, max_size=50)),
    st.builds(
        lambda length, side, rep: Cue(kind="hold", step="h", length=length, side=side, rep=rep),
        st.integers(1, 100_000), st.sampled_from(("left", "right", "both", None)), st.integers(1, 40),
    ),
    st.builds(lambda length: Cue(kind="rest", step="r", length=length), st.integers(0, 20_000)),
    st.builds(lambda sound: Cue(kind="chime", step="c", sound=sound), st.sampled_from(("bell", "/a/b.wav"))),
    st.builds(lambda text: Cue(kind="chapter", step="t", text=text, offset=0), st.text("abc W", min_size=1)),
    st.builds(lambda length: Cue(kind="breath", step="b", length=length, rep=1), st.integers(1, 5000)),
)  # fmt: skip


@given(st.lists(STEP, min_size=1, max_size=60), st.integers(20, 900))
def test_any_timeline_is_drawn_readably(cues: list[Cue], spoken: int) -> None:
    script = Script(name="a", title="Anything", cues=tuple(cues))
    lengths = {ref: 600 if isinstance(ref, Sounded) else spoken for ref in script.clips}
    made = lay_out(script, lengths)
    shown = picture(made)
    assert_readable(shown)
    assert len(rects(shown, "hold")) >= sum(cue.kind == "hold" for cue in cues)


@given(st.text(max_size=80), st.floats(5, 400))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, room: float) -> None:
    lines = wrapped(text, 10, room)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width(line, 10) <= room or len(line) == 1 or width(line[:-1], 10) <= room for line in lines)
    assert width(shortened("Some words", 10, room), 10) <= max(room, 10)


def test_widths_are_those_of_the_font() -> None:
    for code in (*range(0x20, 0x7F), 0x2013, 0x2019, 0x201C, 0x2026, 0xB7, 0xE9, 0xD6):
        assert width(chr(code), 1000) == pytest.approx(advance(chr(code)) * 1000, abs=1)


def pixels(data: bytes) -> np.ndarray[Any, Any]:
    with av.open(io.BytesIO(data), mode="r", format="png_pipe") as container:
        return next(container.decode(video=0)).to_ndarray(format="gray")


def test_a_png_has_two_dots_to_a_unit_and_its_letters_without_fonts_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = drawn("knee-to-chest")
    dots = pixels(png(shown.svg, shown.wide, shown.high))
    assert dots.shape == (2 * shown.high, 2 * shown.wide)
    assert dots[:80].min() == 255  # the margin
    [title] = [box for box in texts(shown) if box.kind == "title"]
    top, bottom, left, right = (
        round(2 * edge) for edge in (title.top, title.bottom, title.left, title.right)
    )
    ink = dots[top:bottom, left:right] < 128
    assert 0.1 < ink.mean() < 0.5
    columns = np.asarray(ink.any(axis=0))
    assert columns[: len(columns) // 20].any()
    assert columns[-len(columns) // 20 :].any()  # the last letter is where it was measured to be


def test_a_picture_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = timeline("knee-to-chest")
    write_picture(tmp_path / "a.SVG", made)
    assert (tmp_path / "a.SVG").read_text(encoding="utf-8") == picture(made, Metadata()).svg
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        write_picture(tmp_path / "a.jpg", made)
    monkeypatch.setitem(sys.modules, "audioguide.drawing.png", None)
    with pytest.raises(OutputError, match=r"a PNG needs resvg-py and ziafont .*`audioguide doctor`"):
        write_picture(tmp_path / "a.png", made)
    assert [path.name for path in tmp_path.iterdir()] == ["a.SVG"]


def test_the_picture_of_the_readme_is_in_step() -> None:
    kept = (ROOT / "docs/pictures/knee-to-chest.svg").read_text(encoding="utf-8")
    again = "audioguide show knee-to-chest --picture docs/pictures/knee-to-chest.svg"
    assert kept == drawn("knee-to-chest").svg, f"run `{again}`"
