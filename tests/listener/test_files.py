"""Overlays, personal defaults, and own folders of routines."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError, UsageError
from audioguide.listener.files import read_defaults, read_overlay
from audioguide.listener.listener import this_listener
from audioguide.listener.options import NOTHING, Options
from audioguide.routine.language.starter import starter
from audioguide.routine.load import load
from tests.conftest import Write
from tests.tables import every

ANNA = """\
routine: knee-to-chest
settings: {hold: 25s, reps: 2}
skip: [bridge-pose]
voice: en-gb
rate: 100
guidance: full
chime_volume: -4dB
note: after the operation in May
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", str(folder))
    return folder / "config.yaml"


def test_defaults_that_cannot_be_reached_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder that may not be entered fails at the same place, but not for root.
    monkeypatch.setenv("AUDIOGUIDE_CONFIG_DIR", "/" + 300 * "x")
    with pytest.raises(RoutineError, match=r"cannot read /x+/config\.yaml: .+AUDIOGUIDE_CONFIG_DIR"):
        read_defaults()


def test_an_overlay_says_what_a_person_wishes(write: Write) -> None:
    overlay = read_overlay(write(ANNA))
    assert overlay.routine == "knee-to-chest"
    assert overlay.options == Options(
        settings={"hold": "25s", "reps": "2"}, skip=("bridge-pose",), voice="en-gb", rate=100,
        guidance="full", chime_volume=-4.0, note="after the operation in May",
    )  # fmt: skip


@every(
    ("text", "words"),
    [
        ("setings: {hold: 25s}", r"1:1: unknown key 'setings'; did you mean 'settings'"),
        ("settings: {hold: soon}", "'soon' is not a time"),
        ("rate: 7", "at least 80"),
        ("bed_volume: loud", "1:13: expected a number, found 'loud'"),
        ("bed_volume: [3]", "1:13: expected a number, found a list"),
        ("bed_volume: 40", r"expected at most 12"),
        ("bed_volume: .nan", r"1:13: expected at most 12, found nan"),
        ("chime_volume: 7", "7 is out of bounds: write a volume such as -3dB"),
        ("guidance: loud", "allowed: 'fade', 'full'"),
        ("note: for the {side}", r"1:15: '\{side\}' is not filled in `note`"),
        ("- hold", "an overlay is a mapping"),
        ("rate: 100\nvoice:", "2:1: 'voice' has no value"),
        ("note: ~", "1:1: 'note' has no value"),
        ("skip: [3]", r"1:8: expected the name of a part, found 3(?s:.*)a step number is written steps\[3\]"),
        ("routine:\nfit:", "1:1: 'routine' has no value(?s:.*)2:1: 'fit' has no value"),
    ],
)
def test_a_bad_overlay_is_refused_in_its_place(write: Write, text: str, words: str) -> None:
    with pytest.raises(RoutineError, match=words):
        read_overlay(write(text, "anna.yaml"))


@pytest.mark.parametrize("text", ["", "\n", "# rate: 110\n", "---\n"])
def test_an_empty_file_of_a_person_wishes_nothing(write: Write, config: Path, text: str) -> None:
    assert read_overlay(write(text, "anna.yaml")).options == NOTHING
    config.write_text(text, encoding="utf-8")
    assert read_defaults().options == NOTHING


def test_defaults_need_no_file(config: Path) -> None:
    defaults = read_defaults()
    assert defaults.path == config
    assert defaults.options == NOTHING


def test_defaults_are_read_and_checked(config: Path) -> None:
    config.write_text("rate: 110\nvoice: en-gb\n", encoding="utf-8")
    assert read_defaults().options == Options(rate=110, voice="en-gb")
    config.write_text("rat: 110\n", encoding="utf-8")
    with pytest.raises(RoutineError, match="did you mean 'rate'"):
        read_defaults()
    config.write_text("voice: en-gb\nrate:\n", encoding="utf-8")
    with pytest.raises(RoutineError, match="2:1: 'rate' has no value"):
        read_defaults()


def test_own_routines_are_found_before_those_that_ship(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    (first / "knee-to-chest.yaml").write_text(starter("knee-to-chest"), encoding="utf-8")
    (second / "mine.yaml").write_text(starter("mine"), encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(first))
    config.write_text(f"routines: ['{second}']\n", encoding="utf-8")
    library = this_listener().library
    assert library.find("knee-to-chest") == first / "knee-to-chest.yaml"
    assert library.find("mine") == second / "mine.yaml"
    assert "hides the included routine with that name" in library.shadowed(library.find("knee-to-chest"))
    assert library.shadowed(library.find("mine")) == library.shadowed(library.find("cat-stretch")) == ""
    (first / "mine.yaml").write_text(starter("mine"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"two of your own routines are called 'mine': .*first.*second"):
        library.find("mine")


def test_the_starter_compiles_as_it_is(write: Write) -> None:
    routine = load(write(starter("my-stretch"), "my-stretch.yaml"))
    assert routine.document.title == "My stretch"
    assert [cue.side for cue in compile(routine).cues if cue.kind == "hold"] == ["left", "right"] * 2


def test_an_own_routine_takes_no_part_out_of_what_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "title: Mine\nsettings: {hold: {default: 12s, min: 10s, max: 15s}}\nsteps:\n  - hold: $hold\n"
    (tmp_path / "cat-stretch.yaml").write_text(own, encoding="utf-8")
    session = "title: S\nsteps:\n  - include: cat-stretch\n"
    (tmp_path / "session.yaml").write_text(session, encoding="utf-8")
    monkeypatch.setenv("AUDIOGUIDE_ROUTINES", str(tmp_path))
    library = this_listener().library
    shipped = load(library.find("lower-back"), library).includes["cat-stretch"]
    assert shipped.document.title == "Cat stretch"
    assert load(library.find("session"), library).includes["cat-stretch"].document.title == "Mine"
