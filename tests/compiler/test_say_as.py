"""How words are said: of the routine, of what it includes, of the listener, and in one place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import RoutineError
from audioguide.listener.options import Options
from audioguide.reading.lexicon import read_say_as
from audioguide.reading.read import reading_for
from audioguide.routine.load import Routine, load
from audioguide.script.script import Script, Spoken
from tests.conftest import Write
from tests.tables import every


def said(script: Script) -> dict[str, str]:
    """Return what the voice is asked to say, by what is shown."""
    reads = reading_for(script.voice.name, script.voice.engine, script.say_as)
    return {
        cue.text: reads(cue.spoken or cue.text) for cue in script.cues if cue.text and cue.kind != "chapter"
    }


def test_the_listener_comes_first_then_the_outer_routine_then_the_inner(write: Write) -> None:
    inner = "title: I\nsafety: {notice: none, closing: none}\nsay_as: {one: a-NE, two: tahoo, three: sree}\n"
    write(f"{inner}steps:\n  - say: One two three.\n", "inner.yaml")
    outer = "title: O\nsafety: {notice: none, closing: none}\nsay_as: {two: tooo, three: threee}\n"
    path = write(f"{outer}steps:\n  - include: inner.yaml\n")
    script = compile(load(path), Options(say_as=read_say_as({"Three": "thhree"})))
    assert said(script) == {"One two three.": "⟦One|ənˈeɪ⟧ tooo thhree."}
    assert {word: saying.shown for word, saying in script.say_as.items()} == {
        "one": "a-NE", "two": "tooo", "Three": "thhree",
    }  # fmt: skip


def test_one_place_is_said_otherwise_and_shown_as_it_is(script: Callable[..., Script]) -> None:
    steps = """
  - chapter: "{Asana|AH-suh-nuh} one"
  - sides: [left]
    steps:
      - say: "Your {side} {psoas|SOH-as}. The {live|liv} one."
      - hold: 20s
        marks: {halfway: "{Half|Haaf} of it."}
      - breathe: {in: 4s, out: 6s, cycles: 1, words: {in: "{In|Inn}, {side}."}}
"""
    made = script(steps)
    assert [cue.text for cue in made.cues if cue.kind == "chapter"] == ["Asana one"]
    assert said(made) == {
        "Your left psoas.": "Your left ⟦psoas|sˈoʊæs⟧.", "The live one.": "The liv one.",
        "Half of it.": "Haaf of it.", "In, left.": "Inn, left.", "Breathe out.": "Breathe out.",
    }  # fmt: skip


def test_two_ways_to_say_one_text_are_two_clips(script: Callable[..., Script]) -> None:
    made = script('  - say: "Asana."\n  - say: "{Asana|AH-suh-nuh}."\n')
    assert len([ref for ref in made.clips if isinstance(ref, Spoken)]) == 2
    assert {cue.text for cue in made.cues if cue.text} == {"Asana."}


def test_a_full_stop_in_a_way_to_say_it_ends_no_sentence(script: Callable[..., Script]) -> None:
    made = script('  - say: "Ask {Dr. Li|doctor. Lee} now. Rest."\n')
    assert [cue.text for cue in made.cues if cue.text] == ["Ask Dr. Li now.", "Rest."]


def test_lengths_are_estimated_of_what_is_said(script: Callable[..., Script]) -> None:
    short, full = (
        estimated_lengths(script(f"  - say: {text}\n")) for text in ("Go 5 km.", "Go 5 kilometres.")
    )
    assert list(short.values()) == list(full.values())


@every(
    ("head", "steps", "found", "marked"),
    [
        ("say_as: {savasana: shh-VAH}", "  - gap: 1s", "the syllable 'shh' has no vowel", "shh-VAH"),
        ("say_as: {savasana: }", "  - gap: 1s", "is not a pronunciation", "savasana"),
        ("say_as: {yes: yess}", "  - gap: 1s", None, ""),
        ("say_as: {a: {de!: b}}", "  - gap: 1s", "neither a language", "{de!"),
        ("", "  - say: A {live|XQ-z} one.", "no vowel", "{live|XQ-z}"),
        ("", "  - say: A {|liv} one.", "there is no word before the bar", "{|liv}"),
        ("", "  - say: A {live|} one.", "is not a pronunciation", "{live|}"),
    ],
)
def test_what_cannot_be_said_is_reported_in_its_place(
    routine: Callable[..., Routine], head: str, steps: str, found: str | None, marked: str
) -> None:
    if found is None:
        assert routine(steps, head)
        return
    with pytest.raises(RoutineError, match=found) as caught:
        routine(steps, head)
    (fault,) = caught.value.faults
    assert fault.source[fault.column - 1 :].startswith(marked)
