"""The proof's meters beside those of FFmpeg, and its matched filter beside sounds that are not there."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
import pytest
from av.filter import Graph

from audioguide.script.shipped import shipped
from audioguide.sound.wav import read_wav
from audioguide.verifier.measure.decode import DECODED_BLOCK
from audioguide.verifier.measure.match import Original, locate
from audioguide.verifier.measure.meter import Levels, Meter
from audioguide.verifier.measure.stretches import Window, Windows
from audioguide.verifier.measure.weighting import gate_blocks, gated, lufs, momentary
from tests.verifier.takes import Take, Wave

REACH = 12_000


def levels(wave: Wave) -> Levels:
    meter = Meter()
    for start in range(0, len(wave), DECODED_BLOCK):
        meter.feed(wave[start : start + DECODED_BLOCK])
    return meter.levels()


def by_ffmpeg(wave: Wave) -> Iterator[dict[str, float]]:
    """Yield what FFmpeg's ebur128 says every 100 ms."""
    graph = Graph()
    source = graph.add_abuffer(format="fltp", sample_rate=48_000, layout="mono")
    meter, sink = graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    for start in range(0, len(wave), 4800):
        frame = av.AudioFrame.from_ndarray(wave[None, start : start + 4800], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 48_000, start
        source.push(frame)
        while True:
            try:
                heard = sink.pull()
            except av.FFmpegError:
                break
            yield {key: float(value) for key, value in heard.metadata.items()}


def noise(count: int, level: float) -> Wave:
    return (np.random.default_rng(3).normal(0, level, count)).astype(np.float32)


@pytest.fixture(params=["speech", "noise", "sine"])
def wave(request: pytest.FixtureRequest, good: Take) -> Wave:
    time = np.arange(480_000) / 48_000
    if request.param == "speech":
        return good.wave[: 480_000 - 480_000 % 4800]
    if request.param == "noise":
        return noise(480_000, 0.05)
    sine = 0.4 * np.sin(2 * np.pi * 11_997 * time) * np.minimum(1, 2 * time)
    return sine.astype(np.float32)


def test_loudness_is_that_of_ffmpeg(wave: Wave) -> None:
    theirs = list(by_ffmpeg(wave))
    ours = levels(wave)
    assert gated(gate_blocks(ours.powers)) == pytest.approx(theirs[-1]["lavfi.r128.I"], abs=0.1)
    loudest = max(each["lavfi.r128.M"] for each in theirs[4:])
    assert lufs(float(momentary(ours.powers, 25).max())) == pytest.approx(loudest, abs=0.1)


def test_the_true_peak_is_that_of_ffmpeg(wave: Wave) -> None:
    theirs = max(each["lavfi.r128.true_peak"] for each in by_ffmpeg(wave))
    assert 20 * np.log10(levels(wave).true_peak / theirs) == pytest.approx(0, abs=0.2)


def test_blocks_of_any_length_measure_the_same(good: Take) -> None:
    whole, cut = levels(good.wave), levels(good.wave[: 5 * DECODED_BLOCK + 333])
    count = len(cut.powers) - 1
    assert np.allclose(whole.powers[:count], cut.powers[:count])
    assert cut.samples == 5 * DECODED_BLOCK + 333


@pytest.mark.parametrize("absent", ["bell", "bowl", "chime", "wood"])
def test_words_are_no_chime(absent: str, good: Take) -> None:
    words = good.span("say", 1)
    original = Original(read_wav(shipped()[absent]).samples.astype(np.float32) / np.float32(32_768))
    wave = good.wave[words.start - REACH : words.start + len(original.wave) + REACH].copy()
    assert not locate(wave, original).is_there
    wave[REACH : REACH + len(original.wave)] += original.wave / 2
    heard = locate(wave, original)
    assert heard.is_there
    assert abs(heard.place - REACH) < 1
    assert heard.gain_db == pytest.approx(-6, abs=1)


def test_stretches_come_whole_and_reach_beyond_the_ends() -> None:
    wave = np.arange(1, 1001, dtype=np.float32)
    wanted = [Window(-5, 3, 0), Window(95, 315, 1), Window(300, 302, 2), Window(998, 1004, 3)]
    stretches = Windows(wanted)
    cut = dict(part for start in range(0, 1000, 100) for part in stretches.feed(wave[start : start + 100]))
    assert set(cut) == {0, 1, 2}
    cut |= dict(stretches.finish())
    assert cut[0].tolist() == [0, 0, 0, 0, 0, 1, 2, 3]
    assert cut[1].tolist() == wave[95:315].tolist()
    assert cut[2].tolist() == [301, 302]
    assert cut[3].tolist() == [999, 1000, 0, 0, 0, 0]
