"""Measure how fast voices speak: the English ones, their variants, and those of other languages.

    python -m benchmarks.pace            print what is heard where 120 words a minute are asked for
    python -m benchmarks.pace --write    and write audioguide/speech/paces.py again

The words are phrases of the routines that ship; only speech is counted, from its first sound to its last.
Other languages are measured on the paragraphs of the tests, against what is estimated of an English voice.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from audioguide.compiler.compile import compile
from audioguide.listener.options import Options
from audioguide.reading.language import language_of
from audioguide.routine.library import SHIPPED_LIBRARY
from audioguide.routine.load import load
from audioguide.script.script import Spoken
from audioguide.speech import paces
from audioguide.speech.engine import Phrase, Voice
from audioguide.speech.espeak import PyttsxEngine
from audioguide.speech.estimate import estimate
from audioguide.speech.pace import pace
from audioguide.units import SAMPLE_RATE
from tests.paragraphs import PARAGRAPHS

RATE = 120
EACH = 6  # one phrase of so many
VARIANT_EACH = 24
AUDIBLE = 100  # of 32,768: -50 dBFS; some variants echo for a while
NOTICED = 0.01  # a variant that changes the pace by less is left out
VARIANTS = (
    *(f"f{n}" for n in range(1, 6)),
    *(f"m{n}" for n in range(1, 9)),
    "croak",
    "whisper",
    "whisperf",
    "klatt",
)


def main() -> None:
    """Measure all English voices and the common variants."""
    texts = phrases()
    with closing(PyttsxEngine()) as engine:
        english = [v for v in engine.voices() if any(code.startswith("en") for code in v.languages)]
        voices: dict[str, float] = {}
        for voice in english:
            name = voice.id.rpartition("/")[2]
            found = round(pace(name) * heard(engine, name, texts[::EACH]) / RATE, 3)
            print(f"{name}: {found}")
            voices |= dict.fromkeys(_names(voice), found)
        few = texts[::VARIANT_EACH]
        plain = heard(engine, "en-us", few) * pace("en-us")
        variants = {
            variant: round(heard(engine, f"en-us+{variant}", few) * pace(f"en-us+{variant}") / plain, 3)
            for variant in VARIANTS
        }
        languages = dict(sorted(_languages(engine).items()))
        print(languages)
    variants = {name: change for name, change in variants.items() if abs(change - 1) > NOTICED}
    print(variants)
    if "--write" in sys.argv:
        Path(paces.__file__).write_text(_module(voices, variants, languages), encoding="utf-8")


def phrases() -> list[str]:
    """Return every phrase that the routines that ship let a voice say."""
    scripts = (
        compile(load(SHIPPED_LIBRARY.find(name)), Options(guidance="full"))
        for name in SHIPPED_LIBRARY.shipped
    )
    return sorted({ref.text for script in scripts for ref in script.clips if isinstance(ref, Spoken)})


def heard(engine: PyttsxEngine, voice: str, texts: Sequence[str], rate: int = RATE) -> float:
    """Return the words a minute inside speech that are heard where `rate` is asked for."""
    samples = 0
    for text in texts:
        clip = engine.speak(Phrase(text, voice, rate, 50))
        sounding = np.flatnonzero(np.abs(clip.samples) > AUDIBLE)
        samples += int(sounding[-1] - sounding[0])
    return 60 * SAMPLE_RATE * sum(len(text.split()) for text in texts) / samples


def _languages(engine: PyttsxEngine) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for voice, sentences in PARAGRAPHS.items():
        ratios = found.setdefault(language_of(voice), [])
        ratios += [
            engine.speak(Phrase(text, voice, RATE, 50)).ticks / estimate(text, RATE) for text in sentences
        ]
    # The middle of the extremes: no sentence is then further off than it must be.
    return {
        language: round((min(ratios) + max(ratios)) / 2, 2)
        for language, ratios in found.items()
        if language != "en"
    }


def _names(voice: Voice) -> list[str]:
    return list(
        dict.fromkeys(name.lower() for name in (voice.id.rpartition("/")[2], *voice.languages, voice.name))
    )


def _module(voices: dict[str, float], variants: dict[str, float], languages: dict[str, float]) -> str:
    def table(entries: dict[str, float]) -> str:
        return "{\n" + "".join(f'    "{name}": {value},\n' for name, value in entries.items()) + "}"

    return f'''\
"""How fast the voices of espeak-ng speak; made by `python -m benchmarks.pace --write`."""

# Words a minute inside speech, for each that espeak-ng is asked for.
VOICES: dict[str, float] = {table(voices)}
# Variants that change the pace of any voice, by so much.
VARIANTS: dict[str, float] = {table(variants)}
# How many times as long as an English voice those of other languages speak, as estimated from letters.
LANGUAGES: dict[str, float] = {table(languages)}
'''


if __name__ == "__main__":
    main()
