"""A script that is heard while it is still being spoken, from its start."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from audioguide.audio.clip import Clip
from audioguide.compiler.estimate import estimated_lengths
from audioguide.errors import RoutineError
from audioguide.export.tagging import tags_in_front
from audioguide.mixer.gain import bed_at
from audioguide.mixer.placed import sounds
from audioguide.mixer.sound import Sound
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.growing_file import OPEN_END, GrowingFile
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.info import open_info_frame
from audioguide.mp3.job import Mp3Job
from audioguide.mp3.so_far import FAR, SoFar
from audioguide.pipeline.mixdown import Mixdown
from audioguide.script.choices import BEDS as MADE_BEDS
from audioguide.script.layout import Timeline, lay_out
from audioguide.script.profiles import level_of
from audioguide.script.script import ClipRef, Script, Spoken
from audioguide.sound.beds.bed import LoopedBed
from audioguide.sound.beds.opening import open_bed
from audioguide.units import FRAME_TICKS, TICKS_PER_SECOND

FITTED = "it is fitted to a length"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is known so far: the timeline, exact up to the tick `certain` and estimated from there on."""

    timeline: Timeline
    certain: int


class Live:
    """The MP3 of a script, readable from its start as far as its phrases are spoken.

    Behind a tag without chapters and a frame without a length it has the same frames, byte for byte, as the
    file that `render` writes, but for the frame that closes that. Threads may share it.
    """

    def __init__(
        self, script: Script, job: Mp3Job, bed: LoopedBed | None, begun: Callable[[Live], None]
    ) -> None:
        """Hand out the frames of `script` over `bed`; call `begun` once a phrase has to be spoken."""
        self.head = id3_bytes(tags_in_front(script)) + open_info_frame(job.bitrate)
        self.file = GrowingFile(size=OPEN_END, etag="", pieces=self._pieces())
        self.bitrate = job.bitrate
        self._script = script
        self._begun = begun
        self._made = SoFar(job=job, bed=bed)
        self._clips: dict[ClipRef, Clip] = {}
        # Chimes and breath tones are there at once, phrases come one by one.
        phrases = [ref for ref in script.clips if isinstance(ref, Spoken)]
        self._awaited = {ref for ref in script.clips if not isinstance(ref, Spoken)} | set(phrases[:1])
        self._guesses: Mapping[ClipRef, int] = {}
        self._whole: Mixdown | None = None
        self._error: BaseException | None = None
        self._changed = threading.Condition()

    def ready(self, ref: ClipRef, clip: Clip) -> None:
        """Note a clip that is there. Raises RoutineError where marks do not fit between those so far."""
        with self._changed:
            first = not self._clips
            self._clips[ref] = clip
            self._changed.notify_all()
        if first:
            self._begun(self)
        if self._error:
            raise self._error

    def finish(self, whole: Mixdown) -> None:
        """Note that everything is spoken: it becomes `whole`."""
        with self._changed:
            self._whole = whole
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """Note that it will never be whole: who reads on gets `error`."""
        with self._changed:
            self._error = error
            self._changed.notify_all()

    def place(self, seconds_: float) -> int:
        """Return the byte of `file` with which the frame at that moment begins."""
        frame = int(seconds_ * TICKS_PER_SECOND) // FRAME_TICKS
        return len(self.head) + frame * frame_bytes(self.bitrate)

    def glimpse(self) -> Glimpse | None:
        """Return what is known of the timeline; None where the estimates for the rest do not fit in."""
        with self._changed:
            known = {ref: clip.ticks for ref, clip in self._clips.items()}
        self._guesses = self._guesses or estimated_lengths(self._script)
        try:
            timeline = lay_out(self._script, {**self._guesses, **known})
        except RoutineError:
            return None
        return Glimpse(timeline, _first_unspoken(timeline, known))

    def _pieces(self) -> Iterator[bytes]:
        yield self.head
        while not self._whole:
            clips = self._arrived()
            if not self._whole:
                yield from self._made.before(*self._known(clips))
        whole = self._whole
        yield from self._made.rest(whole.sounds, whole.timeline.length)

    def _arrived(self) -> Mapping[ClipRef, Clip]:
        """Wait until more is certain, and return all clips that are there."""
        with self._changed:
            while not (self._whole or self._goes_on()):
                if self._error:
                    raise self._error
                self._changed.wait()
            return dict(self._clips)

    def _goes_on(self) -> bool:
        return bool(self._awaited) and self._awaited <= self._clips.keys()

    def _known(self, clips: Mapping[ClipRef, Clip]) -> tuple[list[Sound], int, int]:
        """Return the sounds that are certain, the tick of the first phrase that is missing, the least length.

        As long as that phrase is not spoken, it and all others count nothing: so nothing comes later than it
        will, and what comes before it is where it will be.
        """
        needed = self._script.clips
        try:
            timeline = lay_out(self._script, {ref: clips[ref].ticks if ref in clips else 0 for ref in needed})
        except RoutineError as error:  # marks that do not fit
            self.fail(error)
            raise
        at = _first_unspoken(timeline, clips)
        self._awaited = {ref for timed in timeline.cues if timed.start == at for ref in timed.cue.clips}
        self._awaited -= clips.keys()
        before = replace(timeline, cues=tuple(each for each in timeline.cues if each.start < at), length=FAR)
        return list(sounds(before, clips)), at, timeline.length


def live_of(script: Script, job: Mp3Job, begun: Callable[[Live], None]) -> Live | None:
    """Return what lets `script` be heard while it is spoken; None where its start depends on its length.

    So it does where the level falls towards the end, over a bed that is not a loop, and in a script that was
    fitted to a length. Raises RoutineError or OutputError as the bed does.
    """
    if why_not_live(script):
        return None
    bed = open_bed(script.bed, script.bed_volume) if script.bed else None
    found = bed_at(bed, level_of(script.profile, (), 0)) if bed else None
    return Live(script, job, found if isinstance(found, LoopedBed) else None, begun)


def why_not_live(script: Script) -> str:
    """Say why nothing of `script` can be heard before all of it is spoken; "" where it can."""
    if script.fit:
        return FITTED
    if script.profile == "sleep":
        return "it gets softer towards its end"
    if script.bed and script.bed not in MADE_BEDS:
        return "its background sound is a file"
    return ""


def _first_unspoken(timeline: Timeline, clips: Collection[ClipRef]) -> int:
    missing = (each.start for each in timeline.cues if any(ref not in clips for ref in each.cue.clips))
    return min(missing, default=timeline.length)
