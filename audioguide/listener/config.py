"""Where the listener's own defaults and routines are."""

from __future__ import annotations

from pathlib import Path

from audioguide.storage.places import NOWHERE, user_folder

CONFIG = "config.yaml"
CONFIG_VARIABLE = "AUDIOGUIDE_CONFIG_DIR"


def config_folder() -> Path:
    """Return the user's folder of settings; AUDIOGUIDE_CONFIG_DIR overrides it. Raises UsageError."""
    return user_folder(CONFIG_VARIABLE, "config")


def config_file() -> Path:
    """Return the file of the listener's defaults, which need not exist. Raises UsageError."""
    return config_folder() / CONFIG


def routines_folder() -> Path | None:
    """Return the folder of the user's own routines that needs no setting up; it need not exist.

    None where there is no home folder. Raises UsageError as `config_folder` does.
    """
    folder = config_folder()
    return None if folder == NOWHERE else folder / "routines"
