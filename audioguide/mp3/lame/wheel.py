"""LAME inside of the package `lameenc`, called directly: three to four times as fast as PyAV's.

The class in `lameenc` cannot turn the bit reservoir off. Its extension module holds all of LAME, though. On
Linux and macOS it exports LAME's own functions (those of `lame.h`); on Windows it exports only what
Python needs. So each function is looked up before any is used, and `choice.py` falls back to PyAV.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.audio.clip import Wave
from audioguide.errors import OutputError
from audioguide.mp3.frames import QUALITY
from audioguide.units import SAMPLE_RATE

PACKAGE = "lameenc"
_MONO = 3  # MPEG_mode of lame.h
# What lame.h recommends for the output (1.25 times the samples and 7,200 bytes), enough for any bit rate.
_ROOM = 7_200

_HANDLE, _INT, _BYTES = ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_ubyte)
_FLOATS = ctypes.POINTER(ctypes.c_float)
_SETTINGS = {
    "in_samplerate": SAMPLE_RATE, "out_samplerate": SAMPLE_RATE, "num_channels": 1, "mode": _MONO,
    "disable_reservoir": 1, "bWriteVbrTag": 0, "original": 1,
}  # fmt: skip
# Name -> result, arguments. Without these, ctypes would pass a pointer as an int of 32 bits.
_FUNCTIONS: dict[str, tuple[Any, Sequence[Any]]] = {
    "lame_init": (_HANDLE, ()),
    **{f"lame_set_{name}": (_INT, (_HANDLE, _INT)) for name in (*_SETTINGS, "brate", "quality")},
    "lame_init_params": (_INT, (_HANDLE,)),
    "lame_encode_buffer_ieee_float": (_INT, (_HANDLE, _FLOATS, _FLOATS, _INT, _BYTES, _INT)),
    "lame_encode_flush": (_INT, (_HANDLE, _BYTES, _INT)),
    "lame_close": (_INT, (_HANDLE,)),
    "get_lame_version": (ctypes.c_char_p, ()),
}


class LameError(OutputError):
    """LAME cannot be had from `lameenc`, or it failed."""


class WheelEncoder:
    """An encoder that calls LAME's functions in the extension module of `lameenc`."""

    def __init__(self, path: Path | None = None) -> None:
        """Load the library at `path`, that of `lameenc` unless given. Raises LameError with the reason."""
        found = path or _installed()
        try:
            self._lame = ctypes.CDLL(str(found))
        except OSError as error:
            raise LameError(f"{PACKAGE} cannot be loaded ({error})") from error
        for function, (result, arguments) in _FUNCTIONS.items():
            try:
                known = getattr(self._lame, function)
            except AttributeError:
                raise LameError(f"{PACKAGE} does not export {function} on this system") from None
            known.restype, known.argtypes = result, tuple(arguments)
        version = self._lame.get_lame_version().decode("ascii", "replace")
        self.name = f"LAME {version} of {PACKAGE} {_version()}"

    def frames(self, sound: Wave, bitrate: int) -> bytes:
        """Encode `sound` as `Encoder` says. Raises LameError."""
        handle = self._lame.lame_init()
        if not handle:
            raise LameError("LAME has no memory left")
        try:
            asked = {**_SETTINGS, "brate": bitrate // 1000, "quality": QUALITY}
            for setting, value in asked.items():
                self._done(getattr(self._lame, f"lame_set_{setting}")(handle, value), setting)
            self._done(self._lame.lame_init_params(handle), "lame_init_params")
            return self._encoded(handle, np.ascontiguousarray(sound, dtype=np.float32))
        finally:
            self._lame.lame_close(handle)

    def _encoded(self, handle: int, sound: Wave) -> bytes:
        room = len(sound) * 5 // 4 + _ROOM
        out = np.empty(room + _ROOM, dtype=np.uint8)
        samples = sound.ctypes.data_as(_FLOATS)
        made = self._done(
            self._lame.lame_encode_buffer_ieee_float(
                handle, samples, samples, len(sound), out.ctypes.data_as(_BYTES), room
            ),
            "lame_encode_buffer_ieee_float",
        )
        rest = self._done(
            self._lame.lame_encode_flush(handle, out[made:].ctypes.data_as(_BYTES), len(out) - made),
            "lame_encode_flush",
        )
        return out[: made + rest].tobytes()

    @staticmethod
    def _done(answer: int, what: str) -> int:
        if answer < 0:
            raise LameError(f"LAME failed ({what}: {answer})")
        return answer


def _installed() -> Path:
    # Found, not imported: Python needs nothing of it.
    try:
        spec = find_spec(PACKAGE)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.origin:
        known = sys.platform == "win32"  # nobody gains by installing it there
        raise LameError(f"{PACKAGE} is not installed", hint="" if known else f"pip install {PACKAGE}")
    return Path(spec.origin)


def _version() -> str:
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return "of unknown version"
