"""What a render reports about the file that it made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.errors import UsageError
from audioguide.pipeline.mixdown import Mixdown
from audioguide.script.chapters import chapters_of
from audioguide.script.choices import NO_BED
from audioguide.script.layout import Timeline
from audioguide.script.load import load_of
from audioguide.script.profiles import profile_text
from audioguide.script.scenes import Scenes, scenes_of
from audioguide.script.script import PLAYER_CHECK, ClipRef, Script, Side, VoiceChoice
from audioguide.speech.engines import PACK
from audioguide.units import format_clock, seconds

if TYPE_CHECKING:
    from audioguide.pipeline.proving import Proved

# Its peaks are 1 dB above what players take for silence.
SOFT_AIR = "made softer, `air` no longer keeps players with 'skip silence' from cutting holds"


@dataclass(frozen=True, slots=True)
class HeldHold:
    """A hold as it was asked for and as it is in the file; all in ticks.

    `in_position` is how long the body is in the position, from word to word.
    """

    step: str
    side: Side | None
    rep: int | None
    asked: int
    placed: int
    start: int
    in_position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One finished render: its files, and what it placed, spoke, encoded and reused.

    `files` are all that were written, the sound first: none where an open file took the sound.
    """

    files: tuple[Path, ...]
    format: str
    timeline: Timeline
    size: int
    took_s: float
    phrases_spoken: int = 0
    phrases_reused: int = 0
    islands_encoded: int = 0
    islands_reused: int = 0
    islands_copied: int = 0  # out of the voice pack, which has their frames
    mix: Mixdown | None = field(
        default=None, compare=False, repr=False
    )  # what is heard, before it was encoded
    replaced: str = ""  # what was there before, made with other options
    proved: Proved | None = None  # where the words were proven

    def with_spoken(self, before: AbstractSet[ClipRef]) -> Receipt:
        """Return the receipt with what was spoken `before` the render counted as spoken, not as reused."""
        own = len(before & self.timeline.script.clips.keys())
        return replace(
            self, phrases_spoken=self.phrases_spoken + own, phrases_reused=self.phrases_reused - own
        )

    @property
    def mp3(self) -> Path:
        """Return the file with the sound, an MP3 unless another format was asked for. Raises UsageError."""
        return self._file(0)

    @property
    def script(self) -> Path:
        """Return the timed script for machines. Raises UsageError."""
        return self._file(1)

    @property
    def text(self) -> Path:
        """Return the timed script for people. Raises UsageError."""
        return self._file(2)

    @property
    def beside(self) -> tuple[Path, ...]:
        """Return the other files that were asked for."""
        return self.files[3:]

    def _file(self, number: int) -> Path:
        if not self.files:
            raise UsageError("the sound was written to an open file, and no files are next to it")
        return self.files[number]

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the listener should know: the notes of the script, and of a bed without effect."""
        script = self.timeline.script
        soft = any(scene.bed == "air" and scene.bed_volume < 0 for scene in script.scenes)
        return (*script.notes, *([SOFT_AIR] if soft else []), *filter(None, [self.replaced]))

    @property
    def holds(self) -> list[HeldHold]:
        """Return every hold, in order."""
        return held_holds(self.timeline)

    @property
    def chapters(self) -> list[tuple[int, str]]:
        """Return the start in ticks and the title of every chapter."""
        return [(chapter.start, chapter.title) for chapter in chapters_of(self.timeline)]

    @property
    def _origins(self) -> str:
        by_origin: dict[str, list[str]] = {}
        for option, origin in self.timeline.script.origins.items():
            by_origin.setdefault(origin, []).append(option)
        return "; ".join(f"{origin}: {', '.join(options)}" for origin, options in by_origin.items())

    @property
    def _store(self) -> str:
        return "the voice pack" if self.timeline.script.voice.engine == PACK else "the cache"

    @property
    def _copied(self) -> str:
        return f", {self.islands_copied} copied from the voice pack" if self.islands_copied else ""

    @property
    def _timed_script(self) -> str:
        return f"; the timed script is in {self.text.name} and {self.script.name}" if self.files else ""

    def as_json(self) -> dict[str, Any]:
        """Return the receipt as JSON data, with times in seconds."""
        script = self.timeline.script
        voice = script.voice
        files = [str(path) for path in self.files]
        main = dict(zip(("mp3", "script", "text"), files or (None,) * 3, strict=False))
        return {
            **main, "title": script.title, "format": self.format, "files": files,
            "length_s": seconds(self.timeline.length),
            "holds": [
                {
                    "step": hold.step, "side": hold.side, "rep": hold.rep, "asked_s": seconds(hold.asked),
                    "placed_s": seconds(hold.placed), "start_s": seconds(hold.start),
                    "in_position_s": seconds(hold.in_position),
                }
                for hold in self.holds
            ],
            "chapters": [{"start_s": seconds(start), "title": title} for start, title in self.chapters],
            "settings": dict(script.settings), "beyond_bounds": list(script.beyond_bounds),
            "voice": {
                "engine": voice.engine, "name": voice.name, "rate": voice.rate, "pitch": voice.pitch,
                "warm": voice.warm,
            },
            **({"voices": list(_others(script))} if script.other_voices else {}),
            "bed": script.bed, "bed_volume_db": script.bed_volume, "profile": script.profile,
            **(
                {"scenes": [{"start_s": seconds(start), **scene.as_json()} for start, scene in changes]}
                if len(changes := scenes_of(self.timeline)) > 1 else {}
            ),
            "guidance": script.guidance, "origins": dict(script.origins),
            **({"fit": script.fit.as_json()} if script.fit else {}),
            "notes": list(self.notes), "size_bytes": self.size, "took_s": round(self.took_s, 3),
            "phrases": {"spoken": self.phrases_spoken, "reused": self.phrases_reused},
            "islands": {
                "encoded": self.islands_encoded, "reused": self.islands_reused, "copied": self.islands_copied,
            },
            **({"words": self.proved.as_json()} if self.proved else {}),
        }  # fmt: skip

    def as_text(self) -> str:
        """Return the receipt as a few lines for a person."""
        holds = self.holds
        asked, placed = (sum(getattr(hold, name) for hold in holds) for name in ("asked", "placed"))
        script = self.timeline.script
        settings = ", ".join(f"{name} {value}" for name, value in script.settings.items())
        total = f"requested {seconds(asked):.3f} s in total, rendered {seconds(placed):.3f} s"
        lines = [
            f"{self.files[0] if self.files else 'written to an open file'}",
            f"  {script.title}, {format_clock(self.timeline.length)} ({self.size / 1e6:.1f} MB)",
            f"  holds: {len(holds)}, {total}",
            *_in_position(holds),
            f"  chapters: {', '.join(title for _, title in self.chapters) or 'none'}",
            f"  settings: {settings or 'none'}",
            *([f"  requested by {self._origins}"] if script.origins else []),
            *([f"  fit: {script.fit}"] if script.fit else []),
            f"  voice: {_shown(script.voice)}",
            *(f"  voice {voice}: {_shown(script.speaks(voice))}" for voice in script.other_voices),
            f"  phrases: {self.phrases_spoken} spoken, {self.phrases_reused} from {self._store}",
            *_words(self.proved),
            f"  sounds: {self.islands_encoded} encoded, {self.islands_reused} from the cache{self._copied}",
            f"  took {self.took_s:.2f} s{self._timed_script}",
            *([f"  next to it: {', '.join(path.name for path in self.beside)}"] if self.beside else []),
        ]
        scenes = scenes_of(self.timeline)
        lines[5:5] = [*_profiles(scenes), *_beds(scenes)]
        if script.beyond_bounds:
            lines.insert(2, f"  BEYOND THE BOUNDS of the routine: {', '.join(script.beyond_bounds)}")
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])


def _profiles(scenes: Scenes) -> Iterator[str]:
    before = None
    for start, scene in scenes:
        if scene.profile not in (before, "standard" if not start else None):
            yield f"  profile{_from(start)}: {profile_text(scene.profile)}"
        before = scene.profile


def _beds(scenes: Scenes) -> Iterator[str]:
    before = None
    for start, scene in scenes:
        if (said := str(scene)) not in (before, NO_BED if not start else None):
            yield f"  bed{_from(start)}: {said}"
        before = said


def _from(start: int) -> str:
    return f" from {format_clock(start)}" if start else ""


def _others(script: Script) -> Iterator[dict[str, Any]]:
    for other in script.other_voices:
        voice = script.speaks(other)
        yield {
            **({"role": other.role} if other.role else {}), "engine": voice.engine, "name": voice.name,
            "rate": voice.rate, "pitch": voice.pitch, "warm": voice.warm,
        }  # fmt: skip


def _shown(voice: VoiceChoice) -> str:
    return f"{voice.name} ({voice.engine}{', warm' if voice.warm else ''})"


def _words(proved: Proved | None) -> Iterator[str]:
    if proved is None:
        return
    again = f"; {proved.again} spoken again for it" if proved.again else ""
    clear = proved.phrases - len(proved.misheard)
    yield f"  words: {clear} of {proved.phrases} phrases are understandable{again}"
    yield from (f"  NOT UNDERSTOOD: {each}" for each in proved.misheard)


def _in_position(holds: Sequence[HeldHold]) -> Iterator[str]:
    if holds:
        lengths = [hold.in_position for hold in holds]
        least, most = (f"{seconds(length):.1f}" for length in (min(lengths), max(lengths)))
        both = least if least == most else f"{least} to {most}"
        yield f"  in position: {both} s each, from the words before a hold to those after it"


def held_holds(timeline: Timeline) -> list[HeldHold]:
    """Return every hold of the routine, placed from its own start to that of the cue that waited for it."""
    waiting = [timed for timed in timeline.cues if timed.cue.advances]
    ends = [timed.start for timed in waiting[1:]] + [timeline.length]
    loads = load_of(timeline)
    return [
        HeldHold(
            held.cue.step,
            held.cue.side,
            held.cue.rep,
            held.cue.length or 0,
            end - held.start,
            held.start,
            loads[id(held)].length,
        )
        for held, end in zip(waiting, ends, strict=True)
        if held.cue.kind == "hold" and held.cue.step != PLAYER_CHECK
    ]
