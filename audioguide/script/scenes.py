"""What goes on softly under each part of a file, and how loud that part is. Pure."""

from __future__ import annotations

from audioguide.script.layout import Timeline
from audioguide.script.script import Scene
from audioguide.units import TICKS_PER_SECOND

CROSSFADE = 6 * TICKS_PER_SECOND  # from one bed to the next, around the moment at which the chapter begins

Scenes = tuple[tuple[int, Scene], ...]


def scenes_of(timeline: Timeline) -> Scenes:
    """Return each scene with the tick at which it begins, in order; the first one begins at 0."""
    begins: dict[int, Scene] = {0: timeline.script.scenes[0]}
    for timed in timeline.cues:
        if timed.cue.scene:
            begins[timed.start] = timed.cue.scene
    found: list[tuple[int, Scene]] = []
    for start, scene in sorted(begins.items(), key=lambda each: each[0]):
        if not found or found[-1][1] != scene:
            found.append((start, scene))
    return tuple(found)


def scene_at(scenes: Scenes, tick: int) -> Scene:
    """Return the scene of that moment."""
    return next(scene for start, scene in reversed(scenes) if start <= tick)


def beds_of(timeline: Timeline) -> list[tuple[int, tuple[str | None, float]]]:
    """Return each bed and its volume with the tick at which it begins; None for no bed."""
    found: list[tuple[int, tuple[str | None, float]]] = []
    for start, scene in scenes_of(timeline):
        bed = (scene.bed, scene.bed_volume if scene.bed else 0.0)
        if not found or found[-1][1] != bed:
            found.append((start, bed))
    return found


def fades(starts: tuple[int, ...], length: int) -> tuple[tuple[int, int], ...]:
    """Return from which tick to which one part gives way to the next, where parts begin at `starts`.

    It is 3 s before and after each border, and less where another border, or the end of the file, is near.
    """
    edges = [*starts, length]
    halves = [
        min(CROSSFADE // 2, (edges[index] - edges[index - 1]) // 2, (edges[index + 1] - edges[index]) // 2)
        for index in range(1, len(starts))
    ]
    return tuple((start - half, start + half) for start, half in zip(starts[1:], halves, strict=True))
