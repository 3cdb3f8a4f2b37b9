"""`--bed`: a bed under the whole file, by name or by path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.cli.conftest import Run

ROUTINE = """
title: Short
settings:
  hold: {default: 5s, min: 2s, max: 20s}
safety: {notice: none, closing: none}
steps:
  - repeat: 2
    steps:
      - say: Lift both arms above your head.
      - hold: $hold
      - say: Slowly lower them again.
  - chime: close
"""


@pytest.fixture
def short(tmp_path: Path) -> str:
    path = tmp_path / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


def music(path: Path, seconds: float = 4) -> str:
    rng = np.random.default_rng(0)
    soundfile.write(path, 0.1 * rng.standard_normal((int(44_100 * seconds), 2)), 44_100, subtype="PCM_24")
    return str(path)


def test_the_bed_is_named_in_the_receipt_and_the_script(run: Run, short: str) -> None:
    receipt = json.loads(run("render", short, "--bed", "brown", "--json").out)
    assert receipt["bed"] == "brown"
    document = json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert document["bed"] == "brown"
    assert soundfile.info(receipt["mp3"]).frames == document["length"] * 192
    assert "  bed: brown\n" in run("render", short, "--bed", "brown").out


def test_without_one_there_is_no_bed_in_the_script(run: Run, short: str) -> None:
    receipt = json.loads(run("render", short, "--json").out)
    assert receipt["bed"] is None
    assert "bed" not in json.loads(Path(receipt["script"]).read_text(encoding="utf-8"))
    assert "bed" not in run("render", short).out


def test_a_script_brings_its_bed(run: Run, short: str) -> None:
    first = json.loads(run("render", short, "--bed", "brown", "--json").out)
    again = json.loads(run("render", first["script"], "-o", "again", "--json").out)
    assert again["bed"] == "brown"
    assert Path(first["mp3"]).read_bytes() == Path(again["mp3"]).read_bytes()


def test_own_music_is_found_from_here_and_by_the_script(run: Run, short: str, tmp_path: Path) -> None:
    path = music(tmp_path / "music.wav")
    first = json.loads(run("render", short, "--bed", "music.wav", "--json").out)
    assert first["bed"] == path
    script = Path(first["script"])
    document = json.loads(script.read_text(encoding="utf-8"))
    assert document["bed"] == path
    script.write_text(json.dumps(document | {"bed": "../music.wav"}), encoding="utf-8")
    again = json.loads(run("render", first["script"], "-o", "again", "--json").out)
    assert Path(first["mp3"]).read_bytes() == Path(again["mp3"]).read_bytes()


def test_an_overlay_finds_its_bed_beside_itself(run: Run, short: str, tmp_path: Path) -> None:
    folder = tmp_path / "anna"
    folder.mkdir()
    path = music(folder / "music.wav")
    (folder / "anna.yaml").write_text("bed: music.wav\n", encoding="utf-8")
    assert json.loads(run("render", short, "--with", "anna/anna.yaml", "--json").out)["bed"] == path
    call = ("render", short, "--with", "anna/anna.yaml", "--bed", "brown", "--json")
    assert json.loads(run(*call).out)["bed"] == "brown"


def test_holds_and_chimes_are_where_they_are_without_a_bed(run: Run, short: str, tmp_path: Path) -> None:
    receipts = [
        json.loads(run("render", short, *bed, "--json").out)
        for bed in ((), ("--bed", "brown"), ("--bed", music(tmp_path / "music.wav")))
    ]
    assert receipts[0]["holds"] == receipts[1]["holds"] == receipts[2]["holds"]
    assert {hold["placed_s"] for hold in receipts[0]["holds"]} == {5.0}


def test_another_hold_encodes_two_islands_at_most(run: Run, short: str) -> None:
    run("render", short, "--bed", "brown")
    for hold in ("6s", "7.3s"):
        islands = json.loads(run("render", short, "--bed", "brown", "--hold", hold, "--json").out)["islands"]
        assert islands["encoded"] <= 2
        assert islands["reused"] >= 3


def test_the_voice_is_not_asked_for_a_bed_that_cannot_be_used(run: Run, short: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(96_000), 48_000)
    (tmp_path / "letter.mp3").write_bytes(b"A letter.\n" * 40)
    for bed, code, words in (
        ("brwn", 3, "no bed is called 'brwn'; did you mean 'brown'?"),
        ("missing.mp3", 3, "there is no file 'missing.mp3' for a bed"),
        (".", 3, "'.' is a folder, but a bed has to be a file"),
        ("silent.wav", 3, "this bed is silent"),
        ("letter.mp3", 5, "is not a sound file, or is damaged"),
    ):
        ran = run("render", short, "--bed", bed, "--engine", "none-such")
        assert ran.code == code, ran.err
        assert words in ran.err
        assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def in_hold(receipt: dict[str, Any]) -> float:
    """Return the level of the bed alone in dB, in the middle of the last hold."""
    heard, rate = soundfile.read(receipt["mp3"])
    start = int((receipt["holds"][-1]["start_s"] + 5) * rate)
    return float(10 * np.log10(np.mean(np.square(heard[start : start + 4 * rate]))))


def test_a_bed_may_be_softer_or_louder(run: Run, short: str, tmp_path: Path) -> None:
    def rendered(*call: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run("render", *call, "--hold", "12s", "--json").out)
        return found

    usual = rendered(short, "--bed", "brown")
    level = in_hold(usual)
    louder = rendered(short, "--bed", "brown", "--bed-volume", "6", "-o", "louder")
    assert in_hold(louder) == pytest.approx(level + 6, abs=0.5)
    assert louder["bed_volume_db"] == 6
    assert usual["bed_volume_db"] == 0
    own = music(tmp_path / "music.wav")
    softer = in_hold(rendered(short, "--bed", own, "--bed-volume=-9.5"))
    assert softer == pytest.approx(in_hold(rendered(short, "--bed", own)) - 9.5, abs=0.3)
    (tmp_path / "anna.yaml").write_text("bed: brown\nbed_volume: 6\n", encoding="utf-8")
    overlay = rendered(short, "--with", "anna.yaml", "-o", "anna")
    assert Path(overlay["mp3"]).read_bytes() == Path(louder["mp3"]).read_bytes()
    again = json.loads(run("render", louder["script"], "-o", "again", "--json").out)
    assert Path(again["mp3"]).read_bytes() == Path(louder["mp3"]).read_bytes()
    assert "  bed: brown, +6 dB\n" in run("render", louder["script"], "-o", "again").out


@pytest.mark.parametrize(
    ("bed", "volume", "noted"),
    [("air", "-0.5", True), ("air", "0", False), ("brown", "-6", False)],
)
def test_air_that_is_too_soft_for_its_purpose_is_noted(
    bed: str, volume: str, noted: bool, run: Run, short: str
) -> None:
    call = ("render", short, "--hold", "2s", "--bed", bed, f"--bed-volume={volume}")
    receipt = json.loads(run(*call, "--json").out)
    assert [note for note in receipt["notes"] if "skip silence" in note] == receipt["notes"]
    assert bool(receipt["notes"]) is noted
    assert ("  note: made softer, `air`" in run(*call).out) is noted


@pytest.mark.parametrize("volume", ["13", "-20.5", "nan", "loud"])
def test_a_bed_has_a_loudest_and_a_softest_volume(volume: str, run: Run, short: str, tmp_path: Path) -> None:
    assert run("render", short, "--bed", "brown", f"--bed-volume={volume}").code == 2
    (tmp_path / "anna.yaml").write_text(f"bed_volume: {volume}\n", encoding="utf-8")
    ran = run("render", short, "--with", "anna.yaml")
    assert ran.code == 3
    assert "bed_volume" in ran.err


def test_a_bed_that_a_script_does_not_find_is_reported_in_its_place(run: Run, short: str) -> None:
    script = Path(json.loads(run("render", short, "--bed", "brown", "--json").out)["script"])
    text = script.read_text(encoding="utf-8").replace('"bed": "brown"', '"bed": "brwn"')
    script.write_text(text, encoding="utf-8")
    ran = run("render", str(script))
    assert ran.code == 3
    line = next(number for number, line in enumerate(text.splitlines(), 1) if '"bed"' in line)
    assert f"short.script.json:{line}:" in ran.err
    assert "did you mean 'brown'?" in ran.err
