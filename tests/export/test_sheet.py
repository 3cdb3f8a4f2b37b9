"""The page to print: one document that needs nothing else, with the numbers of the audio."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from audioguide.export.metadata import Metadata, metadata_of
from audioguide.export.ribbon import ribbon
from audioguide.export.rows import rows
from audioguide.export.sheet import sheet
from audioguide.listener.options import Options
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.script.layout import Timeline
from audioguide.script.script import SafetyNotes, Script
from tests.conftest import laid_out
from tests.shipped import compiled, shipped
from tests.slow import first
from tests.tables import every

VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """Reads a page, and fails where a tag is not closed, or something is fetched or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[list[str]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "link", "iframe", "object", "style") or tag == "style"
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("src", "href", "action")
            assert "url(" not in (value or "")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        if tag == "td":
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data
        if "td" in self.open:
            self.cells[-1][-1] += data


def routine(name: str, **settings: str) -> tuple[Timeline, Metadata]:
    made = compiled(name, Options(settings=settings))
    return laid_out(made), metadata_of(shipped(name).document)


@every("name", first(50, SHIPPED_LIBRARY.shipped))
def test_every_page_of_the_library_is_whole_and_has_the_numbers_of_the_audio(name: str) -> None:
    timeline, reported = routine(name)
    page = Page(sheet(timeline, reported))
    assert DISCLAIMER in page.words
    counted = sum(int(row[4].split()[0]) for row in page.cells if len(row) == 5 and row[3].startswith("hold"))
    assert counted == sum(timed.cue.kind == "hold" for timed in timeline.cues)
    breaths = [timed for timed in timeline.cues if timed.cue.kind == "breath"]
    assert bool(breaths) == any(len(row) == 5 and "breath" in row[3] for row in page.cells)
    for part in timeline.script.safety.avoid:
        assert part in page.words


def test_sides_and_lengths_are_those_of_the_holds() -> None:
    timeline, reported = routine("knee-to-chest", hold="25s")
    page = Page(sheet(timeline, reported))
    held = [row[2:] for row in page.cells if len(row) == 5 and row[3]]
    times = "1 \N{MULTIPLICATION SIGN}"
    assert held == [[side, "hold 25 s", times] for side in ("left", "right", "both")]
    assert "hold 25s" in page.words  # the setting


def test_a_hold_that_comes_again_counts_in_one_row(script: Callable[..., Script]) -> None:
    steps = """
  - repeat: 4
    rest: 10s
    steps:
      - say: Press.
      - hold: 6s
      - say: Let go.
"""
    [row] = rows(laid_out(script(steps)))
    assert (row.what, row.long, row.then, row.times) == (
        "Press. (4 s)", "hold 6 s", "Let go. (10 s)", 4,
    )  # fmt: skip


def test_silences_stand_where_they_are(script: Callable[..., Script]) -> None:
    steps = """
  - say: Lie down. Bend your knees.
    settle: 15s
  - say: Lift.
    settle: 2s
  - hold: 6s
  - say: Let go.
  - rest: 90s
  - say: Sit up.
    settle: 1s
"""
    timeline = laid_out(script(steps))
    assert [(row.what, row.then) for row in rows(timeline)] == [
        ("Lie down. Bend your knees. (15 s) Lift. (2 s)", "Let go. (1 min 30 s)"), ("Sit up.", ""),
    ]  # fmt: skip
    assert "In parentheses: silence." in Page(sheet(timeline)).words


def test_pauses_between_breaths_do_not_part_them(script: Callable[..., Script]) -> None:
    [row] = rows(laid_out(script("  - say: Breathe.\n  - breathe: {in: 4s, out: 6s, cycles: 3}\n")))
    assert (row.long, row.then) == ("3 breaths, 4 s / 6 s", "")


def test_chapters_of_the_routine_are_headings(script: Callable[..., Script]) -> None:
    found = rows(
        laid_out(script("  - chapter: One\n  - say: A.\n  - chapter: Two\n  - say: B.\n  - hold: 5s"))
    )
    assert [(row.what, row.heading) for row in found] == [
        ("One", True), ("A.", False), ("Two", True), ("B. (4 s)", False),
    ]  # fmt: skip


def test_awkward_texts_are_only_texts(script: Callable[..., Script]) -> None:
    made = script("  - say: Rest.\n  - hold: 5s")
    awkward = '</title><script>alert(1)</script> "x" & \U0001f9d8 \0 שלום'
    cues = tuple(replace(cue, text=awkward) if cue.text else cue for cue in made.cues)
    made = replace(made, title=awkward, cues=cues, safety=SafetyNotes(avoid=(awkward,)))
    text = sheet(laid_out(made), Metadata())
    page = Page(text)
    assert "<script" not in text
    assert page.words.count("<script>alert(1)</script>") >= 3


def test_beyond_the_bounds_is_said(script: Callable[..., Script]) -> None:
    timeline = laid_out(replace(script("  - hold: 5s"), beyond_bounds=("hold",)))
    assert "Beyond the bounds of the routine: hold" in Page(sheet(timeline)).words


def test_the_ribbon_has_every_hold_in_its_place() -> None:
    timeline, _ = routine("knee-to-chest")
    drawn = ElementTree.fromstring(ribbon(timeline))
    found = [each for each in drawn.iter("{http://www.w3.org/2000/svg}rect") if each.get("class") == "hold"]
    holds = [timed for timed in timeline.cues if timed.cue.kind == "hold"]
    for rect, timed in zip(found, holds, strict=True):
        assert float(rect.get("x", "")) == pytest.approx(timed.start / timeline.length * 720, abs=0.1)
        assert float(rect.get("width", "")) == pytest.approx(timed.length / timeline.length * 720, abs=0.1)


def test_it_prints_on_any_paper_and_fetches_nothing() -> None:
    text = sheet(*routine("knee-to-chest"))
    assert "size: auto" in text  # A4 or Letter, as the printer has it
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
