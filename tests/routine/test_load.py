"""Every fault in its place, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.routine import library
from audioguide.routine.load import load
from audioguide.routine.source import parse_source
from tests.tables import every

Write = Callable[..., Path]

FIVE_FAULTS = """\
title: Five faults
colour: red
settings:
  hold: {default: 20s, min: 15s, max: 10s}
steps:
  - say: Lie down.
    setle: 6s
  - hold: $hodl
    chime: belll
"""


def faults_of(path: Path) -> list[str]:
    with pytest.raises(RoutineError) as caught:
        load(path)
    return [f"{fault.line}:{fault.column} {fault.found}" for fault in caught.value.faults]


def test_all_faults_of_a_file_are_reported_at_once_in_their_places(write: Write) -> None:
    faults = faults_of(write(FIVE_FAULTS))
    assert [fault.split()[0] for fault in faults] == ["2:1", "4:9", "7:5", "8:11", "9:12"]
    for fault, word in zip(faults, ["colour", "order", "'settle'", "'hold'", "'bell'"], strict=True):
        assert word in fault


SAY_KEYS = (
    "say", "short", "first", "last", "minimal", "settle", "gap", "into", "alone", "enter", "release",
    "voice", "id",
)  # fmt: skip


def test_a_fault_shows_the_line_with_a_marker_and_what_is_allowed(write: Write) -> None:
    path = write(FIVE_FAULTS)
    with pytest.raises(RoutineError) as caught:
        load(path)
    assert str(caught.value.faults[2]).splitlines() == [
        f"{path}:7:5: unknown key 'setle'; did you mean 'settle'?",
        "    7 |     setle: 6s",
        "      |     ^~~~~",
        f"      = allowed here: {', '.join(SAY_KEYS)}",
    ]


@every(
    ("steps", "found"),
    [
        ("  - jump: 3", "3:5 no step has 'jump'"),
        ("  - just text", "a step has to have one of these keys"),
        ("  - say: 5", 'put it in quotes: "5"'),
        ("  - say: true", 'put it in quotes: "true"'),
        ("  - chapter: 2024-05-01", 'put it in quotes: "2024-05-01"'),
        ("  - count: [1, 5.50]", 'put it in quotes: "5.50"'),
        ("  - say:", "expected text, found nothing"),
        ("  - say: ''", "this text is empty"),
        ("  - {say: a, hold: 5s}", "'hold' cannot be in the same step as `say`"),
        ("  - hold: 12.3456s", "not a multiple of 4 ms"),
        ("  - hold: 0s", "a time of 0 has no effect"),
        ("  - hold: {breaths: 3, in: 4s}", "`out` is missing"),
        ("  - repeat: 0\n    steps: [{gap: 1s}]", "0 is outside 1 to 500"),
        ("  - repeat: two\n    steps: [{gap: 1s}]", "'two' is not a whole number"),
        ("  - repeat: 2\n    steps: []", "this list is empty"),
        ("  - repeat: 2\n    grow: {hold: {by: 1s}}\n    steps: [{gap: 1s}]", "no setting is called 'hold'"),
        ("  - sides: [left, rihgt]\n    steps: [{gap: 1s}]", "found 'rihgt'"),
        ("  - sides: [left, right]\n    steps: [{say: {left: Left.}}]", "no text for the side 'right'"),
        ("  - say: {left: a, right: b}", "texts for sides are outside `sides`"),
        ("  - say: {full: a, short: b}", "`full` and `short` cannot be inside a text"),
        ("  - say: Your {side} knee.", "{side} is outside `sides`"),
        (
            "  - sides: [left, both]\n    steps: [{say: 'Your {side} knee.'}]",
            "makes no sense on the side 'both'",
        ),
        ("  - sides: [left]\n    steps: [{sides: [right], steps: [{gap: 1s}]}]", "`sides` inside `sides`"),
        ("  - say: Number {rep}.", "{rep} is outside `repeat`"),
        ("  - say: Hello {nme}.", "no placeholder is called '{nme}'"),
        ("  - say: 'Hello {'", "an unmatched brace"),
        ("  - {hold: 9s, marks: {halfway: gong}}", "no sound is called 'gong'"),
        ("  - {hold: 9s, marks: {halfway: {say: a, chime: bell}}}", "either `say` or `chime`"),
        ("  - breathe: {in: 4s, out: 6s}", "either `cycles` or `for`"),
        ("  - breathe: {in: 4s, out: 6s, cycles: 2, voice: loud}", "has to be all, none"),
        ("  - breathe: {in: 4s, out: 6s, cycles: 2, tone: maybe}", "expected true or false"),
        ("  - include: nowhere", "no routine is called 'nowhere'"),
        ("  - include: routine.yaml", "a routine cannot include itself"),
        (
            "  - {include: knee-to-chest, settings: {hodl: 20s}}",
            "has no setting 'hodl'; did you mean 'hold'?",
        ),
        ("  - rest: $reps", "no setting is called 'reps'"),
    ],
)
def test_each_fault_is_named(write: Write, steps: str, found: str) -> None:
    faults = faults_of(write(f"title: T\nsteps:\n{steps}\n"))
    assert any(found in fault for fault in faults), faults


@every(
    ("text", "marked"),
    [
        ("Hello {nme}, lie down.", "{nme}"),
        ("'It''s {nme}.'", "{nme}"),
        (">-\n          Hello\n          {nme}.", "{nme}"),
        ("{left: 'Your {nme}.', right: Rest.}", "{nme}"),
    ],
)
def test_a_placeholder_is_marked_where_it_stands(write: Write, text: str, marked: str) -> None:
    """In a text of several lines, too."""
    steps = f"  - sides: [left, right]\n    steps:\n      - say: {text}\n"
    with pytest.raises(RoutineError) as caught:
        load(write(f"title: T\nsteps:\n{steps}"))
    fault = caught.value.faults[0]
    assert fault.source[fault.column - 1 :][: fault.width] == marked


@every(
    ("text", "line", "column"),
    [
        ("title: A\nbody: [back]\nsteps:\n  - hold:\n  - hold: 5s\n", 4, 5),
        ("title: A\nsteps:\n  - say:\n\n# a word\n  - hold: 5s\n", 3, 5),
        ("title:\nsteps:\n  - hold: 5s\n", 1, 1),
        ("title: A\nsettings:\n  hold:\n  reps: {default: 3}\nsteps:\n  - hold: 5s\n", 3, 3),
        ("title: A\nsettings:\n  hold: {default: , min: 3s}\nsteps:\n  - hold: 5s\n", 3, 10),
        ("title: A\nsteps:\n  - repeat: 2\n    steps:\n", 4, 5),
        ("title: A\nbody:\n  -\n  - back\nsteps:\n  - hold: 5s\n", 3, 3),
        ("title: A\nsteps:\n  - hold: 5s\n  - # later\n", 4, 3),
        ("title: A\nsteps:\n  - say: null\n  - hold: 5s\n", 3, 10),
    ],
)
def test_what_is_empty_is_marked_where_it_stands(write: Write, text: str, line: int, column: int) -> None:
    with pytest.raises(RoutineError) as raised:
        load(write(text))
    assert [(fault.line, fault.column) for fault in raised.value.faults] == [(line, column)]


@every(
    ("text", "found"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file has no content"),
        ("- a\n", "a routine needs at least the lines `title:` and `steps:`"),
        ("title: T\n", "`steps` is missing"),
        ("title: a\n  b: c\n", "`b` has 2 spaces before it, and what it belongs to has no space"),
        ("title: a\ntitle: b\nsteps: [{gap: 1s}]\n", "the key 'title' is here twice"),
        ("title: &a x\nsteps:\n  - say: *a\n", "anchors and aliases are not part of the language"),
        ("title: a\n---\ntitle: b\n", "a second document starts"),
        ("title: a\n? steps:\n    - gap: 1s\n", "2:3 a key is a word, not a list or a mapping"),
        ("title: a\nst\teps: b\n", "unknown key 'st eps'; did you mean 'steps'?"),
        ("title: T\nsteps: " + "[" * 3000, "nested too deeply"),
        (
            "title: T\nsettings: {hold: {default: 20s, max: 3}}\nsteps: [{gap: 1s}]",
            "all times (20s) or all counts",
        ),
        ("title: T\nsettings: {hold: {default: 2.5}}\nsteps: [{gap: 1s}]", "write 2.5s"),
        ("title: T\nsettings: {Hold: {default: 20s}}\nsteps: [{gap: 1s}]", "small letters"),
        (
            "title: T\nsettings: {reps: {default: 2}}\nsteps: [{hold: $reps}]",
            "is a count (2), and `hold` takes a time",
        ),
        (
            "title: T\nsettings: {h: {default: 2s}}\nsteps: [{repeat: $h, steps: [{gap: 1s}]}]",
            "takes a count",
        ),
        ("title: T\nlength: 12m\nsteps: [{gap: 1s}]", "expected a mapping (`key: value`), found '12m'"),
        ("title: T\nlength: {default: 12}\nsteps: [{gap: 1s}]", "a length is a time such as 12m"),
        (
            "title: T\nlength: {default: 12m, max: 8m}\nsteps: [{gap: 1s}]",
            "has to be min, default, max; found 12m, 8m",
        ),
        ("title: T\nsafety: {notice: bakc}\nsteps: [{gap: 1s}]", "did you mean 'back'"),
        ("title: T\nvoice: {rate: 20}\nsteps: [{gap: 1s}]", "at least 80"),
        ("title: T\nsounds: {gong: nowhere.wav}\nsteps: [{chime: gong}]", "nowhere.wav"),
        (
            "title: T\nsounds: {gong: {file: nowhere.wav}}\nsteps: [{chime: gong}]",
            "2:23 there is no sound file",
        ),
        ("title: T\nsounds: {end: none}\nsteps: [{hold: 9s}]", "2:15 `none` is not a sound"),
        ("title: T\nsteps: [{chime: none}]", "2:17 `none` is not a sound"),
        ("title: T\nsteps: [{hold: 9s, marks: {halfway: none}}]", "`none` is not a sound"),
        ("title: T\nsounds: {gong: {volume: -3}}\nsteps: [{chime: gong}]", "write {file: my/gong.wav}"),
        ("title: T\nsounds: {bell: {}}\nsteps: [{gap: 1s}]", "a sound needs a `file`, a `volume` or both"),
        (
            "title: T\nsounds: {bell: {volume: loud}}\nsteps: [{gap: 1s}]",
            "2:25 'loud' is not a volume such as",
        ),
        (
            "title: T\nsounds: {bell: {volume: 6.1}}\nsteps: [{gap: 1s}]",
            "6.1 is out of bounds: write a volume",
        ),
        ("title: T\nsounds: {bell: {volum: 6}}\nsteps: [{gap: 1s}]", "did you mean 'volume'"),
        (
            "title: T\nchimes: {volume: -25dB}\nsteps: [{gap: 1s}]",
            "2:18 -25dB is out of bounds: write a volume",
        ),
        ("title: T\nchimes: -3dB\nsteps: [{gap: 1s}]", "expected a mapping"),
        (
            "title: T\nsource: a leaflet\nsteps: [{gap: 1s}]",
            "2:9 expected a mapping (`key: value`), found 'a leaflet'",
        ),
        ("title: T\nsource: [{name: A}, {adress: x}]\nsteps: [{gap: 1s}]", "2:22 unknown key 'adress'"),
        ("title: T\nsource: [{name: A}, {adress: x}]\nsteps: [{gap: 1s}]", "2:21 `name` is missing"),
        ("title: T\nsource: [A]\nsteps: [{gap: 1s}]", "2:10 expected a mapping (`key: value`), found 'A'"),
        ("title: T\nsource: []\nsteps: [{gap: 1s}]", "2:9 this list is empty"),
        (
            "title: T\nsource: {name: A, address: a.org}\nsteps: [{gap: 1s}]",
            "'a.org' is not an https address",
        ),
        ("title: T\nsays: twice a day\nsteps: [{gap: 1s}]", "'says' is a key of `source`"),
        (
            "title: T\nlevel: 2\nsteps: [{gap: 1s}]",
            '2:8 expected text, found 2: put it in quotes: "2"',
        ),
    ],
)
def test_each_fault_of_a_whole_file_is_named(write: Write, text: str, found: str) -> None:
    faults = faults_of(write(text))
    assert any(found in fault for fault in faults), faults


@pytest.mark.parametrize("name", ["full-back-care", "heat-move-ice"])
def test_a_file_is_read_as_the_parser_in_python_reads_it(name: str) -> None:
    text = (library.SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    read, expected = parse_source(text, "f.yaml").data, YAML(typ="rt", pure=True).load(text)
    assert read == expected
    assert list(places(read)) == list(places(expected))


def places(data: Any) -> Iterator[object]:
    """Yield where each mapping and list stands, and what is in it."""
    if hasattr(data, "lc"):
        yield data.lc.line, data.lc.col, data.lc.data
        for part in data.values() if isinstance(data, dict) else data:
            yield from places(part)


def test_a_source_in_one_word_is_shown_as_it_should_be(write: Write) -> None:
    with pytest.raises(RoutineError, match=r"= write: source: \{name: a leaflet\}"):
        load(write("title: T\nsource: a leaflet\nsteps: [{gap: 1s}]\n"))


def test_a_source_may_be_one_or_a_list(write: Write) -> None:
    one = '{name: A, address: "https://a.org/x?y=1", says: "hold 5 seconds, twice", note: n}'
    for text, names in (
        ("", []),
        (f"source: {one}\n", ["A"]),
        (f"source: [{one}, {{name: B}}]\n", ["A", "B"]),
    ):
        document = load(write(f"title: T\n{text}steps: [{{gap: 1s}}]")).document
        assert [source.name for source in document.sources] == names
        assert [source.says for source in document.sources if source.says] == [
            "hold 5 seconds, twice"
        ] * bool(names)


def test_anything_but_a_routine_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.yaml").write_text("# " + "x" * 300_000, encoding="utf-8")
    for path, words in [
        (tmp_path, "is a folder"),
        (tmp_path / "none.yaml", "cannot read"),
        (tmp_path / "binary.yaml", "not UTF-8"),
        (tmp_path / "large.yaml", "larger than 256 KiB"),
    ]:
        with pytest.raises(RoutineError, match=words):
            load(path)


def test_yaml_1_2_is_read_as_it_is_written(write: Write) -> None:
    text = "title: No\nsteps:\n  - say: yes\n  - hold: 1:30\n  - hold: 0:45\n  - say: on\n"
    steps = load(write(text)).document.steps
    assert [getattr(step, "say", None) or getattr(step, "hold", None) for step in steps] == [
        "yes",
        22500,
        11250,
        "on",
    ]


def test_the_faults_of_an_included_file_are_reported_with_its_name(write: Write) -> None:
    write("title: T\nsteps: [{hold: soon}]", "inner.yaml")
    with pytest.raises(RoutineError) as caught:
        load(write("title: T\ncolour: red\nsteps:\n  - include: inner.yaml"))
    assert sorted(Path(fault.file).name for fault in caught.value.faults) == ["inner.yaml", "routine.yaml"]


def test_a_fault_in_the_settings_of_an_include_hides_none_of_the_others(write: Write) -> None:
    settings = "{hold: 90s, reps: x, rest: 3, far: 2}"
    text = f"title: A\nsteps:\n  - include: knee-to-chest\n    settings: {settings}\n"
    found = "\n".join(faults_of(write(text)))
    for each in (
        "hold: 1m30s is more than 26s",
        "reps: 'x' is not a count",
        "rest: 3 is not a time",
        "no setting 'far'",
    ):
        assert each in found


@every(
    ("head", "given", "found", "takes"),
    [
        ("", "reps: x", "4:22: reps: 'x' is not a count", "takes a whole number from 1 to 3, such as 1;"),
        ("", "reps: 2.5", "4:22: reps: 2.5 is not a count", "such as $reps"),
        ("", "reps: 2s", "4:22: reps: '2s' is not a count", "`reps` of 'knee-to-chest' takes"),
        (
            "",
            "hold: {default: 18}",
            "4:22: hold: a mapping is not a time",
            "a time from 15s to 26s, with its unit",
        ),
        ("", "hold: soon", "4:22: 'soon' is not a time such as 15s", ""),
        ("", "reps: 0", "4:22: reps: 0 is less than 1", ""),
        ("", "reps: 501", "4:22: 501 is outside 0 to 500", ""),
        (
            "hold: {default: 18}",
            "hold: $hold",
            "5:22: hold: the setting 'hold' is 18, and that is not a time",
            "20s",
        ),
        (
            "reps: {default: 2s}",
            "reps: $reps",
            "5:22: reps: the setting 'reps' is 2s, and that is not a count",
            "1",
        ),
        ("hold: {default: 90s}", "hold: $hold, reps: x", "5:22: hold: 1m30s is more than 26s", "1 to 3"),
        (
            "hold: {default: 20s}",
            "hold: $hodl",
            "5:22: no setting is called 'hodl'; did you mean 'hold'?",
            "hold",
        ),
    ],
)
def test_what_an_include_is_given_is_reported_in_its_place_with_what_it_takes(
    head: str, given: str, found: str, takes: str, write: Write
) -> None:
    settings = f"settings: {{{head}}}\n" if head else ""
    text = f"title: A\n{settings}steps:\n  - include: knee-to-chest\n    settings: {{{given}}}\n"
    with pytest.raises(RoutineError) as caught:
        compile(load(write(text)))
    shown = str(caught.value)
    assert f":{found}" in shown
    assert takes in shown
    if "reps: x" in given:
        assert "'x' is not a count" in shown
