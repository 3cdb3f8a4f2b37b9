"""A timeline and its clips become sounds at their moments, at the level of the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from audioguide.audio.clip import Clip
from audioguide.mixer.gain import faded_out, with_gain
from audioguide.mixer.sound import Sound
from audioguide.script.layout import Timeline
from audioguide.script.profiles import Level, level_over
from audioguide.script.scenes import scenes_of
from audioguide.script.script import ClipRef, Spoken


def level_in(timeline: Timeline) -> Level:
    """Return the gain over the file of `timeline`."""
    sounding = timeline.placements
    words = [each.start for each in sounding if isinstance(each.ref, Spoken)]
    starts = words or [each.start for each in sounding]  # of a file of chimes alone
    return level_over(scenes_of(timeline), starts, timeline.length)


def sounds(timeline: Timeline, clips: Mapping[ClipRef, Clip]) -> Iterator[Sound]:
    """Yield every clip of `timeline` that sounds, at its level, named by its samples and its gain."""
    level = level_in(timeline)

    @cache
    def at_level(ref: ClipRef, db: float) -> Sound:
        sound = Sound(start=0, key=clips[ref].key, clip=clips[ref], words=isinstance(ref, Spoken))
        return with_gain(sound, db)

    for placement in timeline.placements:
        if clips[placement.ref].ticks:
            sound = at_level(placement.ref, level.gain_db(placement.start))
            yield faded_out(replace(sound, start=placement.start), level)
