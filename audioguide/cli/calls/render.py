"""`audioguide render`: its arguments and options."""

from audioguide.cli import options


@options.choosing()
def command(
    choices: options.Choices,
    names: options.Names = None,
    strict: options.Strict = False,
    bitrate: options.Bitrate = None,
    sound_format: options.AnyFormat = None,
    with_files: options.WithFiles = None,
    year: options.Year = None,
    name: options.FileName = "",
    prove_words: options.ProveWords = False,
    out: options.OutFile = "out",
    as_json: options.Json = False,
) -> None:
    """Make the MP3 of a routine, or of a timed script.

    `-` as a name reads a routine from standard input. `-o mine.mp3` writes that file, and its timed script
    next to it; `-o -` writes only the sound, to standard output.

    All files are checked before the first is rendered: a mistake in one stops all. A problem that shows only
    once the voice has spoken, such as words that outlast their hold, stops only that file.
    """
    from audioguide.cli.commands.export import output_of, sound_target
    from audioguide.cli.commands.render import render_all

    target, kind = sound_target(out, sound_format)
    output = output_of(kind, with_files, kbit=bitrate, year=year, file=target.file)
    render_all(
        names, choices, target, output, strict=strict, as_json=as_json, name=name, prove_words=prove_words
    )
