"""Adding a routine takes its file and one command that says what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audioguide.routine import library as shipped_library
from audioguide.web.feed import dates
from library import made, page
from library.__main__ import main
from library.missing import Candidate, feed_date, fields, load_bounds, missing, sources
from tests.shipped import NAMES, compiled, shipped
from tests.tables import every

GOOD = """\
title: Neck sway
summary: The ear towards the shoulder, one side at a time.
position: sitting on a chair
body: [neck]
equipment: [chair]
level: gentle
phase: stretch
source:
  {name: A leaflet, address: "https://example.org/neck", says: "hold 15 to 30 s, 2 to 4 times on each side"}
settings:
  hold: {default: 20s, min: 15s, max: 20s, load: {min: 15s, max: 30s}, label: each hold, source: A leaflet}
safety: {notice: stretch, avoid_with: [neck injury], rules: [R1, R2, R9, R10, R11, R18, R19]}
steps:
  - say: Neck sway.
  - say: Sit on your chair, and let your arms hang.
    into: chair
    settle: 4s
  - sides: [left, right]
    switch: 6s
    steps:
      - say: Let your {side} ear sink towards your {side} shoulder.
        settle: 3s
      - hold: $hold
        marks: {before_end: {5s: Five more seconds.}}
      - say: Slowly come back up.
        settle: 3s
"""

Add = Callable[[str], Candidate]


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Let one new routine be all that ships, in a repository of its own."""
    home = tmp_path / "routines"
    home.mkdir()
    monkeypatch.setattr(shipped_library, "SHIPPED", home)
    monkeypatch.setattr(dates, "PUBLISHED", tmp_path / "published.txt")
    monkeypatch.setattr(made, "SCRIPTS", tmp_path)
    monkeypatch.setattr(made, "SOUND", tmp_path / "sound.md")
    monkeypatch.setattr(page, "PAGE", tmp_path / "library.md")
    (tmp_path / "published.txt").write_text("an-old-one\n", encoding="utf-8")
    (tmp_path / "sound.md").write_text("| an-old-one | 3:00 |\n", encoding="utf-8")
    for kept in (dates.published_names, made.sound_rows):
        kept.cache_clear()

    def add(text: str) -> Candidate:
        (home / "neck-tilt.yaml").write_text(text, encoding="utf-8")
        return Candidate("neck-tilt")

    yield add
    for kept in (dates.published_names, made.sound_rows):
        kept.cache_clear()


@every("name", NAMES)
def test_a_routine_that_ships_says_all_that_one_must_say(name: str) -> None:
    candidate = Candidate(name)
    vars(candidate).update(routine=shipped(name), script=compiled(name))  # once for all tests
    looks = (fields, sources, load_bounds, feed_date)
    assert [str(lack) for look in looks for lack in look(candidate)] == []


def test_a_new_routine_lacks_only_what_is_made_of_it(add: Add) -> None:
    found = {lack.what: str(lack) for lack in missing(add(GOOD))}
    assert list(found) == ["feed", "script", "docs/sound.md", "voice pack"]
    assert "python -m library --write" in found["feed"]
    assert '"Neck sway."' in found["voice pack"]
    assert "python -m sounds.make_voice" in found["voice pack"]


@pytest.mark.parametrize(
    ("before", "after", "what", "found"),
    [
        ("level: gentle\n", "", "level", "is not written"),
        ("phase: stretch\n", "", "phase", "is not written"),
        ("summary: The ear towards the shoulder, one side at a time.\n", "", "summary", "is not written"),
        (', says: "hold 15 to 30 s, 2 to 4 times on each side"', "", "source", "has no says"),
        ('address: "https://example.org/neck", ', "", "source", "has no address"),
        ("max: 20s, load", "max: 40s, load", "number hold", "max 40s is not in what A leaflet says"),
        ("source: A leaflet}", "source: A book}", "number hold", '"A book" is not the name of a source'),
        (", label: each hold", "", "settings.hold", "has no label"),
        ("source: A leaflet}", "source: ours}", "check", "load-time"),
        ("load: {min: 15s, max: 30s}, label: each hold, source: A leaflet}",
         'label: each hold, source: "ours: A leaflet"}', "hold hold", "has no load bounds"),
        ("body: [neck]", "body: [nek]", "check", "did you mean “neck”?"),
        ("avoid_with: [neck injury], ", "", "safety", "has no `avoid_with`"),
        ("rules: [R1, R2, R9, R10, R11, R18, R19]", "rules: []", "safety", "has no `rules`"),
        ("notice: stretch, ", "", "safety", "has no `notice`"),
        ("steps:", "stps:", "file", "unknown key 'stps'"),
    ],
)  # fmt: skip
def test_each_thing_that_is_missing_is_named(
    add: Add, before: str, after: str, what: str, found: str
) -> None:
    assert before in GOOD
    if "load-time" in found:
        before, after = "load: {min: 15s, max: 30s}", "load: {min: 15s, max: 18s}"
    lacks = missing(add(GOOD.replace(before, after)))
    assert any(lack.what == what and found in str(lack) for lack in lacks), list(map(str, lacks))


def test_the_command_writes_what_it_can_and_says_the_rest(
    add: Add, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(GOOD)
    assert main([]) == 1
    assert "1 routine: 1 of them lacks something." in capsys.readouterr().out
    assert main(["--write"]) == 1  # the voice pack has no such words
    said = capsys.readouterr().out
    assert "wrote a date for the feed: neck-tilt" in said
    assert "wrote docs/library.md" in said
    assert "feed: has no date" not in said
    assert (tmp_path / "published.txt").read_text(encoding="utf-8") == "an-old-one\nneck-tilt\n"
    text = (tmp_path / "library.md").read_text(encoding="utf-8")
    assert "## Neck, head and jaw (1)" in text
    assert "[A leaflet](https://example.org/neck): hold 15 to 30 s, 2 to 4 times on each side" in text
    assert main(["--write"]) == 1
    assert "wrote" not in capsys.readouterr().out


def test_a_routine_whose_words_the_pack_has_gets_its_script(
    add: Add, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(
        "title: Rest\nsafety: {notice: none, closing: none}\n"
        "steps:\n  - say: Bend your knees.\n    settle: 9s\n"
    )
    main(["--write"])
    assert "wrote scripts/neck-tilt.txt" in capsys.readouterr().out
    assert made.script_is_kept(Candidate("neck-tilt").routine)


def test_a_script_that_is_old_only_for_machines_is_old(
    add: Add, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(
        "title: Rest\nsafety: {notice: none, closing: none}\n"
        "steps:\n  - say: Bend your knees.\n    settle: 9s\n"
    )
    main(["--write"])
    kept = made.SCRIPTS / "neck-tilt.script.json"
    as_made = kept.read_text(encoding="utf-8")
    kept.write_text(as_made.replace("steps[0]", "steps[1]"), encoding="utf-8")
    assert not made.script_is_kept(Candidate("neck-tilt").routine)
    main(["--write"])
    assert kept.read_text(encoding="utf-8") == as_made


def test_an_unknown_name_is_one_line_that_suggests_another(
    add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    add(GOOD)
    with pytest.raises(SystemExit):
        main(["neck-tlt"])
    assert "did you mean 'neck-tilt'?" in capsys.readouterr().err
