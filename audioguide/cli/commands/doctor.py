"""`audioguide doctor`."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from audioguide.cli import options
from audioguide.errors import AudioguideError

if TYPE_CHECKING:
    from audioguide.timeline.script import VoiceChoice


def doctor(
    voice: options.VoiceName = None, engine: options.EngineName = None, as_json: options.Json = False
) -> None:
    """Look whether all parts are there and work, make a second of sound and measure it; say what to mend.

    The exit code is 1 where something is wrong that keeps a render from working.
    """
    from audioguide.doctor.examine import examine

    found = []
    for finding in examine(_speaker(voice, engine)):
        found.append(finding)
        if not as_json:
            typer.echo(f"{finding.state:<6} {finding.part:<16} {finding.found}")
            for line in finding.advice.splitlines():
                typer.echo(f"{'':<6} {'':<16} -> {line.strip()}")
    faults = sum(finding.state == "fault" for finding in found)
    if as_json:
        import json

        document = {"healthy": not faults, "findings": [asdict(finding) for finding in found]}
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        typer.echo(_closing(faults))
    if faults:
        raise typer.Exit(AudioguideError.exit_code)


def _speaker(voice: str | None, engine: str | None) -> "VoiceChoice":
    from audioguide.timeline.script import VoiceChoice

    choices = options.Choices(voice=voice, engine=engine)
    try:
        from audioguide.cli.prepare import wished

        wishes, _ = wished(choices)
    except (AudioguideError, ImportError):  # a faulty file of defaults, or what reads it, is found later
        wishes = choices.wishes
    return wishes.speaker(VoiceChoice())


def _closing(faults: int) -> str:
    if not faults:
        return "all is well"
    return f"{faults} fault{'s' * (faults > 1)}: mend what the arrows say, the first one first"
