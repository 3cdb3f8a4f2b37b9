"""Play a routine, or a sound file, with what this computer has."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audioguide.cli import options

if TYPE_CHECKING:
    from audioguide.cli.players import Player
    from audioguide.pipeline.receipt import Receipt
    from audioguide.routine.load import Routine
    from audioguide.script.script import Script


def play(name: str | None, choices: options.Choices, out: str, *, browser: bool) -> None:
    """Play the sound file `name`, or the routine, which is rendered into `out` first."""
    from audioguide.cli.players import has_browser, nothing_plays, open_in_browser

    file = Path(name) if name and _is_sound(name) else None
    found = Played(choices, file) if file else _rendered(name, choices, out)
    failed: list[str] = []
    if not browser and found.played(failed):
        return
    if found.script and (browser or has_browser()) and open_in_browser(found.page()):
        typer.echo("playing in the browser")
        return
    raise nothing_plays(found.sound, failed)


def _is_sound(name: str) -> bool:
    from audioguide.containers.formats import FORMATS

    path = Path(name)
    return path.suffix.lower().removeprefix(".") in FORMATS and path.is_file()


@dataclass(frozen=True)
class Played:
    """What is to be played: a `sound` file, with the `script` it was made from, if it was made here."""

    choices: options.Choices
    sound: Path
    script: Script | None = None
    routine: Routine | None = None
    name: str = ""
    length: str = ""

    def played(self, failed: list[str]) -> bool:
        """Play it with the first player that can, and add what the others said to `failed`."""
        from audioguide.cli import players

        for player in players.installed():
            with tempfile.TemporaryDirectory(prefix="audioguide-") as folder:
                path = self._file_for(player, Path(folder))
                if path is None:
                    continue
                typer.echo(f"playing {self.sound}{self.length} with {player.name}; Ctrl-C stops")
                wrong = players.play(player, path)
            if not wrong:
                return True
            failed.append(wrong)
        return players.open_with_system(self.sound)

    def _file_for(self, player: Player, folder: Path) -> Path | None:
        if player.plays(self.sound.suffix.lower()):
            return self.sound
        return _write(self.script, self.routine, folder, "wav").files[0] if self.script else None

    def page(self) -> Path:
        """Write the page that plays it, and return where."""
        from audioguide.cli.commands.page import export_pages

        out = self.sound.parent
        export_pages([self.name] if self.name else None, self.choices, f"{out}/", kbit=None, as_json=False)
        return self.sound.with_suffix(".html")


def _rendered(name: str | None, choices: options.Choices, out: str) -> Played:
    from audioguide.cli.commands.render import measuring
    from audioguide.cli.prepare import read_call, scripted
    from audioguide.cli.target import target_of
    from audioguide.units import format_clock

    target = target_of(out, what="what is played")
    call = read_call(choices)
    [name] = call.names([name] if name else None)
    routine, script = scripted(name, call, measuring(quiet=False))
    receipt = _write(script, routine, target.folder, "mp3")
    length = format_clock(receipt.timeline.length).partition(".")[0]
    return Played(choices, receipt.files[0], script, routine, name, f" ({length})")


def _write(script: Script, routine: Routine | None, folder: Path, kind: str) -> Receipt:
    from audioguide.cli.commands.export import output_of
    from audioguide.cli.progress import progress
    from audioguide.export.metadata import Metadata, metadata_of
    from audioguide.pipeline.render import render

    with progress(script.name, quiet=False) as show:
        metadata = metadata_of(routine.document) if routine else Metadata()
        return render(script, folder, output_of(kind), metadata=metadata, progress=show)
