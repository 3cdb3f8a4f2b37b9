"""Sounds at exact ticks in, islands out: stretches of frames that sound. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from audioguide.mixer.fades import STEADY, Course, Fade, Ramp, moved
from audioguide.mixer.sound import NO_CLIP, Sound
from audioguide.mp3.frames import frame_bytes, frames_for
from audioguide.units import FRAME_TICKS, format_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What an island is made of: pairs of offset in ticks and key, and the level of a bed.

    `place` is the frame of the bed under its first one, where that depends on where the island lies.
    """

    frames: int
    parts: tuple[tuple[int, str], ...]
    course: Course = STEADY
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """A stretch that sounds: `frames` frames from `first_frame` on, the last echo included.

    The `sounds` and the `course` of a bed's level count in ticks from the border of that first frame,
    so islands of equal `recipe` are equal in every sample.
    """

    first_frame: int
    frames: int
    sounds: tuple[Sound, ...]
    course: Course = STEADY
    place: int | None = None

    @property
    def recipe(self) -> Recipe:
        """Return the content without the place in the file."""
        parts = tuple((sound.start, sound.key) for sound in self.sounds)
        return Recipe(frames=self.frames, parts=parts, course=self.course, place=self.place)

    def frames_at(self, bitrate: int) -> bytes:
        """Return the frames of a clip that came with them and sounds alone from the border on; else b""."""
        first, *others = self.sounds
        made = first.clip.frames
        alone = not others and not first.start and self.course == STEADY
        return made if alone and len(made) == self.frames * frame_bytes(bitrate) else b""

    @property
    def silent(self) -> Island:
        """Return the island without its samples: what it is made of, and where it lies."""
        return replace(self, sounds=tuple(replace(sound, clip=NO_CLIP) for sound in self.sounds))

    @property
    def behind(self) -> int:
        """Return the frame behind the last one."""
        return self.first_frame + self.frames

    @property
    def ticks(self) -> int:
        """Return the tick behind the last sound, from the border of the first frame."""
        return max(sound.end for sound in self.sounds)


def cut(
    sounds: Iterable[Sound], length_ticks: int, *, course: Course = STEADY, margin: int = 0
) -> tuple[Island, ...]:
    """Gather `sounds`, and what changes in the `course` of a bed, into islands that share no frame, sorted.

    Two islands may touch: no frame of the first then carries anything of the second, and what a
    decoder hears is their sum. That takes at least one frame (24 ms, and up to 20 ms more to the
    frame border) between the end of one sound and the start of the next; closer ones are encoded
    together. Each island begins `margin` frames before its first sound, where there are any.
    Raises ValueError for a sound that is empty, starts before 0 or ends behind `length_ticks`.
    """
    parts: list[Sound | Fade | Ramp] = [*sounds, *course.fades, *course.ramps]
    groups: list[list[Sound | Fade | Ramp]] = []
    behind = 0
    for part in sorted(parts, key=lambda part: (part.start, getattr(part, "key", ""))):
        if isinstance(part, Sound):
            _check(part, length_ticks)
        if not groups or part.start // FRAME_TICKS - margin >= behind:
            groups.append([])
        groups[-1].append(part)
        behind = max(behind, frames_for(part.end))
    islands: list[Island] = []
    level = course.level
    for group in groups:
        islands.append(_island(group, margin, level))
        level = islands[-1].course.level_behind
    return tuple(islands)


def _check(sound: Sound, length_ticks: int) -> None:
    if not sound.clip.ticks:
        raise ValueError(f"the sound {sound.key} at {sound.start} ticks is empty")
    if sound.start < 0:
        raise ValueError(f"the sound {sound.key} starts {-sound.start} ticks before the file")
    if sound.end > length_ticks:
        raise ValueError(
            f"the sound {sound.key} at {format_clock(sound.start)} ends at {format_clock(sound.end)}, "
            f"after the end of the file at {format_clock(length_ticks)}"
        )


def _island(parts: list[Sound | Fade | Ramp], margin: int, level: int) -> Island:
    first = max(0, parts[0].start // FRAME_TICKS - margin)
    border = first * FRAME_TICKS
    sounds = [replace(part, start=part.start - border) for part in parts if isinstance(part, Sound)]
    fades, ramps = moved((part for part in parts if not isinstance(part, Sound)), border)
    return Island(
        first_frame=first,
        frames=frames_for(max(part.end for part in parts) - border),
        sounds=tuple(sounds),
        course=Course(fades=fades, ramps=ramps, level=level),
    )
