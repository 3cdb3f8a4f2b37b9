"""`audioguide batch`: its arguments and options."""

from pathlib import Path
from typing import Annotated

import typer

from audioguide.cli import options

Clients = Annotated[
    Path, typer.Argument(metavar="CLIENTS", show_default=False, help="a .csv, .jsonl, .yaml or .xlsx file")
]
Out = Annotated[
    str, typer.Option("-o", "--out", metavar="DIR|URL", help="a folder or a URL such as s3://bucket/monday")
]
UsualRoutine = Annotated[
    str,
    typer.Option(
        "--routine", metavar="NAME", show_default=False, help="routine for rows that do not name one"
    ),
]
Check = Annotated[bool, typer.Option("--check", help="check all rows, and make nothing")]
New = Annotated[
    str,
    typer.Option(
        "--new", metavar="ROUTINE", show_default=False, help="write CLIENTS as a template for this routine"
    ),
]
Dry = Annotated[bool, typer.Option("--dry", help="show which files would be made, their length and size")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going/--no-keep-going", help="skip rows with mistakes, and make the others")
]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="make only the rows that failed last time")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, max=256, help="processes; default: one per core"),
]
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster", metavar="URL", show_default=False, help="a Dask scheduler: tls://HOST:PORT or tcp://…"
    ),
]
InsecureCluster = Annotated[
    bool, typer.Option("--insecure-cluster", help="allow a scheduler on another machine without TLS")
]
PlanSessions = Annotated[
    int | None,
    typer.Option("--plan", metavar="SESSIONS", help="for each row, make a plan of this many sessions"),
]
Packs = Annotated[bool, typer.Option("--zip", help="also write CLIENT.zip for each client")]
Feed = Annotated[
    str,
    typer.Option(
        "--feed", metavar="URL", show_default=False, help="also write a private feed for each client"
    ),
]
Beside = Annotated[
    str, typer.Option("--with-files", metavar="all|none|NAME,...", help="files to write next to each sound")
]
Page = Annotated[
    bool, typer.Option("--page", help="also make one HTML file with the sound in it, to pass on")
]
Bitrate = Annotated[int | None, typer.Option("--bitrate", metavar="KBIT", help="kbit/s")]


@options.choosing(without=frozenset({"overlay"}))
def command(
    choices: options.Choices,
    clients: Clients,
    out: Out = "out",
    routine: UsualRoutine = "",
    check: Check = False,
    new: New = "",
    dry: Dry = False,
    keep_going: KeepGoing = True,
    retry_failed: RetryFailed = False,
    workers: Workers = None,
    cluster: Cluster = "",
    insecure_cluster: InsecureCluster = False,
    plan: PlanSessions = None,
    weeks: options.Weeks = None,
    packs: Packs = False,
    feed: Feed = "",
    page: Page = False,
    sound_format: options.SoundFormat = "mp3",
    with_files: Beside = "sheet",
    bitrate: Bitrate = None,
    as_json: options.Json = False,
) -> None:
    """Make the files of many clients, from a table.

    Each row is one client, with a folder of its own. Options apply to every row; the cells of a row win over
    them. A second run makes only what is missing or changed.
    """
    from audioguide.cli.commands.batch import BatchCall, write_template
    from audioguide.cli.commands.batch import batch as run_batch

    if new:
        write_template(clients, new)
        return
    call = BatchCall(
        clients=clients, out=out, below=choices.options, routine=routine, check=check, dry=dry,
        keep_going=keep_going, retry_failed=retry_failed, workers=workers, cluster=cluster,
        insecure_cluster=insecure_cluster, sessions=plan, weeks=weeks, packs=packs, feed=feed, page=page,
        sound_format=sound_format, with_files=with_files, bitrate=bitrate, as_json=as_json,
    )  # fmt: skip
    run_batch(call)
