"""`audioguide verify`: what it prints, how it ends, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audioguide.ears import ears, recogniser
from audioguide.ears.recogniser import Hearing
from audioguide.units import format_clock
from tests.cli.conftest import Run

ROUTINE = """\
title: Short
safety: {notice: none, closing: none}
steps:
  - say: Sit.
    settle: 1s
  - hold: 2s
"""


@pytest.fixture
def short(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    assert run("render", "short.yaml").code == 0
    return tmp_path / "out" / "short.mp3"


def test_a_file_that_stands(run: Run, short: Path) -> None:
    ran = run("verify", str(short))
    assert ran.code == 0
    assert "2.000 s      2.000000 s  exact" in ran.out
    for name in ("speech", "true peak", "loudest 400 ms", "longest silence", "clicks", "DC", "skip silence"):
        assert f"\n  {name}" in ran.out
    assert "dual" in ran.out or "both channels" in ran.out
    assert ran.err == ""


def test_strict_takes_figures_for_faults(run: Run, short: Path) -> None:
    assert run("render", "short.yaml", "--engine", "pyttsx3", "--profile", "quiet").code == 0
    assert run("verify", str(short), "--strict").code == 0
    # As if it were of the usual profile, whose words are 5 dB louder.
    script = short.with_suffix(".script.json")
    script.write_text(script.read_text(encoding="utf-8").replace('"quiet"', '"standard"'), encoding="utf-8")
    assert run("verify", str(short)).code == 0
    ran = run("verify", str(short), "--strict")
    assert ran.code == 1
    assert "\noutside: speech is -" in ran.out


def test_tones_in_place_of_words_need_not_be_as_loud_as_speech(run: Run, short: Path) -> None:
    ran = run("verify", str(short), "--strict")
    assert ran.code == 0
    assert "tones in place of words" in ran.out


def test_json_is_one_object(run: Run, short: Path) -> None:
    ran = run("verify", str(short), "--json")
    document = json.loads(ran.out)
    assert document["stands"] is True
    assert document["faults"] == []
    (hold,) = document["holds"]
    assert (hold["promised_s"], round(hold["measured_s"], 5), hold["stands"]) == (2.0, 2.0, True)
    names = [figure["name"] for figure in document["figures"]]
    assert {"speech", "true peak", "clicks", "noise between cues"} <= set(names)


def test_each_fault_has_its_line(run: Run, short: Path) -> None:
    script = short.with_suffix(".script.json")
    document = json.loads(script.read_text(encoding="utf-8"))
    hold = next(cue for cue in document["cues"] if cue["kind"] == "hold")
    hold["length"] += 25
    for cue in document["cues"]:
        cue["start"] += 25 * (cue["start"] > hold["start"])
    document["length"] += 25
    other = short.with_name("other.script.json")
    other.write_text(json.dumps(document), encoding="utf-8")
    ran = run("verify", str(short), str(other))
    assert ran.code == 1
    start, end = format_clock(hold["start"]), format_clock(hold["start"] + hold["length"])
    assert ran.err.splitlines()[1:] == [
        f"audioguide: {start} hold of 2.100 s: lasts 2.000000 s, 4800 samples (100.000 ms) shorter",
        f"audioguide: {end} sound: 'bowl' comes 4800 samples (100.000 ms) earlier than the script says",
    ]
    assert "4800 samples (100.000 ms) shorter than its script says" in ran.err.splitlines()[0]


def test_without_a_script_it_measures_what_it_can(run: Run, short: Path) -> None:
    short.with_suffix(".script.json").unlink()
    ran = run("verify", str(short))
    assert ran.code == 1  # nothing was proved
    assert "true peak" in ran.out
    assert "holds cannot be checked" in ran.out


def test_a_hold_without_chimes_is_reported_honestly(run: Run, tmp_path: Path) -> None:
    bare = ROUTINE.replace("  - hold: 2s", "  - hold: 2s\n    chime: none")
    (tmp_path / "bare.yaml").write_text(bare, encoding="utf-8")
    assert run("render", "bare.yaml").code == 0
    ran = run("verify", "out/bare.mp3")
    assert ran.code == 0
    assert "it has no chime at its start and end: not measurable" in ran.out


def test_a_sound_of_the_users_own(run: Run, tmp_path: Path, own_sound: Path) -> None:
    own = ROUTINE.replace("  - hold: 2s", f"  - hold: 2s\n    chime: {{start: {own_sound.name}, end: bowl}}")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    assert run("render", "own.yaml").code == 0
    ran = run("verify", "out/own.mp3")
    assert ran.err == ""
    assert "2.000000 s  exact" in ran.out
    own_sound.unlink()
    ran = run("verify", "out/own.mp3")
    assert ran.code == 1
    assert "cannot be looked for" in ran.err


@pytest.fixture
def own_sound(tmp_path: Path) -> Path:
    import numpy as np
    import soundfile

    time = np.arange(48_000) / 48_000
    gong = np.sin(2 * np.pi * 300 * time) * np.exp(-4 * time) * np.minimum(1, time / 0.02)
    gong += 0.3 * np.sin(2 * np.pi * 811 * time) * np.exp(-6 * time) * np.minimum(1, time / 0.02)
    quiet = np.zeros(9_600)
    path = tmp_path / "gong.wav"
    soundfile.write(path, np.concatenate([quiet, 0.4 * gong, quiet]), 48_000)
    return path


def test_tones_of_a_breath_are_found(run: Run, tmp_path: Path) -> None:
    breaths = ROUTINE.replace("  - hold: 2s", "  - breathe: {in: 2s, out: 3s, cycles: 2, tone: true}")
    (tmp_path / "breaths.yaml").write_text(breaths, encoding="utf-8")
    assert run("render", "breaths.yaml").code == 0
    ran = run("verify", "out/breaths.mp3", "--json")
    sounds = json.loads(ran.out)["sounds"]
    assert [each["sound"] for each in sounds if each["sound"].startswith("breath")] != []
    assert [each for each in sounds if not each["stands"]] == []


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture(run: Run, short: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"proof.{suffix}"
    assert run("verify", str(short), "--picture", str(path)).code == 0
    if suffix == "png":
        assert path.read_bytes().startswith(b"\x89PNG")
        return
    drawn = ElementTree.parse(path)
    kinds = [each.get("class") for each in drawn.iter()]
    assert kinds.count("hold") == 1
    assert kinds.count("wave") == 1
    assert kinds.count("sound") == 2
    texts = " ".join("".join(each.itertext()) for each in drawn.iter())
    assert "2 s" in texts
    assert "Sit." in texts


def test_a_picture_of_another_kind_is_refused_first(run: Run, short: Path) -> None:
    assert run("verify", str(short), "--picture", "proof.pdf").code == 2


def test_files_that_are_none(run: Run, short: Path, tmp_path: Path) -> None:
    whole = short.read_bytes()
    (tmp_path / "empty.mp3").write_bytes(b"")
    (tmp_path / "text.mp3").write_text("no sound at all\n" * 100, encoding="utf-8")
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "head.mp3").write_bytes(whole[:300])
    (tmp_path / "wave.mp3").write_bytes((Path(__file__).parents[2] / "sounds/bell.wav").read_bytes())
    for name in ("empty.mp3", "text.mp3", "folder.mp3", "head.mp3", "wave.mp3", "missing.mp3"):
        ran = run("verify", name)
        assert ran.code == 5, name
        assert name in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "audioguide.script/1", "cues": []}', "[" * 100_000]
)
def test_scripts_that_are_none(run: Run, short: Path, text: str) -> None:
    script = short.with_name("odd.json")
    script.write_text(text, encoding="utf-8")
    ran = run("verify", str(short), str(script))
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert run("verify", str(short), "missing.json").code == 3
    assert run("verify", str(short), str(short.parent)).code == 3


def test_keys_that_nobody_knows_do_no_harm(run: Run, short: Path) -> None:
    script = short.with_suffix(".script.json")
    document = json.loads(script.read_text(encoding="utf-8"))
    document |= {"profile": "whisper", "weather": {"sun": True}}
    for cue in document["cues"]:
        cue["gain_db"] = -3.0
    script.write_text(json.dumps(document), encoding="utf-8")
    assert run("verify", str(short)).code == 0


def test_words_without_the_extra_is_one_line_and_nothing_is_measured(
    run: Run, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "find_spec", lambda _: None)
    ran = run("verify", str(short), "--words")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.count("\n") == 1
    assert "pip install 'audioguide[ears]'" in ran.err
    ran = run("render", "short.yaml", "--prove-words", "-o", "elsewhere")
    assert ran.code == 4
    assert ran.err.count("\n") == 1
    assert "pip install 'audioguide[ears]'" in ran.err
    assert not (short.parent.parent / "elsewhere").exists()


def test_words_need_a_timed_script_and_a_voice(
    run: Run, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "missing", str)
    monkeypatch.setattr(ears, "missing", str)
    ran = run("verify", str(short), "--words")
    assert ran.code == 2
    assert "the engine 'tone' does not speak" in ran.err
    short.with_suffix(".script.json").unlink()
    ran = run("verify", str(short), "--words")
    assert ran.code == 2
    assert "none next to" in ran.err


@pytest.mark.parametrize(("heard", "code"), [("Sit.", 0), ("Three.", 1)])
def test_words_that_are_misheard_are_faults(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: str, code: int
) -> None:
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    assert run("render", "short.yaml", "--engine", "pyttsx3").code == 0
    monkeypatch.setattr(recogniser, "missing", str)
    monkeypatch.setattr(ears, "missing", str)
    monkeypatch.setattr(ears._Model, "hear", lambda *_: Hearing(heard))
    ran = run("verify", "out/short.mp3", "--words", "--json")
    assert ran.code == code
    document = json.loads(ran.out)
    assert [each["heard"] for each in document["words"]] == [heard]
    assert len(document["faults"]) == code
    ran = run("verify", "out/short.mp3", "--words")
    assert ran.code == code
    assert ("all of 1 phrase understood" in ran.out) == (code == 0)
    assert ("is not what is said" in ran.err) == (code == 1)
