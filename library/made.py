"""What is made of the routines that ship, in the files of this repository, and whether it is old."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from audioguide.compiler.compile import compile
from audioguide.compiler.estimate import estimated_lengths
from audioguide.export.script_json import script_json
from audioguide.export.script_text import script_text
from audioguide.fitting.fit import compile_to_length
from audioguide.fitting.slack import to_length
from audioguide.listener.options import Options
from audioguide.pipeline.render import write_script
from audioguide.pipeline.voice import settled
from audioguide.routine.load import Routine
from audioguide.script.layout import Timeline
from audioguide.speech.pack.catalogue import packed_voices
from audioguide.web.feed import dates
from sounds.phrases import phrases_of, spoken

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
SOUND = ROOT / "docs" / "sound.md"


def as_compiled(routine: Routine) -> Timeline:
    """Return a routine as `audioguide compile` lays it out with the voice pack."""
    script = settled(compile_to_length(routine, lengths=estimated_lengths))
    return to_length(script, estimated_lengths(script))


def script_is_kept(routine: Routine) -> bool:
    """Return whether `scripts/` has the timed script of a routine as it is now, in both files."""
    people, machines = (SCRIPTS / f"{routine.name}{suffix}" for suffix in (".txt", ".script.json"))
    if not (people.is_file() and machines.is_file()):
        return False
    timeline = as_compiled(routine)
    return people.read_text(encoding="utf-8") == script_text(timeline) and json.loads(
        machines.read_text(encoding="utf-8")
    ) == script_json(timeline)


def write_scripts(routines: Iterable[Routine]) -> list[str]:
    """Write the timed scripts of routines to `scripts/`; return the names of those that were written."""
    return [
        routine.name for routine in routines
        if list(write_script(compile_to_length(routine, lengths=estimated_lengths), SCRIPTS))
    ]  # fmt: skip


def unspoken(routine: Routine, *, every: bool) -> list[str]:
    """Return the phrases that the voice pack lacks: of the routine as it is, or `every` possible one."""
    said = phrases_of(routine) if every else spoken(compile(routine, Options(player_check=True)))
    voices = packed_voices()
    return [text for text in dict.fromkeys(said) if not voices or text not in voices[0].phrases]


@cache
def sound_rows() -> frozenset[str]:
    """Return the names in the first column of the tables of `docs/sound.md`."""
    lines = SOUND.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("|")[1].strip() for line in lines if line.startswith("|"))


def write_dates(names: Iterable[str]) -> list[str]:
    """Give each routine without a date the next one of the feed; return their names."""
    new = [name for name in names if name not in dates.published_names()]
    if new:
        with dates.PUBLISHED.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in new)
        dates.published_names.cache_clear()
    return new
