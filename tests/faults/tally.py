"""How many were tried, for the table of `docs/reliability.md`: counted where a test ends well."""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "AUDIOGUIDE_TALLY"


def tally(what: str, tried: int, **measured: float) -> None:
    """Note that `tried` of `what` were tried and none was lost, in the file that the variable names."""
    if path := os.environ.get(VARIABLE):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, "tried": tried, **measured}) + "\n")
