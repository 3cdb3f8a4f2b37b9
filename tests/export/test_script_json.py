"""The timed script, written and read again after somebody edited it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audioguide.compiler.edited import read_script
from audioguide.errors import RoutineError
from audioguide.export.script_json import dump, script_json
from audioguide.export.script_text import script_text
from audioguide.script.script import Script
from tests.conftest import laid_out

MakeScript = Callable[..., Script]

STEPS = """
  - say: Lift your {side} arm.
    settle: 2s
  - hold: 10s
    marks: {halfway: chime, before_end: {3s: Three more.}}
  - say: Lower.
  - chapter: Breathing
  - breathe: {in: 4s, out: 6s, cycles: 2}
""".replace("{side}", "left")


@pytest.fixture
def document(script: MakeScript) -> dict[str, Any]:
    return script_json(laid_out(script(STEPS)))


def write(document: dict[str, Any], folder: Path) -> Path:
    path = folder / "edited.script.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def again(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    return script_json(laid_out(read_script(write(document, folder))))


def test_the_text_is_json_with_a_cue_a_line(script: MakeScript) -> None:
    timeline = laid_out(script(STEPS))
    text = dump(timeline)
    assert json.loads(text) == script_json(timeline)
    assert sum(line.strip().startswith('{"kind"') for line in text.splitlines()) == len(timeline.cues)


def test_volumes_are_written_where_there_are_any_and_read_again(script: MakeScript, tmp_path: Path) -> None:
    timeline = laid_out(script(STEPS, "sounds: {start: {volume: -7.5dB}}"))
    document = script_json(timeline)
    volumes = {cue["sound"]: cue["gain_db"] for cue in document["cues"] if "gain_db" in cue}
    assert volumes == {"bell": -7.5, "breath-in": -4.0, "breath-out": -4.0}  # the tones lie under words
    assert again(document, tmp_path)["cues"] == document["cues"]
    assert "bell (-7.5 dB)" in script_text(timeline)
    chime = next(cue for cue in document["cues"] if "gain_db" in cue)
    for wrong in (7, -25, "soft"):
        chime["gain_db"] = wrong
        with pytest.raises(RoutineError, match=r"gain_db: "):
            read_script(write(document, tmp_path))


def test_the_contract_holds(document: dict[str, Any]) -> None:
    assert document["format"] == "audioguide.script/1"
    assert (document["tick_ms"], document["sample_rate"]) == (4, 48000)
    starts = [cue["start"] for cue in document["cues"]]
    assert starts == sorted(starts)
    hold = next(cue for cue in document["cues"] if cue["kind"] == "hold")
    chimes = [
        cue["start"] for cue in document["cues"] if cue["kind"] == "chime" and cue["step"] == hold["step"]
    ]
    assert chimes == [hold["start"], hold["start"] + hold["length"]]
    assert set().union(*document["cues"]) <= {
        "kind",
        "gain_db",
        "from_end",
        "halfway",
        "start",
        "length",
        "text",
        "sound",
        "step",
        "side",
        "rep",
        "duck",
        "enters",
        "releases",
        "in_position",
    }


def test_a_script_that_nobody_edited_stays_as_it_is(document: dict[str, Any], tmp_path: Path) -> None:
    assert again(document, tmp_path) == document
    assert read_script(write(document, tmp_path)).notes == ()


def test_a_longer_hold_moves_what_follows(document: dict[str, Any], tmp_path: Path) -> None:
    index = next(i for i, cue in enumerate(document["cues"]) if cue["kind"] == "hold")
    before = document["length"]
    document["cues"][index]["length"] += 1500  # whole frames, so that all that follows moves by as much
    edited = again(document, tmp_path)
    assert edited["length"] == before + 1500
    hold = edited["cues"][index]
    ends = [
        cue
        for cue in edited["cues"]
        if cue["kind"] == "chime" and cue["start"] == hold["start"] + hold["length"]
    ]
    assert [cue["sound"] for cue in ends] == ["bowl"]
    moved, unchecked = read_script(write(document, tmp_path)).notes
    assert "lengths decide" in moved
    assert "not checked against the bounds" in unchecked


def test_an_edited_text_is_spoken_and_measured(document: dict[str, Any], tmp_path: Path) -> None:
    cue = next(cue for cue in document["cues"] if cue["kind"] == "say")
    cue["text"] = "Lift your left arm as high as you like."
    edited = again(document, tmp_path)
    assert next(cue for cue in edited["cues"] if cue["kind"] == "say")["length"] == 9 * 83


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "sing"}, r"cues\[1\]\.kind"),
        ({"length": -1}, r"cues\[1\]\.length"),
        ({"start": 1.5}, r"cues\[1\]\.start"),
        ({"colour": "red"}, r"cues\[1\]\.colour"),
        ({"text": None}, "a cue of kind say has a text"),
        ({"kind": "chime", "sound": "gong"}, "no sound is called 'gong'"),
        ({"kind": "mark"}, "no hold before it"),
    ],
)
def test_a_fault_is_shown_in_its_place(
    document: dict[str, Any], tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    document["cues"][1] |= change
    with pytest.raises(RoutineError, match=words):
        read_script(write(document, tmp_path))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON"),
        ("{", "broken.script.json:1:2"),
        ("[]", "the script"),
        ("{}", "format"),
        ("nul\x00", "JSON"),
    ],
)
def test_what_is_no_script_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.script.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RoutineError, match=words):
        read_script(path)


def test_the_text_for_people_shows_every_cue(script: MakeScript) -> None:
    timeline = laid_out(script(STEPS))
    text = script_text(timeline)
    assert "“Lift your left arm.”" in text
    assert len(text.splitlines()) >= len(timeline.cues)
    assert "    mark" in text


def test_marks_may_stand_in_any_order(script: MakeScript, tmp_path: Path) -> None:
    made = script("  - hold: 20s\n    marks: {at: {2s: tick, 8s: wood}}")
    document = script_json(laid_out(made))
    marks = [index for index, cue in enumerate(document["cues"]) if cue["kind"] == "mark"]
    document["cues"][marks[0]], document["cues"][marks[1]] = (
        document["cues"][index] for index in reversed(marks)
    )
    starts = [cue["start"] for cue in again(document, tmp_path)["cues"] if cue["kind"] == "mark"]
    assert starts == sorted(starts)


def test_a_spoken_breath_keeps_the_length_of_its_word(script: MakeScript, tmp_path: Path) -> None:
    made = script("  - hold: {breaths: 2, in: 4s, out: 6s}\n    marks: {breaths: voice}")
    document = script_json(laid_out(made))
    assert [cue["length"] for cue in document["cues"] if cue["kind"] == "mark"] == [166] * 4
    assert again(document, tmp_path) == document


def test_a_warm_voice_is_written_and_read(script: MakeScript, tmp_path: Path) -> None:
    plain = script(STEPS, "voice: {warm: false}")
    warm = script(STEPS, "voice: {rate: 110, warm: true}")
    assert "warm" not in script_json(laid_out(plain))["voice"]
    document = script_json(laid_out(warm))
    assert document["voice"]["warm"] is True
    assert read_script(write(document, tmp_path)).voice == warm.voice
    document["voice"]["warm"] = "very"
    with pytest.raises(RoutineError, match=r"voice\.warm"):
        read_script(write(document, tmp_path))


def test_marks_keep_to_the_end_and_to_the_half_of_an_edited_hold(script: MakeScript, tmp_path: Path) -> None:
    steps = """
  - say: Stay.
  - hold: 20s
    marks: {at: {2s: tick}, halfway: chime, before_end: {6s: Five more.}, countdown: 2}
