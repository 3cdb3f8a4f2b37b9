from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audioguide.script.script import Phase
from audioguide.sound.breath import breath_tone
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES
from tests.sound.moments import momentary
from tests.tables import every

PHASES: list[Phase] = ["in", "out", "full", "empty"]
SOUNDING: list[Phase] = ["in", "out", "full"]
FOUR_SECONDS = 1000


def tone(phase: Phase, length: int = FOUR_SECONDS) -> NDArray[np.float64]:
    return breath_tone(phase, length).samples / 32768


def pitch(part: NDArray[np.float64]) -> float:
    power = np.abs(np.fft.rfft(part * np.hanning(len(part)), 10 * SAMPLE_RATE))
    return float(np.argmax(power)) / 10


def level(part: NDArray[np.float64]) -> float:
    return 10 * float(np.log10(np.mean(part**2)))


def thirds(samples: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    return np.array_split(samples[4800:-4800], 3)


@given(st.sampled_from(PHASES), st.integers(0, 400))
def test_a_tone_is_exactly_as_long_as_its_phase(phase: Phase, length: int) -> None:
    assert breath_tone(phase, length).ticks == length


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 ticks"):
        breath_tone("in", -1)


def test_in_rises_and_swells() -> None:
    low, middle, high = (pitch(part) for part in thirds(tone("in")))
    assert low < middle < high
    assert 12 * np.log2(high / low) > 3  # semitones, between the middles of the outer thirds
    first, _, last = (level(part) for part in thirds(tone("in")))
    assert last - first > 5


def test_out_falls_and_fades() -> None:
    high, middle, low = (pitch(part) for part in thirds(tone("out")))
    assert high > middle > low
    assert 12 * np.log2(high / low) > 3
    first, _, last = (level(part) for part in thirds(tone("out")))
    assert first - last > 5


def test_full_is_steady_and_faint_and_empty_is_silent() -> None:
    parts = thirds(tone("full"))
    assert np.ptp([pitch(part) for part in parts]) < 1
    assert np.ptp([level(part) for part in parts]) < 0.1
    assert momentary(tone("full")) < momentary(tone("in")) - 4
    assert not tone("empty").any()


@every(("phase", "stated"), [("in", -21), ("out", -21), ("full", -26)])
@every("length", [FOUR_SECONDS, 2500])
def test_peaks_are_at_the_stated_level(phase: Phase, stated: int, length: int) -> None:
    assert 20 * np.log10(np.max(np.abs(tone(phase, length)))) == pytest.approx(stated, abs=0.5)


@every(("phase", "below"), [("in", 6), ("out", 6), ("full", 11)])
@every("length", [500, FOUR_SECONDS, 2500])
def test_the_loudest_moment_is_so_far_below_speech(phase: Phase, below: int, length: int) -> None:
    assert -19 - momentary(tone(phase, length)) == pytest.approx(below, abs=0.6)


@every("phase", SOUNDING)
@every("length", [25, 100, FOUR_SECONDS])
def test_there_is_no_click_and_no_offset(phase: Phase, length: int) -> None:
    samples = tone(phase, length)
    assert samples[0] == samples[-1] == 0
    edge = min(48 * 25, TICK_SAMPLES * length // 4)  # half of the way up a raised cosine of 50 ms
    inside = np.max(np.abs(samples))
    assert np.max(np.abs(samples[: edge // 5])) < 0.1 * inside
    assert np.max(np.abs(samples[-(edge // 5) :])) < 0.1 * inside
    # The steepest step belongs to the tone itself: 440 Hz and some of its octave at this peak.
    assert np.max(np.abs(np.diff(samples))) < 1.5 * inside * 2 * np.pi * 440 / SAMPLE_RATE + 2 / 32768
    assert abs(samples.mean()) < 2e-5


def test_the_edges_are_raised_cosines_of_at_least_50_ms() -> None:
    samples = np.abs(tone("full"))
    rise = [float(np.max(samples[start : start + 120])) for start in range(0, 4800, 120)]
    top = max(rise)
    reached = next(place for place, found in enumerate(rise) if found > 0.97 * top)
    assert reached * 120 / 48 >= 50


def test_tones_are_the_same_every_time() -> None:
    assert np.array_equal(breath_tone("in", 777).samples, breath_tone("in", 777).samples)
