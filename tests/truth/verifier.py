"""Listens to an MP3 and tells where it is not what its timed script says.

In: an MP3, the script as JSON data, the folder of the sounds that ship. Out: findings; none is
good. It shares no code with the package: it knows the script's format and reads the rest off the
sound. Places are in ticks of 192 samples.

What it can know of words depends on `voice`, which gives the voice's own sound of a text. With
it, every phrase is found to the sample like a chime, and must fit its own text better than any
other text of the script. Without it, words are only sound of the right length, at the right
place, that differs from text to text; two phrases that change places go unnoticed.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile  # type: ignore[import-untyped]
from numpy.typing import NDArray

from tests.truth.hearing import (
    FRAME,
    SEARCH,
    Heard,
    Wave,
    decibel,
    decoded,
    fit,
    locate,
    pitch,
    read_tag,
    stretch,
)

TICK = 192
# Decoded, what rings before and behind a sound falls below -80 dBFS within 220 samples (64 kbit/s,
# all routines that ship), and to digital silence within 1296. One frame is left to it.
MARGIN_TICKS = FRAME // TICK
SILENT = 10 ** (-80 / 20)
# Words begin 10 ms into their clip and end 14 ms before its end, their longest pause is 340 ms (a
# comma at 120 words a minute), and they have -26 to -22 dBFS; a test tone has -33.
AUDIBLE = 10 ** (-60 / 20)
ONSET, CODA, HOLE = (ms * 48 for ms in (60, 120, 400))
QUIETEST_DB = -42.0
# A clip found again correlates by 0.997 and more with itself, two phrases by 0.56 at most.
CLEAN_FIT = 0.95
SAME_SOUND = 0.98
LEVEL_DB = 1.5
AGREE = 1e-5  # between two decoders

What = Literal[
    "tag", "length", "script", "sides", "place", "sound", "level", "hold", "words", "silence", "tone"
]
Voice = Callable[[str], NDArray[Any]]
Cue = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as the script says; `cue` counts from 0, `tick` is a moment in the file."""

    what: What
    said: str
    tick: int | None = None
    cue: int | None = None
    decoder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clip:
    """A sound whose every sample is known, at the place that the script promises."""

    cue: int
    name: str
    tick: int
    wave: Wave
    spoken: bool

    @property
    def start(self) -> int:
        return self.tick * TICK

    @property
    def end(self) -> int:
        return self.start + len(self.wave)


@dataclass(slots=True, kw_only=True)
class _Ear:
    """One decoded file, and what is promised about it."""

    script: Mapping[str, Any]
    wave: Wave
    decoder: str
    clips: list[_Clip]
    sounds: Mapping[str, Wave]
    tolerance: int
    rest: Wave = field(init=False)
    unknown: list[tuple[int, int]] = field(init=False)
    known: dict[bytes, Heard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        length = self.script["length"] * TICK
        self.wave = stretch(self.wave, 0, length)
        self.rest = self.wave.copy()
        for clip in self.clips:
            part = self.rest[clip.start : clip.end]
            part -= clip.wave[: len(part)]
        heard = {(clip.cue, clip.spoken) for clip in self.clips}
        self.unknown = [
            (cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK)
            for index, cue in enumerate(self.cues)
            if (is_spoken(cue) and (index, True) not in heard)
            or (is_sounding(cue) and (index, False) not in heard)
        ]

    @property
    def cues(self) -> list[Cue]:
        return list(self.script["cues"])

    def alone(self, start: int, end: int) -> bool:
        """Tell whether all that sounds between two samples is known."""
        return all(end <= first or last <= start for first, last in self.unknown)

    def around(self, clip: _Clip, template: Wave | None = None) -> Wave:
        """Return the sound near `clip` without the other known clips, SEARCH samples more on each side."""
        count = len(clip.wave if template is None else template)
        wave = stretch(self.rest, clip.start - SEARCH, clip.start + count + SEARCH).copy()
        wave[SEARCH : SEARCH + len(clip.wave)] += clip.wave[: count + SEARCH]
        return wave

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
    mp3: Path, script: Mapping[str, Any], sounds: Path, *, voice: Voice | None = None, tolerance: int = 0
) -> list[Finding]:
    """Return all that is wrong with `mp3`; places may be off by `tolerance` samples."""
    findings = [*_check_script(script), *_check_tag(mp3, script)]
    waves = decoded(mp3)
    for name, wave in waves.items():
        if (off := len(wave) - script["length"] * TICK) != 0:
            said = f"{len(wave)} samples, {off:+} of what is promised"
            findings.append(Finding(what="length", said=said, decoder=name))
    shipped = {path.stem: _wave(soundfile.read(path, dtype="int16")[0]) for path in sounds.glob("*.wav")}
    clips = list(_promised(script["cues"], shipped, voice))
    for name, wave in _distinct(waves).items():
        ear = _Ear(
            script=script, wave=wave, decoder=name, clips=clips, sounds=shipped, tolerance=tolerance
        )
        for check in (_check_clips, _check_words, _check_texts, _check_tones, _check_silence):
            findings += check(ear)
    return findings


