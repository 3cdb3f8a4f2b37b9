"""Profiles: how loud a file is, decoded and measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.compiler.estimate import estimated
from audioguide.listener.options import Options
from audioguide.mixer.gain import bed_at
from audioguide.mixer.placed import level_in
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render
from audioguide.routine.load import Routine, load
from audioguide.script.choices import Profile
from audioguide.script.profiles import level_of
from audioguide.script.script import Script, VoiceChoice
from audioguide.sound.beds.air import air
from audioguide.storage.cache import Cache
from tests.conftest import laid_out
from tests.slow import first

TICK = 192
TONE = VoiceChoice(engine="tone")
STEPS = """
  - say: Lie down. Let your back grow heavy.
  - sides: [left, right]
    switch: 2s
    steps:
      - say: Your {side} knee.
      - hold: $hold
        marks: {before_end: {1s: tick}}
  - breathe: {in: 2s, out: 3s, cycles: 1}
  - say: Let it go.
  - hold: 14s
    chime: none
"""
HOLD = "settings: {hold: {default: 4s, min: 1s, max: 9s}}"
# Chimes at the start, in the middle and near the end of 12 minutes.
NIGHT = """
  - repeat: 6
    steps:
      - say: Lift your arms.
      - hold: 90s
        marks: {halfway: chime, every: {40s: Breathe on.}}
      - say: Let them sink.
        settle: 20s
  - chime: close
