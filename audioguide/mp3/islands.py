"""Sounds at exact ticks in, islands out: stretches of frames that sound. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from audioguide.clip import Clip
from audioguide.mp3.fades import Fade
from audioguide.mp3.frames import frames_for
from audioguide.units import FRAME_TICKS, format_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A clip that starts at the tick `start`; `key` names its content, and stands for it in `==`."""

    start: int
    key: str
    clip: Clip = field(compare=False)

    @property
    def end(self) -> int:
        """Return the tick behind the last one."""
        return self.start + self.clip.ticks


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What an island is made of, wherever it lies: pairs of offset in ticks and key, fades of a bed."""

    frames: int
    parts: tuple[tuple[int, str], ...]
    fades: tuple[Fade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """A stretch that sounds: `frames` frames from `first_frame` on, the last echo included.

    The `sounds` and the `fades` of a bed start in ticks from the border of that first frame, so
    islands of equal `recipe` are equal in every sample.
    """

    first_frame: int
    frames: int
    sounds: tuple[Sound, ...]
    fades: tuple[Fade, ...] = ()

    @property
    def recipe(self) -> Recipe:
        """Return the content without the place."""
        parts = tuple((sound.start, sound.key) for sound in self.sounds)
        return Recipe(frames=self.frames, parts=parts, fades=self.fades)

    @property
    def behind(self) -> int:
        """Return the frame behind the last one."""
        return self.first_frame + self.frames

    @property
    def ticks(self) -> int:
        """Return the tick behind the last sound, from the border of the first frame."""
        return max(sound.end for sound in self.sounds)


def cut(
    sounds: Iterable[Sound], length_ticks: int, *, fades: Iterable[Fade] = (), margin: int = 0
) -> tuple[Island, ...]:
    """Gather `sounds`, and the `fades` of a bed, into islands, sorted, that share no frame.

    Two islands may touch: no frame of the first then carries anything of the second, and what a
    decoder hears is their sum. That takes at least one frame (24 ms, and up to 20 ms more to the
    frame border) between the end of one sound and the start of the next; closer ones are encoded
    together. Each island begins `margin` frames before its first sound, where there are any.
    Raises ValueError for a sound that is empty, starts before 0 or ends behind `length_ticks`.
    """
    parts: list[Sound | Fade] = [*sounds, *fades]
    groups: list[list[Sound | Fade]] = []
    behind = 0
    for part in sorted(parts, key=lambda part: (part.start, getattr(part, "key", ""))):
        if isinstance(part, Sound):
            _check(part, length_ticks)
        if not groups or part.start // FRAME_TICKS - margin >= behind:
            groups.append([])
        groups[-1].append(part)
        behind = max(behind, frames_for(part.end))
    return tuple(_island(group, margin) for group in groups)


def _check(sound: Sound, length_ticks: int) -> None:
    if not sound.clip.ticks:
        raise ValueError(f"the sound {sound.key} at {sound.start} ticks is empty")
    if sound.start < 0:
        raise ValueError(f"the sound {sound.key} starts {-sound.start} ticks before the file")
    if sound.end > length_ticks:
        raise ValueError(
            f"the sound {sound.key} at {format_clock(sound.start)} ends at {format_clock(sound.end)}, "
            f"behind the end of the file at {format_clock(length_ticks)}"
        )


def _island(parts: list[Sound | Fade], margin: int) -> Island:
    first = max(0, parts[0].start // FRAME_TICKS - margin)
    border = first * FRAME_TICKS
    moved = [replace(part, start=part.start - border) for part in parts if isinstance(part, Sound)]
    fades = [
        replace(part, start=part.start - border, end=part.end - border)
        for part in parts
        if isinstance(part, Fade)
    ]
    return Island(
        first_frame=first,
        frames=frames_for(max(part.end for part in parts) - border),
        sounds=tuple(moved),
        fades=tuple(fades),
    )