def _distinct(waves: Mapping[str, Wave]) -> Mapping[str, Wave]:
    """Return one wave for decoders that agree: what is found in it is found in all."""
    (first, one), (second, other) = waves.items()
    if len(one) == len(other) and np.max(np.abs(one - other), initial=0) < AGREE:
        return {f"{first} and {second}": one}
    return waves


def _wave(samples: NDArray[Any]) -> Wave:
    scale = 32_768 if samples.dtype == np.int16 else 1
    return (samples / scale).astype(np.float32)


def is_tone(cue: Cue) -> bool:
    """Tell whether a cue is a phase of a breath with a tone that can be heard."""
    return str(cue.get("sound", "")) in ("breath-in", "breath-out", "breath-full")


def is_spoken(cue: Cue) -> bool:
    """Tell whether a cue is heard as words."""
    return "text" in cue and cue["kind"] != "chapter"


def is_sounding(cue: Cue) -> bool:
    """Tell whether a cue is heard as something else than words."""
    return "sound" in cue and cue["sound"] != "breath-empty"


def _promised(cues: list[Cue], sounds: Mapping[str, Wave], voice: Voice | None) -> Iterator[_Clip]:
    for index, cue in enumerate(cues):
        if cue.get("sound") in sounds:
            name = str(cue["sound"])
            yield _Clip(cue=index, name=name, tick=cue["start"], wave=sounds[name], spoken=False)
        if is_spoken(cue) and voice:
            text = str(cue["text"])
            yield _Clip(cue=index, name=text, tick=cue["start"], wave=_wave(voice(text)), spoken=True)


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


def _check_script(script: Mapping[str, Any]) -> Iterator[Finding]:
    cues = script["cues"]
    holds = [(cue["start"], cue["start"] + cue["length"]) for cue in cues if cue["kind"] == "hold"]
    for index, cue in enumerate(cues):
        start, end = cue["start"], cue["start"] + cue["length"]
        if cue["kind"] == "say" and any(start < last and first < end for first, last in holds):
            yield Finding(what="script", said=f"'{cue['text']}' is spoken in a hold", cue=index, tick=start)
        if cue["kind"] == "mark" and not any(first <= start < end <= last for first, last in holds):
            yield Finding(what="script", said="a mark outside of its hold", cue=index, tick=start)
    yield from _wrong_sides(cues)
    yield from _unequal_sides(cues)


def _wrong_sides(cues: list[Cue]) -> Iterator[Finding]:
    """A step may name the other side only together with its own ("left leg out, right knee bent")."""
    spoken = [index for index, cue in enumerate(cues) if is_spoken(cue) and cue.get("side") in ("left", "right")]
    for _, run in groupby(spoken, lambda index: [cues[index].get(key) for key in ("step", "side", "rep")]):
        step = list(run)
        text = " ".join(cues[index]["text"] for index in step)
        sides = set(re.findall(r"\b(left|right)\b", text.lower()))
        if sides and (side := cues[step[0]]["side"]) not in sides:
            yield Finding(what="sides", said=f"'{text}' on the side {side}", cue=step[0], tick=cues[step[0]]["start"])


