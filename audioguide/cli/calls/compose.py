"""`audioguide compose`: its options."""

from typing import Annotated

import typer

from audioguide.cli import options

For = Annotated[
    str,
    typer.Option(
        "--for", metavar="PART,...", help='parts of the body, such as "neck, shoulders"', show_default=False
    ),
]
Length = Annotated[
    str,
    typer.Option(
        "--length", metavar="TIME", help="exact length, 5m to 90m; for a plan also a range: 10m-15m"
    ),
]
Position = Annotated[
    str,
    typer.Option(
        "--position",
        metavar="WORD,...",
        help="only in these positions, such as chair, lying",
        show_default=False,
    ),
]
Without = Annotated[
    str,
    typer.Option(
        "--without",
        metavar="THING,...",
        help="equipment that you do not have; anything: use none",
        show_default=False,
    ),
]
Avoid = Annotated[
    str,
    typer.Option(
        "--avoid", metavar="WORD,...", help="positions to leave out, such as kneeling", show_default=False
    ),
]
Mind = Annotated[
    str,
    typer.Option(
        "--mind",
        metavar="CONDITION,...",
        help='conditions, such as "high blood pressure"',
        show_default=False,
    ),
]
Level = Annotated[
    str,
    typer.Option(
        "--level", metavar="WORD", help="highest level: gentle, moderate or strong", show_default=False
    ),
]
Aim = Annotated[
    str,
    typer.Option(
        "--aim", metavar="WORD", help="unwind, mobility, strength, desk, sleep or morning", show_default=False
    ),
]
Like = Annotated[
    str,
    typer.Option("--like", metavar="NAME,...", help="exercises that must be included", show_default=False),
]
Variety = Annotated[
    int,
    typer.Option("--variety", metavar="N", help="1: few exercises, long; 5: many, short"),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", help="a different number makes a different session")
]
Sessions = Annotated[
    int | None,
    typer.Option("--sessions", metavar="N", help="make a plan of N sessions, in the new folder -o"),
]
Out = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        metavar="FILE|DIR",
        help="a new .yaml file, or the folder of a plan; - for standard output",
    ),
]


Sentence = Annotated[list[str] | None, typer.Argument(hidden=True)]


def command(
    sentence: Sentence = None,
    body: For = "",
    length: Length = "15m",
    position: Position = "",
    without: Without = "",
    avoid: Avoid = "",
    mind: Mind = "",
    level: Level = "",
    aim: Aim = "",
    like: Like = "",
    variety: Variety = 3,
    seed: Seed = 1,
    sessions: Sessions = None,
    weeks: options.Weeks = None,
    out: Out = "-",
    as_json: options.Json = False,
) -> None:
    """Make a session for you, from exercises of the library.

    It is exactly as long as you ask for. Separate several words with commas. Standard error says why each
    exercise is in it, and what was left out.
    """
    from audioguide.cli.commands.composed import compose as compose_session
    from audioguide.compose.wishes import Asked

    if sentence:
        from audioguide.compose.sentence import refused

        raise refused(" ".join(sentence))
    asked = Asked(
        body=body, length=length, position=position, without=without, avoid=avoid, mind=mind, level=level,
        aim=aim, like=like, variety=variety, seed=seed,
    )  # fmt: skip
    if sessions is not None or weeks is not None:
        from audioguide.cli.commands.programmed import compose_plan

        compose_plan(asked, out, sessions=sessions, weeks=weeks, as_json=as_json)
    else:
        compose_session(asked, out, as_json=as_json)
