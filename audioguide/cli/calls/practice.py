"""`audioguide practice`: what was done, by week, and as a table."""

from dataclasses import asdict
from typing import Annotated

import typer

from audioguide.cli import options
from audioguide.cli.envelope import print_json


def command(
    as_table: Annotated[bool, typer.Option("--csv", help="print as CSV, for a spreadsheet")] = False,
    as_json: options.Json = False,
) -> None:
    """Show what you have done, week by week.

    Also shows which exercises you like. Both are recorded on the page of `serve`.
    """
    from audioguide.listener.config import config_folder
    from audioguide.listener.diary import Diary
    from audioguide.listener.practice import as_csv, weeks

    diary = Diary(config_folder())
    done, tastes = diary.done(), diary.tastes()
    if as_table:
        typer.echo(as_csv(done).replace("\r\n", "\n"), nl=False)  # as terminals and pipes have lines
        return
    if as_json:
        listed = [{**asdict(each), "moment": each.moment.isoformat()} for each in done]
        print_json("practice", {"done": listed, "tastes": tastes})
        return
    for week in weeks(done):
        typer.echo(week.title)
        for each in week.done:
            typer.echo(f"  {each.moment:%Y-%m-%d %H:%M}  {each.title} ({each.name}), {each.minutes} min")
    for taste, said in (("like", "you like"), ("dislike", "not for you")):
        if names := sorted(name for name, chosen in tastes.items() if chosen == taste):
            typer.echo(f"{said}: {', '.join(names)}")
    if not done and not tastes:
        typer.echo("nothing yet: press Done on the page that `audioguide serve` opens")