"""
    data = json.loads(dump(laid_out(script(steps))))
    assert [cue["from_end"] for cue in data["cues"] if "from_end" in cue] == [1500, 500, 250]
    [hold] = [cue for cue in data["cues"] if cue["kind"] == "hold"]
    hold["length"] = 30 * 250
    path = tmp_path / "edited.script.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    edited = read_script(path)
    offsets = [cue.offset for cue in edited.cues if cue.kind == "mark"]
    assert offsets == [2 * 250, 15 * 250, 24 * 250, 28 * 250, 29 * 250]
    reported = " ".join(edited.notes)
    assert "lasts 30 s now: an edited script is not checked against the bounds of its routine" in reported
    hold["length"] = 250
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RoutineError, match=r"a mark 6 s before the end of a hold of 1 s"):
        read_script(path)


SAID = "say_as: {psoas: SOH-as, asana: {de: Ahsana, en: /ˈɑːsənə/}}"


def test_how_words_are_said_is_in_the_script_and_nowhere_that_people_read(
    script: MakeScript, tmp_path: Path
) -> None:
    timeline = laid_out(script("  - say: Lie in {savasana|shah-VAH-sah-nah}. Rest.\n", SAID))
    document = script_json(timeline)
    assert document["say_as"] == {"psoas": "SOH-as", "asana": {"de": "Ahsana", "en": "/ˈɑːsənə/"}}
    first, second = (cue for cue in document["cues"] if cue["kind"] == "say")
    assert (first["text"], first["spoken"]) == ("Lie in savasana.", "Lie in ⟦savasana|shah-VAH-sah-nah⟧.")
    assert "spoken" not in second
    assert "shah" not in script_text(timeline)
    assert again(document, tmp_path) == document


def test_a_text_that_was_edited_is_said_as_it_is_now(script: MakeScript, tmp_path: Path) -> None:
    document = script_json(laid_out(script("  - say: Lie in {savasana|shah-VAH-sah-nah}.\n")))
    [cue] = [cue for cue in document["cues"] if cue["kind"] == "say"]
    cue["text"] = "Lie down."
    [said] = [cue for cue in read_script(write(document, tmp_path)).cues if cue.kind == "say"]
    assert (said.text, said.spoken) == ("Lie down.", None)


def test_a_wrong_way_to_say_a_word_is_reported_in_its_place(document: dict[str, Any], tmp_path: Path) -> None:
    document["say_as"] = {"asana": "shh-VAH"}
    with pytest.raises(RoutineError, match=r"say_as: the syllable 'shh' has no vowel"):
        read_script(write(document, tmp_path))
