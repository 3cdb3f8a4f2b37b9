"""`audioguide cache`: what is kept to make the next render quick, and how to let go of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.help import Command, Subcommands
from audioguide.cli.options import Json

if TYPE_CHECKING:
    from pathlib import Path

    from audioguide.storage.eviction import Usage

app = typer.Typer(
    cls=Subcommands, no_args_is_help=True, rich_markup_mode=None, help="Inspect or clear the cache."
)


@app.command(cls=Command)
def info(as_json: Json = False) -> None:
    """Show where the cache is stored, its size and its limit."""
    from audioguide.errors import OutputError
    from audioguide.storage import eviction
    from audioguide.storage.cache import FOLDER_VARIABLE, LIMIT_VARIABLE, user_cache
    from audioguide.storage.places import NOWHERE

    cache = user_cache()
    if cache.folder == NOWHERE:
        raise OutputError(f"there is no home folder for a cache: set {FOLDER_VARIABLE} to a folder")
    kept = eviction.amount(cache.folder)
    if as_json:
        document = {
            "folder": str(cache.folder), "entries": kept.files, "size_bytes": kept.size,
            "limit_bytes": cache.limit,
        }  # fmt: skip
        print_json("cache info", document)
        return
    typer.echo(f"folder   {cache.folder}")
    typer.echo(f"entries  {kept.files}")
    typer.echo(f"size     {_shown(kept.size)}")
    typer.echo(f"limit    {_shown(cache.limit)} ({LIMIT_VARIABLE} changes it)")


@app.command(cls=Command)
def clear() -> None:
    """Remove everything that audioguide keeps there; other files stay."""
    from audioguide.storage import eviction
    from audioguide.storage.cache import cache_folder

    folder = cache_folder()
    _print_usage(eviction.clear(folder), f"from {shown_folder(folder)}")


@app.command(cls=Command)
def prune(
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="SIZE", help="how much to keep, such as 500MB")
    ] = None,
) -> None:
    """Remove what was not used for longest, down to the limit."""
    from audioguide.storage import eviction
    from audioguide.storage.cache import cache_folder, cache_limit, parse_size

    folder = cache_folder()
    most = cache_limit() if limit is None else parse_size(limit)
    _print_usage(
        eviction.prune(folder, most),
        f"from {shown_folder(folder)}, {_shown(eviction.amount(folder).size)} are left",
    )


def _print_usage(gone: "Usage", where: str) -> None:
    files = "1 file" if gone.files == 1 else f"{gone.files} files"
    typer.echo(f"removed {files} ({_shown(gone.size)}) {where}")


def shown_folder(folder: "Path") -> str:
    """Return the path of the cache, or say that there is none."""
    from audioguide.storage.places import NOWHERE

    return "none: there is no home folder for a cache" if folder == NOWHERE else str(folder)


def _shown(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
