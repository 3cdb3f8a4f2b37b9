"""What changes with a chapter beside the words: the bed under it, and how loud it is."""

from __future__ import annotations

from dataclasses import replace

from audioguide.compiler.chimes import whole_path
from audioguide.compiler.context import Context
from audioguide.listener.options import Options, without_bed
from audioguide.routine.language import model
from audioguide.routine.load import Routine
from audioguide.script.choices import NO_BED
from audioguide.script.script import Cue, Scene

_KEYS = ("bed", "bed_volume", "profile")


def first_scene(routine: Routine, options: Options) -> Scene:
    """Return how the file begins: what the listener asks for, else what the routine does."""
    document = routine.document
    bed, volume = without_bed(options).bed, options.bed_volume
    if options.bed is None:
        bed = _found(document.bed, routine)
        volume = document.bed_volume if volume is None else volume
    return Scene(bed=bed, bed_volume=volume or 0.0, profile=options.profile or document.profile)


def settled_by(options: Options) -> frozenset[str]:
    """Return the keys of chapters that no longer count, since the listener has chosen them for the file."""
    chosen = {key for key in _KEYS if getattr(options, key) is not None}
    return frozenset(chosen | {"bed_volume"} if "bed" in chosen else chosen)


def begin_chapter(text: str, here: Context) -> None:
    """Add a chapter, with what changes at it."""
    out = here.out
    changed = out.scene if out.scene != out.heard else None
    here.add(Cue(kind="chapter", step="", text=text, offset=0, scene=changed))
    out.heard = out.scene


def change(step: model.Chapter, here: Context) -> None:
    """Note what changes at a chapter, also at one that is left out; what it leaves open stays as it is."""
    if here.prefix:  # like the bed of an included routine, which does not count
        return
    written = {key: getattr(step, key) for key in _KEYS if getattr(step, key) is not None}
    asked = {key: value for key, value in written.items() if key not in here.out.settled}
    if "bed" in asked:
        asked["bed"] = _found(asked["bed"], here.routine)
    scene = replace(here.out.scene, **asked)
    if here.out.scene.profile == "sleep" != scene.profile:
        here.blame("`sleep` fades until the end of the file: no other profile can follow it", "profile")
    here.out.scene = scene


def _found(bed: str | None, routine: Routine) -> str | None:
    """Return the name of a bed, or its file by the whole path; None for no bed."""
    return whole_path(bed, routine.path.parent) if bed and bed != NO_BED else None
