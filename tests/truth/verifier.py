"""Listens to an MP3 and says where it is not what its timed script says.

In: an MP3, the script as JSON data, the folder of the sounds that ship. Out: findings; none is
good. It shares no code with the package: it knows the script's format and reads the rest off the
sound. Places are in ticks of 192 samples.

What it can know of words depends on `voice`, which gives the voice's own sound of a text. With
it, every phrase is found to the sample like a chime, and must fit its own text better than any
other text of the script. Without it, words are only sound of the right length, at the right
place, that differs from text to text; two phrases that change places go unnoticed. `tone` does
the same for the tones of breaths.

Files with a bed are not for it: they have no silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.truth.findings import Cue, Finding, What, check_script, is_sounding, is_spoken, is_tone
from tests.truth.hearing import (
    FRAME,
    SEARCH,
    Heard,
    Wave,
    decibel,
    decoded,
    fit,
    locate,
    loudest,
    pitch,
    read_tag,
    stretch,
)

TICK = 192
# Decoded, what rings before and behind a sound falls below -80 dBFS within 220 samples (64 kbit/s,
# all routines that ship), and to digital silence within 1296. One frame is left to it.
MARGIN_TICKS = FRAME // TICK
SILENT = 10 ** (-80 / 20)
# Words begin 25 ms into their clip and end as much before its end, their longest pause is 520 ms (at a
# comma, at 120 words a minute as they are heard), and they have -23 dBFS; a test tone has -33.
AUDIBLE = 10 ** (-60 / 20)
ONSET, CODA, HOLE = (ms * 48 for ms in (60, 120, 600))
QUIETEST_DB = -42.0
# The last 2 ms of a tone stay below -79 dBFS.
BORDER, BORDER_DB = 96, -70.0
# A clip found again correlates by 0.997 and more with itself, two phrases by 0.56 at most.
CLEAN_FIT = 0.98
SAME_SOUND = 0.98
LEVEL_DB = 1.5

Voice = Callable[[str], NDArray[Any]]
Tone = Callable[[str, int], NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clip:
    """A sound whose every sample is known, at the place that the script promises.

    `plain` is the sound itself, `wave` the sound at the level of the script's profile.
    """

    cue: int
    name: str
    tick: int
    plain: Wave
    spoken: bool
    gain: float

    @property
    def wave(self) -> Wave:
        return self.plain * np.float32(self.gain) if self.gain != 1 else self.plain

    @property
    def start(self) -> int:
        return self.tick * TICK

    @property
    def end(self) -> int:
        return self.start + len(self.plain)


@dataclass(slots=True, kw_only=True)
class _Ear:
    """One decoded file, and what is promised about it."""

    script: Mapping[str, Any]
    wave: Wave
    decoder: str
    clips: list[_Clip]
    sounds: Mapping[str, Wave]
    tolerance: int
    cues: list[Cue] = field(init=False)
    texts: dict[str, Wave] = field(init=False)
    powers: dict[str, float] = field(init=False)
    unknown: list[tuple[int, int]] = field(init=False)
    known: dict[bytes, Heard] = field(default_factory=dict)
    rivals: dict[tuple[str, Heard], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cues = self.script["cues"]
        self.wave = stretch(self.wave, 0, self.script["length"] * TICK)
        self.texts = {clip.name: clip.plain for clip in self.clips if clip.spoken}
        self.powers = {text: float(wave @ wave) for text, wave in self.texts.items()}
        heard = {(clip.cue, clip.spoken) for clip in self.clips}
        self.unknown = [
            (cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK)
            for index, cue in enumerate(self.cues)
            if (is_spoken(cue) and (index, True) not in heard)
            or (is_sounding(cue) and (index, False) not in heard)
        ]

    def without(self, start: int, end: int, clip: _Clip | None = None) -> Wave:
        """Return what sounds from `start` to `end`, less all clips that are known but `clip`."""
        wave = stretch(self.wave, start, end).copy()
        for other in self.clips:
            if other is not clip and other.start < end and start < other.end:
                first, last = max(start, other.start), min(end, other.end)
                wave[first - start : last - start] -= other.wave[first - other.start : last - other.start]
        return wave

    def around(self, clip: _Clip, template: Wave | None = None) -> Wave:
        """Return what sounds near `clip`, less all others, with SEARCH samples more on each side."""
        count = len(clip.wave if template is None else template)
        return self.without(clip.start - SEARCH, clip.start + count + SEARCH, clip)

    def part(self, index: int, *, spoken: bool) -> Wave:
        """Return what sounds as the words (or the sound) of a cue, less all others."""
        for clip in self.clips:
            if (clip.cue, clip.spoken) == (index, spoken):
                return self.without(clip.start, clip.end, clip)
        start, length = (self.cues[index][key] * TICK for key in ("start", "length"))
        return self.without(start, start + length)

    def alone(self, start: int, end: int) -> bool:
        """Return whether all that sounds between two samples is known."""
        return all(end <= first or last <= start for first, last in self.unknown)

    def hear(self, clip: _Clip, name: str = "", template: Wave | None = None) -> Heard:
        """Find `template`, or what is promised, near the place of `clip`."""
        template = clip.wave if template is None else template
        wave = self.around(clip, template)
        # The same island sounds the same at each of its places: found once, found everywhere.
        key = hashlib.sha256(wave.tobytes() + (name or clip.name).encode()).digest()
        if key not in self.known:
            self.known[key] = locate(wave, template)
        return self.known[key]

    def finding(self, what: What, said: str, cue: int | None = None, tick: int | None = None) -> Finding:
        if cue is not None and tick is None:
            tick = self.cues[cue]["start"]
        return Finding(what=what, said=said, cue=cue, tick=tick, decoder=self.decoder)


def verify(
    mp3: Path,
    script: Mapping[str, Any],
    sounds: Path,
    *,
    voice: Voice | None = None,
    tone: Tone | None = None,
    tolerance: int = 0,
) -> list[Finding]:
    """Return all that is wrong with `mp3`; places may be off by `tolerance` samples.

    None are needed: in all files that were tried each known sound lay within 0.03 samples of its
    place, at 64 kbit/s as well. A sound under others that are not known is given one sample.

    `voice` gives the sound of a text and `tone` that of a phase of a breath ("breath-in") of so
    many ticks: int16, or floats of full scale 1, at 48 kHz.
    """
    findings = [*check_script(script), *_check_tag(mp3, script)]
    waves = decoded(mp3)
    for decoder, wave in waves.items():
        if (off := len(wave) - script["length"] * TICK) != 0:
            said = f"{len(wave)} samples, {off:+} of what is promised"
            findings.append(Finding(what="length", said=said, decoder=decoder))
    shipped = {path.stem: _wave(soundfile.read(path, dtype="int16")[0]) for path in sounds.glob("*.wav")}
    clips = list(_promised(script, shipped, voice, tone))
    for decoder, wave in waves.items():
        ear = _Ear(
            script=script, wave=wave, decoder=decoder, clips=clips, sounds=shipped, tolerance=tolerance
        )
        for check in (_check_clips, _check_words, _check_texts, _check_tones, _check_silence):
            findings += check(ear)
    return findings


def _wave(samples: NDArray[Any]) -> Wave:
    wave = samples.astype(np.float32)
    return wave / np.float32(32_768) if samples.dtype == np.int16 else wave


def _promised(
    script: Mapping[str, Any], sounds: Mapping[str, Wave], voice: Voice | None, tone: Tone | None
) -> Iterator[_Clip]:
    tones = cache(lambda name, ticks: _wave(tone(name, ticks)) if tone else None)
    words = cache(lambda text: _wave(voice(text)) if voice else None)
    for index, cue in enumerate(script["cues"]):
        tick, gain = cue["start"], _gain(script, cue["start"])
        own = gain * float(10 ** (cue.get("gain_db", 0) / 20))
        if is_tone(cue) and (wave := tones(cue["sound"], cue["length"])) is not None:
            name = f"{cue['sound']} {cue['length']}"
            yield _Clip(cue=index, name=name, tick=tick, plain=wave, spoken=False, gain=own)
        if cue.get("sound") in sounds:
            name = str(cue["sound"])
            plain = _ducked(sounds[name], cue["duck"]) if "duck" in cue else sounds[name]
            yield _Clip(cue=index, name=name, tick=tick, plain=plain, spoken=False, gain=own)
        if is_spoken(cue) and (wave := words(cue["text"])) is not None:
            yield _Clip(cue=index, name=cue["text"], tick=tick, plain=wave, spoken=True, gain=gain)


def _ducked(wave: Wave, ticks: int) -> Wave:
    """Return a chime that rings on under words: 12 dB softer from there on, a quarter of a second before."""
    at, ramp = ticks * TICK, min(12_000, ticks * TICK)
    if at >= len(wave):
        return wave
    decibels = np.full(len(wave), -12.0)
    decibels[: at - ramp] = 0
    decibels[at - ramp : at] = [-6 * (1 - np.cos(np.pi * (n + 0.5) / ramp)) for n in range(ramp)]
    return (wave * 10 ** (decibels / 20)).astype(np.float32)


def _gain(script: Mapping[str, Any], tick: int) -> float:
    """Return how much softer the profile of `script` makes what starts at `tick`."""
    profile = script.get("profile", "standard")
    if profile != "sleep":
        return {"standard": 1.0, "quiet": 10 ** (-5 / 20)}[profile]
    starts = [cue["start"] for cue in script["cues"] if is_spoken(cue)]
    starts = starts or [cue["start"] for cue in script["cues"] if is_sounding(cue)]
    first, last = min(starts), max(*starts, script["length"] // 2)
    halves = round(22 * min(max(tick - first, 0), last - first) / (last - first))  # of 11 dB
    return float(10 ** (-halves / 2 / 20))


def _check_tag(mp3: Path, script: Mapping[str, Any]) -> Iterator[Finding]:
    tag = read_tag(mp3)
    if tag is None:
        yield Finding(what="tag", said="there is no Info tag")
        return
    promised = script["length"] * TICK
    length = tag.frames * FRAME - tag.delay - tag.padding
    if length != promised:
        yield Finding(what="tag", said=f"the Info tag makes it {length} samples instead of {promised}")
    if tag.frames != tag.counted:
        yield Finding(what="tag", said=f"the Info tag promises {tag.frames} frames, there are {tag.counted}")
    if tag.size != tag.found_size:
        yield Finding(what="tag", said=f"the Info tag promises {tag.size} bytes, there are {tag.found_size}")


def _check_clips(ear: _Ear) -> Iterator[Finding]:
    places: dict[int, tuple[float, int]] = {}
    for clip in ear.clips:
        heard = ear.hear(clip)
        what = f"'{clip.name}'"
        clean = ear.alone(clip.start - SEARCH, clip.end + SEARCH)
        # Under speech that nobody knows a chime is found less sharply: to 0.8 samples at the worst.
        allowed = max(ear.tolerance, 0 if clean else 1)
        if (clean and heard.fit < CLEAN_FIT) or abs(heard.gain_db) > 6:
            yield ear.finding("words" if clip.spoken else "sound", _instead(ear, clip), clip.cue)
            continue
        if abs(heard.gain_db) > LEVEL_DB:
            yield ear.finding("level", f"{what} is {heard.gain_db:+.1f} dB off", clip.cue)
        if abs(round(heard.offset)) > allowed:
            yield ear.finding("place", f"{what} is {heard.offset:+.2f} samples off", clip.cue)
        if clip.spoken and (clip.name, heard) not in ear.rivals:
            ear.rivals[clip.name, heard] = _rival(ear, clip, heard)
        if clip.spoken and (rival := ear.rivals[clip.name, heard]):
            yield ear.finding("words", f"sounds more like '{rival}' than {what}", clip.cue)
        if not clip.spoken:
            places[clip.cue] = heard.offset, allowed
    yield from _check_holds(ear, places)


def _rival(ear: _Ear, clip: _Clip, heard: Heard) -> str | None:
    """Return a text of the script that fits better than the one of `clip`."""
    wave = ear.around(clip)[SEARCH:]
    energy = np.cumsum(np.square(wave, dtype=np.float64))
    for text, other in ear.texts.items():
        count = min(len(wave), len(other))
        power = energy[max(count, len(clip.wave)) - 1] * ear.powers[text]
        if float(wave[:count] @ other[:count]) > heard.fit * power**0.5 and not np.array_equal(
            other, clip.plain
        ):
            return text
    return None


def _instead(ear: _Ear, clip: _Clip) -> str:
    """Say what is heard in place of `clip`."""
    others = ear.texts if clip.spoken else ear.sounds
    fits = {name: ear.hear(clip, name, wave).fit for name, wave in others.items() if name != clip.name}
    best = max(fits, key=lambda name: fits[name], default="")
    if best and fits[best] > CLEAN_FIT:
        return f"'{best}' is heard instead of '{clip.name}'"
    return f"'{clip.name}' is not heard, or not alone"


def _check_holds(ear: _Ear, places: Mapping[int, tuple[float, int]]) -> Iterator[Finding]:
    chimes = {(cue["start"], cue.get("step")): i for i, cue in enumerate(ear.cues) if cue["kind"] == "chime"}
    for index, hold in enumerate(ear.cues):
        ends = [chimes.get((hold["start"] + more, hold.get("step"))) for more in (0, hold["length"])]
        if hold["kind"] != "hold" or None in ends:
            continue
        heard = [places[end] for end in ends if end is not None and end in places]
        if len(heard) == 2:
            (first, _), (last, _) = heard
            if abs(round(last - first)) > max(allowed for _, allowed in heard):
                yield ear.finding("hold", f"the hold is {last - first:+.2f} samples off", index)


def _check_words(ear: _Ear) -> Iterator[Finding]:
    """Every phrase sounds from about its start to about its end, without a long hole."""
    known = {clip.cue for clip in ear.clips if clip.spoken}
    slow = max(1.0, 120 / ear.script.get("voice", {}).get("rate", 120))
    for index, cue in enumerate(ear.cues):
        # Under a tone, unknown words cannot be distinguished from it.
        if not is_spoken(cue) or (is_tone(cue) and index not in known):
            continue
        wave = ear.part(index, spoken=True) / np.float32(_gain(ear.script, cue["start"]))
        for said in _holes(wave, slow, open_end=index not in known and _is_phase(ear, cue)):
            yield ear.finding("words", f"'{cue['text']}' {said}", index)
        if cue["kind"] == "say" and len(wave) != cue["length"] * TICK:
            yield ear.finding("words", f"'{cue['text']}' is not as long as its cue", index)


def _is_phase(ear: _Ear, cue: Cue) -> bool:
    """Return whether a cue lasts as long as a phase of a breath: these follow each other without a gap."""
    end = cue["start"] + cue["length"]
    return cue["kind"] == "breath" or (
        cue["kind"] == "mark"
        and any(
            end == (other["start"] if other["kind"] == "mark" else other["start"] + other["length"])
            for other in ear.cues
            if other["kind"] in ("mark", "hold")
        )
    )


def _holes(wave: Wave, slow: float, *, open_end: bool) -> Iterator[str]:
    loud = np.flatnonzero(np.abs(wave) > AUDIBLE)
    if not len(loud):
        yield "is silent"
        return
    if loud[0] > ONSET:
        yield f"begins {loud[0] // 48} ms late"
    if len(wave) - loud[-1] > CODA and not open_end:
        yield f"ends {(len(wave) - loud[-1]) // 48} ms early"
    if (hole := int(np.diff(loud).max(initial=0))) > HOLE * slow:
        yield f"has a hole of {hole // 48} ms"
    level = decibel(float(np.sqrt(np.mean(np.square(wave[loud[0] : loud[-1] + 1], dtype=np.float64)))))
    if level < QUIETEST_DB:
        yield f"has {level:.0f} dBFS only"


def _check_texts(ear: _Ear) -> Iterator[Finding]:
    """The same text sounds the same everywhere, and another text sounds different (but for a test tone)."""
    first: dict[str, tuple[int, Wave]] = {}
    for index, cue in enumerate(ear.cues):
        start, end = cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK
        wave = ear.wave[start:end]
        if cue["kind"] != "say" or loudest(wave) < AUDIBLE:
            continue
        text = str(cue["text"])
        known = first.setdefault(text, (index, wave))
        if fit(wave, known[1]) < SAME_SOUND:
            yield ear.finding("words", f"'{text}' sounds other than at cue {known[0]}", index)
    if ear.script.get("voice", {}).get("engine") != "tone":
        energies = {text: float(wave @ wave) for text, (_, wave) in first.items()}
        for (text, (_, wave)), (other, (index, later)) in combinations(first.items(), 2):
            same = abs(energies[text] - energies[other]) < 0.05 * energies[text]
            if same and fit(wave, later) > SAME_SOUND:
                yield ear.finding("words", f"'{other}' sounds like '{text}'", index)


def _check_tones(ear: _Ear) -> Iterator[Finding]:
    """A breath in rises, a breath out falls, and every phase ends in silence."""
    words = {cue["start"] for cue in ear.cues if is_spoken(cue)}  # they echo into the end of a tone
    for index, cue in enumerate(ear.cues):
        if not is_tone(cue):
            continue
        wave = ear.part(index, spoken=False) / np.float32(_gain(ear.script, cue["start"]))
        for said in _holes(wave, 1.0, open_end=False):
            yield ear.finding("tone", f"{cue['sound']} {said}", index)
        # Late in the phase: words are at its start.
        window = min(len(wave) // 4, 9600)
        early, late = (pitch(wave[place : place + window]) for place in (len(wave) // 2, len(wave) - window))
        way = {"breath-in": late / early, "breath-out": early / late, "breath-full": 1.1}[str(cue["sound"])]
        if way < 1.03:
            yield ear.finding("tone", f"{cue['sound']} goes from {early:.0f} to {late:.0f} Hz", index)
        edge = decibel(loudest(wave[-BORDER:]))
        if edge > BORDER_DB and cue["start"] + cue["length"] not in words:
            yield ear.finding("tone", f"{cue['sound']} still has {edge:.0f} dBFS at its end", index)


def _check_silence(ear: _Ear) -> Iterator[Finding]:
    covered = np.zeros(ear.script["length"], dtype=bool)
    for start, end in (*ear.unknown, *((clip.start, clip.end) for clip in ear.clips)):
        covered[max(0, start // TICK - MARGIN_TICKS) : -(-end // TICK) + MARGIN_TICKS] = True
    ticks = ear.wave.reshape(-1, TICK)
    peaks = np.maximum(ticks.max(axis=1), -ticks.min(axis=1))
    loud = np.flatnonzero((peaks > SILENT) & ~covered)
    for run in np.split(loud, np.flatnonzero(np.diff(loud) > 1) + 1):
        if len(run):
            tick, level = int(run[0]), decibel(float(peaks[run].max()))
            said = f"{level:.1f} dBFS for {len(run)} ticks, where silence is promised{_in_hold(ear, tick)}"
            yield ear.finding("silence", said, tick=tick)


def _in_hold(ear: _Ear, tick: int) -> str:
    inside = any(
        cue["kind"] == "hold" and cue["start"] <= tick < cue["start"] + cue["length"] for cue in ear.cues
    )
    return ", in a hold" if inside else ""
