"""The command line."""

import atexit
import gc
import os
import sys
from contextlib import suppress

from audioguide.cli.signals import INTERRUPTED_TEXT, end_tidily, exit_code

__all__ = ["main"]

# Objects that are made before garbage is looked for: more than any command loads.
PATIENCE = 100_000


def main() -> None:
    """Run the command line; an end that is asked for while it loads is met like any other."""
    end_tidily()
    # NumPy's threads wait for each other in loops: with them, `verify` takes more than twice the time of a
    # core, and gains nothing. NumPy reads this when it is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What is loaded stays: to look through it for garbage, again and again, costs `show` a twentieth,
    # and once more at the end 90 ms.
    gc.set_threshold(PATIENCE, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
    try:
        _run()
    except KeyboardInterrupt:
        with suppress(OSError, AttributeError):  # it may be closed, or lead nowhere
            sys.stderr.write(f"audioguide: {INTERRUPTED_TEXT}\n")
        sys.exit(exit_code())


def _run() -> None:
    from audioguide.cli.missing import MISSING, missing, while_importing
    from audioguide.cli.streams import shown

    with shown():
        try:
            from audioguide.cli.app import main as run

            run()
        except Exception as error:
            if not while_importing(error) or "--debug" in sys.argv:
                raise
            sys.stderr.write(f"audioguide: {missing(error)}\n")
            sys.exit(MISSING)
