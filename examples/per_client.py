"""One MP3 for each client of a CSV file: `python examples/per_client.py CLIENTS.csv OUT`."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import audioguide as ag


def script_of(row: dict[str, str]) -> ag.Script:
    """Return the script of one row: its routine with the settings that the row fills in."""
    routine = ag.load(row["routine"])
    settings = {name: row[name] for name in routine.document.settings if row.get(name)}
    script = ag.compile(routine, ag.Options(settings=settings, voice=row.get("voice") or None))
    return replace(script, name=f"{row['name']}-{script.name}")


def main(clients: Path, out: Path) -> None:
    """Compile every row first, so that a wrong value costs nothing; then render."""
    with clients.open(encoding="utf-8-sig", newline="") as file:
        scripts = [script_of(row) for row in csv.DictReader(file)]
    for script in scripts:
        print(ag.render(script, out).mp3)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except ag.AudioguideError as error:
        sys.exit(str(error))
