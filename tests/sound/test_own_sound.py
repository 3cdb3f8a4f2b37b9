from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from audioguide.errors import AudioguideError, OutputError, RoutineError
from audioguide.script.shipped import shipped
from audioguide.sound.lengths import sound_ticks
from audioguide.sound.own_sound import CHIME_LUFS, HIGHEST_PEAK_DB, from_segment, load, to_segment
from audioguide.units import SAMPLE_RATE
from tests.sound.moments import edge_peak_db, momentary
from tests.tables import every

# Its class alone: importing pydub here would raise the warnings that the package silences.
AudioSegment = type(to_segment(Clip(np.zeros(0, dtype=np.int16))))

ROOT = Path(__file__).resolve().parents[2]

Wave = NDArray[np.float64]

FORMATS = [
    ("gong.wav", 96_000, 2, "PCM_24"),
    ("gong.wav", 44_100, 1, "FLOAT"),
    ("gong.wav", 8_000, 1, "PCM_U8"),
    ("gong.wav", 192_000, 4, "DOUBLE"),
    ("gong.flac", 44_100, 2, "PCM_16"),
    ("gong.ogg", 44_100, 2, "VORBIS"),
    ("gong.ogg", 48_000, 1, "OPUS"),
    ("gong.mp3", 44_100, 2, "MPEG_LAYER_III"),
    ("gong.mp3", 22_050, 1, "MPEG_LAYER_III"),
    ("gong.aiff", 22_050, 2, "PCM_16"),
    ("gong.aif", 48_000, 1, "PCM_24"),
]


