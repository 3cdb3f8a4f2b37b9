"""Breath that a text counts is guided; breath that goes with a movement stays in its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.api import check, load
from audioguide.draft.draft import drafts_of, files_of
from audioguide.draft.readers.find import read


def text_of(words: str, name: str = "note.txt") -> str:
    (draft,) = drafts_of(read(words.encode(), name))
    return next(iter(files_of([draft], name, "Notes").values()))


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (
            (
                "Calm breathing\n\nSit on a chair. Breathe in for 4 seconds, then breathe out for 6 seconds. "
                "Repeat 8 times."
            ),
            "- breathe: {in: 4s, out: 6s, cycles: $reps, voice: first two}",
        ),
        (
            (
                "Slow breathing\n\nLie on your back and place a hand on your belly. Inhale to a "
                "count of three. "
                "Exhale to a count of five. Continue for two minutes."
            ),
            "- breathe: {in: 3s, out: 5s, for: $duration, voice: first two}",
        ),
        (
            (
                "Square breath\n\nSit on a chair. Breathe in for 4 seconds. Hold for 4 seconds. Breathe out "
                "for 4 seconds. Hold for 4 seconds. Repeat 5 times."
            ),
            "- breathe: {in: 4s, full: 4s, out: 4s, empty: 4s, cycles: $reps, voice: first two}",
        ),
        (
            (
                "Four seven eight\n\nSit on a chair. Breathe in through your nose for 4 seconds, hold your "
                "breath for a count of seven, and breathe out for 8 seconds. Repeat 4 times."
            ),
            "- breathe: {in: 4s, full: 7s, out: 8s, cycles: $reps, voice: first two}",
        ),
    ],
    ids=["so often", "so long", "a square", "kept full"],
)
def test_a_counted_breath_is_guided(words: str, step: str, tmp_path: Path) -> None:
    text = text_of(words)
    assert step in text
    assert "say: Breathe in for" not in text
    path = tmp_path / "breath.yaml"
    path.write_text(text)
    assert [str(each) for each in check(load(str(path))) if each.level == "error"] == []


@pytest.mark.parametrize(
    "words",
    [
        (
            "Cat and cow\n\nKneel on your hands and knees. Inhale for 4 seconds and arch your "
            "back. Exhale for "
            "4 seconds and round your back. Repeat 8 times."
        ),
        (
            "Kept breath\n\nSit on a chair. Breathe in for 4 seconds. Hold your breath as long as it feels "
            "good. Breathe out for 8 seconds. Repeat 4 times."
        ),
        "Bridge\n\nLie on your back. Breathe out and lift your hips. Breathe in and lower them. 10 times.",
    ],
    ids=["with a movement", "held", "without a length"],
)
def test_other_breath_stays_in_words(words: str) -> None:
    text = text_of(words)
    assert "- breathe:" not in text
    assert any("say:" in line and ("reath" in line or "hale" in line) for line in text.splitlines())
