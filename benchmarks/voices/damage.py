"""Break phrases in known ways, and count what `verify --words` finds of it.

    python -m benchmarks.voices.damage                         # pack/af_heart and pyttsx3/en-us
    python -m benchmarks.voices.damage pyttsx3/en-gb --phrases 20 --jobs 2

The phrases are from the routines that ship, but not the sixty on which the thresholds were set. Each is
rendered, decoded and broken; "found" means that at least one fault is reported.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.ears.ears import Ears
from audioguide.ears.recogniser import Recogniser
from audioguide.errors import AudioguideError
from audioguide.reading.read import reading_for
from audioguide.script.script import VoiceChoice
from audioguide.speech.pack.catalogue import packed_voices
from audioguide.storage.cache import user_cache
from audioguide.units import SAMPLE_RATE
from benchmarks.voices.finished import finished, phrases

Wave = NDArray[np.float32]
VOICES = ("pack/af_heart", "pyttsx3/en-us")
BEDS = ("brown", "rain", "ocean")
SEED = 17
SHORTEST = 4  # words: of fewer, too little is left
CUT_S = 0.3  # about one short word
HEAD = "| engine/voice | what was done | phrases | found |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Case:
    """Phrases, each with its sound, of which `kind` says what was done to it."""

    kind: str
    said: list[tuple[str, Wave]]


def chosen(count: int) -> list[str]:
    """Return `count` phrases of the library that are not among the sixty, always the same."""
    known = {reading_for("en-us", "pack", {})(text) for text in phrases()}
    texts = [text for text in packed_voices()[0].phrases if text not in known]
    whole = [text for text in texts if len(text.split()) >= SHORTEST and text.isascii()]
    return random.Random(SEED).sample(whole, count)  # noqa: S311 (no secret)


def cases(voice: VoiceChoice, texts: Sequence[str], folder: Path) -> Iterator[Case]:
    """Yield the phrases as they are, over beds, and broken. Raises EngineError, OutputError."""
    cache = user_cache()
    said = finished(voice, folder, cache, texts)
    yield Case("nothing", said)
    for bed in BEDS:
        yield Case(f"nothing, over the bed `{bed}`", finished(voice, folder, cache, texts, bed=bed))
    yield Case(f"the first {CUT_S:g} s are silent", [(text, _silent(wave, 0.0)) for text, wave in said])
    yield Case("a word is taken out", [(text, _without_a_word(wave)) for text, wave in said])
    yield Case(f"the last {CUT_S:g} s are silent", [(text, _silent(wave, -CUT_S)) for text, wave in said])
    waves = [wave for _, wave in said]
    swapped = zip((text for text, _ in said), [*waves[1:], waves[0]], strict=True)
    yield Case("another phrase is said", list(swapped))


def _silent(wave: Wave, start_s: float) -> Wave:
    """Return `wave` with silence from `start_s` on; a voice starts 25 ms after its first sample."""
    broken = wave.copy()
    first = round(start_s * SAMPLE_RATE) if start_s >= 0 else max(0, len(wave) + round(start_s * SAMPLE_RATE))
    broken[first : first + round(CUT_S * SAMPLE_RATE)] = 0
    return broken


def _without_a_word(wave: Wave) -> Wave:
    """Return `wave` without the word in its middle, where the recogniser hears it."""
    words = Recogniser().hear(wave, SAMPLE_RATE, times=True).words
    if len(words) < 3:
        return wave[:0]
    gone = max(words[1:-1], key=lambda word: len(word.text.strip(".,")))
    first, last = (round(each * SAMPLE_RATE) for each in (gone.start, gone.end))
    return np.concatenate([wave[:first], wave[last:]])


def measure(name: str, count: int, jobs: int, folder: Path) -> Iterator[tuple[str, int, int, list[str]]]:
    """Yield what was done, the number of phrases, in how many a fault is found, and what was not expected."""
    engine, _, voice = name.partition("/")
    with Ears(reading_for(voice, engine, {}), workers=jobs, cache=user_cache()) as ears:
        for case in cases(VoiceChoice(engine=engine, name=voice), chosen(count), folder):
            judged = list(ears.judge_all(case.said, SAMPLE_RATE))
            found = [bool(each.findings) for each in judged]
            broken = not case.kind.startswith("nothing")
            odd = [
                f"{text!r} -> {each.heard!r}"
                for (text, _), each, yes in zip(case.said, judged, found, strict=True)
                if yes != broken
            ]
            yield case.kind, len(found), sum(found), odd


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table; on standard error, sound phrases with a fault, and broken ones without."""
    parser = argparse.ArgumentParser("benchmarks.voices.damage", description="Count which faults are found.")
    parser.add_argument("voices", nargs="*", metavar="ENGINE/VOICE", help=f"else: {', '.join(VOICES)}")
    parser.add_argument("--phrases", type=int, default=40, help="how many phrases")
    parser.add_argument("--jobs", type=int, default=1, help="phrases at a time")
    asked = parser.parse_args(arguments)
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.voices or VOICES:
            try:
                for kind, count, found, odd in measure(name, asked.phrases, asked.jobs, Path(folder)):
                    print(f"| {name} | {kind} | {count} | {found} |", flush=True)
                    print(*(f"  {kind}: {each}" for each in odd), sep="\n", file=sys.stderr)
            except AudioguideError as error:
                print(f"benchmarks.voices.damage: {name}: {error}", file=sys.stderr)
                return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
