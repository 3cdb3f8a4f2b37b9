"""The script that people write first: a voice, and sound appended to sound. Run as a program.

Usage: obvious_script.py ITEMS.json FOLDER. Writes FOLDER/routine.mp3, and as its last line on
standard output how long that took, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from audioguide.speech.process.library import load_library

RATE = 120


def main() -> None:
    """Make the MP3 and tell the seconds; imports and the start of the voice are not in them."""
    listed, folder = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    engine, segment = _engine(folder), _audio_segment()
    began = time.perf_counter()
    _obvious(listed, folder, engine, segment)
    print("\n" + json.dumps({"seconds": time.perf_counter() - began}), flush=True)
    os._exit(0)  # espeak-ng may fail an assertion in an orderly exit


def _obvious(listed: list[list[Any]], folder: Path, engine: Any, segment: Any) -> None:
    engine.setProperty("rate", RATE)
    audio = segment.empty()
    for number, (kind, value) in enumerate(listed):
        if kind == "say":
            path = str(folder / f"{number}.wav")
            engine.save_to_file(value, path)
            engine.runAndWait()
            audio += segment.from_wav(path)
        elif kind == "chime":
            audio += segment.from_wav(value)
        else:
            audio += segment.silent(duration=value * 1000)
    audio.export(folder / "routine.mp3", format="mp3")


def _engine(folder: Path) -> Any:
    # pyttsx3 looks for espeak-ng in places of the system alone: show it the one that pip installs.
    import ctypes

    library = load_library(folder)
    loader: Any = ctypes.cdll
    loader.LoadLibrary = lambda _name: library
    import pyttsx3

    return pyttsx3.init("espeak")


def _audio_segment() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import imageio_ffmpeg
        from pydub import AudioSegment

    AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
    return AudioSegment


if __name__ == "__main__":
    main()
