"""Whether every phrase is understood: a recogniser listens to each, as its timed script cuts it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.audio.clip import Wave
from audioguide.audio.resample import resampled
from audioguide.ears.ears import Ears
from audioguide.ears.judge import Judgement, WordFault
from audioguide.ears.recogniser import HEARING_RATE, LANGUAGE
from audioguide.errors import UsageError
from audioguide.reading.language import language_of
from audioguide.reading.marks import marked
from audioguide.reading.read import is_spoken, reading_for
from audioguide.units import SAMPLE_RATE, TICK_SAMPLES, TICKS_PER_SECOND, format_clock
from audioguide.verifier.measure.decode import blocks
from audioguide.verifier.measure.stretches import Window, Windows
from audioguide.verifier.promise import WORDLESS, Promise, PromisedPhrase, read_promise

# Two frames of an MP3: what comes before a phrase changes so much of how it is decoded.
_EDGE = 2 * 1152
Counted = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Understood:
    """What the recogniser heard of one phrase, with its `findings`; their times count from its start."""

    phrase: PromisedPhrase
    judgement: Judgement

    @property
    def findings(self) -> Sequence[WordFault]:
        """Return what is wrong with its words."""
        return self.judgement.findings

    def tick(self, finding: WordFault) -> int:
        """Return the tick of the file at which `finding` begins."""
        return self.phrase.start + round(finding.start * TICKS_PER_SECOND)

    @property
    def faults(self) -> Iterator[str]:
        """Yield a line for each finding; one for a phrase of which nothing was understood."""
        written = self.judgement.comparison.written
        heard = f'heard: "{self.judgement.heard}"' if self.judgement.heard else "nothing was heard"
        if self.findings and sum(each.length for each in self.findings) >= len(written):
            where = format_clock(self.phrase.start)
            yield f"{where} words: '{self.phrase.text}' is not what is said ({heard})"
            return
        for each in self.findings:
            yield (
                f"{format_clock(self.tick(each))} words: in '{self.phrase.text}', {each.as_text} ({heard})"
            )


def understood(
    mp3: Path, script: Path, *, workers: int = 1, progress: Counted | None = None
) -> list[Understood]:
    """Listen to each phrase of `mp3`, `workers` at a time; the same sound is listened to once.

    Raises EngineError without the extra, or for another language than English; UsageError for a file whose
    engine says no words; OutputError and RoutineError for what cannot be read.
    """
    promise = read_promise(script)
    if promise.engine == WORDLESS:
        raise UsageError(f"the engine '{WORDLESS}' does not speak: there is nothing to listen to")
    with Ears(reading_for(promise.voice, promise.engine, promise.say_as), workers=workers) as ears:
        alike = _alike(promise, _cut(mp3, promise))
        found: dict[int, Judgement] = {}
        judgements = ears.judge_all([(each.text, each.wave) for each in alike], HEARING_RATE)
        for done, (same, judged) in enumerate(zip(alike, judgements, strict=True), start=1):
            found |= dict.fromkeys(same.numbers, judged)
            if progress:
                progress("listening", done, len(alike))
    return [Understood(promise.phrases[number], found[number]) for number in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Same:
    """Phrases of one `text` and one sound, `wave` at 16 kHz, by their `numbers`."""

    text: str
    wave: Wave
    numbers: list[int]


def _alike(promise: Promise, waves: Mapping[int, Wave]) -> list[_Same]:
    found: dict[tuple[str, bytes], _Same] = {}
    for number, wave in waves.items():
        phrase = promise.phrases[number]
        text = marked(phrase.spoken or phrase.text)
        key = (text, wave[_EDGE:-_EDGE].tobytes())
        if key not in found:
            found[key] = _Same(text, resampled(wave, SAMPLE_RATE, HEARING_RATE), [])
        found[key].numbers.append(number)
    return list(found.values())


def _is_english(voice: str) -> bool:
    return not voice or language_of(voice) in ("", LANGUAGE)


def _cut(mp3: Path, promise: Promise) -> dict[int, Wave]:
    """Return the samples of each phrase, by its number."""
    windows = Windows(
        [
            Window(phrase.start * TICK_SAMPLES, phrase.end * TICK_SAMPLES, number)
            for number, phrase in enumerate(promise.phrases)
            if phrase.length and is_spoken(phrase.text) and _is_english(phrase.voice)
        ]
    )
    found: dict[int, Wave] = {}
    for block in blocks(mp3):
        found |= dict(windows.feed(block))
    return found | dict(windows.finish())
