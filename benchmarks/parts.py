"""Where the time of `audioguide show` goes: what it does, one part after the other.

Usage: python -m benchmarks.parts ROUTINE. Prints the script, and one line of JSON: the seconds of each part.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

ROUTINE = "knee-to-chest"
_found: dict[str, Any] = {}


def main() -> None:
    """Do all parts, and return how long each took."""
    from audioguide.cli import PATIENCE

    gc.set_threshold(PATIENCE)  # as the command line does, and so is the next line
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    took = {}
    for name, part in PARTS.items():
        began = time.perf_counter()
        part()
        took[name] = time.perf_counter() - began
    print(json.dumps(took))


def _typer() -> None:
    import typer  # noqa: F401


def _pydantic() -> None:
    # What typer asks of it for the first argument of whatever command.
    from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationInfo  # noqa: F401

    TypeAdapter(str)


def _command_line() -> None:
    from typer.main import get_group

    from audioguide.cli.program import program

    get_group(program(["show"])).commands["show"].make_context("show", sys.argv[1:])


def _ruamel() -> None:
    import ruamel.yaml  # noqa: F401


def _language() -> None:
    from audioguide.routine.language.document import Document

    Document.model_rebuild()


def _read() -> None:
    from audioguide.cli.options import Choices
    from audioguide.cli.prepare import prepare, read_call

    _found["request"] = prepare(sys.argv[1], read_call(Choices()))


def _compile() -> None:
    from audioguide.compiler.estimate import estimated
    from audioguide.pipeline.build import build

    _found["timeline"] = estimated(build(_found["request"]))


def _print() -> None:
    from audioguide.cli.commands.show import timeline_table
    from audioguide.export.metadata import metadata_of

    timeline_table(_found["timeline"], metadata_of(_found["request"].routine.document))


PARTS: dict[str, Callable[[], None]] = {
    "typer": _typer,
    "pydantic, which typer loads for any argument": _pydantic,
    "the commands and the options of `show`": _command_line,
    "ruamel.yaml": _ruamel,
    "the models of the language": _language,
    "the routine, read and checked": _read,
    "compiling it and laying it out": _compile,
    "printing": _print,
}

if __name__ == "__main__":
    main()
