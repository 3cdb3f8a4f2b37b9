"""`audioguide check`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


def command(
    files: options.Names = None,
    strict: options.Strict = False,
    watching: Annotated[
        bool, typer.Option("--watch", help="check again whenever a file changes, until Ctrl-C")
    ] = False,
    explain: options.Explain = "",
    as_json: options.Json = False,
) -> None:
    """Check routine files: mistakes, and anything unsafe.

    Also warns about anything that needs open eyes. Shows the line of each finding.
    """
    if explain:
        from audioguide.cli.commands.explain import explain as explain_code

        explain_code(explain)
        return
    from audioguide.cli.commands.check import check_files, watch

    if watching:
        watch(files, as_json=as_json)
    check_files(files, strict=strict, as_json=as_json)
