"""What a render replaces: an earlier file of the same name that was made with other options."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from audioguide.errors import AudioguideError
from audioguide.script.script import Script
from audioguide.script.script_file import SUFFIX, read_bytes


def replaced(paths: Sequence[Path], script: Script) -> str:
    """Say what `script` replaces at `paths`, the sound first; "" for nothing, or the same version."""
    timed = next((path for path in paths if path.name.endswith(SUFFIX)), None)
    if timed is None or not paths[0].exists():
        return ""
    before = _asked(timed)
    if before is None or before == dict(script.asked):
        return ""
    was, now = (_differing(one, other) for one, other in ((before, script.asked), (script.asked, before)))
    return f"replaces {paths[0]} made with {was}, now with {now}; --name NAME keeps both"


def _asked(path: Path) -> Mapping[str, str] | None:
    try:
        document = json.loads(read_bytes(path))
    except (AudioguideError, ValueError, RecursionError):
        return None
    asked = document.get("asked", {}) if isinstance(document, dict) else None
    return asked if isinstance(asked, dict) else None


def _differing(options: Mapping[str, str], others: Mapping[str, str]) -> str:
    differing = [f"{name} {value}" for name, value in options.items() if others.get(name) != value]
    return ", ".join(differing) or "the defaults"
