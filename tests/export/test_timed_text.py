"""Captions, lyrics and labels, read back by parsers that take nothing but the format."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import webvtt

from audioguide.export.captions import Caption, captions
from audioguide.export.chapters_json import chapters_json
from audioguide.export.timed_text import labels, lrc, srt, vtt
from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timeline
from audioguide.script.script import Cue, Script
from tests.conftest import laid_out

ROUTINE = """
  - say: Lie down & rest. All is well.
  - sides: [left, both]
    steps:
      - say: {left: Now the left., both: Now both.}
      - hold: 15s
        marks: {before_end: {5s: Five more.}}
"""
AWKWARD = 'A "b" --> <script>alert(1)</script>\n\n[00:01.00] \U0001f9d8 שלום \0 {\\an8} it\u2019s'

Moment = tuple[int, str]


@pytest.fixture
def timeline(script: Callable[..., Script]) -> Timeline:
    """Lay a short routine out."""
    return laid_out(script(ROUTINE))


@pytest.fixture
def awkward(script: Callable[..., Script]) -> Timeline:
    """Lay a routine out whose texts and title try to break every format."""
    made = script("  - chapter: One\n  - say: Plain.\n  - hold: 9s\n  - say: End.")
    cues = tuple(replace(cue, text=AWKWARD) if cue.text == "Plain." else cue for cue in made.cues)
    cues = tuple(replace(cue, text=AWKWARD) if cue.kind == "chapter" else cue for cue in cues)
    return laid_out(replace(made, title=AWKWARD, album="a]b[c", cues=cues))


def ms(clock: str) -> int:
    hours, minutes, seconds = re.split(r"[:]", clock.replace(",", "."))
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def parsed_srt(text: str) -> list[tuple[int, int, str]]:
    """Read SubRip strictly: number, arrow, one line of text, an empty line, to the end."""
    found = []
    blocks = text.split("\n\n")
    assert blocks.pop() == ""
    for number, block in enumerate(blocks, start=1):
        head, times, said = block.split("\n")
        assert head == str(number)
        match = re.fullmatch(r"(\d\d+:\d\d:\d\d,\d{3}) --> (\d\d+:\d\d:\d\d,\d{3})", times)
        assert match
        assert said.strip()
        assert "<" not in said
        assert "-->" not in said.replace("--\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", "")
        found.append((ms(match[1]), ms(match[2]), said))
    return found


def parsed_lrc(text: str) -> tuple[dict[str, str], list[Moment]]:
    """Read LRC strictly: tags first, then lines with one moment each, none of which goes back."""
    tags: dict[str, str] = {}
    lines: list[Moment] = []
    for row in text.splitlines():
        if tag := re.fullmatch(r"\[([a-z]+):([^\[\]]*)\]", row):
            assert not lines
            tags[tag[1]] = tag[2]
            continue
        match = re.fullmatch(r"\[(\d\d+):([0-5]\d)\.(\d\d)\]([^\[\]]*)", row)
        assert match, row
        lines.append(((int(match[1]) * 60 + int(match[2])) * 1000 + int(match[3]) * 10, match[4]))
    assert [at for at, _ in lines] == sorted(at for at, _ in lines)
    return tags, lines


def said(timeline: Timeline) -> list[Caption]:
    return captions(timeline)


def test_captions_are_in_order_and_never_two_at_once(timeline: Timeline) -> None:
    found = said(timeline)
    assert [each.text for each in found] == [
        "Lie down & rest.", "All is well.", "Now the left.", "(hold 15 s, left side)", "Five more.",
        "Now both.", "(hold 15 s, both sides)", "Five more.",
    ]  # fmt: skip
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    holds = [timed for timed in timeline.cues if timed.cue.kind == "hold"]
    assert [each.start for each in found if each.text.startswith("(")] == [each.start for each in holds]
    assert [each.end - each.start for each in found if each.text.startswith("(")] == [10 * 250] * 2


@pytest.mark.parametrize("name", ["timeline", "awkward"])
def test_webvtt_is_read_by_another_library(name: str, request: pytest.FixtureRequest) -> None:
    timeline = request.getfixturevalue(name)
    text = "".join(vtt(timeline))
    found = webvtt.from_buffer(io.StringIO(text)).captions
    wanted = said(timeline)
    assert [(ms(each.start), ms(each.end)) for each in found] == [
        (each.start * 4, each.end * 4) for each in wanted
    ]
    unescaped = [each.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for each in found]
    assert unescaped == [each.text for each in wanted]
    assert "<script>" not in text
    assert "\0" not in text


@pytest.mark.parametrize("name", ["timeline", "awkward"])
def test_subrip_is_strict(name: str, request: pytest.FixtureRequest) -> None:
    timeline = request.getfixturevalue(name)
    found = parsed_srt("".join(srt(timeline)))
    assert [(start, end) for start, end, _ in found] == [
        (each.start * 4, each.end * 4) for each in said(timeline)
    ]


@pytest.mark.parametrize("name", ["timeline", "awkward"])
def test_lyrics_are_strict_and_within_ten_milliseconds(name: str, request: pytest.FixtureRequest) -> None:
    timeline = request.getfixturevalue(name)
    tags, lines = parsed_lrc("".join(lrc(timeline)))
    assert set(tags) == {"ti", "ar", "al", "length"}
    shown = [(at, text) for at, text in lines if text]
    wanted = said(timeline)
    assert len(shown) == len(wanted)
    assert all(0 <= each.start * 4 - at < 10 for (at, _), each in zip(shown, wanted, strict=True))


def test_labels_have_three_columns_in_order(awkward: Timeline, timeline: Timeline) -> None:
    for each in (awkward, timeline):
        rows = [row.split("\t") for row in "".join(labels(each)).splitlines()]
        assert all(len(row) == 3 for row in rows)
        times = [(float(start), float(end)) for start, end, _ in rows]
        assert times == sorted(times)
        assert all(0 <= start <= end <= each.length / 250 for start, end in times)
        held = [
            (end - start) for (start, end), row in zip(times, rows, strict=True) if row[2].startswith("(hold")
        ]
        meant = [timed.length / 250 for timed in each.cues if timed.cue.kind == "hold"]
        assert held == pytest.approx(meant)


def test_json_chapters_are_those_of_the_file(awkward: Timeline, timeline: Timeline) -> None:
    for each in (awkward, timeline):
        document = json.loads("".join(chapters_json(each)))
        assert document["version"] == "1.2.0"
        assert [(one["startTime"], one["endTime"], one["title"]) for one in document["chapters"]] == [
            (one.start / 250, one.end / 250, one.title) for one in chapters_of(each)
        ]


def test_ten_hours_and_nothing_said_are_fine(script: Callable[..., Script]) -> None:
    timeline = laid_out(script("  - repeat: 10\n    steps: [{hold: 1h, chime: none}]"))
    held = parsed_srt("".join(srt(timeline)))
    assert [(end - start, text) for start, end, text in held] == [(3_600_000, "(hold 60 min)")] * 10
    _, lines = parsed_lrc("".join(lrc(timeline)))
    assert lines[-1][0] // 60_000 == 600
    silent = Timeline(timeline.script, (), 500)
    assert "".join(vtt(silent)).startswith("WEBVTT")
    assert "".join(srt(silent)) == ""
    assert parsed_lrc("".join(lrc(silent)))[1] == []
    assert "".join(labels(silent)).count("\n") == 0 or chapters_of(silent)


def test_an_empty_text_is_left_out(script: Callable[..., Script]) -> None:
    made = script("  - say: A.\n  - hold: 5s")
    cues = (*made.cues, Cue(kind="mark", step="x", text="\0 \n", offset=250))
    timeline = laid_out(replace(made, cues=cues))
    assert [each.text for each in said(timeline)] == ["A.", "(hold 5 s)"]
    assert len(parsed_srt("".join(srt(timeline)))) == 2
