"""`audioguide doctor`."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from audioguide.cli import options
from audioguide.cli.envelope import coded, print_json
from audioguide.errors import AudioguideError

if TYPE_CHECKING:
    from audioguide.script.script import VoiceChoice


@options.choosing(only=frozenset({"voice", "engine"}))
def command(
    choices: options.Choices,
    checksums: Annotated[
        bool,
        typer.Option("--checksums", help="also compare every byte of the voices with the version installed"),
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Check that everything needed is installed and works.

    Makes a second of sound, measures it, and suggests fixes. The exit code is 1 if something keeps a render
    from working.
    """
    from audioguide.doctor.examine import examine

    found = []
    for finding in examine(_speaker(choices), checksums=checksums):
        found.append(finding)
        if not as_json:
            typer.echo(f"{finding.state:<6} {finding.part:<16} {finding.found}")
            for line in finding.advice.splitlines():
                typer.echo(f"{'':<6} {'':<16} -> {line.strip()}")
    faults = sum(finding.state == "fault" for finding in found)
    if as_json:
        document = {"healthy": not faults, "findings": [asdict(finding) for finding in found]}
        wrong = (f"{finding.part}: {finding.found}" for finding in found if finding.state == "fault")
        print_json("doctor", document, coded("proof", wrong))
    else:
        typer.echo(_closing(faults))
    if faults:
        raise typer.Exit(AudioguideError.exit_code)


def _speaker(choices: options.Choices) -> "VoiceChoice":
    from audioguide.script.script import VoiceChoice

    try:
        from audioguide.cli.prepare import read_call

        asked = read_call(choices).layered.options
    except (AudioguideError, ImportError):  # a faulty file of defaults, or what reads it, is found later
        asked = choices.options
    return asked.voice_over(VoiceChoice())


def _closing(faults: int) -> str:
    if not faults:
        return "all is well"
    return f"{faults} fault{'s' * (faults > 1)}: do what the arrows say, from the top"
