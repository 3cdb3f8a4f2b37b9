"""Who can speak on this machine, by engine; and which engine a voice belongs to."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from audioguide.errors import EngineError
from audioguide.reading.language import UNKNOWN, language_of
from audioguide.speech.auto import ORDER
from audioguide.speech.engine import Engine, Phrase, Voice, VoiceError
from audioguide.speech.engines import engine_names, make_engine
from audioguide.speech.voices.choose import plain
from audioguide.speech.voices.samples import spoken_name

_NOBODY = "no voice has this name"


@dataclass(frozen=True, slots=True)
class Crew:
    """The `voices` of an engine, or the `obstacle` that keeps it from speaking.

    `words` says that it speaks words, and does not make tones in their place.
    """

    engine: str
    voices: tuple[Voice, ...] = ()
    obstacle: str = ""
    words: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of one engine; `name` is what the engine calls it for people."""

    engine: str
    voice: str
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Name both, as `find_speaker` reads it."""
        return f"{self.engine}/{self.voice}"


def crew_of(engine: str) -> Crew:
    """Return the voices of `engine`. Raises VoiceError for an unknown one."""
    try:
        with closing(make_engine(engine)) as speaker:
            try:
                return Crew(engine, speaker.voices(), words=speaker.traits.words)
            except EngineError as error:
                return Crew(engine, obstacle=str(error), words=speaker.traits.words)
    except VoiceError:
        raise
    except EngineError as error:  # a plug-in that cannot be loaded
        return Crew(engine, obstacle=str(error))


def crews(engine: str | None = None) -> tuple[Crew, ...]:
    """Return the voices of every engine, the ones that `auto` prefers first; or of `engine` alone.

    Raises VoiceError for an unknown one.
    """
    return tuple(crew_of(name) for name in ([engine] if engine else _ordered()))


def find_speaker(name: str, phrases: Sequence[Phrase] = (), engine: str | None = None) -> Speaker:
    """Return who is called `name`: "ENGINE/VOICE", or the voice of the first engine that has it.

    `engine` is the only one to look in where it is given. A language is the name of the best voice for it.
    Of engines that have it, one that can say all `phrases` goes first. Raises VoiceError.
    """
    wanted, known = name.strip(), _ordered()
    first, slash, rest = wanted.partition("/")
    if slash and rest and first in known and engine in (None, first):
        wanted, engine = rest, first
    made = [crew_of(each) for each in ([engine] if engine else known)]
    named = [
        Speaker(crew.engine, voice.id, voice.name)
        for crew in made for voice in crew.voices if plain(voice.id) == plain(wanted)
    ]  # fmt: skip
    able = next((each for each in named if not obstacle_of(each, phrases)), None)
    if able or named:
        return able or named[0]
    return _described(wanted, made, engine)


def obstacle_of(speaker: Speaker, phrases: Sequence[Phrase]) -> str:
    """Return why `speaker` cannot say all `phrases`, "" where nothing is known against it."""
    if not phrases:
        return ""
    asked = [Phrase(each.text, speaker.voice, each.rate, each.pitch, each.warm) for each in phrases]
    with closing(make_engine(speaker.engine)) as engine:
        return engine.obstacle(asked)


def _described(wanted: str, made: Sequence[Crew], only: str | None) -> Speaker:
    # A language, a blend, a variant such as en-us+f3: only the engine itself knows these.
    reasons: list[str] = []
    for crew in made:
        try:
            if crew.obstacle:
                raise EngineError(crew.obstacle)
            with closing(make_engine(crew.engine)) as engine:
                if only or _takes(engine, wanted):
                    return Speaker(crew.engine, engine.voice_for(wanted), _called(wanted, crew))
        except EngineError as error:
            reasons.append(str(error).splitlines()[0])
    helps = next((reason for reason in reasons if "voices add" in reason), "")
    ids = {each.lower(): voice.id for crew in made for voice in crew.voices for each in _calls(voice)}
    near = [ids[each] for each in difflib.get_close_matches(wanted.lower(), ids, n=3, cutoff=0.7)]
    meant = f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else "`audioguide voices` lists them"
    raise VoiceError("voice", helps or f"there is no voice '{wanted}': {meant}")


def _called(wanted: str, crew: Crew) -> str:
    asked = wanted.lower()
    return next((each.name for each in crew.voices if asked in each.languages), "")


def _calls(voice: Voice) -> tuple[str, str]:
    return voice.id, spoken_name(voice.id, voice.name)


def _takes(engine: Engine, wanted: str) -> bool:
    """Return whether `engine` can be asked for `wanted`: some take any name, and speak as they always do."""
    if engine.name == ORDER[-1]:
        return language_of(wanted) != UNKNOWN
    try:
        engine.voice_for(_NOBODY)
    except EngineError:
        return True
    return False


def _ordered() -> list[str]:
    known = engine_names()
    return [name for name in ORDER[:-1] if name in known] + sorted(
        (name for name in known if name not in ORDER[:-1]),
        key=lambda name: (name == "tone", name == ORDER[-1]),
    )
