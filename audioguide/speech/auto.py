"""Which engine speaks where none was asked for: the best one that can say all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.speech.engine import Engine, Phrase
from audioguide.speech.engines import AUTO, ENGINES, make_engine

# The best first. The last one speaks anything on any machine; of the others, one that lacks a single phrase
# speaks none of the file: never two voices in one.
ORDER = ("pack", "kokoro", "pyttsx3")
DEFAULT_VOICE = "en-us"
_TRIAL = (Phrase("Rest.", DEFAULT_VOICE, 120, 50),)


@dataclass(frozen=True, slots=True)
class Decision:
    """The `engine` and the id of its `voice`; the engines before it, each with what stands in its way."""

    engine: str
    voice: str
    passed_over: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Return in one line why it is not a better one; "" for the best."""
        return "; ".join(why.splitlines()[0] for _, why in self.passed_over)


def chosen_engine(name: str) -> Engine:
    """Return a new engine; for "auto", the one for the default voice. Raises as `make_engine`."""
    return make_engine(decide(()).engine if name == AUTO else name)


def decide(phrases: Sequence[Phrase]) -> Decision:
    """Return the first engine that can speak all `phrases`; for none, the default voice is tried."""
    phrases = phrases or _TRIAL
    passed: list[tuple[str, str]] = []
    for name in ORDER[:-1]:
        if name not in ENGINES:
            passed.append((name, f"there is no voice {name} in this version"))
            continue
        engine = make_engine(name)
        if obstacle := engine.obstacle(phrases):
            passed.append((name, obstacle))
            continue
        return Decision(name, engine.voice_for(phrases[0].voice), tuple(passed))
    return Decision(ORDER[-1], phrases[0].voice, tuple(passed))
