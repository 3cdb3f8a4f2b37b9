"""What is too much for a file is refused early: at the limit it passes, above it it does not."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import AudioguideError, RoutineError
from audioguide.routine import library
from audioguide.routine.limits import DEEPEST, DEEPEST_INCLUDES, LARGEST_FILE, MOST_NODES
from audioguide.routine.load import load
from audioguide.routine.source import parse_source
from audioguide.script.layout import lay_out
from audioguide.script.script import Script
from audioguide.untrusted.files import open_regular
from tests.conftest import Write, word_lengths
from tests.tables import every

HEAD = "title: T\nsafety: {notice: none, closing: none}\n"


def fault_of(run: Callable[[], object]) -> str:
    with pytest.raises(AudioguideError) as raised:
        run()
    return str(raised.value)


@every("excess", [0, 1, 50 * LARGEST_FILE])
def test_the_size_of_a_file(write: Write, excess: int) -> None:
    text = f"{HEAD}steps: [{{gap: 1s}}]\n"
    path = write(text + "#" * (LARGEST_FILE - len(text) + excess))
    if excess:
        assert "larger than 256 KiB" in fault_of(lambda: load(path))
    else:
        assert load(path).document.title == "T"


@every("number", ["1_0", "0x10", "0o10", "0b11", "-0x1F", "1_000.5", "+1_0"])
@every("place", ["steps: [{{hold: {}}}]", "seed: {}", "steps: [{{say: {}}}]"])
def test_a_number_that_a_person_reads_otherwise_is_refused(number: str, place: str) -> None:
    fault = fault_of(lambda: parse_source(f"title: T\n{place.format(number)}\n", "f.yaml"))
    assert f"{number} is a number in an unusual form" in fault
    assert "write a number such as 10, or a text in quotes" in fault


@every("number", ["010", "10", "1e1", "10.", "+10"])
def test_a_number_that_reads_as_ten_is_ten(write: Write, number: str) -> None:
    (step,) = load(write(f"{HEAD}steps: [{{hold: {number}}}]\n")).document.steps
    assert getattr(step, "hold", None) == 2500


def test_a_merge_key_is_refused() -> None:
    text = "title: T\nsettings: {hold: {<<: {default: 20s}}}\n"
    assert "merge keys (<<) are not part of the language" in fault_of(lambda: parse_source(text, "f.yaml"))


@every("depth", [DEEPEST + 1, 500, 100_000])
@every("opening", ["[", "{a: ", "- "])
def test_the_depth_of_a_file(depth: int, opening: str) -> None:
    assert "nested too deeply" in fault_of(lambda: parse_source(opening * depth, "f.yaml"))


def test_as_deep_as_allowed() -> None:
    data = parse_source("[" * DEEPEST + "]" * DEEPEST, "f.yaml").data
    for _ in range(DEEPEST - 1):
        (data,) = data
    assert data == []


@pytest.mark.parametrize("nodes", [MOST_NODES + 1, 120_000])
def test_the_number_of_values(nodes: int) -> None:
    text = "[" + "a," * (nodes - 1) + "]"  # the list is a value, too
    fault = fault_of(lambda: parse_source(text, "f.yaml"))
    assert "too many values" in fault
    assert max(map(len, fault.splitlines())) < 200


@every(
    ("text", "found"),
    [
        ("a: &x [1]\nb: *x", "1:4: anchors and aliases"),
        ("a: &a [*a]", "1:4: anchors and aliases"),
        ("&a a: 1", "1:1: anchors and aliases"),
        ("a: !!python/object:os.system x", "1:4: tags (tag:yaml.org,2002:python/object:os.system)"),
        ("a: !x {b: 1}", "1:4: tags (!x)"),
        ("%YAML 1.1\n---\na: on", "2:1: YAML 1.1"),
    ],
)
def test_what_is_not_part_of_the_language(text: str, found: str) -> None:
    assert found.removeprefix("2:1: ") in fault_of(lambda: parse_source(text, "f.yaml"))


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join(f'*{old}' for _ in range(9))}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert "f.yaml:1:4: anchors" in fault_of(lambda: parse_source("\n".join(lines), "f.yaml"))


@every(
    "value",
    [".inf", "-.inf", ".nan", "1e400", "1" * 5000, "-1", "0x7fffffff", "1e9", "true", "null", "[1]", "010s0"],
)
def test_a_hold_is_a_time(write: Write, value: str) -> None:
    fault = fault_of(lambda: load(write(f"{HEAD}steps:\n  - hold: {value}\n")))
    assert "routine.yaml:4:" in fault
    assert max(map(len, fault.splitlines())) < 300


def test_a_number_with_a_zero_in_front_is_read_as_people_read_it(write: Write) -> None:
    made = compile(load(write(f"{HEAD}steps:\n  - hold: 010\n")))
    assert [cue.length for cue in made.cues if cue.kind == "hold"] == [10 * 250]


@every(("hold", "fine"), [("1h", True), ("3600.004s", False), ("11h", False), ("13h", False)])
def test_the_length_of_a_hold(write: Write, hold: str, fine: bool) -> None:
    path = write(f"{HEAD}steps:\n  - hold: {hold}\n")
    if fine:
        compile(load(path))
    else:
        assert "routine.yaml:4:" in fault_of(lambda: compile(load(path)))


@every(("reps", "fine"), [("500", True), ("501", False), ("1000000000", False)])
def test_the_number_of_reps(write: Write, reps: str, fine: bool) -> None:
    path = write(f"{HEAD}steps:\n  - repeat: {reps}\n    steps: [{{gap: 1s}}]\n")
    if fine:
        assert len(compile(load(path)).cues) == 502
    else:
        assert "outside 1 to 500" in fault_of(lambda: load(path))


def gaps(write: Write, *counts: int, gap: str = "0.1s") -> Script:
    """Compile nested repeats around one gap."""
    steps = f"[{{gap: {gap}}}]"
    for count in counts:
        steps = f"[{{repeat: {count}, steps: {steps}}}]"
    return compile(load(write(f"{HEAD}steps: {steps}\n")))


def test_the_number_of_cues(write: Write) -> None:
    assert len(gaps(write, 499, 40, 1).cues) == 499 * 40 + 2  # a gap at both ends of the file
    for counts in ((500, 41), (500, 500), (500, 500, 500, 500, 500, 500, 500)):
        with pytest.raises(RoutineError, match="more than 20,000 cues"):
            gaps(write, *counts)


def test_the_length_of_a_programme(write: Write) -> None:
    assert "more than 12 hours" not in str(gaps(write, 11, gap="1h"))
    for counts in ((12,), (500, 500)):
        with pytest.raises(RoutineError, match="more than 12 hours"):
            gaps(write, *counts, gap="1h")


def test_words_can_make_a_programme_too_long(write: Write) -> None:
    script = gaps(write, 11, gap="1h")
    said = compile(load(write(f"{HEAD}steps:\n  - repeat: 11\n    steps: [{{say: Rest., gap: 1h}}]\n")))
    lay_out(script, word_lengths(script))
    lengths = dict.fromkeys(said.clips, 6 * 60 * 250)
    with pytest.raises(RoutineError, match="12 hours"):
        lay_out(said, lengths)


def test_the_length_of_a_text(write: Write) -> None:
    words = "word " * 99
    load(write(f"{HEAD}steps:\n  - say: {words}wor.\n"))
    for text in (f"{words}words.", "word " * 50_000):
        path = write(f"{HEAD}steps:\n  - say: {text}\n")
        with pytest.raises(RoutineError, match="longer than 500 characters"):
            load(path)


def chain(folder: Path, length: int, last: str) -> Path:
    for number in range(length):
        following = f"r{number + 1}.yaml" if number + 1 < length else last
        steps = f"[{{include: {following}}}]" if following else "[{gap: 1s}]"
        (folder / f"r{number}.yaml").write_text(f"{HEAD}steps: {steps}\n", encoding="utf-8")
    return folder / "r0.yaml"


def test_routines_that_include_one_another(tmp_path: Path) -> None:
    load(chain(tmp_path, DEEPEST_INCLUDES, ""))
    assert "16 deep" in fault_of(lambda: load(chain(tmp_path, 100, "")))
    assert "cannot include itself" in fault_of(lambda: load(chain(tmp_path, 3, "r0.yaml")))
    assert "cannot include itself" in fault_of(lambda: load(chain(tmp_path, 1, "r0.yaml")))


def test_a_routine_that_many_include_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each includes the next one twice: unshared, that would be 2 to the power of 14 files.
    for number in range(14):
        following = f"{{include: d{number + 1}.yaml}}"
        steps = f"[{following}, {following}]" if number < 13 else "[{gap: 1s}]"
        (tmp_path / f"d{number}.yaml").write_text(f"{HEAD}steps: {steps}\n", encoding="utf-8")
    read: list[Path] = []
    opened = open_regular

    def counted(path: Path, *arguments: Any, **named: Any) -> Any:
        read.append(path)
        return opened(path, *arguments, **named)

    monkeypatch.setattr("audioguide.routine.source.open_regular", counted)
    load(tmp_path / "d0.yaml")
    assert len([path for path in read if path.parent == tmp_path]) == 14


def names(secret: Path) -> list[str]:
    """Return 200 names that lead elsewhere, or nowhere."""
    ways = [
        "..",
        "../..",
        "/",
        "~",
        "~root",
        "~nobody-at-all",
        "//",
        "\\",
        "C:\\",
        "link",
        "./link",
        "link/..",
        ".",
        "%2e%2e",
    ]
    ends = [
        "secret.yaml", "secret.yaml\0", "secret.yaml\0.txt", "secret", "etc/passwd", "dev/zero",
        "dev/zero.yaml", "proc/self/environ", "CON", "NUL.yaml", "a" * 300, "a" * 5000 + ".yaml",
        "\u202eyaml", " ", "sec\nret.yaml",
    ]  # fmt: skip
    made = [f"{way}/{end}" for way in ways for end in ends]
    made += [
        str(secret),
        str(secret.parent / "x" / ".." / secret.name),
        f"file://{secret}",
        "$HOME/secret.yaml",
        "link.yaml",
        "pipe.yaml",
    ]
    random.Random(7).shuffle(made)
    return [*made[:198], str(secret), "link.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with names, and links need rights")
def test_no_name_in_a_routine_opens_anything_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    secret = tmp_path / "secret.yaml"
    secret.write_text(f"{HEAD}steps: [{{gap: 1s}}]\n", encoding="utf-8")
    (home / "link").symlink_to(tmp_path)
    (home / "link.yaml").symlink_to(secret)
    os.mkfifo(home / "pipe.yaml")
    routine = home / "r.yaml"
    opened: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str):
            opened.append(os.path.realpath(arguments[0]))

    sys.addaudithook(watch)
    try:
        for name in names(secret):
            quoted = (
                name.replace("\\", "\\\\")
                .replace("\0", "\\0")
                .replace("\n", "\\n")
                .replace("\u202e", "\\u202E")
            )
            routine.write_text(f'{HEAD}steps: [{{include: "{quoted}"}}]\n', encoding="utf-8")
            fault_of(lambda: load(routine))
    finally:
        watching = False
    inside = (str(home), str(library.SHIPPED), sys.prefix, sys.base_prefix, str(library.SHIPPED.parent))
    assert [path for path in opened if not path.startswith(inside)] == []
