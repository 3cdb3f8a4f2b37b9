"""`audioguide voices compare`: several voices in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import typer

from audioguide.cli.commands.say import read_text
from audioguide.cli.envelope import print_json
from audioguide.cli.options import Choices
from audioguide.cli.prepare import read_call
from audioguide.cli.progress import progress
from audioguide.cli.target import Target, target_of
from audioguide.containers.formats import FORMATS, format_of
from audioguide.errors import EngineError, UsageError
from audioguide.pipeline.comparison import VoiceComparison, gather_turns, write_comparison
from audioguide.script.script import VoiceChoice
from audioguide.speech.auto import ORDER
from audioguide.speech.roster import Speaker, crews, find_speaker
from audioguide.speech.voices.choose import plain
from audioguide.speech.voices.samples import sentence_in
from audioguide.storage.atomic import opened_atomically
from audioguide.storage.cache import user_cache
from audioguide.units import format_clock

FORMAT = "mp3"
MOST = 40  # voices in one file


def compare_voices(
    names: Sequence[str], choices: Choices, text: str | None, out: str, *, as_json: bool
) -> None:
    """Let each voice say its name and `text`, else a sentence in its language, into the file `out`."""
    if text is not None:
        read_text(text)
    target = target_of(out, [each.suffix for each in FORMATS.values()], pipe=not as_json, what="a comparison")
    asked = read_call(choices).layered.options
    choice, engine = asked.voice_over(VoiceChoice()), choices.options.engine
    speakers = _named(names, engine) if names else list(_natural(engine))
    if len(speakers) > MOST:
        raise UsageError(f"{len(speakers)} voices are too many to compare: name up to {MOST}")
    texts = {speaker: text or sentence_in(language) for speaker, language in speakers}
    cache = user_cache()
    with progress("compare", quiet=as_json) as show:
        comparison = gather_turns(
            texts, choice, cache, say_as=asked.say_as, strict=bool(names), progress=show
        )
        kind = format_of(target.suffix or FORMAT)
        path = target.folder / (target.file or f"voices{kind.suffix}")
        with nullcontext(target.out) if target.standard_output else opened_atomically(path) as file:
            write_comparison(comparison, file, kind, cache, show)  # type: ignore[arg-type]
    where = "standard output" if target.standard_output else str(path)
    _report(comparison, where, target, as_json=as_json)


def _named(names: Sequence[str], engine: str | None) -> list[tuple[Speaker, str]]:
    found = dict.fromkeys(find_speaker(name, engine=engine) for name in names)
    return [(speaker, _language(speaker)) for speaker in found]


def _language(speaker: Speaker) -> str:
    [crew] = crews(speaker.engine)
    languages = next((voice.languages for voice in crew.voices if voice.id == speaker.voice), ())
    return languages[0] if languages else speaker.voice.partition("+")[0]


def _natural(engine: str | None) -> Iterator[tuple[Speaker, str]]:
    """Yield every voice of `engine`; without one, all but those of engines that speak anything anywhere."""
    found: dict[str, tuple[Speaker, str]] = {}  # a voice of two engines once: the later one can say more
    for crew in crews(engine):
        if engine is None and (crew.engine == ORDER[-1] or not crew.words):
            continue
        for voice in crew.voices:
            if not engine and "#" in voice.id:  # one of many speakers of a model: the first stands for it
                continue
            found[plain(voice.id)] = (
                Speaker(crew.engine, voice.id, voice.name), (*voice.languages, "")[0]
            )  # fmt: skip
        if engine and crew.obstacle:
            raise EngineError(crew.obstacle)
    yield from found.values()
    if engine is None:  # for the difference
        name = VoiceChoice().name
        yield find_speaker(name, engine=ORDER[-1]), name
    elif not found:
        raise EngineError(
            f"{engine} has no voice yet: `audioguide voices add --list` shows what can be added"
        )


def _report(comparison: VoiceComparison, where: str, target: Target, *, as_json: bool) -> None:
    if as_json:
        document = {
            "file": where,
            "voices": [
                {
                    "engine": turn.part.speaker.engine, "voice": turn.part.speaker.voice,
                    "start": format_clock(turn.start), "texts": turn.part.texts,
                }
                for turn in comparison.turns
            ],
            "left_out": [{"voice": str(speaker), "why": why} for speaker, why in comparison.left_out],
        }  # fmt: skip
        print_json("voices compare", document, indent=2)
        return
    aside = target.standard_output
    typer.echo(f"{where} ({format_clock(comparison.length)})", err=aside)
    for turn in comparison.turns:
        typer.echo(f"  {format_clock(turn.start)}  {turn.part.speaker}", err=aside)
    for speaker, why in comparison.left_out:
        typer.echo(f"audioguide: note: {speaker} is left out: {why}", err=True)
