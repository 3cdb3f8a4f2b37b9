"""What a call means: its options laid over the other wishes for a routine, and the script they give."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.options import Choices
from audioguide.errors import UsageError
from audioguide.listener.wishes import Layer, Wishes, layered
from audioguide.timeline.script import Script

if TYPE_CHECKING:
    from audioguide.compiler.compile import Ways
    from audioguide.fitting.bench import Lengths
    from audioguide.routine.load import Routine


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A routine with all wishes for it, laid over one another, and the origin of each."""

    routine: Routine
    wishes: Wishes
    origins: Mapping[str, str]
    overlay: Path | None
    beyond_bounds: bool

    @property
    def name(self) -> str:
        """Return what its files are named after: the routine, and the overlay of a person."""
        if self.overlay is None:
            return self.routine.name
        from audioguide.listener.overlay import named_after

        return named_after(self.routine.name, self.overlay)

    @property
    def ways(self) -> Ways:
        """Return how to compile the routine."""
        from audioguide.pipeline.build import ways_of

        return ways_of(self.routine, self.wishes, beyond_bounds=self.beyond_bounds)

    def finished(self, script: Script) -> Script:
        """Return the compiled `script` with what else is wished, and the name and note of a person."""
        from audioguide.pipeline.build import fulfilled

        if self.overlay is not None:
            script = replace(script, name=self.name, remark=self.wishes.note or "")
        return fulfilled(script, self.wishes, self.origins)


def named(names: Sequence[str] | None, choices: Choices) -> list[str]:
    """Return the routines to work on: those of the call, else the one that the overlay is for."""
    if names:
        return list(names)
    if choices.overlay is not None:
        from audioguide.listener.overlay import routine_of

        routine = routine_of(choices.overlay)
        if routine is None:
            raise UsageError(
                f"{choices.overlay} names no routine: write `routine: NAME` into it, or name one here"
            )
        return [routine]
    raise UsageError("name a routine, such as knee-to-chest; `audioguide list` shows all")


def wished(choices: Choices) -> tuple[Wishes, dict[str, str]]:
    """Lay personal defaults, environment, overlay and call over one another, the call on top."""
    from audioguide.listener.personal import engine_settings, read_defaults, read_overlay, wishes_of
    from audioguide.speech.settings import configure

    defaults, path = read_defaults()
    configure(engine_settings(defaults, path.parent))
    layers = [Layer(str(path), _bed_found(wishes_of(defaults), path.parent)), _environment()]
    if choices.overlay is not None:
        overlay = _bed_found(wishes_of(read_overlay(choices.overlay)), choices.overlay.parent)
        layers.append(Layer(str(choices.overlay), overlay))
    return layered([*layers, Layer("command line", _bed_found(choices.wishes, Path()))])


def _bed_found(wishes: Wishes, base: Path) -> Wishes:
    # The path of a bed counts from the file that names it.
    if wishes.bed is None:
        return wishes
    from audioguide.sound.beds.find import find_bed

    return replace(wishes, bed=find_bed(wishes.bed, base))


def _environment() -> Layer:
    return Layer("environment", Wishes(engine=os.environ.get("AUDIOGUIDE_ENGINE") or None))


def prepare(name: str, choices: Choices) -> Prepared:
    """Load the routine `name` with all wishes for it."""
    from audioguide.routine.library import find, shadowed
    from audioguide.routine.load import load

    wishes, origins = wished(choices)
    path = find(name)
    if note := shadowed(path):
        typer.echo(f"audioguide: note: {note}", err=True)
    routine = load(path)
    if choices.overlay is not None:
        from audioguide.listener.overlay import check_overlay

        check_overlay(choices.overlay, routine, beyond_bounds=choices.beyond_bounds)
    return Prepared(
        routine=routine, wishes=wishes, origins=origins, overlay=choices.overlay,
        beyond_bounds=choices.beyond_bounds,
    )  # fmt: skip


def scripted(name: str, choices: Choices, measured: Lengths | None = None) -> tuple[Routine | None, Script]:
    """Return the routine `name` with its script; None with the timed script of that path.

    Where it is fitted to a length, clips are as long as `measured` says, or as estimated.
    """
    if name.lower().endswith(".json"):
        return None, _edited(name, choices)
    from audioguide.compiler.estimate import estimated_lengths
    from audioguide.fitting.fit import compile_to_length

    prepared = prepare(name, choices)
    wishes = prepared.wishes
    script = compile_to_length(
        prepared.routine, wishes.settings, length=wishes.fit, lengths=measured or estimated_lengths,
        guess=estimated_lengths if measured else None, **prepared.ways,
    )  # fmt: skip
    for note in script.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    script = replace(script, notes=(*script.notes, *filter(None, [wishes.note])))
    return prepared.routine, prepared.finished(script)


def all_scripted(
    names: Sequence[str] | None, choices: Choices, measured: Lengths | None
) -> list[tuple[Routine | None, Script]]:
    """Return each of the routines to work on with its script, as `scripted` does.

    Raises UsageError where two scripts have one name: the files of one would replace those of the other.
    """
    scripts = [scripted(name, choices, measured) for name in named(names, choices)]
    stems = [script.name for _, script in scripts]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise UsageError(f"two of these would both be written as {twice}: write them to different folders")
    return scripts


def _edited(name: str, choices: Choices) -> Script:
    from audioguide.compiler.edited import read_script
    from audioguide.pipeline.build import fulfilled

    call = choices.wishes
    settled = (choices.overlay, call.fit, call.dose, call.guidance)
    if call.settings or call.player_check or any(each is not None for each in settled):
        raise UsageError(f"{name} is a timed script: its settings are settled; render the routine instead")
    script = read_script(Path(name))
    # The script says who speaks; only this call has more to say than the script.
    own = Wishes(bed=script.bed, bed_volume=script.bed_volume, profile=script.profile)
    layers = [Layer(name, own), _environment(), Layer("command line", _bed_found(call, Path()))]
    wishes, _ = layered(layers)
    script = replace(script, voice=wishes.speaker(script.voice), profile=wishes.profile or script.profile)
    return fulfilled(script, wishes, {})
