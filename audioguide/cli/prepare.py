"""From a call to scripts: its options over the other layers, for each routine that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli.options import Choices
from audioguide.cli.piped import check_once, is_pipe, piped_routine
from audioguide.errors import UsageError
from audioguide.script.script import Script

if TYPE_CHECKING:
    from audioguide.listener.files import Overlay
    from audioguide.listener.layers import Layer, Layered
    from audioguide.listener.listener import Listener
    from audioguide.listener.options import Options
    from audioguide.listener.request import Request
    from audioguide.routine.library import Library
    from audioguide.routine.load import Routine
    from audioguide.script.layout import Lengths


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command: who `listener` is, the `overlay` that it names, and its own `options`.

    `stem` is what the files of the one routine are called, "" where that follows from its name.
    Files that the listener owns are read once for a call, however many routines it names.
    """

    listener: Listener
    overlay: Overlay | None
    options: Options
    stem: str = ""

    @property
    def layers(self) -> list[Layer]:
        """Return all layers, the call on top."""
        from audioguide.listener.layers import COMMAND_LINE
        from audioguide.listener.listener import layer

        layers = self.listener.layers
        if self.overlay is not None:
            path = self.overlay.path
            layers.append(layer(str(path), self.overlay.options, path.parent))
        return [*layers, layer(COMMAND_LINE, self.options, Path())]

    @property
    def layered(self) -> Layered:
        """Return all layers as one."""
        from audioguide.listener.layers import layered

        return layered(self.layers)

    def names(self, names: Sequence[str] | None) -> list[str]:
        """Return the routines to work on: those that are named, else the one that the overlay is for."""
        if names:
            _check_one_name(names, self.listener.library)
            return list(names)
        if self.overlay is None:
            raise UsageError("name a routine, such as knee-to-chest; `audioguide list` shows all")
        from audioguide.listener.overlay import routine_of

        routine = routine_of(self.overlay)
        if routine is None:
            raise UsageError(
                f"{self.overlay.path} does not name a routine: write `routine: NAME` into it, or name one"
            )
        return [routine]


def _check_one_name(names: Sequence[str], library: Library) -> None:
    """Raise UsageError where several words together are the name of one routine."""
    from audioguide.routine.library import as_name

    joined = as_name(" ".join(names))
    if len(names) > 1 and names[0] not in library.routines() and joined in library.routines():
        raise UsageError(f"no routine is called '{names[0]}'; did you mean '{joined}'?")


def read_call(choices: Choices) -> Call:
    """Read what a call needs: the listener's files, and its overlay."""
    from audioguide.listener.files import read_overlay
    from audioguide.listener.listener import this_listener

    overlay = read_overlay(choices.overlay) if choices.overlay is not None else None
    return Call(this_listener(), overlay, choices.options)


def prepare(name: str, call: Call) -> Request:
    """Load the routine `name`, with everything that is asked for it."""
    from audioguide.listener.overlay import check_overlay, named_after
    from audioguide.listener.request import request
    from audioguide.routine.load import load

    library, overlay = call.listener.library, call.overlay
    _check_skipped(call.options.skip)
    if is_pipe(name):
        routine = piped_routine(library)
    else:
        path = library.find(name)
        if note := library.shadowed(path):
            typer.echo(f"audioguide: note: {note}", err=True)
        routine = load(path, library)
    if overlay is not None:
        check_overlay(overlay, routine, library, beyond_bounds=call.options.beyond_bounds)
    named = named_after(routine.name, overlay.path) if overlay else ""
    return request(routine, call.layers, name=named)


def checked_name(name: str) -> str:
    """Return the `name` of files without the suffix of a sound. Raises UsageError for one that cannot be."""
    from audioguide.containers.formats import FORMATS

    name = name.strip()
    suffix = next((each.suffix for each in FORMATS.values() if name.lower().endswith(each.suffix)), "")
    stem = name.removesuffix(name[len(name) - len(suffix) :]) if suffix else name
    if name and not re.fullmatch(r"\w[\w ().,+-]{0,79}", stem):
        raise UsageError(
            f"--name: '{name}' cannot be the name of a file: use letters, digits, spaces, - and _"
        )
    return stem


def _check_skipped(skip: Sequence[str]) -> None:
    from audioguide.routine.parts import NUMBER

    if listed := next((name for name in skip if "," in name), None):
        names = [name.strip() for name in listed.split(",") if name.strip()]
        raise UsageError(
            f"--skip takes one name; write it again for each: {' '.join(f'--skip {name}' for name in names)}"
        )
    if number := next((name for name in skip if NUMBER.fullmatch(name)), None):
        raise UsageError(
            f"--skip takes names, not step numbers such as {number}, which change with every edit: "
            "`audioguide show` lists the names; write `id: NAME` in a step to name it"
        )


def is_timed_script(name: str) -> bool:
    """Return whether `name` is the file of a timed script, not of a routine, which may be JSON, too."""
    if not name.lower().endswith(".json"):
        return False
    from audioguide.routine.library import is_routine_file

    return not is_routine_file(Path(name))


def scripted(name: str, call: Call, lengths: Lengths | None = None) -> tuple[Routine | None, Script]:
    """Return the routine `name` with its script; None with the timed script of that path.

    Where it is fitted to a length, clips are as long as `lengths` says, or as estimated.
    """
    if is_timed_script(name):
        return None, _edited(name, call)
    from audioguide.pipeline.build import build

    request = prepare(name, call)
    script = build(request, lengths)
    for note in script.notes:
        typer.echo(f"audioguide: note: {note}", err=True)
    return request.routine, replace(script, notes=(*script.notes, *filter(None, [request.options.note])))


def all_scripted(
    names: Sequence[str] | None, call: Call, lengths: Lengths | None
) -> list[tuple[Routine | None, Script]]:
    """Return each of the routines to work on with its script, as `scripted` does.

    Raises UsageError where two scripts have one name: the files of one would replace those of the other.
    """
    chosen = call.names(names)
    if call.stem and len(chosen) > 1:
        raise UsageError(f"--name is for one routine, not {len(chosen)}")
    check_once(chosen)
    scripts = [scripted(name, call, lengths) for name in chosen]
    if call.stem:
        scripts = [(routine, replace(script, name=call.stem)) for routine, script in scripts]
    stems = [script.name for _, script in scripts]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise UsageError(
            f"two of these routines would be written as {twice}: write them to different folders"
        )
    return scripts


def _edited(name: str, call: Call) -> Script:
    from audioguide.compiler.edited import read_script
    from audioguide.listener.layers import COMMAND_LINE, Layer, layered
    from audioguide.listener.listener import environment, layer
    from audioguide.listener.options import Options
    from audioguide.pipeline.build import REBUILT, rebuild

    options = call.options
    if call.overlay is not None or options.settings or options.skip or set(options.asked) - REBUILT:
        raise UsageError(f"{name} is a timed script, and its settings are fixed: render the routine instead")
    script = read_script(Path(name))
    # The script says who speaks; only this call has more to say than the script.
    own = Options(bed=script.bed, bed_volume=script.bed_volume, profile=script.profile)
    asked = [Layer(name, own), environment(), layer(COMMAND_LINE, options, Path())]
    return rebuild(script, layered(asked), own=name)
