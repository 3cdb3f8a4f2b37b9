"""Voices of other languages: phrases of ours that are English, and letters that no such voice reads."""

from __future__ import annotations

from audioguide.routine.language.notices import CLOSINGS, OPENINGS
from tests.lint.conftest import Findings, Rules
from tests.tables import every

GERMAN = "safety: {notice: none, closing: none}\nvoice: {name: de}"
LEFT_OUT = "safety: {notice: none, closing: none}"
ALL_OURS = """  - sides: [left, right]
    steps:
      - say: Bein {side}, {hold}, {stay} lang, {reps}.
      - hold: {breaths: 2, in: 4s, out: 6s}
        marks: {breaths: voice}
      - hold: 20s
        marks: {countdown: 3, before_end: {10s: "Noch {stay}."}}
      - say: Und lösen.
  - breathe: {in: 4s, full: 1s, out: 6s, cycles: 1, words: {in: Ein.}}
  - say: Fertig.
"""
SETTINGS = "settings: {stay: {default: 20s}, reps: {default: 3}}"


COUNTED = (
    "in English: “Three.”, “Two.”, “One.”: "
    "write `countdown: {from: 3, chime: tick}`, or words at `before_end`"
)


def english(findings: Findings, steps: str, head: str) -> list[str]:
    return [each.fault.found for each in findings(steps, head) if each.rule == "english-phrases"]


def test_each_phrase_of_ours_is_named_with_what_to_write(findings: Findings) -> None:
    assert english(findings, ALL_OURS, f"{GERMAN}\n{SETTINGS}") == [
        "'{side}' is filled in English (“left”, “right”): write a text for each side: `{left: …, right: …}`",
        "'{hold}' is filled in English (“20 seconds”): write the length itself, or remove it",
        "'{stay}' is filled in English (“20 seconds”): write the length itself, or remove it",
        "in English: “Breathe in.”, “Breathe out.”: write your own: `breaths: {in: …, out: …}`",
        COUNTED,
        "'{stay}' is filled in English (“20 seconds”): write the length itself, or remove it",
        "in English: “Hold.”, “Breathe out.”: write your own: `words: {in: …, out: …}`",
    ]


@every("notice", [name for name, each in OPENINGS.items() if each.sentences])
def test_notice_and_closing_are_named_whole(findings: Findings, notice: str) -> None:
    head = f"safety: {{notice: {notice}}}\nvoice: {{name: fr-ch}}"
    (found,) = english(findings, "  - say: Asseyez-vous.\n", head)
    for sentence in (
        *OPENINGS[notice].sentences,
        *OPENINGS[notice].then,
        *CLOSINGS["gentle"].sentences,
        *CLOSINGS["gentle"].then,
    ):
        assert f"“{sentence}”" in found
    assert "write `notice: none` and `closing: none`" in found


def test_only_the_closing_is_ours(findings: Findings) -> None:
    head = "safety: {notice: none, closing: day}\nvoice: {name: German}"
    (found,) = english(findings, "  - say: Setzen Sie sich.\n", head)
    assert found == (
        "in English: “You have finished.”, “Go on gently with your day.”: "
        "write `closing: none`, and say the same in a `say`"
    )


@every(
    ("steps", "found"),
    [
        ("  - count: 3\n    reps: 2\n", "in English: “One.”, “Two.”, “Three.”: write the words yourself"),
        ("  - rest: 9s\n    marks: {countdown: 2}\n", "in English: “Two.”, “One.”: write `countdown"),
        ("  - repeat: 2\n    steps:\n      - say: Das {nth} Mal.\n", "'{nth}' is filled in English (“first”"),
        (
            "  - repeat: 2\n    steps:\n      - say: Nochmal, {times}.\n",
            "'{times}' is filled in English (“once”",
        ),
    ],
)
def test_numbers_in_words_are_english_too(findings: Findings, steps: str, found: str) -> None:
    (only,) = english(findings, steps, GERMAN)
    assert only.startswith(found)


def test_the_title_of_the_author_is_not_ours(findings: Findings) -> None:
    head = "safety: {notice: general, closing: none}\nvoice: {name: de}"
    (found,) = [each.fault.found for each in findings("  - say: Ruhe.\n", head, "Rücken")]
    assert "Rücken" not in found
    assert "Move slowly" in found


def test_the_player_check_is_english_too(findings: Findings) -> None:
    (found,) = findings("  - say: Setzen Sie sich.\n", GERMAN, player_check=True)
    assert "You will hear two bells" in found.fault.found


@every("voice", ["en-us", "en-gb+f3", "English (Scotland)", "robot"])
def test_an_english_voice_reads_them_well(rules: Rules, voice: str) -> None:
    head = f"voice: {{name: {voice}}}\n{SETTINGS}"
    assert "english-phrases" not in rules(ALL_OURS, head)


def test_own_words_are_left_alone(rules: Rules) -> None:
    steps = """  - sides: [left, right]
    steps:
      - say: {left: Linkes Bein., right: Rechtes Bein.}
      - hold: {breaths: 2, in: 4s, out: 6s}
        marks: {breaths: {in: Ein., out: Aus.}, countdown: {from: 3, chime: tick}}
      - say: Und lösen.
  - breathe: {in: 4s, out: 6s, cycles: 1, words: {in: Ein., out: Aus.}}
  - say: Fertig.
"""
    assert rules(steps, GERMAN) == []


def test_with_chimes_alone_nothing_is_said(rules: Rules) -> None:
    assert rules("  - hold: 20s\n", "voice: {name: de}", guidance="chimes") == []


@every(
    ("voice", "text", "letters"),
    [
        ("ja", "目をとじて。", "“目”"),
        ("ja", "深呼吸。ゆっくり。", "“深呼吸”"),
        ("ja", "Relax してください。", "“Relax”"),
        ("ky", "Relax жасаңыз.", "“Relax”"),
        ("my", "Relax လုပ်ပါ။", "“Relax”"),
    ],
)
def test_letters_that_a_voice_only_names_are_found(
    findings: Findings, voice: str, text: str, letters: str
) -> None:
    found = findings(f"  - say: {text}\n", f"{LEFT_OUT}\nvoice: {{name: {voice}}}")
    assert [each.rule for each in found] == ["unread-letters"]
    assert letters in found[0].fault.found


@every(
    ("voice", "text"),
    [
        ("ja", "めをとじて。"),
        ("ja", "ヨガをします。"),
        ("cmn", "闭上眼睛。"),
        ("ru", "Йога и relax."),
        ("de", "Relax, die Augen zu."),
    ],
)
def test_letters_that_a_voice_reads_are_left_alone(rules: Rules, voice: str, text: str) -> None:
    assert rules(f"  - say: {text}\n", f"{LEFT_OUT}\nvoice: {{name: {voice}}}") == []