def _unequal_sides(cues: list[Cue]) -> Iterator[Finding]:
    lengths: dict[tuple[object, object], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for cue in cues:
        if cue["kind"] == "hold" and cue.get("side"):
            lengths[cue.get("step"), cue.get("rep")][cue["side"]].add(cue["length"])
    for (step, rep), sides in lengths.items():
        if len(set(map(frozenset, sides.values()))) > 1:
            shown = ", ".join(f"{side} {sorted(ticks)}" for side, ticks in sides.items())
            yield Finding(what="sides", said=f"unequal holds at {step}, rep {rep}: {shown}")


def _check_clips(ear: _Ear) -> Iterator[Finding]:
    places: dict[int, float] = {}
    for clip in ear.clips:
        heard = ear.hear(clip)
        what = f"'{clip.name}'"
        clean = ear.alone(clip.start - SEARCH, clip.end + SEARCH)
        # A sound under others that nobody knows is found less sharply: to 0.8 samples at the worst.
        allowed = max(ear.tolerance, 0 if clean else 1)
        if (clean and heard.fit < CLEAN_FIT) or abs(heard.gain_db) > 6:
            yield ear.finding("words" if clip.spoken else "sound", _instead(ear, clip), clip.cue)
            continue
        if abs(heard.gain_db) > LEVEL_DB:
            yield ear.finding("level", f"{what} is {heard.gain_db:+.1f} dB off", clip.cue)
        if abs(round(heard.offset)) > allowed:
            yield ear.finding("place", f"{what} is {heard.offset:+.2f} samples off", clip.cue)
        if clip.spoken and (rival := _rival(ear, clip, heard)):
            yield ear.finding("words", f"sounds more like '{rival}' than {what}", clip.cue)
        if not clip.spoken and clean:
            places[clip.cue] = heard.offset
    yield from _check_holds(ear, places)


def _texts(ear: _Ear) -> dict[str, Wave]:
    return {clip.name: clip.wave for clip in ear.clips if clip.spoken}


def _rival(ear: _Ear, clip: _Clip, heard: Heard) -> str | None:
    wave = ear.around(clip)[SEARCH:]
    for text, other in _texts(ear).items():
        if fit(wave[: max(len(other), len(clip.wave))], other) > heard.fit and not np.array_equal(other, clip.wave):
            return text
    return None


def _instead(ear: _Ear, clip: _Clip) -> str:
    """Say what is heard in place of `clip`."""
    others = _texts(ear) if clip.spoken else ear.sounds
    fits = {name: ear.hear(clip, name, wave).fit for name, wave in others.items() if name != clip.name}
    best = max(fits, key=lambda name: fits[name], default="")
    if best and fits[best] > CLEAN_FIT:
        return f"'{best}' is heard instead of '{clip.name}'"
    return f"'{clip.name}' is not heard, or not alone"


def _check_holds(ear: _Ear, places: Mapping[int, float]) -> Iterator[Finding]:
    chimes = {(cue["start"], cue.get("step")): i for i, cue in enumerate(ear.cues) if cue["kind"] == "chime"}
    for index, hold in enumerate(ear.cues):
        ends = [chimes.get((hold["start"] + more, hold.get("step"))) for more in (0, hold["length"])]
        if hold["kind"] != "hold" or None in ends:
            continue
        first, last = (places.get(end) for end in ends if end is not None)
        if first is not None and last is not None and abs(round(last - first)) > ear.tolerance:
            yield ear.finding("hold", f"the hold is {last - first:+.2f} samples off", index)


def _check_words(ear: _Ear) -> Iterator[Finding]:
    """Every phrase sounds from about its start to about its end, without a long hole."""
    clips = {clip.cue: clip for clip in ear.clips if clip.spoken}
    ends = {cue["start"] + cue["length"] for cue in ear.cues if cue["kind"] in ("hold", "breath")}
    starts = {cue["start"] for cue in ear.cues if cue["kind"] == "mark"}
    slow = max(1.0, 120 / ear.script.get("voice", {}).get("rate", 120))
    for index, cue in enumerate(ear.cues):
        if not is_spoken(cue) or (is_tone(cue) and index not in clips):
            continue
        start, end = cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK
        if index in clips:
            end = clips[index].end
            wave = ear.around(clips[index])[SEARCH : -SEARCH]
        else:
            wave = stretch(ear.rest, start, end)
        # Words on a breath may be shorter than its phase. Such phases follow each other without a gap.
        phase = index not in clips and cue["kind"] != "say" and end // TICK in ends | starts
        for said in _holes(wave, slow, open_end=phase):
            yield ear.finding("words", f"'{cue['text']}' {said}", index)
        if cue["kind"] == "say" and end != (cue["start"] + cue["length"]) * TICK:
            yield ear.finding("words", f"'{cue['text']}' is not as long as its cue", index)


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
        if cue["kind"] != "say" or np.max(np.abs(wave), initial=0) < AUDIBLE:
            continue
        text = str(cue["text"])
        known = first.setdefault(text, (index, wave))
        if fit(wave, known[1]) < SAME_SOUND:
            yield ear.finding("words", f"'{text}' sounds other than at cue {known[0]}", index)
    if ear.script.get("voice", {}).get("engine") != "tone":
        texts = list(first.items())
        for place, (text, (index, wave)) in enumerate(texts):
            for other, (_, earlier) in texts[:place]:
                if fit(wave, earlier) > SAME_SOUND:
                    yield ear.finding("words", f"'{text}' sounds like '{other}'", index)


def _check_tones(ear: _Ear) -> Iterator[Finding]:
    """A breath in rises, a breath out falls, and every phase begins and ends in silence."""
    for index, cue in enumerate(ear.cues):
        if not is_tone(cue):
            continue
        start, end = cue["start"] * TICK, (cue["start"] + cue["length"]) * TICK
        known = ear.rest[start:end]
        for said in _holes(known, 1.0, open_end=False):
            yield ear.finding("tone", said, index)
        # Late in the phase, where no words are.
        quarter, window = len(known) // 4, min(len(known) // 4, 9600)
        early, late = (pitch(known[place : place + window]) for place in (2 * quarter, 4 * quarter - window))
        way = {"breath-in": late / early, "breath-out": early / late, "breath-full": 1.1}[str(cue["sound"])]
        if way < 1.03:
            yield ear.finding("tone", f"{cue['sound']} goes from {early:.0f} to {late:.0f} Hz", index)


def _check_silence(ear: _Ear) -> Iterator[Finding]:
    covered = np.zeros(ear.script["length"], dtype=bool)
    for start, end in (*ear.unknown, *((clip.start, clip.end) for clip in ear.clips)):
        covered[max(0, start // TICK - MARGIN_TICKS) : -(-end // TICK) + MARGIN_TICKS] = True
    peaks = np.abs(ear.wave).reshape(-1, TICK).max(axis=1)
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
