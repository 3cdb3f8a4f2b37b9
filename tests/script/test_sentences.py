"""Texts taken apart into sentences: in any script, and not after abbreviations."""

from __future__ import annotations

from audioguide.compiler.compile import compile
from audioguide.reading.language import language_of
from audioguide.routine.load import load
from audioguide.script.sentences import sentences
from tests.conftest import Write
from tests.instructions import INSTRUCTIONS, joined
from tests.paragraphs import PARAGRAPHS
from tests.tables import every


@every(("language", "parts"), INSTRUCTIONS)
def test_instructions_are_taken_apart(language: str, parts: str) -> None:
    assert sentences(joined(language, parts.split("|")), language) == parts.split("|")


@every("voice", PARAGRAPHS)
def test_a_paragraph_in_each_language_is_taken_apart(voice: str) -> None:
    language, parts = language_of(voice), list(PARAGRAPHS[voice])
    assert sentences(joined(language, parts), language) == parts


@every(
    ("text", "parts"),
    [
        (
            "Lie on your back\nBend your knees\nleft leg up\n",
            ["Lie on your back", "Bend your knees", "left leg up"],
        ),
        ("Rest.\n\n  Sit up. Go on.\n", ["Rest.", "Sit up.", "Go on."]),
        ("चित लेटें\nसाँस लें", ["चित लेटें", "साँस लें"]),
        ("1. Lie down\n2. Bend your knees", ["1. Lie down", "2. Bend your knees"]),
    ],
)
def test_each_line_is_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@every(
    ("text", "parts"),
    [
        ("Lie down.Bend your knees.Rest.", ["Lie down.", "Bend your knees.", "Rest."]),
        ("1. Lie down. Relax. 2. Rest.", ["1. Lie down.", "Relax.", "2. Rest."]),
        ("1) Lie down 2) Rest", ["1) Lie down", "2) Rest"]),
        ("Breathe. . . .", ["Breathe. . . ."]),
        ("...", ["..."]),
        ("  ", []),
    ],
)
def test_what_is_written_in_an_unusual_way(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@every(
    ("text", "parts"),
    [
        ("Levanta el brazo izq. Baja el brazo.", ["Levanta el brazo izq.", "Baja el brazo."]),
        ("Levanta la pierna dcha. Bájala.", ["Levanta la pierna dcha.", "Bájala."]),
        ("Con la mano izq. toca la dcha. y respira.", ["Con la mano izq. toca la dcha. y respira."]),
    ],
)
def test_a_side_in_short_may_end_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text, "es") == parts


def test_a_sentence_may_begin_with_a_side(write: Write) -> None:
    steps = '  - sides: [left, right]\n    steps:\n      - say: "Now. {side} leg up. {side}."\n'
    script = compile(load(write(f"title: T\nsafety: {{notice: none, closing: none}}\nsteps:\n{steps}")))
    said = [cue.text for cue in script.cues if cue.kind == "say"]
    assert said == ["Now.", "left leg up.", "left.", "Now.", "right leg up.", "right."]


def test_the_language_is_that_of_the_voice(write: Write) -> None:
    head = "title: T\nsafety: {notice: none, closing: none}\nvoice: {name: NAME}\n"
    text = f"{head}steps:\n  - say: Das ist die 3. Runde.\n"

    def said(name: str) -> list[str | None]:
        script = compile(load(write(text.replace("NAME", name))))
        return [cue.text for cue in script.cues if cue.kind == "say"]

    assert said("gmw/de+f2") == said("German") == ["Das ist die 3. Runde."]
    assert said("en-gb") == ["Das ist die 3.", "Runde."]
