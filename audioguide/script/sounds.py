"""From the name of a sound to its file. Light: `check` and `show` need it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from audioguide.errors import RoutineError
from audioguide.script.names import is_path
from audioguide.script.shipped import shipped

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".aiff", ".aif", ".m4a", ".mp4", ".aac", ".opus")


def find(sound: str, base: Path) -> Path:
    """Return the file of `sound`: a shipped name, or the path of a user's own file.

    A path is relative to the folder `base` or absolute; `~` is the home folder.
    Raises RoutineError for a name that is not shipped and a path that leads to no sound file.
    """
    names = shipped()
    if sound in names:
        return names[sound]
    path = path_of(sound, base)
    kind = kind_of(path)
    if sound.strip() and kind == "folder":
        raise RoutineError(f"'{sound}' is a folder, but a sound has to be a file ({', '.join(SUFFIXES)})")
    if not is_path(sound):
        found = f"no sound is called '{sound}'{_nearest(sound, names)}; shipped sounds: {', '.join(names)}"
        raise RoutineError(f"{found} (for your own file, write its path, such as my/gong.wav)")
    if path.suffix.lower() not in SUFFIXES:
        raise RoutineError(f"'{sound}' {cannot_be_read(path)}")
    if kind == "device":
        raise RoutineError(
            f"'{sound}' is a pipe or a device, but a sound has to be a file ({', '.join(SUFFIXES)})"
        )
    if kind != "file":
        near = _nearest(path.stem, names)
        raise RoutineError(f"there is no sound file '{sound}' in {base.absolute()}{near}")
    return path


def cannot_be_read(path: Path) -> str:
    """Say what to do with a sound file of a kind that is not read, such as WMA."""
    from shlex import quote

    said = f"is not a supported kind of file: use {', '.join(SUFFIXES)}"
    if not path.suffix:
        return said
    names = quote(path.name), quote(f"{path.stem}.wav")
    return (
        f"{said} (save it as WAV in an audio editor such as Audacity, or run `ffmpeg -i {' '.join(names)}`)"
    )


def path_of(sound: str, base: Path) -> Path:
    """Return the path of a user's own `sound`; `~` is the home folder, and others start at `base`."""
    try:
        return base / Path(sound).expanduser()
    except RuntimeError:  # "~name" of nobody
        return base / sound


def kind_of(path: Path) -> str:
    """Return "file", "folder", "device" (also a pipe), or "nothing"."""
    try:
        if path.is_file():
            return "file"
        return "folder" if path.is_dir() else "device" if path.exists() else "nothing"
    except (OSError, ValueError):  # a name that is too long, or holds a null byte
        return "nothing"


def _nearest(sound: str, names: dict[str, Path]) -> str:
    close = get_close_matches(sound.lower(), names, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
