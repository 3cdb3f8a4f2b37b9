"""`audioguide compile`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


@options.choosing(without=options.MIXED)
def command(
    choices: options.Choices,
    names: options.Names = None,
    estimate: options.Estimate = False,
    every: Annotated[bool, typer.Option("--all", help="every included routine")] = False,
    out: options.OutFolder = "scripts",
) -> None:
    """Write timed scripts without making sound.

    NAME.script.json is for machines, NAME.txt for people.
    """
    from audioguide.cli.commands.render import compile_all

    compile_all(names, choices, out, estimate=estimate, every=every)
