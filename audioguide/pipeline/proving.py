"""Proof of words before anything is written: what is misheard is spoken again another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.resample import FULL_SCALE
from audioguide.ears.ears import Ears
from audioguide.ears.judge import Judgement
from audioguide.ears.recogniser import LANGUAGE, missing
from audioguide.errors import EngineError
from audioguide.pipeline.speaking import Speaks
from audioguide.reading.language import language_of
from audioguide.reading.marks import shown
from audioguide.reading.read import reading_for
from audioguide.script.script import ClipRef, Script, Spoken
from audioguide.speech.engine import RATES, Phrase
from audioguide.speech.engines import make_engine
from audioguide.storage.cache import Cache
from audioguide.units import SAMPLE_RATE

_FASTER, _SLOWER = (
    (25, 50),
    (-25,),
)  # words a minute; a natural voice goes from its calm pace to its brisk one
Counted = Callable[[str, int, int], None]
# Called with the script, its phrases, their clips and who speaks them.
Prover = Callable[[Script, Mapping[Spoken, Phrase], Mapping[ClipRef, Clip], Speaks], "Proved"]


@dataclass(frozen=True, slots=True)
class Misheard:
    """A phrase that no way of speaking made clear: its `step`, its `text`, and what was `heard`."""

    step: str
    text: str
    heard: str

    def __str__(self) -> str:
        """Return one line for a person."""
        return f"{self.step}: '{self.text}' is not understood (heard: \"{self.heard}\")"


@dataclass(frozen=True, slots=True)
class Proved:
    """Clips in which each phrase is as clear as the voice can say it.

    `again` counts the phrases that another way of speaking made clearer; `misheard` ones stayed unclear.
    """

    clips: Mapping[ClipRef, Clip] = field(default_factory=dict)
    again: int = 0
    misheard: tuple[Misheard, ...] = ()

    @property
    def phrases(self) -> int:
        """Return how many phrases were listened to."""
        return len(self.clips)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        misheard = [asdict(each) for each in self.misheard]
        return {"phrases": self.phrases, "spoken_again": self.again, "misheard": misheard}


def prover(cache: Cache, *, workers: int = 1, progress: Counted | None = None) -> Prover:
    """Return a prover for `gather`; it listens to `workers` phrases at a time. Raises EngineError."""
    if gone := missing():
        raise EngineError(gone)  # before anything is spoken
    return partial(prove, cache=cache, workers=workers, progress=progress)


@dataclass(frozen=True, slots=True)
class _Best:
    phrase: Phrase
    clip: Clip
    judgement: Judgement


def prove(
    script: Script, phrases: Mapping[Spoken, Phrase], clips: Mapping[ClipRef, Clip], speakers: Speaks,
    cache: Cache, *, workers: int = 1, progress: Counted | None = None,
) -> Proved:  # fmt: skip
    """Listen to each of `phrases` in `clips`, and speak the misheard ones again through `speakers`.

    What was heard of a clip is kept in `cache`. Raises EngineError without the extra, for another language
    than English, and for an engine that says no words.
    """
    voice = script.voice
    if not make_engine(voice.engine).traits.words:
        raise EngineError(f"the engine '{voice.engine}' does not speak: there is nothing to check")
    reads = reading_for(voice.name, voice.engine, script.say_as)
    with Ears(reads, workers=workers, cache=cache) as ears:

        def judged(refs: Sequence[Spoken], sounds: Sequence[Clip]) -> Iterator[Judgement]:
            waves = [clip.samples.astype(np.float32) / np.float32(FULL_SCALE) for clip in sounds]
            texts = [ref.text for ref in refs]
            yield from ears.judge_all(list(zip(texts, waves, strict=True)), SAMPLE_RATE)

        # Of a voice in another language nobody here can say whether it is clear.
        refs = [ref for ref in phrases if _is_english(phrases[ref].voice)]
        best: dict[Spoken, _Best] = {}
        for ref, found in zip(refs, judged(refs, [clips[ref] for ref in refs]), strict=True):
            best[ref] = _Best(phrases[ref], clips[ref], found)
            if progress:
                progress("listening", len(best), len(refs))
        for way in _WAYS:
            _try(way, phrases, best, speakers, judged)
    return _proved(script, phrases, best)


def _is_english(voice: str) -> bool:
    return language_of(voice) in ("", LANGUAGE)


Way = Callable[[Phrase], Phrase]
Judged = Callable[[Sequence[Spoken], Sequence[Clip]], Iterator[Judgement]]


def _at(more: int) -> Way:
    return lambda phrase: replace(phrase, rate=min(RATES[-1], max(RATES[0], phrase.rate + more)))


def _other_take(phrase: Phrase) -> Phrase:
    """Return `phrase` with another mark at its end, which gives it another melody."""
    text = phrase.text.rstrip()
    return replace(phrase, text=text[:-1] + "," if text.endswith(".") else f"{text.rstrip(',;:!?')}.")


_WAYS: tuple[Way, ...] = (
    *(_at(more) for more in _FASTER), _other_take, *(_at(more) for more in _SLOWER),
    lambda phrase: _other_take(_at(_FASTER[-1])(phrase)),
)  # fmt: skip


def _try(
    way: Way, phrases: Mapping[Spoken, Phrase], best: dict[Spoken, _Best], speakers: Speaks, judged: Judged
) -> None:
    """Speak what is still unclear in this `way`, and keep it where it is clearer."""
    wrong = [ref for ref, found in best.items() if found.judgement.findings]
    asked = {ref: changed for ref in wrong if (changed := way(phrases[ref])) != phrases[ref]}
    known = {ref: speakers.find(phrase) for ref, phrase in asked.items()}
    made = {ref: clip for ref, clip in known.items() if clip is not None}
    left = [ref for ref in asked if ref not in made]
    with suppress(EngineError):  # a voice that cannot say it so has said it already as well as it can
        speakers.speak([asked[ref] for ref in left], lambda place, clip: made.update({left[place]: clip}))
    refs = list(made)
    for ref, found in zip(refs, judged(refs, [made[ref] for ref in refs]), strict=True):
        if found.rank < best[ref].judgement.rank:
            best[ref] = _Best(asked[ref], made[ref], found)


def _proved(script: Script, phrases: Mapping[Spoken, Phrase], best: Mapping[Spoken, _Best]) -> Proved:
    steps = script.clips
    misheard = tuple(
        Misheard(script.place(steps[ref]), shown(ref.text), found.judgement.heard)
        for ref, found in best.items() if found.judgement.findings
    )  # fmt: skip
    again = sum(found.phrase != phrases[ref] for ref, found in best.items())
    return Proved({ref: found.clip for ref, found in best.items()}, again, misheard)
