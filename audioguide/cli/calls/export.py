"""`audioguide export`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options


@options.choosing()
def command(
    choices: options.Choices,
    names: options.Names = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="all|NAME,...",
            help="all (the default), vtt, srt, lrc, labels, chapters, m3u8, sheet, picture, txt, json",
        ),
    ] = None,
    page: options.AsPage = False,
    bitrate: options.PageBitrate = None,
    estimate: options.Estimate = False,
    out: options.OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Write captions, lyrics, chapters or a page to print."""
    from audioguide.cli.commands import page as pages

    pages.export(names, choices, out, formats, page=page, kbit=bitrate, estimate=estimate, as_json=as_json)
