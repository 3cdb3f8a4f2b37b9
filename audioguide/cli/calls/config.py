"""`audioguide config`: its arguments and options."""

from typing import Annotated

import typer


def command(
    create: Annotated[bool, typer.Option("--create", help="create a commented file to start from")] = False,
) -> None:
    """Show your personal defaults and where they are stored."""
    from audioguide.cli.commands.new_config import config as show_config

    show_config(create=create)
