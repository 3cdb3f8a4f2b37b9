"""What was heard of the voice pack, kept beside it; and ways of speaking that may be clearer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from audioguide.ears.sounds import Speller
from audioguide.speech.pack.catalogue import INDEX
from sounds import hear_pack
from sounds.hear_pack import READS, changed_since
from sounds.heard import Record, judged
from sounds.make_voice import FOLDER, RATE, Take, take_of
from sounds.tune_voice import note, ways


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a pack of two phrases."""
    rows = [["Rest.", "rest.mp3", 100], ["Chair arch.", "arch.mp3", 120]]
    (tmp_path / INDEX).write_text(json.dumps({"phrases": rows}), encoding="utf-8")
    for _, file, _ in rows:
        (tmp_path / str(file)).write_bytes(b"frames")
    return tmp_path


def test_what_was_heard_is_kept_until_the_phrase_is_spoken_again(home: Path) -> None:
    record = Record.read(home)
    assert record.unheard() == ["Rest.", "Chair arch."]
    record.add("Rest.", "Rest.")
    record.add("Chair arch.", "Cheer arch.")
    record.write()
    assert Record.read(home).unheard() == []
    (home / "arch.mp3").write_bytes(b"other frames")
    assert Record.read(home).unheard() == ["Chair arch."]


@pytest.mark.parametrize(
    ("text", "heard", "first"),
    [
        ("Neck turn.", "Next turn.", True),
        ("Shoulder rolls.", "The shoulder rolls.", True),
        ("Chin to chest.", "Chin to trust.", False),
        ("Rest now.", "", True),
    ],
)
def test_a_false_first_word_is_marked(text: str, heard: str, first: bool, sounds: Speller) -> None:
    found = judged(text, heard, READS, sounds)
    assert found.first is first
    assert str(found).startswith("FIRST WORD") is first


def test_the_misheard_are_listed_the_worst_first(home: Path, sounds: Speller) -> None:
    record = Record.read(home)
    record.add("Rest.", "Rest.")
    record.add("Chair arch.", "Cheer arch.")
    [found] = record.misheard(READS, sounds)
    assert found.text == "Chair arch."
    assert "'cheer' for 'chair'" in str(found)


def test_what_a_commit_does_not_have_is_new(home: Path) -> None:
    for how in (["init", "-q"], ["add", "rest.mp3", INDEX]):
        subprocess.run(["git", *how], cwd=home, check=True)
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, "commit", "-qm", "Rest"], cwd=home, check=True)
    assert changed_since("HEAD", Record.read(home)) == {"Chair arch."}
    (home / "rest.mp3").write_bytes(b"other frames")
    assert changed_since("HEAD", Record.read(home)) == {"Chair arch.", "Rest."}


def test_a_check_listens_to_nothing_and_names_what_was_not_heard(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hear_pack, "FOLDER", home.parent)
    record = Record.read(home)
    record.add("Rest.", "Rest.")
    record.write()
    assert hear_pack.main([home.name, "--check"]) == 1
    assert capsys.readouterr().out == (
        "0 of 2 phrases misheard (0 words); 0 with a false first word; 1 not heard yet\n"
    )


def test_ways_differ_in_pace_mark_and_comma() -> None:
    found = list(ways("Wall angel now.", ["Wol angel now."]))
    assert found[0] == Take("Wol angel now.", RATE)
    assert len(found) == len(set(found))
    assert {"Wall angel now.", "Wall angel now!", "Wall, angel now.", "Wall angel, now."} <= {
        take.text for take in found
    }


def test_a_way_is_noted_and_the_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "tuning.yaml"
    path.write_text('# Why.\n"Rest.": {rate: 140}\n', encoding="utf-8")
    note(tmp_path, "Chair arch.", Take("Chair: arch.", 150))
    note(tmp_path, "Rest.", Take("Rest.", RATE))
    assert path.read_text(encoding="utf-8") == '# Why.\n"Chair arch.": {text: "Chair: arch.", rate: 150}\n'
    assert take_of(tmp_path, "Chair arch.") == Take("Chair: arch.", 150)
    assert take_of(tmp_path, "Rest.") == Take("Rest.", RATE)


@pytest.mark.slow
def test_no_phrase_of_the_pack_begins_with_a_false_word(sounds: Speller) -> None:
    found = [each for each in Record.read(FOLDER / "af_heart").misheard(READS, sounds) if each.first]
    assert not found, "find other takes with `python -m sounds.tune_voice af_heart`"
