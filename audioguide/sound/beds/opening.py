"""From what `find_bed` found to the bed. Light: only what is asked for is made or opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.script.choices import BEDS

if TYPE_CHECKING:
    from audioguide.sound.beds.bed import Bed, LoopedBed
    from audioguide.sound.beds.own_bed import OwnBed


def open_bed(bed: str, louder_db: float = 0.0) -> Bed:
    """Make the bed of a name, or open the file of a path, as `find_bed` gave it; louder by `louder_db`.

    Raises OutputError where the file cannot be read, RoutineError where it is silent or too short.
    """
    opened: LoopedBed | OwnBed = _made(bed) if bed in BEDS else _own(Path(bed))
    return opened.louder(louder_db) if louder_db else opened


def _made(name: str) -> LoopedBed:
    from audioguide.sound.beds.made import MADE

    return MADE[name]()


def _own(path: Path) -> OwnBed:
    from audioguide.sound.beds.own_bed import open_own_bed

    return open_own_bed(path)
