"""What kind of machine, and which versions; nothing that names the one at hand."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("av", "lameenc", "pydub", "pyttsx3", "espeakng-loader", "imageio-ffmpeg", "numpy", "typer")


def machine() -> str:
    """Return cores, system, Python and libraries in one sentence."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return (
        f"{cores} cores, {platform.system()} on {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}; {found}"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"
