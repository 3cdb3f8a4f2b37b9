"""`audioguide new`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="such as my-stretch")],
    out: options.OutFolder = ".",
) -> None:
    """Create a commented starter routine, ready to render."""
    from audioguide.cli.commands.new_config import new as write_new

    write_new(name, out)
