"""`audioguide prompt`: a page for a chat program that is to write a routine."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    skill: Annotated[
        bool, typer.Option("--skill", help="add the header of a SKILL.md file, for agents")
    ] = False,
) -> None:
    """Print a page that lets a chat program write a routine.

    Then check what it wrote: `audioguide check --json FILE` says what to correct, and the program can read
    that.
    """
    from audioguide.draft import prompt as page

    typer.echo(page.skill() if skill else page.prompt(), nl=False)
