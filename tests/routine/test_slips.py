"""The slips that people make first in YAML: each is named at its place, with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import Fault, RoutineError
from audioguide.listener.files import read_overlay
from audioguide.routine.load import Routine, load, load_text
from audioguide.routine.slip import quoted
from tests.conftest import Write
from tests.tables import every

HEAD = "title: T\nsafety: {notice: none, closing: none}\nsteps:\n"
# A text of steps, line and column of its one fault, what was found, and what to write.
SLIPS: list[tuple[str, int, int, str, str]] = [
    (
        "  - say: Next: left leg.\n",
        1,
        14,
        "this colon splits the text in two",
        'put the text in quotes: say: "Next: left leg."',
    ),
    (
        "  - say: Sit up.\n    short: Then: rest.\n    settle: 4s\n",
        2,
        16,
        "this colon splits the text in two",
        'put the text in quotes: short: "Then: rest."',
    ),
    (
        "  - say: Do this:\n  - say: Sit.\n",
        1,
        17,
        "this colon splits the text in two",
        'put the text in quotes: say: "Do this:"',
    ),
    (
        "  - sides: [left, right]\n    steps:\n      - say: {side} leg up.\n      - hold: 10s\n",
        3,
        14,
        "YAML does not read text that starts with {side} as text",
        'put the text in quotes: say: "{side} leg up."',
    ),
    (
        "  - sides: [left, right]\n    steps:\n      - say: {side}\n",
        3,
        14,
        "YAML does not read text that starts with { as text",
        'put the text in quotes: say: "{side}"',
    ),
    (
        "  - say: {hold}\n  - hold: 20s\n",
        1,
        10,
        "YAML does not read text that starts with { as text",
        'put the text in quotes: say: "{hold}"',
    ),
    (
        "  - say: {side}, then {other_side}.\n",
        1,
        10,
        "YAML does not read text that starts with {side} as text",
        'put the text in quotes: say: "{side}, then {other_side}."',
    ),
    (
        "  - say: %50 effort\n",
        1,
        10,
        "a text cannot start with a percent sign",
        'put the text in quotes: say: "%50 effort"',
    ),
    (
        "  - say: @home rest\n",
        1,
        10,
        "a text cannot start with an at sign",
        'put the text in quotes: say: "@home rest"',
    ),
    (
        "  - say: `ah` now\n",
        1,
        10,
        "a text cannot start with a backtick",
        'put the text in quotes: say: "`ah` now"',
    ),
    (
        "  - say: *slow*\n",
        1,
        10,
        "a text cannot start with an asterisk",
        'put the text in quotes: say: "*slow*"',
    ),
    (
        "  - say: * slowly\n",
        1,
        10,
        "a text cannot start with an asterisk",
        'put the text in quotes: say: "* slowly"',
    ),
    (
        "  - say: & breathe\n",
        1,
        10,
        "a text cannot start with an ampersand",
        'put the text in quotes: say: "& breathe"',
    ),
    (
        "  - say: !Relax now\n",
        1,
        10,
        "tags (!Relax) are not part of the language",
        'put the text in quotes: say: "!Relax now"',
    ),
    (
        "  - say: | Relax now\n",
        1,
        10,
        "a text cannot start with |",
        'put the text in quotes: say: "| Relax now"',
    ),
    (
        "  - say: > Relax now\n",
        1,
        10,
        "a text cannot start with >",
        'put the text in quotes: say: "> Relax now"',
    ),
    ("  - say: - rest\n", 1, 10, "a text cannot start with -", 'put the text in quotes: say: "- rest"'),
    ("  - say: ? really\n", 1, 10, "a text cannot start with ?", 'put the text in quotes: say: "? really"'),
    (
        "  - say: [Rest] your arms.\n",
        1,
        10,
        "YAML does not read text that starts with [ as text",
        'put the text in quotes: say: "[Rest] your arms."',
    ),
    (
        '  - say: "Relax" your jaw.\n',
        1,
        10,
        "the text goes on after the second quotation mark",
        "put the text in quotes: say: '\"Relax\" your jaw.'",
    ),
    (
        "  - say: 'Tis time. Don't rush.\n",
        1,
        10,
        "the text goes on after the second quotation mark",
        "put the text in quotes: say: \"'Tis time. Don't rush.\"",
    ),
    (
        "  - say: 'Tis time to rest.\n  - hold: 10s\n",
        1,
        10,
        "this quotation mark is not closed",
        'put the text in quotes: say: "\'Tis time to rest."',
    ),
    (
        '  - say: "Relax your jaw.\n  - hold: 10s\n',
        1,
        10,
        "this quotation mark is not closed",
        'put the text in quotes: say: "Relax your jaw."',
    ),
    (
        '  - say: "Say "ah" now."\n',
        1,
        10,
        "the text goes on after the second quotation mark",
        "put the text in quotes: say: 'Say \"ah\" now.'",
    ),
    (
        '  - chime: "C:\\sounds\\gong.wav"\n',
        1,
        15,
        "a backslash has a special meaning inside double quotes",
        "put the text in quotes: chime: 'C:\\sounds\\gong.wav'",
    ),
    ("\t- say: Sit.\n", 1, 1, "there is a tab here", "indent with spaces, two for each level"),
    ("  - say: Sit.\n\t settle: 4s\n", 2, 1, "there is a tab here", "indent with spaces, two for each level"),
    (
        "\xa0 - say: Sit.\n",
        1,
        1,
        "there is an unusual space (U+00A0) here",
        "replace it with a normal space",
    ),
    (
        "  - say: Sit.\n\xa0\xa0\xa0\xa0settle: 4s\n",
        2,
        1,
        "there is an unusual space (U+00A0) here",
        "replace it with a normal space",
    ),
    (
        "  - say:\xa0Sit.\n",
        1,
        9,
        "there is an unusual space (U+00A0) here",
        "replace it with a normal space",
    ),
    (
        "  -\xa0say: Sit.\n",
        1,
        4,
        "there is an unusual space (U+00A0) here",
        "replace it with a normal space",
    ),
    ("  -say: Sit.\n", 1, 3, "no space after this dash", "write: - say: Sit."),
    ("  - say: Sit.\n  -hold: 20s\n", 2, 3, "no space after this dash", "write: - hold: 20s"),
    ("  – say: Sit.\n", 1, 3, "'–' does not start a list item", "write: - say: Sit."),
    ("  - say:Sit up.\n", 1, 5, "no space after the colon of `say`", "write: say: Sit up."),
    ("  - say: Sit up.\n    settle:4s\n", 2, 5, "no space after the colon of `settle`", "write: settle: 4s"),
    (
        "  - say: Sit.\n   - hold: 20s\n",
        2,
        1,
        "the dash has 3 spaces before it, and what it belongs to has 2 spaces",
        "start this line with 2 spaces",
    ),
    (
        "  - say: Sit.\n - hold: 20s\n",
        2,
        1,
        "the dash has 1 space before it, and what it belongs to has 2 spaces",
        "start this line with 2 spaces",
    ),
    (
        "  - say: Sit.\n      settle: 4s\n",
        2,
        1,
        "`settle` has 6 spaces before it, and what it belongs to has 4 spaces",
        "start this line with 4 spaces",
    ),
    (
        "  - say: Sit.\n   settle: 4s\n",
        2,
        1,
        "`settle` has 3 spaces before it, and what it belongs to has 4 spaces",
        "start this line with 4 spaces",
    ),
    (
        "  - say: Sit.\n  settle: 4s\n",
        2,
        1,
        "`settle` has 2 spaces before it, and what it belongs to has 4 spaces",
        "start this line with 4 spaces",
    ),
    (
        "  - hold: 20s\n     marks: {halfway: chime}\n",
        2,
        1,
        "`marks` has 5 spaces before it, and what it belongs to has 4 spaces",
        "start this line with 4 spaces",
    ),
    (
        "  - say: #1 rest\n",
        1,
        10,
        "everything after this # is a comment",
        'put the text in quotes: say: "#1 rest"',
    ),
    (
        "  - say: {left: Linkes Bein, right: Rechtes Bein\n",
        1,
        10,
        "this { is not closed",
        "write } where it ends",
    ),
    (
        "  - say: {left: Now: lift, right: Rest}\n",
        1,
        17,
        "this text needs quotation marks",
        'put it in quotes: "Now: lift"',
    ),
    (
        "  - hold: 20s\n    marks: {halfway: Good, go on}\n",
        2,
        26,
        "this comma ends the text",
        'put it in quotes: "Good, go on"',
    ),
    (
        "  - hold: 20s\n    marks: {at: {3s: Rest {hold}.}}\n",
        2,
        22,
        "this text needs quotation marks",
        'put it in quotes: "Rest {hold}."',
    ),
    ("  - say Sit up.\n", 1, 5, "no colon after `say`", "write: say: Sit up."),
    ("  - say: Sit.\n    settle 4s\n", 2, 5, "no colon after `settle`", "write: settle: 4s"),
    ("  - say：Sit.\n", 1, 5, "no colon after `say`", "write: say: Sit."),
    ("  - say = Sit.\n", 1, 5, "no colon after `say`", "write: say: Sit."),
    (
        "  - say: Sit.\n\u200b  - hold: 5s\n",
        2,
        1,
        "there is an unusual space (U+200B) here",
        "replace it with a normal space",
    ),
    (
        "  - count: [{side} up, down]\n",
        1,
        13,
        "this text needs quotation marks",
        'put it in quotes: "{side} up"',
    ),
    (
        "  - hold: 30s\n    marks: {halfway: {left} more}\n",
        2,
        22,
        "this text needs quotation marks",
        'put it in quotes: "{left} more"',
    ),
    (
        "  - say: 'Don't rush'\n",
        1,
        10,
        "the text goes on after the second quotation mark",
        'put the text in quotes: say: "Don\'t rush"',
    ),
    (
        "  - say: Sit. settle: 4s\n",
        1,
        15,
        "`settle` is in the middle of a line",
        "write on a separate line: settle: 4s",
    ),
    (
        "  - hold: 20s marks: {halfway: bell}\n",
        1,
        15,
        "`marks` is in the middle of a line",
        "write on a separate line: marks: {halfway: bell}",
    ),
    (
        "  - say: Sit down. - hold: 20s\n",
        1,
        22,
        "`hold` is in the middle of a line",
        "write on a separate line: - hold: 20s",
    ),
    ("  - hold: 30s\n    marks: {halfway: bell]\n", 2, 26, "a ] stands where a } ends this", "write } here"),
    (
        "  - hold: 30s\n    marks: (halfway: bell)\n",
        2,
        12,
        "round brackets have no meaning here",
        "write: marks: {halfway: bell}",
    ),
    ("  - say:: Sit down.\n", 1, 5, "no space after the colon of `say`", "write: say: Sit down."),
    (
        "  - say: Sit.\n---\ntitle: B\n",
        2,
        1,
        "a second document starts at this line",
        "one file is one routine: remove the line, or write two files",
    ),
]


def read(text: str) -> Routine:
    return load_text(text, Path("f.yaml"))


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(RoutineError) as caught:
        read(text)
    return caught.value.faults


@every(("steps", "line", "column", "found", "write"), SLIPS)
def test_a_slip_is_one_fault_with_what_to_write(
    steps: str, line: int, column: int, found: str, write: str
) -> None:
    (fault,) = faults(HEAD + steps)
    assert (fault.line, fault.column, fault.found, fault.allowed) == (line + 3, column, found, write)
    assert fault.source == (HEAD + steps).splitlines()[fault.line - 1]


@every("write", [each[4] for each in SLIPS if each[4].startswith("put the text in quotes: say")])
def test_what_it_says_to_write_is_read_as_a_text(write: str) -> None:
    step = write.removeprefix("put the text in quotes: ")
    sides = f"  - sides: [left, right]\n    steps:\n      - {step}\n      - hold: 20s\n"
    assert read(HEAD + sides)


@every(
    "steps",
    ["  - say:\tSit up.\n", "  - say: Sit up.\t\n", "  -\tsay: Sit\tup.\n", "  - say: Sit up.\t# here\n"],
)
def test_a_tab_behind_the_first_word_is_a_space(steps: str) -> None:
    (step,) = read(HEAD.replace("title: ", "title:\t") + steps).document.steps
    assert step.model_dump(exclude_defaults=True) == {"say": "Sit up."}


@given(st.text("ab'\"{}[]:,#&*!|>%@`?- \\", min_size=1, max_size=12))
def test_any_text_is_read_or_its_fault_says_what_to_write(text: str) -> None:
    found: tuple[Fault, ...] = ()
    try:
        read(f"{HEAD}  - say: {text}\n")
    except RoutineError as error:
        found = error.faults
    assert not [str(fault) for fault in found if fault.found.startswith("not valid YAML")]


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="{}\ufeff"), min_size=1
    )
)
def test_a_text_in_the_quotation_marks_that_fit_stays_as_it_is(text: str) -> None:
    routine = read(f"title: {quoted(f'x{text}x')}\nsteps: [{{gap: 1s}}]\n")
    assert routine.document.title == f"x{text}x"


@every(
    ("text", "found", "write"),
    [
        (
            "voice: en-gb",
            "expected a mapping (`key: value`), found 'en-gb'",
            "write: voice: {name: en-gb}",
        ),
        ("rate: 110", "'rate' is a key of `voice`", "write: voice: {rate: 110}"),
        ("notice: none", "'notice' is a key of `safety`", "write: safety: {notice: none}"),
        (
            "settings: {hold: 20s}",
            "expected a mapping (`key: value`), found '20s'",
            "write: hold: {default: 20s}",
        ),
        ("length: 10m", "expected a mapping (`key: value`), found '10m'", "write: length: {default: 10m}"),
        ("summary: {name: A}", "expected text for `summary`, found a mapping", "write `summary: A`"),
    ],
)
def test_a_value_of_another_shape_is_shown_in_the_right_one(text: str, found: str, write: str) -> None:
    (fault,) = faults(f"title: T\n{text}\nsteps: [{{gap: 1s}}]\n")
    assert found in fault.found
    assert fault.allowed == write


@every(
    ("text", "write"),
    [
        ("posture: standing", "write: position: standing"), ("music: rain", "write: bed: rain"),
        ("description: For the neck.", "write: summary: For the neck."),
        ("heading: A", "allowed here: title, summary"),  # the title is there
    ],
)  # fmt: skip
def test_what_people_call_a_key_leads_to_the_key(text: str, write: str) -> None:
    (fault,) = faults(f"title: T\n{text}\nsteps: [{{gap: 1s}}]\n")
    assert fault.allowed.startswith(write)


def test_the_time_of_a_step_is_part_of_it() -> None:
    (fault,) = faults("title: T\nsteps:\n  - hold: 5s\n    duration: 9s\n")
    assert fault.allowed == "the time is part of `hold`: hold: 9s"


@every(
    ("text", "column", "write_it"),
    [
        (
            "voice: {name: en-gb, rate: 110}",
            8,
            "write `voice: en-gb`, and `rate: 110` on a separate line",
        ),
        ("voice: {rate: 110}", 8, "write `rate: 110` on a separate line, without `voice`"),
        ("fit: {default: 12m}", 6, "write `fit: 12m`"),
        ("note: For Anna: slowly", 15, 'put the text in quotes: note: "For Anna: slowly"'),
        ("\tvoice: de", 1, "indent with spaces, two for each level"),
        ("voice:\u00a0de", 7, "replace it with a normal space"),
        ("voice:de", 1, "write: voice: de"),
    ],
)
def test_overlays_and_defaults_have_the_same_help(
    write: Write, text: str, column: int, write_it: str
) -> None:
    with pytest.raises(RoutineError) as caught:
        read_overlay(write(f"rate: 110\n{text}\n" if column == 1 and text[0] == "\t" else f"{text}\n"))
    (fault,) = caught.value.faults
    assert (fault.column, fault.allowed) == (column, write_it)


@pytest.mark.parametrize(
    ("lines", "advice"),
    [
        ("steps:\n  1. say: Go.\n", "write: - say: Go."),
        ("steps:\n  2) hold: 20s\n", "write: - hold: 20s"),
        ('steps:\n  - "say: Go."\n', "write: - say: Go."),
        ("```yaml\nsteps:\n  - say: Go.\n```\n", "keep only the lines between the fences"),
    ],
)
def test_lists_and_fences_of_other_languages(tmp_path: Path, lines: str, advice: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"title: T\n{lines}", encoding="utf-8")
    with pytest.raises(RoutineError) as refused:
        load(path)
    assert str(refused.value).endswith(f"= {advice}")


@pytest.mark.parametrize(
    ("steps", "line", "advice"),
    [
        # The line after the one that a comment cut is fine, whatever it begins with.
        (
            "  - hold: 20s\n    marks: {halfway: Half #1 done.}\n  - say: |\n      Sit.\n",
            2,
            "put the text before it in quotes",
        ),
        (
            "  - hold: 20s\n    marks: {halfway: bell\n  - say: >-\n      Sit.\n",
            2,
            "write } where it ends",
        ),
        ("  - hold: 20s\n    marks: halfway: bell\n", 2, "write: marks: {halfway: bell}"),
        ("  - hold: 60s\n    marks:\n      every: 10s: tick\n", 3, "write: every: {10s: tick}"),
    ],
)
def test_brackets_that_are_missing(write: Write, steps: str, line: int, advice: str) -> None:
    with pytest.raises(RoutineError) as caught:
        load(write(f"title: T\nsteps:\n{steps}"))
    (fault,) = caught.value.faults
    assert (fault.line - 2, fault.allowed) == (line, advice)