def gong(rate: int = SAMPLE_RATE, pitch: float = 300) -> Wave:
    """Return 1 s of a decaying tone with 0.5 s of silence before it and 0.7 s behind it."""
    time = np.arange(rate) / rate
    sounding = 0.2 * np.sin(2 * np.pi * pitch * time) * np.exp(-6 * time)
    return np.concatenate([np.zeros(rate // 2), sounding, np.zeros(7 * rate // 10)])


def tone(seconds: float, rate: int = SAMPLE_RATE, pitch: float = 300) -> Wave:
    return 0.5 * np.cos(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)


def write(path: Path, samples: Wave, rate: int = SAMPLE_RATE, subtype: str | None = None) -> Path:
    kind = {"aif": "aiff"}.get(path.suffix[1:], path.suffix[1:])
    soundfile.write(path, samples, rate, subtype=subtype, format=kind)
    return path


def peak_db(clip: Clip) -> float:
    return 20 * float(np.log10(np.max(np.abs(clip.samples.astype(float))) / 32768))


def pitch_of(clip: Clip) -> float:
    power = np.abs(np.fft.rfft(clip.samples * np.hanning(len(clip.samples)), 10 * SAMPLE_RATE))
    return float(np.argmax(power)) / 10


def test_shipped_sounds_are_taken_sample_by_sample() -> None:
    for path in shipped().values():
        stored, _ = soundfile.read(path, dtype="int16")
        assert np.array_equal(load(path).samples, stored)


def test_a_gain_moves_a_shipped_sound_and_leaves_its_length() -> None:
    bell = shipped()["bell"]
    plain, softer = load(bell), load(bell, gain_db=-6.0)
    assert softer.ticks == plain.ticks
    wanted = plain.samples * 10 ** (-6 / 20)
    assert np.max(np.abs(softer.samples - wanted)) <= 0.51  # rounded to nearest, not down
    with pytest.raises(RoutineError, match="a gain of 20 dB is too much"):
        load(bell, gain_db=20.0)


@pytest.mark.parametrize(("name", "rate", "channels", "subtype"), FORMATS)
def test_every_format_becomes_a_trimmed_soft_clip(
    name: str, rate: int, channels: int, subtype: str, tmp_path: Path
) -> None:
    path = write(tmp_path / name, np.stack([gong(rate)] * channels, axis=1), rate, subtype)
    clip = load(path)
    assert momentary(clip.samples / 32768) == pytest.approx(CHIME_LUFS, abs=0.3)
    assert peak_db(clip) < HIGHEST_PEAK_DB
    assert pitch_of(clip) == pytest.approx(300, abs=1)
    # 1 s falls by 52 dB: trimmed at 50 dB below the peak, with 12 ms before and 20 ms behind.
    assert 0.93 <= clip.ticks / 250 <= 1.06
    assert np.max(np.abs(clip.samples[:48].astype(int))) <= 20
    assert np.max(np.abs(clip.samples[-48:].astype(int))) <= 20
    assert sound_ticks(path) == clip.ticks


def test_trimming_keeps_the_onset_and_shifts_nothing(tmp_path: Path) -> None:
    wave_form = gong()
    clip = load(write(tmp_path / "gong.wav", wave_form, subtype="FLOAT"))
    wanted = (
        wave_form / np.std(wave_form) * np.std(clip.samples) * (len(clip.samples) / len(wave_form)) ** 0.5
    )
    start = SAMPLE_RATE // 2 - 12 * 48 // 192 * 192 - (SAMPLE_RATE // 2) % 192
    inside = slice(1000, 40_000)
    difference = clip.samples[inside] - wanted[start + 1000 : start + 40_000]
    assert np.max(np.abs(difference - difference.mean())) <= 1.5  # a decaying sine has a small offset


def test_a_sound_without_silence_keeps_its_length_and_gets_soft_edges(tmp_path: Path) -> None:
    for seconds in (1.0, 0.5001, 2.3456789):
        path = write(tmp_path / "tone.wav", tone(seconds))
        clip = load(path)
        assert clip.ticks == sound_ticks(path) == -(-int(seconds * SAMPLE_RATE) // 192)
        # The wave begins at its peak: only the fade keeps it from clicking.
        assert np.max(np.abs(np.diff(clip.samples[:400].astype(int)))) < 400
        assert np.max(np.abs(clip.samples[:24].astype(int))) < 600
        assert np.max(np.abs(clip.samples[-24:].astype(int))) < 600


def test_a_very_short_sound_survives(tmp_path: Path) -> None:
    for count in (20, 192, 193, 500):
        path = write(tmp_path / "short.wav", tone(count / SAMPLE_RATE, pitch=3000))
        clip = load(path)
        assert clip.ticks == sound_ticks(path) == -(-count // 192)
        # Over 0.4 s a blip is faint, yet its peak rises no higher than that of any sound.
        assert peak_db(clip) == pytest.approx(HIGHEST_PEAK_DB, abs=0.05)


def test_an_offset_is_taken_out(tmp_path: Path) -> None:
    clip = load(write(tmp_path / "offset.wav", gong() + 0.3))
    assert abs(clip.samples.mean()) < 0.5
    assert 0.93 <= clip.ticks / 250 <= 1.06


def test_loud_and_soft_files_come_at_one_level(tmp_path: Path) -> None:
    loud = load(write(tmp_path / "loud.wav", 400 * gong(), subtype="FLOAT"))
    soft = load(write(tmp_path / "soft.wav", gong() / 100, subtype="PCM_24"))
    assert np.max(np.abs(loud.samples.astype(int) - soft.samples)) <= 2
    louder = load(tmp_path / "soft.wav", gain_db=6.0)
    assert peak_db(louder) == pytest.approx(peak_db(soft) + 6, abs=0.05)


@pytest.mark.parametrize("kind", ["hum", "sharp", "noise", "long"])
def test_sounds_of_any_kind_come_as_loud_as_the_chimes_that_ship(kind: str, tmp_path: Path) -> None:
    time = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    waves = {
        "hum": np.sin(2 * np.pi * 200 * time),
        "sharp": np.sin(2 * np.pi * 2500 * time) * np.exp(-40 * time),
        "noise": np.random.default_rng(1).standard_normal(len(time)) * np.exp(-3 * time) / 8,
        "long": np.tile(np.sin(2 * np.pi * 500 * time) * np.exp(-2 * time), 15),
    }
    clip = load(write(tmp_path / "sound.flac", 0.9 * waves[kind] / np.max(np.abs(waves[kind]))))
    assert peak_db(clip) <= HIGHEST_PEAK_DB + 0.01
    heard = momentary(clip.samples / 32768)
    if kind == "sharp":  # its peak keeps it softer
        assert -32 < heard < CHIME_LUFS
    else:
        assert heard == pytest.approx(CHIME_LUFS, abs=0.4)


def test_a_cut_through_the_middle_of_a_tone_does_not_click(tmp_path: Path) -> None:
    for pitch in (200, 997):
        clip = load(write(tmp_path / "cut.wav", tone(1.5, pitch=pitch)))
        sound = clip.samples / 32768
        assert edge_peak_db(sound, 0) < -70
        assert edge_peak_db(sound, len(sound)) < -70


def test_a_lopsided_wave_has_no_offset_left(tmp_path: Path) -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    pulses = np.where(np.sin(2 * np.pi * 220 * time) > 0.8, 0.5, -0.05)
    clip = load(write(tmp_path / "pulses.wav", pulses))
    assert abs(clip.samples.mean()) < 0.5
    assert max(abs(clip.samples[0]), abs(clip.samples[-1])) <= 1


def test_three_seconds_of_24_bit_stereo_at_96_khz(tmp_path: Path) -> None:
    time = np.arange(3 * 96_000) / 96_000
    left, right = (0.4 * np.sin(2 * np.pi * hertz * time) for hertz in (440, 660))
    path = write(tmp_path / "stereo.wav", np.stack([left, right], axis=1), 96_000, "PCM_24")
    clip = load(path)
    assert clip.ticks == sound_ticks(path) == 750
    assert momentary(clip.samples / 32768) == pytest.approx(CHIME_LUFS, abs=0.3)
    power = np.abs(np.fft.rfft(clip.samples[48_000:96_000].astype(float))) ** 2
    assert sorted(np.argsort(power)[-2:]) == [440, 660]


def test_tags_and_pictures_do_no_harm(tmp_path: Path) -> None:
    plain = write(tmp_path / "gong.mp3", gong(44_100), 44_100)
    size = 50_000
    header = b"ID3\x03\0\0" + bytes((size >> shift) & 127 for shift in (21, 14, 7, 0))
    (tmp_path / "tagged.mp3").write_bytes(header + bytes(size) + plain.read_bytes())
    assert np.array_equal(load(tmp_path / "tagged.mp3").samples, load(plain).samples)


def broken(folder: Path) -> dict[str, Path]:
    """Make one file for each thing that can be wrong with one."""
    whole = write(folder / "whole.wav", gong()).read_bytes()
    promising = bytearray(whole)
    place = promising.index(b"data") + 4
    promising[place : place + 4] = struct.pack("<I", 2 * 3600 * 96_000)
    cut_flac = write(folder / "whole.flac", gong()).read_bytes()[:8_000]
    cut_aiff = write(folder / "whole.aiff", gong()).read_bytes()[:20_000]
    content = {
        "text.wav": b"This is a letter, not a sound.\n" * 40,
        "text.mp3": b"A letter again.\n" * 40,
        "empty.ogg": b"",
        "cut.wav": whole[: len(whole) // 2],
        "cut.flac": cut_flac,
        "cut.aiff": cut_aiff,
        "two-hours.wav": bytes(promising),
        "large.wav": bytes(50_000_001),
    }
    for name, data in content.items():
        (folder / name).write_bytes(data)
    write(folder / "nan.wav", np.concatenate([[np.nan], gong()]), subtype="FLOAT")
    write(folder / "silent.wav", np.zeros(SAMPLE_RATE))
    write(folder / "offset.wav", np.full(SAMPLE_RATE, 0.3))
    write(folder / "none.wav", np.zeros(0))
    write(folder / "bat.wav", tone(1, 96_000, 35_000), 96_000)
    write(folder / "against.wav", np.stack([gong(), -gong()], axis=1))
    write(folder / "long.flac", tone(61, 8_000), 8_000)
    write(folder / "hours.flac", np.zeros(7_200 * 4_000), 4_000)
    write(folder / "many.wav", np.zeros((100, 20)))
    write(folder / "slow.wav", tone(1, 1_000), 1_000)
    (folder / "folder.wav").mkdir()
    return {path.name: path for path in folder.iterdir()}


BROKEN: list[tuple[str, type[AudioguideError], str]] = [
    ("text.wav", OutputError, "is not a sound file, or is damaged"),
    ("text.mp3", OutputError, "is not a sound file, or is damaged"),
    ("empty.ogg", OutputError, "is not a sound file, or is damaged"),
    ("folder.wav", OutputError, "is a folder, not a sound file"),
    ("cut.wav", OutputError, "is damaged: its end is missing"),
    ("cut.aiff", OutputError, "is damaged: its end is missing"),
    ("two-hours.wav", OutputError, "is damaged: its end is missing"),
    ("cut.flac", OutputError, "is not a sound file, or is damaged"),
    ("nan.wav", OutputError, "samples that are not numbers"),
    ("large.wav", RoutineError, "has 50.0 MB; the limit is 50 MB"),
    ("long.flac", RoutineError, "is 61 s long; the limit is 60 s"),
    ("hours.flac", RoutineError, "is 7200 s long; the limit is 60 s"),
    ("many.wav", RoutineError, "has 48000 Hz and 20 channels; the limit is"),
    ("slow.wav", RoutineError, "has 1000 Hz and 1 channel; the limit is 4000 to 384000 Hz and 16 channels"),
    ("silent.wav", RoutineError, "is silent"),
    ("offset.wav", RoutineError, "is silent"),
    ("none.wav", RoutineError, "is silent"),
    ("bat.wav", RoutineError, "is silent"),
    ("against.wav", RoutineError, "is silent"),
]


def test_what_cannot_be_used_is_refused_in_one_line_with_its_name(tmp_path: Path) -> None:
    files = broken(tmp_path)
    for name, kind, message in BROKEN:
        with pytest.raises(AudioguideError) as caught:
            load(files[name])
        assert type(caught.value) is kind, name
        assert str(files[name]) in str(caught.value)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_missing_file_and_one_without_a_header_length(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot read .*missing\.wav: No such file"):
        load(tmp_path / "missing.wav")
    # As ffmpeg writes a WAV to a pipe: the length of the data is not known.
    streamed = bytearray(write(tmp_path / "whole.wav", gong()).read_bytes())
    place = streamed.index(b"data") + 4
    streamed[4:8] = streamed[place : place + 4] = b"\xff" * 4
    (tmp_path / "streamed.wav").write_bytes(streamed)
    assert np.array_equal(load(tmp_path / "streamed.wav").samples, load(tmp_path / "whole.wav").samples)


@given(st.lists(st.integers(-32768, 32767), max_size=3).map(lambda head: [*head, *range(192 - len(head))]))
def test_a_clip_goes_to_pydub_and_back_unchanged(values: list[int]) -> None:
    clip = Clip(np.array(values, dtype=np.int16))
    segment = to_segment(clip)
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (SAMPLE_RATE, 1, 2)
    assert np.array_equal(from_segment(segment).samples, clip.samples)


@every("width", [1, 2, 4])
@every("channels", [1, 2])
@every("rate", [11_025, 44_100, 48_000])
def test_segments_of_any_kind_become_clips(rate: int, channels: int, width: int) -> None:
    wave_form = tone(0.5, rate, 440)
    scaled = np.round(wave_form * 2 ** (8 * width - 1)).astype(f"<i{width}")
    data = np.repeat(scaled, channels).tobytes()
    clip = from_segment(AudioSegment(data, sample_width=width, frame_rate=rate, channels=channels))
    assert clip.ticks == 125
    assert pitch_of(clip) == pytest.approx(440, abs=0.5)
    inside = clip.samples[4800:-4800] / 32768
    assert 20 * np.log10(np.std(inside)) == pytest.approx(-9.03, abs=0.1)
    # pydub's own resampler leaves images of the tone; ours none.
    power = np.abs(np.fft.rfft(inside * np.blackman(len(inside)))) ** 2
    above = power[len(power) // 8 :].sum() / power.sum()  # above 3 kHz
    assert 10 * np.log10(above) < (-30 if width == 1 else -80)


def test_an_empty_segment_is_an_empty_clip() -> None:
    assert from_segment(AudioSegment.empty()).ticks == 0


def test_the_import_raises_no_warning(tmp_path: Path) -> None:
    # With no compiled copy of pydub at hand, as after a new installation, it warns most.
    script = """
import sys
import numpy, soundfile, soxr
sys.pycache_prefix = sys.argv[1]
import audioguide.sound.own_sound
"""
    command = [sys.executable, "-W", "error", "-c", script, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
