from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.script.script import Script, VoiceChoice
from tests.tables import every
from tests.truth.findings import Finding, check_script
from tests.truth.studio import SOUNDS, TWO_SIDES, Part, Samples, Take, shipped, take, tone_of, voice_of
from tests.truth.verifier import verify

FRAME_BYTES = 288  # at 96 kbit/s
BOTH = "PyAV and libsndfile"

STEPS = f"""
{TWO_SIDES}
  - breathe: {{in: 2s, out: 3s, cycles: 1}}
  - chime: wood
"""

Listen = Callable[[Take], list[Finding]]


@pytest.fixture
def good(script: Callable[..., Script], tmp_path: Path) -> Take:
    """Return a small routine, spoken and laid out by the package."""
    return take(script(STEPS), tmp_path)


@pytest.fixture
def voice() -> Iterator[Callable[[str], Samples]]:
    speak, close = voice_of(VoiceChoice())
    yield speak
    close()


@pytest.fixture
def listen(tmp_path: Path, voice: Callable[[str], Samples]) -> Listen:
    """Write a take and verify it, with the sound of every phrase and tone at hand."""

    def listen(take: Take) -> list[Finding]:
        return verify(take.write(tmp_path / "take.mp3"), take.script, SOUNDS, voice=voice, tone=tone_of)

    return listen


@pytest.fixture
def listen_alone(tmp_path: Path) -> Listen:
    """Write a take and verify it by the MP3 and the script alone."""

    def listen(take: Take) -> list[Finding]:
        return verify(take.write(tmp_path / "take.mp3"), take.script, SOUNDS)

    return listen


def found(findings: list[Finding]) -> set[tuple[str, int | None]]:
    return {(finding.what, finding.cue) for finding in findings}


