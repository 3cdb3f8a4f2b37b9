"""Where the listener's own defaults lie."""

from __future__ import annotations

from pathlib import Path

from audioguide.storage.places import user_folder

CONFIG = "config.yaml"
CONFIG_VARIABLE = "AUDIOGUIDE_CONFIG_DIR"


def config_folder() -> Path:
    """Return the user's folder of settings; AUDIOGUIDE_CONFIG_DIR overrides it. Raises UsageError."""
    return user_folder(CONFIG_VARIABLE, "config")


def config_file() -> Path:
    """Return the file of the listener's defaults, which need not exist. Raises UsageError."""
    return config_folder() / CONFIG
