"""The command line."""

import atexit
import gc
import sys

from audioguide.cli.signals import INTERRUPTED_TEXT, end_tidily, exit_code

__all__ = ["main"]

# Objects that are made before garbage is looked for: more than any command loads.
PATIENCE = 100_000


def main() -> None:
    """Run the command line; an end that is asked for while it loads is met like any other."""
    end_tidily()
    # What is loaded stays: to look through it for garbage, again and again, costs `show` a twentieth,
    # and once more at the end 90 ms.
    gc.set_threshold(PATIENCE, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
    try:
        from audioguide.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write(f"audioguide: {INTERRUPTED_TEXT}\n")
        sys.exit(exit_code())
