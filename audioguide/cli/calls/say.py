"""`audioguide say`: its arguments and options."""

from typing import Annotated

import typer

from audioguide.cli import options

DEFAULT_FILE = "out/say.wav"

Words = Annotated[str, typer.Argument(metavar="TEXT", show_default=False, help="what to say, in quotes")]
File = Annotated[
    str,
    typer.Option(
        "-o",
        "--out",
        metavar="FILE",
        help="where to write: .wav, .mp3, .m4b, .opus or .flac; - for standard output (WAV)",
    ),
]
ShowText = Annotated[
    bool, typer.Option("--text", help="print the text that the voice is given; write nothing")
]
ShowPhonemes = Annotated[
    bool, typer.Option("--phonemes", help="print its phonemes from espeak-ng (IPA); write nothing")
]


@options.choosing(only=options.SPEAKS)
def command(
    text: Words,
    choices: options.Choices,
    out: File = DEFAULT_FILE,
    as_text: ShowText = False,
    as_phonemes: ShowPhonemes = False,
) -> None:
    """Speak a text into a file, or print how it is read.

    `{savasana|shah-VAH-sah-nah}` pronounces one word your way.
    """
    from audioguide.cli.commands.say import say

    say(text, choices, out, as_text=as_text, as_phonemes=as_phonemes)
