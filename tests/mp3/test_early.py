"""What is encoded ahead is what the whole timeline needs, and never shows in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import OutputError
from audioguide.mixer.placed import sounds
from audioguide.mp3.early import EarlyEncoder
from audioguide.mp3.island_cache import Encoded, encode_islands
from audioguide.mp3.islands import Island, Recipe, cut
from audioguide.mp3.job import Mp3Job
from audioguide.script.layout import lay_out
from audioguide.script.script import ClipRef, Cue, Script, Sounded, Spoken
from tests.conftest import word_lengths

Make = Callable[..., Script]

STEPS = """
  - say: One. And two.
    settle: 3s
  - sides: [left, right]
    steps:
      - say: The {side} knee.
      - hold: 10.1s
        marks: {halfway: Half of it., before_end: {4s: tick}, countdown: 2}
      - say: The {side} knee comes down.
  - breathe: {in: 4s, out: 6s, cycles: 2, voice: first two}
  - chime: bell
"""


@pytest.fixture
def reported() -> list[Recipe]:
    """Collect what is encoded."""
    return []


@pytest.fixture
def encode(reported: list[Recipe]) -> Callable[..., Encoded]:
    """Encode, and return what."""

    def encode(islands: Iterable[Island], job: Mp3Job) -> Encoded:
        listed = list(islands)
        reported.extend(island.recipe for island in listed)
        return encode_islands(listed, job)

    return encode


def _clips(script: Script, level: int = 1000) -> dict[ClipRef, Clip]:
    chance = np.random.default_rng(1)
    return {
        ref: Clip(chance.integers(-level, level, ticks * 192, dtype=np.int16))
        for ref, ticks in word_lengths(script).items()
    }


def _islands(script: Script, clips: dict[ClipRef, Clip]) -> tuple[Island, ...]:
    timeline = lay_out(script, {ref: clip.ticks for ref, clip in clips.items()})
    return cut(sounds(timeline, clips), timeline.length)


def _end_of(script: Script, clips: dict[ClipRef, Clip]) -> Recipe:
    """Return the recipe of the island in which the first end chime sounds."""
    bowl = hashlib.sha256(clips[Sounded("bowl", duck=200)].samples.tobytes()).hexdigest()
    (recipe, *_) = (
        island.recipe for island in _islands(script, clips) if any(each.key == bowl for each in island.sounds)
    )
    return recipe


def test_all_is_known_before_the_timeline_is(
    script: Make, encode: Callable[..., Encoded], reported: list[Recipe]
) -> None:
    made = script(STEPS)
    clips = _clips(made)
    islands = _islands(made, clips)
    with EarlyEncoder(made, Mp3Job(workers=2), encode=encode) as ahead:
        for ref, clip in sorted(clips.items(), key=str):  # in any order
            ahead.ready(ref, clip)
        result = ahead.encode(islands)
    needed = {island.recipe for island in islands}
    assert needed <= set(reported)
    # The end chime rings on under the words of each side, and there are two other holds for each.
    assert len(reported) == len(set(reported)) == len(needed) + 4
    assert result.frames == encode_islands(islands).frames
    assert (result.encoded, result.reused) == (len(needed), 0)


def test_the_chime_that_ends_a_hold_is_known_for_any_hold_that_is_whole_seconds_longer(
    script: Make, encode: Callable[..., Encoded], reported: list[Recipe]
) -> None:
    made = script(STEPS)
    clips = _clips(made)
    with EarlyEncoder(made, Mp3Job(workers=2), encode=encode) as ahead:
        for ref, clip in clips.items():
            ahead.ready(ref, clip)
        ahead.encode(_islands(made, clips))
    ends = {_end_of(script(STEPS.replace("10.1s", f"{hold}.1s")), clips) for hold in range(10, 31)}
    assert len(ends) == 3
    assert ends <= set(reported)
    assert _end_of(script(STEPS.replace("10.1s", "10.2s")), clips) not in reported


def test_a_quiet_file_is_known_ahead_as_well(
    script: Make, encode: Callable[..., Encoded], reported: list[Recipe]
) -> None:
    made = replace(script(STEPS), profile="quiet")
    clips = _clips(made)
    islands = _islands(made, clips)
    with EarlyEncoder(made, Mp3Job(workers=2), encode=encode) as ahead:
        for ref, clip in clips.items():
            ahead.ready(ref, clip)
        result = ahead.encode(islands)
    assert {island.recipe for island in islands} <= set(reported)
    assert result.frames == encode_islands(islands).frames
    assert not result.frames.keys() & {island.recipe for island in _islands(script(STEPS), clips)}


def test_each_is_begun_as_soon_as_its_own_clips_are_there(script: Make) -> None:
    made = script(STEPS)
    clips = _clips(made)
    begun: list[Island] = []

    def encode(islands: Iterable[Island], _job: Mp3Job) -> Encoded:
        begun.extend(islands)
        return Encoded(frames={}, encoded=0, reused=0)

    with EarlyEncoder(made, Mp3Job(workers=1), encode=encode) as ahead:
        ahead.ready(Spoken("One."), clips[Spoken("One.")])
    assert [island.sounds[0].clip for island in begun] == [clips[Spoken("One.")]]


def test_a_script_without_pauses_is_encoded_all_the_same(encode: Callable[..., Encoded]) -> None:
    cues = [Cue(kind="say", step="", text=text) for text in ("One", "Two", "Three")]
    cues.insert(2, Cue(kind="gap", step="", length=1))
    made = Script(name="edited", title="Edited", cues=tuple(cues))
    clips = _clips(made)
    islands = _islands(made, clips)
    with EarlyEncoder(made, Mp3Job(workers=2), encode=encode) as ahead:
        for ref, clip in clips.items():
            ahead.ready(ref, clip)
        result = ahead.encode(islands)
    assert result.frames == encode_islands(islands).frames
    assert (result.encoded, result.reused) == (1, 0)


def test_what_nobody_said_ahead_is_encoded_in_the_end(script: Make, encode: Callable[..., Encoded]) -> None:
    made = script(STEPS)
    islands = _islands(made, _clips(made))
    progress: list[tuple[int, int]] = []
    job = Mp3Job(progress=lambda done, total: progress.append((done, total)))
    with EarlyEncoder(made, job, encode=encode) as ahead:
        result = ahead.encode(islands)
    assert result == encode_islands(islands)
    assert progress[-1] == (len(result.frames), len(result.frames))


def test_progress_counts_all(script: Make, encode: Callable[..., Encoded]) -> None:
    made = script(STEPS)
    clips = _clips(made)
    progress: list[tuple[int, int]] = []
    job = Mp3Job(progress=lambda done, total: progress.append((done, total)))
    with EarlyEncoder(made, job, encode=encode) as ahead:
        for ref in list(clips)[:3]:
            ahead.ready(ref, clips[ref])
        result = ahead.encode(_islands(made, clips))
    assert progress == sorted(progress)
    assert progress[-1] == (len(result.frames), len(result.frames))


def test_what_is_too_loud_is_reported_with_its_place_in_the_file(script: Make) -> None:
    made = script(
        "  - say: One.\n  - hold: 5s\n    chime: {start: bell, end: none}\n    marks: {at: {0s: Two.}}\n"
    )
    clips = _clips(made, 32_000)
    messages = set()
    for early in (True, False):
        with EarlyEncoder(made, Mp3Job(workers=2)) as ahead:
            for ref, clip in clips.items() if early else ():
                ahead.ready(ref, clip)
            with pytest.raises(OutputError, match=r"2 overlapping sounds at 00:04\.944") as failed:
                ahead.encode(_islands(made, clips))
        messages.add(str(failed.value))
    assert len(messages) == 1


def test_leaving_stops_what_nobody_asked_for(script: Make, tmp_path: Path) -> None:
    made = script("".join(f"  - say: Phrase {number}.\n" for number in range(300)))
    clips = _clips(made)
    encoded: list[Island] = []

    def encode(islands: Iterable[Island], _job: Mp3Job) -> Encoded:
        encoded.extend(islands)
        return encode_islands(islands, Mp3Job(workers=1))

    with EarlyEncoder(made, Mp3Job(workers=2), encode=encode) as ahead:
        for ref, clip in clips.items():
            ahead.ready(ref, clip)
    assert len(encoded) < 300
