"""The library espeak-ng and its data, where they are installed."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

from audioguide.speech.process.jobs import JobError

try:
    import espeakng_loader
except ImportError:  # the system's library may do
    espeakng_loader = None

LIBRARY_VARIABLE = "AUDIOGUIDE_ESPEAK_LIBRARY"
DATA_VARIABLE = "ESPEAK_DATA_PATH"
DATA_NAME = "espeak-ng-data"
LONGEST_DATA_PATH = 150  # with 160 bytes or more, espeak-ng 1.52 ends the process by exit(1)
SYSTEM_LIBRARIES = (
    "libespeak-ng.so.1",
    "/opt/homebrew/lib/libespeak-ng.1.dylib",
    "/usr/local/lib/libespeak-ng.1.dylib",
    r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
)
NO_LIBRARY = "the voice needs the library espeak-ng, which was not found"
WAYS = "one of these fixes it:"
INSTALL = f"""{WAYS}
  pip install espeakng-loader
  apt install libespeak-ng1   (on a Mac: brew install espeak-ng)
  export {LIBRARY_VARIABLE}=/path/to/libespeak-ng.so.1"""


def about_library(library: ctypes.CDLL) -> dict[str, str]:
    """Return the version of espeak-ng, once it has started, and the paths of its library and data."""
    data = ctypes.c_char_p()
    library.espeak_Info.restype = ctypes.c_char_p
    version = library.espeak_Info(ctypes.byref(data)).decode()
    name: str = library._name  # noqa: SLF001 - ctypes has no other name for it
    return {"version": version, "library": name, "data": os.fsdecode(data.value or b"")}


def read_voices(library: ctypes.CDLL) -> None:
    """Have espeak-ng read which voices there are, and start nothing else of it.

    It reads the 150 files of its voices before it takes one; copies of this process need not do that again.
    """
    if hasattr(library, "espeak_ng_InitializePath"):
        data = os.environ.get(DATA_VARIABLE)
        library.espeak_ng_InitializePath(ctypes.c_char_p(os.fsencode(data) if data else None))
        library.espeak_ListVoices.restype = ctypes.c_void_p
        library.espeak_ListVoices(ctypes.c_void_p())


def load_library(folder: Path) -> ctypes.CDLL:
    """Load espeak-ng and show it its data; own variable first, then espeakng-loader, then the system.

    A link to the data is made in `folder` where their path is too long for espeak-ng.
    Raises JobError of the kind "start", which says what to install.
    """
    tried = []
    for name, data in _libraries():
        try:
            library = ctypes.CDLL(name)
        except OSError as error:
            tried.append(str(error))
            continue
        if chosen := os.environ.get(DATA_VARIABLE) or data:
            os.environ[DATA_VARIABLE] = _short(_data_folder(Path(os.path.expanduser(chosen))), folder)
        return library
    raise JobError("start", NO_LIBRARY, "\n  - ".join([INSTALL, *tried]))


def _libraries() -> Iterator[tuple[str, str | None]]:
    chosen = os.path.expanduser(os.environ.get(LIBRARY_VARIABLE, ""))  # no shell does it in a service
    if chosen:  # nothing else: who names a library wants that one
        beside = Path(chosen).parent / DATA_NAME
        yield chosen, str(beside) if beside.is_dir() else None
        return
    if espeakng_loader is not None:
        yield espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    for name in SYSTEM_LIBRARIES:
        yield name, None


def _data_folder(data: Path) -> Path:
    # Without its file phontab espeak-ng ends the process, with nothing to catch.
    for folder in (data / DATA_NAME, data):
        if (folder / "phontab").is_file():
            return folder
    raise JobError("start", f"{data} has no espeak-ng data (the file phontab is missing)")


def _short(data: Path, folder: Path) -> str:
    if len(os.fsencode(data)) <= LONGEST_DATA_PATH:
        return str(data)
    link = folder / "data"
    link.symlink_to(data.absolute(), target_is_directory=True)
    if len(os.fsencode(link)) > LONGEST_DATA_PATH:
        raise JobError("start", f"the path {data} is too long for espeak-ng; so is the temporary folder's")
    return str(link)
