"""Folders of the user: from a variable, else below the home folder, else nowhere."""

from __future__ import annotations

import os
from pathlib import Path

from audioguide.errors import UsageError

# What stands for the user's folders where there is no home: nothing can be read or written there.
NOWHERE = Path(os.devnull, "no-home-folder")


def expanded(text: str, what: str) -> Path:
    """Return the path `text` with the home folder for `~`; `what` names it in an error.

    A shell does this only at the start of a word: not in `--out=~/x`, nor in the file of a service.
    Raises UsageError where there is no such home folder.
    """
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:  # "~nobody", or a user who is not known to the system
        raise UsageError(f"{what}: the home folder in '{text}' is unknown; write the full path") from error
    if "\0" in text:
        raise UsageError(f"{what}: a path cannot have the character NUL in it")
    return path


def chosen_folder(variable: str) -> Path | None:
    """Return the folder that the environment variable names, or None. Raises UsageError."""
    chosen = os.environ.get(variable, "")
    return expanded(chosen, variable) if chosen.strip() else None


def user_folder(variable: str, kind: str) -> Path:
    """Return the user's folder of the `kind` "cache", "config" or "data"; `variable` overrides it.

    It is `NOWHERE` where the variable is not set and there is no home folder, as for a user id that the
    system does not know. Raises UsageError as `expanded` does.
    """
    if chosen := chosen_folder(variable):
        return chosen
    import platformdirs  # here, so that commands without it do not pay for it

    find = getattr(platformdirs, f"user_{kind}_dir")
    try:
        folder = Path(find("audioguide", appauthor=False)).expanduser()
    except RuntimeError:
        return NOWHERE
    return folder if folder.is_absolute() else NOWHERE


def unwritable(folder: Path) -> str:
    """Say why no file can be made in `folder`, or below the first part of it that exists; "" where it can."""
    if folder == NOWHERE:
        return "there is no home folder"
    there = next((each for each in (folder, *folder.absolute().parents) if os.path.lexists(each)), Path("/"))
    if not os.path.isdir(there):
        return f"{there} is not a folder"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} is not writable"
