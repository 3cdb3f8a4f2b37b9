"""audioguide: routines compiled into guided MP3s that are followed with closed eyes."""

from __future__ import annotations

__version__ = "0.1.0"
