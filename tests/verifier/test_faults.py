"""Each fault that is planted in a good file is found, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from audioguide.script.shipped import shipped
from audioguide.sound.ringing import under_words
from audioguide.sound.wav import read_wav
from audioguide.verifier.proof import Proof, prove
from tests.slow import first
from tests.verifier.takes import Take, Wave, take, written

FULL = np.float32(32_768)


def outside(proof: Proof) -> set[str]:
    """Return the names of the figures that miss their targets, but for the level of the voice itself."""
    return {figure.name for figure in proof.outside} - {"speech"}


def offs(proof: Proof) -> list[int | None]:
    return [None if each.off is None else round(each.off) for each in proof.holds]


def shipped_wave(name: str) -> Wave:
    return read_wav(shipped()[name]).samples.astype(np.float32) / FULL


@pytest.mark.parametrize("name", first(1, ["good", "toned"]))
def test_a_good_file_stands(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    good: Take = request.getfixturevalue(name)
    again = written(tmp_path / "again.mp3", good.wave)
    for proof in (prove(good.mp3, good.script), prove(again, good.script)):
        assert proof.faults == []
        assert proof.stands()
        assert outside(proof) <= {"loudest 400 ms"}
        assert offs(proof) == [0, 0]
        assert [each.tolerance for each in proof.holds] == [0, 0]


def test_a_good_file_over_a_bed_stands(bedded: Take) -> None:
    proof = prove(bedded.mp3, bedded.script)
    assert proof.faults == []
    assert [each.off for each in proof.holds] == pytest.approx([0, 0], abs=0.2)
    assert "noise between cues" not in {figure.name for figure in proof.figures}


@pytest.mark.slow
def test_air_keeps_holds_whole_in_a_player_that_skips_silence(good: Take, tmp_path: Path) -> None:
    assert prove(good.mp3, good.script).skipping.harms
    over_air = take(tmp_path, "tone", bed="air")
    skipping = prove(over_air.mp3, over_air.script).skipping
    assert not skipping.harms
    assert skipping.cut_s == 0  # its fades lie before the first word and behind the last one


@pytest.mark.parametrize("shift", first(2, [1, -1, 2400, -24_000, 96_000]))
def test_a_moved_end_chime_breaks_its_hold(good: Take, tmp_path: Path, shift: int) -> None:
    chime = good.span("chime", sound="bowl", side="left")

    def spoil(wave: Wave) -> None:
        sound = wave[chime].copy()
        wave[chime] = 0  # two seconds later, there are words
        wave[chime.start + shift : chime.stop + shift] += sound

    proof = good.spoilt(tmp_path, spoil)
    assert offs(proof) == [shift, 0]
    assert [each.stands for each in proof.holds] == [False, True]
    assert len(proof.faults) == (3 if shift > 48_000 else 2)  # far off, it takes the words with it
    # Found by the 0.8 s that no words cover: to a quarter of a sample.
    lasts = float(proof.faults[0].split("lasts ")[1].split(" s")[0])
    assert lasts == pytest.approx(5 + shift / 48_000, abs=0.5 / 48_000)
    assert f"'bowl' comes {abs(shift)} sample" in proof.faults[1]


def test_a_start_chime_that_is_missing(good: Take, tmp_path: Path) -> None:
    chime = good.span("chime", sound="bell", side="right")

    def spoil(wave: Wave) -> None:
        wave[chime] = 0

    proof = good.spoilt(tmp_path, spoil)
    assert offs(proof) == [0, None]
    assert [fault.split(": ", 1)[1] for fault in proof.faults] == [
        "its start chime 'bell' is not heard", "'bell' is not heard",
    ]  # fmt: skip


def test_another_sound_in_place_of_a_chime(good: Take, tmp_path: Path) -> None:
    chime, other = good.span("chime", sound="bell", side="right"), shipped_wave("bowl")

    def spoil(wave: Wave) -> None:
        wave[chime] = 0
        wave[chime.start : chime.start + len(other)] = other

    assert offs(good.spoilt(tmp_path, spoil)) == [0, None]


@pytest.mark.parametrize("level_db", first(1, [-40, -20, 6]))
def test_a_soft_chime_is_found_to_the_sample(good: Take, tmp_path: Path, level_db: float) -> None:
    chimes = [good.span("chime", sound=sound, side="left") for sound in ("bell", "bowl")]

    def spoil(wave: Wave) -> None:
        bell, bowl = chimes
        wave[bell] *= 10 ** (level_db / 20)
        # Not the words over its ringing, next to which it cannot be detected when it is much softer.
        wave[bowl.start : bowl.start + 800 * 48] *= 10 ** (max(-6, level_db) / 20)

    first, second = offs(good.spoilt(tmp_path, spoil))
    assert first is not None
    assert abs(first) <= 1
    assert second == 0


@pytest.mark.parametrize(("level_db", "shift"), first(2, [(-6, 0), (0, 2400), (0, 0)]))
def test_a_chime_under_words_is_found(good: Take, tmp_path: Path, level_db: float, shift: int) -> None:
    chimes, words = [good.span("chime", sound="bell"), good.span("chime", sound="bowl")], good.span("say", 1)

    def spoil(wave: Wave) -> None:
        spoken = wave[words].copy()
        sound = wave[chimes[1]].copy() * 10 ** (level_db / 20)
        wave[chimes[1]] = 0
        wave[chimes[1].start + shift : chimes[1].stop + shift] += sound
        for chime in chimes:
            wave[chime.start - 9600 : chime.start - 9600 + len(spoken)] += spoken

    heard = offs(good.spoilt(tmp_path, spoil))[0]
    assert heard is not None
    assert abs(heard - shift) <= 1


@pytest.mark.parametrize("reported", first(1, [0.0, -12.0]))
def test_a_chime_that_the_script_makes_soft_is_found_under_words(
    good: Take, tmp_path: Path, reported: float
) -> None:
    chime, words = good.span("chime", sound="bell", side="left"), good.span("say", 1)
    data = json.loads(json.dumps(good.data))
    for cue in data["cues"]:
        cue["gain_db"] = reported if cue.get("sound") else None
    script = tmp_path / "soft.script.json"
    script.write_text(json.dumps(data), encoding="utf-8")
    wave = good.wave.copy()
    wave[chime] *= 10 ** ((reported - 3) / 20)
    spoken = good.wave[words] * 10 ** (reported / 20)
    wave[chime.start - 9600 : chime.start - 9600 + len(spoken)] += spoken
    (first, _) = offs(prove(written(tmp_path / "soft.mp3", wave), script))
    assert first is not None
    assert abs(first) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("shift", first(1, [2, 2400]))
def test_a_moved_chime_over_a_bed(bedded: Take, tmp_path: Path, shift: int) -> None:
    place = bedded.span("chime", sound="bowl", side="right").start
    sound = under_words(read_wav(shipped()["bowl"]), 200).samples.astype(np.float32) / FULL

    def spoil(wave: Wave) -> None:
        wave[place : place + len(sound)] -= sound
        wave[place + shift : place + shift + len(sound)] += sound

    proof = bedded.spoilt(tmp_path, spoil)
    assert offs(proof) == [0, shift]
    assert not proof.stands()


def test_a_hold_with_a_tick_too_many(good: Take, tmp_path: Path) -> None:
    at = good.span("hold").start + 3 * 48_000

    def spoil(wave: Wave) -> Wave:
        return np.insert(wave, at, np.zeros(192, dtype=np.float32))

    proof = good.spoilt(tmp_path, spoil)
    assert offs(proof) == [192, 0]
    assert proof.faults[0].startswith("length: the file is 192 samples (4.000 ms) longer")


@pytest.mark.parametrize(("name", "number"), first(1, [("good", 0), ("good", 4), ("toned", 1)]))
def test_a_dropped_phrase(name: str, number: int, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    good: Take = request.getfixturevalue(name)
    words = good.span("say", number)

    def spoil(wave: Wave) -> None:
        wave[words] = 0
        if number == 4:  # what rang under them rings on
            bowl = good.span("chime", sound="bowl", side="right")
            under = (shipped_wave("bowl") * 10 ** (-12 / 20))[words.start - bowl.start :]
            wave[words.start : words.start + len(under)] = under

    proof = good.spoilt(tmp_path, spoil)
    assert [fault.split("words: ")[1].rsplit("'", 1)[1] for fault in proof.faults] == [" is not heard"]


def test_a_dropped_mark(good: Take, tmp_path: Path) -> None:
    def spoil(wave: Wave) -> None:
        wave[good.span("mark", 1)] = 0

    assert [fault[-24:] for fault in good.spoilt(tmp_path, spoil).faults] == ["'Two more.' is not heard"]


def test_a_phrase_dropped_over_a_bed(bedded: Take, tmp_path: Path) -> None:
    words, still = bedded.span("say", 1), bedded.span("hold")

    def spoil(wave: Wave) -> None:
        count = words.stop - words.start
        wave[words] = np.resize(wave[still.start + 91_200 : still.start + 115_200], count)

    assert [fault[-12:] for fault in bedded.spoilt(tmp_path, spoil).faults] == ["is not heard"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(0, 0.5, "beginning is missing"), (0.5, 1, "end is missing"), (0.2, 0.8, "hole")],
)  # fmt: skip
def test_half_a_phrase(good: Take, tmp_path: Path, first: float, last: float, said: str) -> None:
    words = good.span("say", 1)
    count = words.stop - words.start

    def spoil(wave: Wave) -> None:
        wave[words.start + int(first * count) : words.start + int(last * count)] = 0

    (fault,) = good.spoilt(tmp_path, spoil).faults
    assert said in fault


def test_a_phrase_that_is_6_db_louder(good: Take, tmp_path: Path) -> None:
    words = good.span("say", 3)

    def spoil(wave: Wave) -> None:
        wave[words] *= 2

    proof = good.spoilt(tmp_path, spoil)
    assert outside(proof) >= {"uneven phrase"}
    (figure,) = (each for each in proof.figures if each.name == "uneven phrase")
    assert figure.at == words.start // 192
    assert figure.value == pytest.approx(6, abs=1.2)
    assert proof.stands()
    assert not proof.stands(strict=True)


@pytest.mark.parametrize("place", first(1, ["hold", "chime", "say"]))
def test_a_click(good: Take, tmp_path: Path, place: str) -> None:
    span = good.span(place, 1 if place == "chime" else 0)
    at = (span.start + span.stop) // 2

    def spoil(wave: Wave) -> None:
        wave[at] += 0.25

    proof = good.spoilt(tmp_path, spoil)
    (figure,) = (each for each in proof.figures if each.name == "clicks")
    assert figure.value == 1
    assert figure.at == pytest.approx(at / 192, abs=1)
    assert "clicks" in outside(proof)


def test_words_that_are_cut_off_hard(good: Take, tmp_path: Path) -> None:
    words = good.span("say", 1)
    cut = words.start + int(np.abs(good.wave[words]).argmax())

    def spoil(wave: Wave) -> None:
        wave[cut : words.stop] = 0

    proof = good.spoilt(tmp_path, spoil)
    assert "clicks" in outside(proof)
    assert "end is missing" in proof.faults[0]


def test_clipped_peaks(good: Take, tmp_path: Path) -> None:
    words = good.span("say", 2)

    def spoil(wave: Wave) -> None:
        wave[words] = np.clip(wave[words] * 100, -1, 1)

    proof = good.spoilt(tmp_path, spoil)
    (figure,) = (each for each in proof.figures if each.name == "true peak")
    assert "true peak" in outside(proof)
    assert figure.value is not None
    assert figure.value > -0.5
    assert "clipped" in figure.note


def test_a_dc_offset(good: Take, tmp_path: Path) -> None:
    def spoil(wave: Wave) -> None:
        wave += 0.01

    proof = good.spoilt(tmp_path, spoil)
    (figure,) = (each for each in proof.figures if each.name == "DC offset")
    assert figure.value == pytest.approx(-40, abs=1)
    assert {"DC offset", "noise between cues"} <= outside(proof)


def test_noise_between_the_cues(good: Take, tmp_path: Path) -> None:
    at = good.span("settle").start + 48_000

    def spoil(wave: Wave) -> None:
        wave[at : at + 4800] += np.random.default_rng(1).normal(0, 1e-3, 4800).astype(np.float32)

    proof = good.spoilt(tmp_path, spoil)
    assert outside(proof) >= {"noise between cues"}


def test_a_cut_tail(good: Take, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(good.mp3.read_bytes()[:-42_000])
    faults = prove(cut, good.script).faults
    assert faults[0].startswith("length: the file is ")
    assert faults[0].endswith("shorter than its script says")
    assert faults[1].endswith("'Let it sink down again.' is cut off by the end of the file")


def test_a_tail_that_is_one_tick_short(good: Take, tmp_path: Path) -> None:
    proof = good.spoilt(tmp_path, lambda wave: wave[:-192])
    assert proof.faults == ["length: the file is 192 samples (4.000 ms) shorter than its script says"]


def test_the_script_of_another_file(good: Take, toned: Take) -> None:
    proof = prove(good.mp3, toned.script)
    assert not proof.stands()
    assert proof.faults[0].startswith("length: ")
    assert any(" sound: 'bell' comes " in fault for fault in proof.faults)
    assert any(" words: " in fault for fault in proof.faults)


def test_a_script_whose_sides_have_changed_places(good: Take, tmp_path: Path) -> None:
    data = json.loads(json.dumps(good.data))
    said = [cue for cue in data["cues"] if cue["kind"] == "say"]
    said[1]["length"], said[3]["length"] = said[3]["length"] + 200, said[1]["length"] + 200
    swapped = tmp_path / "swapped.script.json"
    swapped.write_text(json.dumps(data), encoding="utf-8")
    faults = prove(good.mp3, swapped).faults
    assert len([fault for fault in faults if "its end is missing" in fault]) == 2


def test_a_file_without_its_delay_is_reported_once(good: Take, tmp_path: Path) -> None:
    wave = np.pad(good.wave, (1105, 0))[: len(good.wave)]
    proof = prove(written(tmp_path / "late.mp3", wave), good.script)
    assert offs(proof) == [0, 0]
    assert proof.faults == ["all sounds come 1105 samples (23.021 ms) later than the script says"]
