"""The parts that are installed: Python, libraries, the encoder."""

from __future__ import annotations

import platform
import re
import sys
import warnings
from collections.abc import Iterator
from importlib import import_module, metadata
from importlib.util import find_spec

from audioguide.doctor.finding import PACKAGES, Diagnosis

OLDEST_PYTHON = (3, 11)
# Not imported: the first fails where there is no home folder, the other is a part of its neighbour.
_ONLY_FOUND = {"ziafont": "ziafont", "ruamel_yaml_clib": "_ruamel_yaml"}
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*>=\s*([0-9.]+)\s*(?:;\s*python_version >= '3\.(\d+)')?")


def python() -> Iterator[Diagnosis]:
    """Tell the versions of audioguide, Python and the system."""
    version = metadata.version("audioguide")
    found = f"audioguide {version}, Python {platform.python_version()}, {platform.platform()}"
    if sys.version_info >= OLDEST_PYTHON:
        yield Diagnosis("python", "fine", found)
    else:
        yield Diagnosis("python", "fault", found, "audioguide needs Python 3.11 or newer")


def libraries() -> Iterator[Diagnosis]:
    """Compare each library that audioguide needs with the oldest version that will do."""
    wanted = [
        match
        for line in metadata.requires("audioguide") or ()
        if "extra ==" not in line and (match := _REQUIREMENT.match(line.replace('"', "'")))
        if not match[3] or sys.version_info >= (3, int(match[3]))
    ]
    wrong = 0
    for match in wanted:
        name, oldest = match[1], match[2]
        try:
            have = metadata.version(name)
        except metadata.PackageNotFoundError:
            have = ""
        if not have or numbers(have) < numbers(oldest):
            wrong += 1
            found = f"{name} {have or 'is missing'}; {oldest} or newer is needed"
            yield Diagnosis("libraries", "fault", found, f"pip install '{name}>={oldest}'")
        elif reason := _broken(name):
            wrong += 1
            found = f"{name} {have} is installed, but cannot be loaded ({reason})"
            yield Diagnosis("libraries", "fault", found, f"pip install --force-reinstall {name}")
    if not wrong:
        yield Diagnosis("libraries", "fine", f"all {len(wanted)} are there")


def _broken(package: str) -> str:
    """Say why what `package` brings cannot be imported, or return ""."""
    name = _plain(package)
    module = {_plain(brought): module for module, brought in PACKAGES.items()}.get(name, name)
    try:
        if module not in _ONLY_FOUND:
            with warnings.catch_warnings():  # pydub looks for a program that is not needed here
                warnings.simplefilter("ignore")
                import_module("ruamel.yaml" if module == "ruamel" else module)
        elif not find_spec(_ONLY_FOUND[module]):
            return "the file is missing"
    except Exception as error:  # noqa: BLE001 - whatever a library fails by
        return next(iter(str(error).splitlines()), "") or type(error).__name__
    return ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def encoder() -> Iterator[Diagnosis]:
    """Encode a moment of silence, and say which encoder did. Raises OutputError."""
    import numpy as np

    from audioguide.mp3.encode import encode, encoder_name
    from audioguide.mp3.frames import BITRATE
    from audioguide.mp3.lame.choice import chosen

    encode(np.zeros(4800, dtype=np.int16), BITRATE)
    choice = chosen()
    why = f" (three times slower than another one: {choice.passed_over})" if choice.passed_over else ""
    yield Diagnosis("encoder", "note" if choice.hint else "fine", f"{encoder_name()}{why}", choice.hint)


def numbers(version: str) -> tuple[int, ...]:
    """Return the first three numbers of `version`, to compare it with another."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
