"""`audioguide plan`: its options."""

from typing import Annotated

import typer

from audioguide.cli import options

Grow = Annotated[
    str | None, typer.Option("--grow", metavar="NAME,...", help="settings that grow; default: hold and reps")
]
Sessions = Annotated[
    int | None, typer.Option("--sessions", metavar="N", help="number of sessions; default: 12")
]
Calendar = Annotated[
    str | None,
    typer.Option(
        "--calendar",
        metavar="START",
        help='also write reminders for a calendar, starting at START: "2026-12-01 07:30"',
    ),
]
Out = Annotated[
    str | None, typer.Option("-o", "--out", metavar="DIR", help="where to write; default: out/NAME-plan")
]


@options.choosing()
def command(
    choices: options.Choices,
    name: options.Name = None,
    sessions: Sessions = None,
    weeks: options.Weeks = None,
    grow: Grow = None,
    calendar: Calendar = None,
    sound_format: options.SoundFormat = "mp3",
    with_files: options.WithFiles = None,
    out: Out = None,
    as_json: options.Json = False,
) -> None:
    """Make a plan of several weeks, with growing holds.

    Holds and reps grow within their bounds.

    In place of a routine, name the folder that `compose --sessions` wrote: each of its sessions is rendered.
    """
    from audioguide.cli.commands.export import output_of
    from audioguide.cli.commands.plan import PlanCall
    from audioguide.cli.commands.plan import plan as render_plan

    growing = tuple(each.strip() for each in (grow or "").split(",") if each.strip())
    shape = PlanCall(sessions=sessions, weeks=weeks, grow=growing, calendar=calendar)
    render_plan(name, choices, out, shape, output_of(sound_format, with_files), as_json=as_json)
