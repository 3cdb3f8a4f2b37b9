"""A call of the command line, from its words to its exit code."""

import os
import sys
from collections.abc import Collection

import typer

from audioguide.cli import logs
from audioguide.cli.failures import DEBUG, called_rightly
from audioguide.cli.program import COMPLETES, program
from audioguide.cli.signals import INTERRUPTED, exit_code


def main() -> None:
    """Run the command line. `--debug`, `-v` and `--log FILE` may stand anywhere."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    if len(arguments) < len(sys.argv) - 1:
        os.environ[DEBUG] = "1"
    arguments, asked = logs.taken(arguments)
    logs.begin(asked)
    if "--with-files" in arguments:  # its value may be left out, which typer does not know
        from audioguide.cli.commands.export import spelled_out

        arguments = spelled_out(arguments)
    # Looking for plug-ins through all that is installed would cost every command 50 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("PATH", os.defpath)  # pydub cannot be imported without one; some services have none
    with called_rightly():
        code = called(arguments)(arguments, prog_name="audioguide", standalone_mode=False)
        sys.exit(exit_code() if code == INTERRUPTED else code)


def called(arguments: Collection[str]) -> typer.Typer:
    """Return the program with what `arguments` need: all of it where a shell completes a line."""
    if COMPLETES not in os.environ:
        return program(arguments)
    from audioguide.cli.completing import rejoin

    rejoin(os.environ)
    return program()
