"""The command line."""

from audioguide.cli.app import main

__all__ = ["main"]
