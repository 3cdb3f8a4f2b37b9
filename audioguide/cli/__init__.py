"""The command line."""

import gc

__all__ = ["main"]

# Objects that are made before garbage is looked for: more than any command loads.
PATIENCE = 100_000


def main() -> None:
    """Run the command line. `--debug` may stand anywhere."""
    # What is loaded stays: to look through it for garbage, again and again, costs `show` a twentieth.
    gc.set_threshold(PATIENCE, *gc.get_threshold()[1:])
    from audioguide.cli.app import main as run

    run()
