"""How loud the real voice is, how high it peaks once it is decoded, and how clean its clips end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.audio.loudness import GATING_BLOCK, integrated, momentary_max, true_peak
from audioguide.mixer.sound import Sound
from audioguide.speech import levelling, limiter
from audioguide.speech.engine import Phrase
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.recording import to_clip
from tests.mp3.conftest import decode_ffmpeg, render_mp3
from tests.mp3.meter import lufs
from tests.slow import first
from tests.tables import every

TEXTS = (
    "Three.", "One.", "Rest.", "Breathe in.", "Slowly return.", "Five more seconds.",
    "Lie flat on your back with your knees bent.",
    "Stop if anything hurts, and come back to the starting position.",
    "Let the warm water run down your back, no hotter than you can comfortably bear.",
)  # fmt: skip
VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb-scotland+m7", "de", "fr-fr")
RATES = (80, 200)
SILENCE = 60  # ticks between two clips
EDGE = 480  # 10 ms

Floats = NDArray[np.float64]


@cache
def spoken(voice: str) -> list[Clip]:
    """Speak all texts at all rates in `voice`; "warm" is one voice with warmth."""
    with closing(PyttsxEngine()) as engine:
        phrases = _phrases("en-us", warm=True) if voice == "warm" else _phrases(voice)
        return [engine.speak(each) for each in phrases]


def _phrases(voice: str, *, warm: bool = False) -> Iterator[Phrase]:
    for number, text in enumerate(TEXTS):
        for rate in (120, RATES[number % 2]):
            yield Phrase(text, voice, rate, 50, warm)


def _decoded(clips: Sequence[Clip], bitrate: int) -> tuple[Floats, list[int], list[int]]:
    """Return the decoded file of `clips` with silence between them, in full scale, and their ends."""
    starts, clock = [], SILENCE
    for clip in clips:
        starts.append(clock)
        clock += clip.ticks + SILENCE
    sounds = [
        Sound(start=start, key=str(start), clip=clip) for start, clip in zip(starts, clips, strict=True)
    ]
    heard = decode_ffmpeg(render_mp3(sounds, clock, bitrate)) / 32_768
    ends = [start + clip.ticks for start, clip in zip(starts, clips, strict=True)]
    return heard, [192 * start for start in starts], [192 * end for end in ends]


def _wave(clip: Clip) -> NDArray[np.float32]:
    return clip.samples.astype(np.float32) / np.float32(32_768)


@every("voice", first(2, ["warm", *VOICES]))
def test_every_clip_is_as_loud_as_every_other(voice: str) -> None:
    levels = [integrated(_wave(clip)) for clip in spoken(voice)]
    assert min(levels) > -19.3
    assert max(levels) < -18.8
    # What libebur128 can measure, it finds as loud.
    long = [clip for clip in spoken(voice) if len(clip.samples) >= GATING_BLOCK]
    assert len(long) > len(levels) / 2
    assert [lufs(clip.samples.astype(np.float64)) for clip in long] == pytest.approx(
        [-19] * len(long), abs=0.3
    )


@every("voice", first(2, ["warm", *VOICES]))
def test_no_moment_is_louder_than_the_voice_by_more_than_3_lu(
    voice: str,
) -> None:
    assert max(momentary_max(_wave(clip)) for clip in spoken(voice)) <= -16


@every("bitrate", first(1, [96_000, 64_000]))
@every("voice", first(2, ["warm", *VOICES]))
def test_once_decoded_no_peak_is_too_high_and_nothing_clicks(voice: str, bitrate: int) -> None:
    assert max(np.abs(_wave(clip)).max() for clip in spoken(voice)) <= 10 ** (-3 / 20)
    heard, starts, ends = _decoded(spoken(voice), bitrate)
    assert -6 < true_peak(heard.astype(np.float32)) <= -1.5
    assert 20 * np.log10(abs(heard.mean())) < -70
    assert 20 * np.log10(_brightest(heard, np.asarray([*starts, *ends]))) < -70


def _brightest(heard: Floats, places: NDArray[np.int64]) -> float:
    """Return the highest peak above 4 kHz within 10 ms of any of `places`."""
    slope = 0.5 - 0.5 * np.cos(np.pi * np.arange(EDGE) / EDGE)
    shape = np.concatenate([slope, np.ones(2 * EDGE), slope[::-1]])
    around = heard[places[:, None] + np.arange(-2 * EDGE, 2 * EDGE)] * shape
    hertz = np.fft.rfftfreq(len(shape), 1 / 48_000)
    above = np.clip((hertz - 3_500) / 500, 0, 1)
    return float(np.abs(np.fft.irfft(np.fft.rfft(around) * above)[:, EDGE:-EDGE]).max())


def test_the_default_voice_is_hardly_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    curves: list[Floats] = []

    def watched(levels: Floats, ceiling: float) -> Floats:
        gains = held_below(levels, ceiling)
        curves.append(gains)
        return gains

    held_below = limiter.held_below
    monkeypatch.setattr(levelling, "held_below", watched)
    last: list[Floats] = []
    with closing(PyttsxEngine()) as engine:
        for phrase in _phrases("en-us"):
            engine.speak(phrase)
            last.append(curves[-1])
    gains = np.concatenate(last)
    assert (gains < 10 ** (-3 / 20)).mean() < 0.01
    assert (gains < 0.99).mean() < 0.1
    assert gains.min() > 10 ** (-6 / 20)


def test_an_offset_and_rumble_are_gone() -> None:
    moments = np.arange(44_100) / 22_050
    voice = 6_000 * np.sin(2 * np.pi * 300 * moments)
    clean, dirty = (
        to_clip(np.rint(voice + extra).astype(np.int16)).samples.astype(np.float64)
        for extra in (0, 4_000 + 4_000 * np.sin(2 * np.pi * 15 * moments))
    )
    middle = slice(24_000, 72_000)
    assert abs(dirty[middle].mean()) < 3
    spectrum = np.abs(np.fft.rfft(dirty[middle])) / 24_000
    assert spectrum[15] < 0.05 * spectrum[300]
    assert np.abs(clean[middle] - dirty[middle]).max() < 0.1 * np.abs(clean).max()


def test_warmth_takes_from_the_highs_and_leaves_a_short_room() -> None:
    plain, warm = spoken("en-us")[-1], spoken("warm")[-1]
    assert warm.ticks == pytest.approx(plain.ticks + 50, abs=6)

    def highs(clip: Clip) -> float:
        power = np.abs(np.fft.rfft(_wave(clip))) ** 2
        hertz = np.fft.rfftfreq(len(clip.samples), 1 / 48_000)
        return float(10 * np.log10(power[hertz > 5_000].sum() / power.sum()))

    assert highs(plain) - 12 < highs(warm) < highs(plain) - 2
    tail = _wave(warm)[-9_600:]
    assert np.abs(tail[-240:]).max() < 0.0005 < np.abs(tail[:2_400]).max() < 0.1
