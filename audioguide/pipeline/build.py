"""What a listener wishes, fulfilled: how a routine is to be compiled, and what its script takes on after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from audioguide.compiler.chimes import with_chime_volume
from audioguide.compiler.compile import Ways, voice_of
from audioguide.listener.wishes import Wishes
from audioguide.routine.load import Routine
from audioguide.timeline.script import Script


def ways_of(routine: Routine, wishes: Wishes, *, beyond_bounds: bool = False) -> Ways:
    """Return how to compile `routine` for these `wishes`, apart from its settings and its length."""
    return {
        "voice": wishes.speaker(voice_of(routine)), "dose": wishes.dose,
        "guidance": wishes.guidance or "fade", "skip": wishes.skip, "profile": wishes.profile,
        "player_check": bool(wishes.player_check), "beyond_bounds": beyond_bounds,
        "explain_chimes": wishes.explain_chimes, "session": wishes.session or 1,
    }  # fmt: skip


def fulfilled(script: Script, wishes: Wishes, origins: Mapping[str, str]) -> Script:
    """Return the compiled `script` with the bed, the volumes, and the `origins` of all wishes."""
    script = replace(script, bed=wishes.bed, bed_volume=wishes.bed_volume or 0.0, origins=origins)
    return with_chime_volume(script, wishes.chime_volume)
