"""What the pages say about an error: no options of the command line, and files by name only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from audioguide.errors import AudioguideError, Fault, RoutineError
from audioguide.listener.config import config_folder
from audioguide.routine.library import SHIPPED, Library
from audioguide.storage.cache import cache_folder


def said(error: AudioguideError, library: Library) -> str:
    """Return `error` in words for the page: one line for each fault, with the file's name and the line."""
    faults = error.faults if isinstance(error, RoutineError) else ()
    if not faults:
        return without_folders(error.message, library)
    return "\n".join(_line(fault, library) for fault in faults)


def without_folders(text: str, library: Library) -> str:
    """Return `text` with files by their names, and without the folders that they are in."""
    for folder in sorted({str(each) for each in _folders(library)}, key=len, reverse=True):
        text = text.replace(f"{folder}/", "").replace(f"{folder}\\", "").replace(folder, Path(folder).name)
    return text


def _line(fault: Fault, library: Library) -> str:
    advice = f" ({without_folders(fault.allowed, library)})" if fault.allowed else ""
    return f"{Path(fault.file).name}, line {fault.line}: {without_folders(fault.found, library)}{advice}"


def _folders(library: Library) -> Iterator[Path]:
    for folder in (SHIPPED, *library.own, config_folder(), cache_folder()):
        with suppress(OSError, RuntimeError):
            # A folder such as "." or "/" is a part of many words.
            yield from (each for each in (folder.absolute(), folder.resolve()) if len(each.parts) > 1)
