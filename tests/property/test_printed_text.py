"""No control character and no mark of direction of a stranger's file reaches a terminal or a file."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.untrusted.characters import cleaned, escaped, file_stem, refused
from tests.cli.conftest import Run, run

__all__ = ["run"]

BIDI = ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
ACTING = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)] + BIDI
PLAIN = st.text("abc #%'\"[]<>&|=,;:*\\é漢🧘", max_size=8)
STRANGE = st.lists(PLAIN | st.sampled_from([*ACTING, "\ud800", "\x1b[31m", "\x1b]0;x\x07"]), max_size=6).map(
    "".join
)
# What a routine may hold, and what then has to be cleaned.
MILD = st.lists(PLAIN | st.sampled_from([*BIDI, "\n", "\t", "\x85", "\u2028"]), max_size=6).map("".join)
FILE_NAMES = st.lists(
    PLAIN.map(lambda text: text.replace("\\", ""))
    | st.sampled_from([each for each in ACTING if each != "\0"]),
    max_size=5,
).map("".join)


def acting(text: str, *, allowed: str = "\n\t") -> set[str]:
    """Return the characters of `text` that act on what shows it."""
    return {
        each
        for each in text
        if each not in allowed and (unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") or each in BIDI)
    }


@given(STRANGE)
def test_what_acts_is_escaped_cleaned_or_named(text: str) -> None:
    assert (
        acting(escaped(text)) == acting(cleaned(text)) == acting(file_stem(f"a{text}"), allowed="") == set()
    )
    assert (
        json.loads(f'"{escaped(cleaned(text)).translate({34: None, 92: None, 10: None, 9: None})}"')
        is not None
    )
    found = refused(text)
    assert found is None or found[1].startswith(f"U+{ord(text[found[0]]):04X}")


@given(STRANGE)
def test_escaped_json_is_the_same_data(text: str) -> None:
    assert json.loads(escaped(json.dumps([text], ensure_ascii=False))) == [text]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=MILD, text=MILD | STRANGE, name=FILE_NAMES, key=STRANGE, chapter=MILD | STRANGE)
def test_nothing_acts_in_what_is_printed_or_written(
    run: Run, tmp_path: Path, *, title: str, text: str, name: str, key: str, chapter: str
) -> None:
    for each in tmp_path.iterdir():
        rmtree(each) if each.is_dir() else each.unlink()
    own = tmp_path / "own"
    own.mkdir()
    path = own / f"a{name.replace('/', '')}.yaml"
    words = {"title": f"T {title}", "summary": f"S {text}", "position": "lying"}
    path.write_text(
        "\n".join(f"{each}: {json.dumps(value)}" for each, value in words.items())
        + f"\nbody: [{json.dumps('b' + text)}]\nsafety: {{notice: none, closing: none}}\nsteps:\n"
        f"  - chapter: {json.dumps('C ' + chapter)}\n  - say: {json.dumps('Go ' + text[:60])}\n",
        encoding="utf-8",
    )
    path.with_suffix(".yml").with_stem("key").write_text(f"{json.dumps('k' + key)}: 1\n", encoding="utf-8")
    config = tmp_path / "conf"
    config.mkdir()
    (config / "config.yaml").write_text(f"routines: [{json.dumps(str(own))}]\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOGUIDE_CONFIG_DIR", str(config))
        for call in (
            ("check", str(path)), ("check", "--json", str(path)), ("show", str(path)),
            ("show", "--json", str(path)), ("check", str(own / "key.yml")), ("show", f"none{title}"),
            ("show", str(path), "--dose", f"d{key}"),
            ("render", str(path), "--voice", f"e{text}", "--json", "--with-files", "-o", str(tmp_path / "o")),
        ):  # fmt: skip
            ran = run(*(each.replace("\0", "").encode("utf-8", "replace").decode() for each in call))
            assert acting(ran.out + ran.err) == set(), call
            assert "Traceback" not in ran.err
            if "--json" in call and ran.code == 0:
                json.loads(ran.out)
    for written in (tmp_path / "o").glob("*"):
        assert acting(written.name, allowed="") == set()
        if written.suffix != ".mp3":
            assert acting(written.read_text(encoding="utf-8")) == set(), written


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\0", "\r", "\x9b", "\ud800", "\x7f"])
@pytest.mark.parametrize("place", ["title", "say", "chapter", "body", "doses", "position"])
def test_a_control_character_in_a_routine_is_refused_in_its_place(
    run: Run, tmp_path: Path, sign: str, place: str
) -> None:
    odd = json.dumps(f"x{sign}x")
    lines = {
        "title": "title: A", "position": "position: lying", "body": "body: [back]",
        "settings": "settings: {hold: {default: 5s}}", "doses": "doses: {more: {hold: 9s}}",
        "steps": "steps:", "chapter": "  - chapter: C", "say": "  - say: Go.", "hold": "  - hold: $hold",
    }  # fmt: skip
    odder = {
        "title": f"title: {odd}", "say": f"  - say: {odd}", "chapter": f"  - chapter: {odd}",
        "body": f"body: [{odd}]", "doses": f"doses: {{{odd}: {{hold: 9s}}}}", "position": f"position: {odd}",
    }  # fmt: skip
    (tmp_path / "a.yaml").write_text("\n".join((lines | {place: odder[place]}).values()), encoding="utf-8")
    ran = run("check", "a.yaml")
    assert ran.code == 3
    assert f"a.yaml:{list(lines).index(place) + 1}:" in ran.err
    assert f"U+{ord(sign):04X}" in ran.err


def test_a_raw_control_character_is_reported_in_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "title: A\nsteps:\n  - say: Go \x1b[31m.\n  - say: \x9b.\n", encoding="utf-8"
    )
    ran = run("check", "a.yaml")
    assert ran.code == 3
    assert "a.yaml:3:13: this line has the control character U+001B (ESC)" in ran.err
    assert "a.yaml:4:10: this line has the control character U+009B" in ran.err


def test_a_timed_script_with_a_control_character_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("export", "cat-stretch", "--estimate", "--format", "json", "-o", "a.json").code == 0
    script = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    for change in ({"title": "A\x1b]0;x\x07"}, {"title": "A\ud800"}, {"settings": {"hold\x07": "5s"}}):
        (tmp_path / "a.json").write_text(json.dumps({**script, **change}), encoding="utf-8")
        ran = run("show", "a.json")
        assert ran.code == 3
        assert "this text has" in ran.err
        assert acting(ran.err) == set()


def test_marks_of_direction_go_and_nothing_is_turned_around(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "title: Ruhe \u202edneS\u202c\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Go.\n",
        encoding="utf-8",
    )
    assert run("render", "a.yaml", "--with-files", "all").code == 0
    assert (tmp_path / "out/a.txt").read_text(encoding="utf-8").splitlines()[0] == "Ruhe dneS"


@pytest.mark.skipif(sys.platform != "linux", reason="a name that is not UTF-8 is only found on Linux")
def test_a_file_name_that_is_not_text_still_renders(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "b\udcff[red]\x1b[31m.yaml"
    path.write_text(
        "title: A\nsafety: {notice: none, closing: none}\nsteps:\n  - say: Go.\n", encoding="utf-8"
    )
    ran = run("render", str(path), "--with-files", "all")
    assert ran.code == 0, ran.err
    assert acting(ran.out + ran.err) == set()
    assert (tmp_path / "out/b_[red]_[31m.mp3").is_file()


@pytest.mark.slow
def test_a_list_shows_no_control_characters(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    odd = "\u202e" if sys.platform == "win32" else "\u202e\x1b[31m\x07\r\x9b"
    title = json.dumps("Ruhe \u202e\u2066x\n\x85y")
    (own / f"a{odd}.yaml").write_text(f"title: {title}\nsteps:\n  - say: Go.\n", encoding="utf-8")
    (own / f"b{odd}.yaml").write_text(f"title: {title}\n{json.dumps(odd)}: 1\n", encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(own))
    for options in ((), ("--json",)):
        ran = run("list", *options)
        assert ran.code == 0
        assert "Ruhe" in ran.out
        assert "left out" in ran.err
        assert acting(ran.out + ran.err) == set()
    assert any(each["name"].startswith("a") for each in json.loads(ran.out)["routines"])


def test_an_emoji_as_json_escapes_it_is_an_emoji(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('title: "A \\ud83e\\uddd8"\nsteps:\n  - say: Go.\n', encoding="utf-8")
    ran = run("show", "a.yaml")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("A \N{PERSON IN LOTUS POSITION}\n")