@every("module", ["verifier", "hearing", "findings"])
def test_the_verifier_shares_no_code_with_the_package(module: str) -> None:
    tree = ast.parse(Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    ours = {name for name in imported if name.split(".")[0] in ("audioguide", "tests")}
    assert ours <= {"tests.truth.findings", "tests.truth.hearing"}


def test_a_good_file_passes(good: Take, listen: Listen, listen_alone: Listen) -> None:
    assert listen(good) == []
    assert listen_alone(good) == []


@pytest.mark.parametrize("samples", [1, -1])
@pytest.mark.parametrize("name", ["bell", "bowl"])
def test_a_chime_that_is_one_sample_off(
    good: Take, listen: Listen, listen_alone: Listen, name: str, samples: int
) -> None:
    chime, hold = good.find("chime", sound=name), good.find("hold")
    bad = good.change(chime, lambda part: part.moved(samples))
    assert found(listen(bad)) == {("place", chime), ("hold", hold)}
    assert found(listen_alone(bad)) == {("place", chime), ("hold", hold)}


def test_a_mark_that_is_one_sample_off(good: Take, listen: Listen) -> None:
    for mark in (good.find("mark", sound="tick"), good.find("mark", text="Breathe on.")):
        assert found(listen(good.change(mark, lambda part: part.moved(1)))) == {("place", mark)}


@pytest.mark.parametrize("samples", [-2000, 500, 2300])
def test_a_chime_that_is_far_off(good: Take, listen: Listen, samples: int) -> None:
    chime = good.find("chime", sound="bowl")
    findings = listen(good.change(chime, lambda part: part.moved(samples)))
    assert {("place", chime), ("hold", good.find("hold"))} <= found(findings)
    place = next(finding.said for finding in findings if finding.what == "place")
    assert float(place.split()[-3]) == pytest.approx(samples, abs=0.1)


def test_a_wrong_chime(good: Take, listen: Listen, listen_alone: Listen) -> None:
    chime = good.find("chime", sound="bell")
    bad = good.change(chime, lambda part: part.with_sound(shipped("wood")))
    for findings in (listen(bad), listen_alone(bad)):
        assert found(findings) == {("sound", chime)}
        assert findings[0].said == "'wood' is heard instead of 'bell'"


def test_a_chime_that_is_missing(good: Take, listen: Listen) -> None:
    for chime in (
        good.find("chime", sound="bowl"),
        good.find("mark", sound="tick"),
        good.find("chime", sound="wood"),
    ):
        assert found(listen(good.without(chime))) == {("sound", chime)}


@pytest.mark.parametrize("gain", [0.7, 1.3])
def test_a_chime_of_another_level(good: Take, listen: Listen, gain: float) -> None:
    chime = good.find("chime", sound="bell")
    bad = good.change(chime, lambda part: part.with_sound((part.samples * gain).astype(np.int16)))
    assert found(listen(bad)) == {("level", chime)}


def test_swapped_sides(good: Take, listen: Listen) -> None:
    left, right = good.find("say", side="left"), good.find("say", side="right")
    sounds = {left: good.sound(right), right: good.sound(left)}
    bad = good.changed(lambda part: part.with_sound(sounds.get(part.cue, part.samples)))
    said = {finding.said for finding in listen(bad)}
    pull = "Pull your {} knee to your chest."
    for one, other in (("left", "right"), ("right", "left")):
        assert f"'{pull.format(one)}' is heard instead of '{pull.format(other)}'" in said


def test_a_phrase_that_fits_another_text_better(
    good: Take, voice: Callable[[str], Samples], tmp_path: Path
) -> None:
    cue = good.find("say", side="left")
    said, other = (good.script["cues"][index]["text"] for index in (cue, good.find("say", side="right")))
    noise = np.random.default_rng(1).normal(0, 300, len(voice(said)))

    def unsure(text: str) -> Samples:
        return (
            voice(said)
            if text == other
            else (voice(text) + noise).astype(np.int16)
            if text == said
            else voice(text)
        )

    findings = verify(good.write(tmp_path / "take.mp3"), good.script, SOUNDS, voice=unsure)
    assert f"sounds more like '{other}' than '{said}'" in [finding.said for finding in findings]


def test_one_side_spoken_twice_is_heard_without_the_voice(good: Take, listen_alone: Listen) -> None:
    left, right = good.find("say", side="left"), good.find("say", side="right")
    length = len(good.sound(right))
    twice = np.resize(np.pad(good.sound(left), (0, length)), length)
    assert ("words", right) in found(listen_alone(good.change(right, lambda part: part.with_sound(twice))))


def test_sides_swapped_for_the_holds_alone(good: Take, listen: Listen) -> None:
    bad = deepcopy(good.script)
    holds = [index for index, cue in enumerate(bad["cues"]) if cue["kind"] == "hold"]
    for index in holds:
        bad["cues"][index]["side"] = {"left": "right", "right": "left"}[bad["cues"][index]["side"]]
    assert found(listen(replace(good, script=bad))) == {("sides", index) for index in holds}


def test_sides_swapped_in_the_script(good: Take, listen: Listen, listen_alone: Listen) -> None:
    bad = deepcopy(good.script)
    for cue in bad["cues"]:
        if "side" in cue:
            cue["side"] = {"left": "right", "right": "left"}[cue["side"]]
    bad_take = replace(good, script=bad)
    visits = (bad_take.find("say", side="right"), bad_take.find("say", side="left"))
    assert found(listen_alone(bad_take)) == {("sides", index) for index in visits}


def test_a_phrase_that_was_dropped(good: Take, listen: Listen, listen_alone: Listen) -> None:
    for cue in (good.find("say", side="right"), good.find("mark", text="Breathe on.")):
        bad = good.without(cue)
        assert found(listen_alone(bad)) == {("words", cue)}
        assert found(listen(bad)) == {("words", cue)}


def test_words_that_are_dropped_under_a_tone(good: Take, listen: Listen) -> None:
    breath = good.find("breath", text="Breathe in.")
    longest = max(len(part.samples) for part in good.parts if part.cue == breath)
    bad = good.change(breath, lambda part: part if len(part.samples) == longest else None)
    assert ("words", breath) in found(listen(bad))


@pytest.mark.parametrize(("first", "last"), [(0.4, 1.0), (0.0, 0.6), (0.2, 0.8)])
def test_a_phrase_of_which_a_part_is_missing(
    good: Take, listen_alone: Listen, first: float, last: float
) -> None:
    cue = good.find("say", side="left")

    def cut(part: Part) -> Part:
        place = np.arange(len(part.samples)) / len(part.samples)
        keep = (
            (place >= first) & (place < last)
            if first == 0 or last == 1
            else (place < first) | (place >= last)
        )
        return part.with_sound((part.samples * keep).astype(np.int16))

    assert ("words", cue) in found(listen_alone(good.change(cue, cut)))


def test_noise_in_a_hold(good: Take, listen: Listen, listen_alone: Listen) -> None:
    hold = good.find("hold", side="right")
    noise = np.random.default_rng(1).normal(0, 10 ** (-60 / 20) * 32_768, 9600).astype(np.int16)
    part = Part(cue=hold, start=good.start(hold) + 2 * 48_000, samples=noise)
    bad = replace(good, parts=(*good.parts, part))
    for findings in (listen(bad), listen_alone(bad)):
        assert {finding.what for finding in findings} == {"silence"}
        assert findings[0].said.endswith("in a hold")


def test_a_click_in_a_pause(good: Take, listen: Listen) -> None:
    settle = good.find("settle")
    part = Part(cue=settle, start=good.start(settle) + 40_000, samples=np.full(1, 1000, dtype=np.int16))
    findings = listen(replace(good, parts=(*good.parts, part)))
    assert {finding.what for finding in findings} == {"silence"}


def test_speech_under_a_chime(good: Take, listen: Listen, listen_alone: Listen) -> None:
    chime = good.find("chime", sound="bell")
    words = good.sound(good.find("mark", text="Breathe on."))
    part = Part(cue=chime, start=good.start(chime) + 4800, samples=words)
    bad = replace(good, parts=(*good.parts, part))
    assert ("sound", chime) in found(listen(bad))
    assert ("sound", chime) in found(listen_alone(bad))


def test_speech_that_runs_into_a_hold(good: Take, listen: Listen, listen_alone: Listen) -> None:
    say, chime = good.find("say", side="right"), good.find("chime", side="right", sound="bell")
    late = good.start(chime) - good.start(say) - len(good.sound(say)) + 48_000
    bad = good.change(say, lambda part: part.moved(late))
    for findings in (listen(bad), listen_alone(bad)):
        assert {("words", say), ("sound", chime), ("silence", None)} <= found(findings)


def test_a_hold_that_is_one_tick_too_long(good: Take, listen: Listen, listen_alone: Listen) -> None:
    hold = good.find("hold", side="left")
    end = good.start(good.find("chime", side="left", sound="bowl"))
    longer = good.changed(lambda part: part.moved(192) if part.start >= end else part)
    bad = replace(longer, length=good.length + 1)
    for findings in (listen(bad), listen_alone(bad)):
        assert [finding.said for finding in findings if finding.what == "hold"] == [
            "the hold is +192.00 samples off"
        ]
        late = {finding.cue for finding in findings if finding.what == "place"}
        assert late >= {
            part.cue for part in good.parts if part.start >= end and len(part.samples) != 0
        } - words(good)
        assert {"length", "tag"} <= {finding.what for finding in findings}
        assert not [finding for finding in findings if finding.cue is not None and finding.cue < hold]


def words(take: Take) -> set[int]:
    """Return the cues with text: without the voice their places are not known to the sample."""
    return {
        index
        for index, cue in enumerate(take.script["cues"])
        if "text" in cue or "breath" in cue.get("sound", "")
    }


def test_a_tolerance_that_was_asked_for(good: Take, tmp_path: Path) -> None:
    chime = good.find("chime", sound="bell")
    path = good.change(chime, lambda part: part.moved(1)).write(tmp_path / "take.mp3")
    assert verify(path, good.script, SOUNDS, tolerance=1) == []


def test_a_script_that_promises_what_it_should_not(good: Take) -> None:
    script = deepcopy(good.script)
    assert list(check_script(script)) == []
    say, mark = good.find("say", side="right"), good.find("mark", side="left", text="Breathe on.")
    hold = good.find("hold", side="left")
    script["cues"][say]["start"] = script["cues"][hold]["start"] + 100
    script["cues"][mark]["start"] -= 2000
    script["cues"][hold]["length"] += 1
    script["cues"][-1]["length"] += 1
    assert found(list(check_script(script))) == {
        ("script", say), ("script", mark), ("script", len(script["cues"]) - 1), ("sides", None),
    }  # fmt: skip


def test_a_breath_in_for_a_breath_out(good: Take, listen_alone: Listen) -> None:
    breath = good.find("breath", sound="breath-out")
    wrong = tone_of("breath-in", 750)
    bad = good.change(
        breath, lambda part: part.with_sound(wrong if len(part.samples) == len(wrong) else part.samples)
    )
    assert found(listen_alone(bad)) == {("tone", breath)}


# The last frame closes the file and holds no sound of it; the one before does.
@pytest.mark.parametrize(("frames", "missed"), [(1, {"tag"}), (2, {"tag", "length"})])
def test_a_tail_that_was_dropped(frames: int, missed: set[str], good: Take, tmp_path: Path) -> None:
    path = good.write(tmp_path / "take.mp3")
    path.write_bytes(path.read_bytes()[: -frames * FRAME_BYTES])
    assert {finding.what for finding in verify(path, good.script, SOUNDS)} == missed


def test_a_file_that_is_one_frame_longer(good: Take, listen: Listen) -> None:
    findings = listen(replace(good, length=good.length + 6))
    assert {(finding.what, finding.decoder) for finding in findings} == {("tag", ""), ("length", BOTH)}


def test_a_frame_too_many(good: Take, tmp_path: Path) -> None:
    path = good.write(tmp_path / "take.mp3")
    path.write_bytes(path.read_bytes() + path.read_bytes()[-FRAME_BYTES:])
    assert "tag" in {finding.what for finding in verify(path, good.script, SOUNDS)}


def test_a_missing_info_tag(good: Take, tmp_path: Path) -> None:
    path = good.write(tmp_path / "take.mp3")
    path.write_bytes(path.read_bytes()[FRAME_BYTES:])
    findings = verify(path, good.script, SOUNDS)
    assert {"tag", "length", "place"} <= {finding.what for finding in findings}
    late = [finding.decoder for finding in findings if finding.what == "length"]
    assert late in ([BOTH], ["PyAV", "libsndfile"])
