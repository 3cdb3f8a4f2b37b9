"""The options of `audioguide compose`."""

from typing import Annotated

import typer

For = Annotated[
    str,
    typer.Option(
        "--for", metavar="PART,...", help='parts of the body, such as "neck, shoulders"', show_default=False
    ),
]
Length = Annotated[str, typer.Option("--length", metavar="TIME", help="exactly this long, 5m to 90m")]
Position = Annotated[
    str,
    typer.Option(
        "--position", metavar="WORD,...", help="only there, such as chair, lying", show_default=False
    ),
]
Without = Annotated[
    str,
    typer.Option(
        "--without", metavar="THING,...", help="what you do not have; or anything", show_default=False
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
    typer.Option("--level", metavar="WORD", help="at most gentle, moderate or strong", show_default=False),
]
Aim = Annotated[
    str,
    typer.Option(
        "--aim", metavar="WORD", help="unwind, mobility, strength, desk, sleep or morning", show_default=False
    ),
]
Like = Annotated[
    str,
    typer.Option("--like", metavar="NAME,...", help="exercises that have to be in it", show_default=False),
]
Variety = Annotated[
    int,
    typer.Option("--variety", metavar="N", help="1: few exercises for long; 5: many for a short time each"),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="another number, another session")]
Out = Annotated[
    str, typer.Option("-o", "--out", metavar="FILE", help="a new .yaml file; - for standard output")
]
