"""`audioguide schema`."""

import json
from typing import Annotated

import typer


def command(
    output: Annotated[
        bool, typer.Option("--output", help="instead, the schema of what commands print with --json")
    ] = False,
) -> None:
    """Print the JSON Schema of routines, for your editor."""
    if output:
        from audioguide.cli.output_schema import output_schema as shown
    else:
        from audioguide.routine.language.document import schema as shown
    typer.echo(json.dumps(shown(), indent=2))
