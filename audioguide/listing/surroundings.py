"""What shapes the length of a routine beside its files: this program, its voices, the listener's defaults."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from audioguide.listener.config import config_file
from audioguide.speech.pack.catalogue import pack_folder
from audioguide.speech.voices.folder import voices_folder
from audioguide.storage.cache import key_of
from audioguide.untrusted.files import NotRegular, open_regular

_PACKAGE = Path(__file__).resolve().parents[1]
_ENGINES = "onnxruntime"  # with it, natural voices speak what the voice pack lacks


def surroundings() -> str:
    """Return a hash of everything outside of the routines that a list depends on.

    It changes with any change, so that an old list is never shown; reading it opens one small file.
    """
    variables = sorted(item for item in os.environ.items() if item[0].startswith("AUDIOGUIDE_"))
    place = str(config_file())
    return key_of(
        sys.version_info, variables, place, _defaults(), *_stamps(_PACKAGE, {".py", ".toml"}), *_voices()
    )


def _defaults() -> str:
    try:
        with open_regular(config_file()) as file:
            return file.read().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except (NotRegular, OSError) as error:
        return str(error)  # reading the defaults says so


def _voices() -> Iterator[object]:
    yield any(Path(folder, _ENGINES).is_dir() for folder in sys.path if folder)
    for folder in filter(None, (pack_folder(), voices_folder())):
        yield from _stamps(folder, {".json"}, deepest=2)


def _stamps(folder: Path, suffixes: set[str], deepest: int = 9) -> Iterator[object]:
    """Yield path, size and time of each file with one of `suffixes`, in an order that stays the same."""
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir():
            if deepest and entry.name != "__pycache__":
                yield from _stamps(Path(entry.path), suffixes, deepest - 1)
        elif os.path.splitext(entry.name)[1] in suffixes:
            stat = entry.stat()
            yield (entry.path, stat.st_size, stat.st_mtime_ns)