"""

Compiled = Callable[..., Script]
Wave = NDArray[np.float64]


def decoded(receipt: Receipt) -> Wave:
    wave: Wave = soundfile.read(receipt.mp3, dtype="float64")[0]
    return wave


def rms_db(wave: Wave) -> float:
    return float(10 * np.log10(max(float(np.mean(wave * wave)), 1e-20)))


def level_at(wave: Wave, tick: int, ticks: int) -> float:
    return rms_db(wave[tick * TICK : (tick + ticks) * TICK])


def sounding(receipt: Receipt) -> list[tuple[str, int, int]]:
    """Return kind, start and length, in ticks, of every cue that is heard."""
    return [
        (cue.cue.kind, cue.start, cue.length)
        for cue in receipt.timeline.cues
        if cue.cue.clips and cue.length > 0
    ]


@pytest.fixture
def rendered(script: Compiled, tmp_path: Path) -> Callable[..., Receipt]:
    """Render STEPS, with a bed or without, in a profile."""
    made = script(STEPS, HOLD)

    def rendered(profile: Profile, bed: str | None = None, voice: VoiceChoice = TONE) -> Receipt:
        return render(replace(made, profile=profile, bed=bed, voice=voice), tmp_path / f"{profile}-{bed}")

    return rendered


def test_sleep_falls_in_small_steps_from_the_first_word_to_the_last() -> None:
    level = level_of("sleep", [150, 3000, 100_000], 110_000)
    gains = [level.gain_db(tick) for tick in range(0, 110_001, 10)]
    assert (gains[0], level.gain_db(150), level.gain_db(100_000), gains[-1]) == (0, 0, -11, -11)
    steps = np.diff(gains)
    assert set(steps) == {0, -0.5}


def test_the_last_word_is_the_softest_whatever_sounds_behind_it(script: Compiled) -> None:
    steps = "  - say: One.\n  - breathe: {in: 4s, out: 6s, cycles: 8, voice: first 6}"
    timeline = laid_out(replace(script(steps), profile="sleep"))
    words = [timed.start for timed in timeline.cues if timed.cue.text and timed.cue.kind != "chapter"]
    assert max(words) > timeline.length // 2
    assert max(words) < timeline.placements[-1].start
    assert level_in(timeline).gain_db(max(words)) == -11


def test_sleep_does_not_fall_in_a_hurry() -> None:
    level = level_of("sleep", [150, 3000], 100_000)
    assert level.gain_db(3000) == -0.5
    assert level.gain_db(50_000) == level.gain_db(99_999) == -11


@pytest.mark.parametrize("starts", [[], [150]])
def test_a_file_with_hardly_a_sound_has_a_level_too(starts: list[int]) -> None:
    assert level_of("sleep", starts, 1000).gain_db(150 if starts else 0) == 0
    assert level_of("quiet", starts, 1000).gain_db(150) == -5
    assert level_of("standard", starts, 1000).gain_db(150) == 0


@pytest.mark.parametrize("engine", ["pyttsx3", "tone"])
def test_quiet_is_five_db_softer_at_every_sound(rendered: Callable[..., Receipt], engine: str) -> None:
    voice = VoiceChoice(engine=engine)
    standard, quiet = (rendered(profile, voice=voice) for profile in ("standard", "quiet"))
    waves = [decoded(each) for each in (standard, quiet)]
    assert [timed.start for timed in standard.timeline.cues] == [timed.start for timed in quiet.timeline.cues]
    measured = {}
    for kind, start, ticks in sounding(standard):
        before, after = (level_at(wave, start, ticks) for wave in waves)
        assert before - after == pytest.approx(5.0, abs=0.2), (kind, start)
        measured[kind] = before
    assert set(measured) == {"chime", "say", "mark", "breath"}
    assert [hold.placed for hold in quiet.holds] == [hold.asked for hold in quiet.holds]


@pytest.mark.parametrize("own", [False, True])
def test_a_bed_is_five_db_softer_as_well(rendered: Callable[..., Receipt], tmp_path: Path, own: bool) -> None:
    music = tmp_path / "music.wav"
    soundfile.write(music, 0.1 * np.random.default_rng(0).standard_normal(48_000 * 4), 48_000)
    bed = str(music) if own else "brown"
    waves = []
    for profile in ("standard", "quiet"):
        receipt = rendered(profile, bed)
        waves.append(decoded(receipt))
        last = next(hold for hold in reversed(receipt.holds))
    before, after = (level_at(wave, last.start + 250, last.asked - 500) for wave in waves)
    assert before < -20
    assert before - after == pytest.approx(5.0, abs=0.3)  # another place of the loop differs by so much


@pytest.mark.parametrize("profile", ["quiet", "sleep"])
def test_air_keeps_its_level_in_every_profile(profile: Profile) -> None:
    """A player that skips silence knows no profile."""
    assert bed_at(air(), level_of(profile, [150, 100_000], 110_000)) is air()


def test_quiet_is_as_quick_with_another_hold(routine: Callable[..., Routine], tmp_path: Path) -> None:
    cache, made = Cache(tmp_path / "cache"), routine(STEPS, HOLD)
    counts = []
    for hold in ("4s", "5.3s"):
        script = compile(made, Options(settings={"hold": hold}, profile="quiet", engine="tone"))
        receipt = render(script, tmp_path / "out", cache=cache)
        counts.append((receipt.islands_encoded, receipt.phrases_spoken))
    assert counts[0][0] > 5
    assert counts[1][0] <= 3
    assert counts[1][1] == 0


@pytest.mark.parametrize("profile", ["quiet", "sleep"])
@pytest.mark.parametrize("bed", first(1, [None, "brown"]))
def test_the_same_bytes_cold_warm_and_on_any_number_of_cores(
    script: Compiled, tmp_path: Path, profile: Profile, bed: str | None
) -> None:
    made = replace(script(STEPS, HOLD), profile=profile, bed=bed, voice=TONE)
    files = [
        render(made, tmp_path / f"{folder}-{workers}", cache=Cache(tmp_path / folder), workers=workers).mp3
        for folder, workers in (("a", 1), ("b", 2), ("b", 1))
    ]
    assert len({path.read_bytes() for path in files}) == 1


def test_sleep_begins_as_standard_and_ends_eleven_db_below(rendered: Callable[..., Receipt]) -> None:
    standard, sleep = rendered("standard"), rendered("sleep")
    waves = [decoded(each) for each in (standard, sleep)]
    lower = [
        level_at(waves[0], start, ticks) - level_at(waves[1], start, ticks)
        for _, start, ticks in sounding(sleep)
    ]
    assert lower[0] == pytest.approx(0, abs=0.1)
    assert lower[-1] == pytest.approx(11, abs=0.2)
    # Chimes and the words behind them may overlap in a window, so a little less than monotone.
    assert min(np.diff(lower)) > -0.3
    said = [level_at(waves[1], start, ticks) for kind, start, ticks in sounding(sleep) if kind == "say"]
    assert said == sorted(said, reverse=True)


def test_a_bed_under_sleep_falls_and_fades_to_silence(rendered: Callable[..., Receipt]) -> None:
    receipt = rendered("sleep", "brown")
    wave, length = decoded(receipt), receipt.timeline.length
    assert len(wave) == length * TICK
    seconds = [level_at(wave, tick, 250) for tick in range(length - 2500, length - 249, 250)]
    # Noise wanders by 1 dB from one second to the next.
    assert all(later < earlier + 1 for earlier, later in pairwise(seconds))
    assert seconds[-1] < seconds[0] - 20
    assert level_at(wave, length - 25, 25) < -80
    starts = [start for _, start, _ in sounding(receipt)]
    before = level_at(wave, starts[-1] + 500, length - 2500 - starts[-1] - 500)
    standard = decoded(rendered("standard", "brown"))
    assert level_at(standard, starts[-1] + 500, 1500) - before == pytest.approx(11, abs=1)


def test_what_still_sounds_in_the_last_ten_seconds_of_sleep_fades(script: Compiled, tmp_path: Path) -> None:
    made = script("  - say: One.\n  - breathe: {in: 10s, out: 6s, cycles: 2, voice: none}")
    receipt = render(replace(made, profile="sleep", voice=TONE), tmp_path)
    wave, length = decoded(receipt), receipt.timeline.length
    out = [timed for timed in receipt.timeline.cues if timed.cue.kind == "breath"][-1]
    assert length - 2500 < out.start < out.end < length  # as in an edited script: `compile` leaves 10 s
    plain = decoded(render(replace(made, profile="standard", voice=TONE), tmp_path / "plain"))
    for tick in range(out.start, out.end - 50, 50):
        lower = level_at(plain, tick, 50) - level_at(wave, tick, 50)
        way = (tick + 25 - (length - 2500)) / 2500
        cosine = -20 * np.log10((1 + np.cos(np.pi * way)) / 2)
        assert lower == pytest.approx(11 + cosine, abs=0.6)


def test_the_last_five_minutes_of_sleep_have_no_chime(routine: Callable[..., Routine]) -> None:
    made = routine(NIGHT)
    standard, sleep = (estimated(compile(made, Options(profile=each))) for each in ("standard", "sleep"))
    late = sleep.length - 300 * 250
    sounds = [timed for timed in sleep.cues if timed.cue.sound]
    assert [timed for timed in sounds if timed.end > late] == []
    assert max(timed.start for timed in sounds) > late - 140 * 250  # and not many more are left out
    early = [timed for timed in standard.cues if timed.cue.sound and timed.end < late - 100 * 250]
    assert [(timed.start, timed.cue.sound) for timed in early] == [
        (timed.start, timed.cue.sound) for timed in sounds[: len(early)]
    ]
    held = [[cue.length for cue in each.script.cues if cue.kind == "hold"] for each in (standard, sleep)]
    assert held[0] == held[1] == [90 * 250] * 6
    said = [[cue.text for cue in each.script.cues if cue.text] for each in (standard, sleep)]
    assert said[0] == said[1]


def test_sleep_ends_without_words_that_wake_and_with_ten_seconds_of_silence(
    write: Callable[..., Path],
) -> None:
    made = load(write("title: Test\nsteps:\n  - say: Let go.\n"))
    texts = [cue.text for cue in compile(made, Options(profile="sleep")).cues if cue.text]
    assert texts[-1] == "Let go."
    assert compile(made, Options(profile="sleep")).cues[-1].length == 2500
    assert "You have finished." in str(compile(made).cues)
    # Even a file of less than five minutes opens with the chime that wakes headphones.
    assert [cue.sound for cue in compile(made, Options(profile="sleep")).cues if cue.sound] == ["chime"]


def test_a_routine_says_which_profile_it_wants(routine: Callable[..., Routine], tmp_path: Path) -> None:
    made = routine("  - say: One.\n", "profile: sleep")
    assert compile(made).profile == "sleep"
    assert compile(made, Options(profile="quiet")).profile == "quiet"
    receipt = render(compile(made, Options(profile="quiet", engine="tone")), tmp_path)
    assert receipt.as_json()["profile"] == "quiet"
    assert "\n  profile: quiet, speech at -24 LUFS\n" in receipt.as_text()
    assert "\nprofile quiet, speech at -24 LUFS\n" in receipt.text.read_text(encoding="utf-8")
    assert read_script(receipt.script).profile == "quiet"
    again = render(read_script(receipt.script), tmp_path / "again")
    assert again.mp3.read_bytes() == receipt.mp3.read_bytes()


def test_a_script_without_sounds_sleeps_too(script: Compiled) -> None:
    made = replace(script("  - hold: 20s\n    chime: none\n"), profile="sleep")
    assert laid_out(made).placements == ()
