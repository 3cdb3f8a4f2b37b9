"""`audioguide voices`: who can speak here, and who speaks where nobody was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.tables import table
from audioguide.reading.language import language_of
from audioguide.script.script import VoiceChoice
from audioguide.speech.auto import Decision, decide
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import AUTO
from audioguide.speech.roster import Crew, crews
from audioguide.speech.voices.catalogue import catalogue
from audioguide.speech.voices.samples import sentence_in

OWN_WORDS = "Your own words, which no routine says."
MOST_SHOWN = 30  # voices of one engine; espeak-ng has 130


def list_voices(choice: VoiceChoice, only: str | None, *, as_json: bool) -> None:
    """Print the voices of every engine, or of the engine `only`; and what `auto` would choose, and why."""
    found = crews(None if only == AUTO else only)
    decisions = [
        decide([Phrase(text, choice.name, choice.rate, choice.pitch, choice.warm)])
        for text in (sentence_in(language_of(choice.name)), OWN_WORDS)
    ]
    if as_json:
        print_json("voices", _document(choice, decisions, found), indent=2)
        return
    whole = only is not None and only != AUTO
    rows = [row for crew in found if crew.voices for row in _rows(crew, whole=whole)]
    if rows:
        table(("engine", "voice", "languages", "name"), rows)
    for line in _below(choice, decisions, found, whole=whole):
        typer.echo(line)


def _rows(crew: Crew, *, whole: bool) -> Iterator[tuple[str, str, str, str]]:
    if whole or len(crew.voices) <= MOST_SHOWN:
        for voice in crew.voices:
            yield crew.engine, voice.id, ", ".join(voice.languages), voice.name
        return
    languages = {language.partition("-")[0] for voice in crew.voices for language in voice.languages}
    yield (
        crew.engine, f"{len(crew.voices)} voices", f"{len(languages)} languages",
        f"`audioguide voices --engine {crew.engine}` lists them",
    )  # fmt: skip


def _below(
    choice: VoiceChoice, decisions: Sequence[Decision], found: Sequence[Crew], *, whole: bool
) -> Iterator[str]:
    absent = [crew for crew in found if not crew.voices]
    if absent:
        yield ""
        yield "not ready:"
        for crew in absent:
            first, *more = (crew.obstacle or _empty(crew.engine)).splitlines()
            yield from (f"  {crew.engine}: {first}", *(f"    {line.strip()}" for line in more))
    if whole:
        return
    yield ""
    shipped, own = decisions
    yield f"auto, asked for the voice '{choice.name}', chooses"
    if shipped.engine != own.engine:
        yield f"  {shipped.engine}, voice {shipped.voice}, for the included routines"
        yield f"  {own.engine}, voice {own.voice}, for your own words"
    else:
        yield f"  {own.engine}, voice {own.voice}"
    for engine, why in own.passed_over:
        yield f"  not {engine}: {why.splitlines()[0]}"
    if choice.engine != AUTO:
        yield f"without --engine, {choice.engine} speaks"
    yield "`audioguide voices add --list` shows the voices that can be added"


def _empty(engine: str) -> str:
    if any(offer.engine == engine for offer in catalogue().values()):
        return "no voice yet: `audioguide voices add --list` shows the voices that can be added"
    return "no voice here"


def _document(choice: VoiceChoice, decisions: Sequence[Decision], found: Sequence[Crew]) -> dict[str, Any]:
    return {
        "engine": choice.engine,
        "voice": choice.name,
        "auto": _chosen(decisions[0]),
        "auto_for_own_words": _chosen(decisions[1]),
        "engines": [
            {
                "engine": crew.engine, "obstacle": crew.obstacle,
                "voices": [asdict(voice) for voice in crew.voices],
            }
            for crew in found
        ],
    }  # fmt: skip


def _chosen(decision: Decision) -> dict[str, Any]:
    return {
        "engine": decision.engine, "voice": decision.voice,
        "passed_over": [{"engine": engine, "why": why} for engine, why in decision.passed_over],
    }  # fmt: skip
