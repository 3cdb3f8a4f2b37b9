"""List everything that the routines that ship still lack.

python -m library                 # all routines
python -m library NAME ...        # these, with every phrase that a setting can bring
python -m library --write         # and first write what can be written: dates, scripts, docs/library.md
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from audioguide.errors import AudioguideError
from audioguide.routine.library import SHIPPED_LIBRARY
from library import page
from library.made import script_is_kept, unspoken, write_dates, write_scripts
from library.missing import Candidate, Lack, missing

PAGE_IS_OLD = Lack("docs/library.md", "is not that of the routines as they are", "python -m library --write")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is missing, and return 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m library", description="List what routines still lack.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a routine that ships; all unless given")
    parser.add_argument("--write", action="store_true", help="write dates, scripts and docs/library.md first")
    asked = parser.parse_args(arguments)
    try:
        names = [SHIPPED_LIBRARY.find(name).stem for name in asked.names] or SHIPPED_LIBRARY.shipped
    except AudioguideError as error:
        parser.error(str(error))
    candidates = [Candidate(name) for name in names]
    if asked.write:
        _write(candidates)
    found = {each.name: missing(each, all_phrases=bool(asked.names)) for each in candidates}
    for name, lacks in found.items():
        if lacks:
            _say(name, *(f"  {lack}" for lack in lacks))
    readable = all(each.can_be_read for each in candidates)
    if is_old := readable and not page.is_of_today():
        _say(str(PAGE_IS_OLD))
    lacking = sum(map(bool, found.values()))
    counted = f"{len(found)} routine{'s' * (len(found) != 1)}"
    _say(f"{counted}: {lacking or 'none'} of them lack{'s' * (lacking == 1)} something.")
    return int(bool(lacking) or is_old)


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _write(candidates: Sequence[Candidate]) -> None:
    """Write what follows from the routines by itself, and say what was written."""
    readable = [each for each in candidates if each.can_be_read]
    for name in write_dates(each.name for each in readable):
        _say(f"wrote a date for the feed: {name}")
    spoken = [each.routine for each in readable if not unspoken(each.routine, every=False)]
    for name in write_scripts(each for each in spoken if not script_is_kept(each)):
        _say(f"wrote scripts/{name}.txt")
    if len(readable) == len(candidates) and not page.is_of_today():
        page.PAGE.write_text(page.page(), encoding="utf-8")
        _say("wrote docs/library.md")


if __name__ == "__main__":
    sys.exit(main())
