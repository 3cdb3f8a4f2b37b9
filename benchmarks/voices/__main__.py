"""Say sixty phrases with each voice, and print how well they are understood and how natural they sound.

    python -m benchmarks.voices                                   # all voices that can speak here
    python -m benchmarks.voices pyttsx3/en-us kokoro/af_heart     # these
    ... --json --only-words --out FOLDER --jobs 2

The word error rate is that of Whisper tiny.en, the score that of DistillMOS (1 to 5), both on phrases decoded
from finished MP3s. Without `pip install 'audioguide[bench-voices]'`, the score is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from audioguide.errors import AudioguideError
from audioguide.script.script import VoiceChoice
from audioguide.speech.engines import make_engine
from audioguide.storage.cache import user_cache
from audioguide.units import SAMPLE_RATE
from benchmarks.voices.finished import finished
from benchmarks.voices.heard import Judged, heard
from benchmarks.voices.score import missing as no_score
from benchmarks.voices.score import scores

VOICES = (
    "pack/af_heart", "pyttsx3/en-us", "piper/en_US-joe-medium", "kokoro/hazel", "kokoro/af_heart",
    "kokoro/am_michael", "kokoro/bm_george", "kokoro/af_nicole",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """One voice: word error rate in percent, phrases with an error, and the score with its lowest."""

    voice: str
    phrases: int
    words: int
    wer: float
    misheard: int
    longest_run: int
    score: float | None
    lowest: float | None
    speech_s: float
    took_s: float

    @property
    def row(self) -> str:
        """Return it as a row of a table."""
        score = "not measured" if self.score is None else f"{self.score:.2f} ({self.lowest:.2f})"
        return (
            f"| {self.voice} | {self.wer:.1f} % | {self.misheard} of {self.phrases} | {self.longest_run} | "
            f"{score} | {self.speech_s:.0f} s |"
        )


HEAD = (
    "| engine/voice | word error rate | phrases misheard | longest run | score (lowest) | speech |\n"
    "|---|---|---|---|---|---|"
)


def measure(name: str, out: Path, jobs: int, *, only_words: bool) -> tuple[Figures, list[Judged]]:
    """Measure the voice `name`, such as kokoro/af_heart. Raises EngineError, OutputError."""
    began = time.monotonic()
    engine, _, voice = name.partition("/")
    voice = voice or make_engine(engine).voices()[0].id
    said = finished(VoiceChoice(engine=engine, name=voice), out, user_cache())
    judged = list(heard([(text, (wave, SAMPLE_RATE)) for text, wave in said], jobs=jobs))
    marks = None if only_words or no_score() else scores([wave for _, wave in said], SAMPLE_RATE)
    words = sum(len(each.comparison.written) for each in judged)
    figures = Figures(
        voice=f"{engine}/{voice}", phrases=len(judged), words=words,
        wer=round(100 * sum(each.comparison.differing for each in judged) / words, 2),
        misheard=sum(each.longest > 0 for each in judged),
        longest_run=max(each.longest for each in judged),
        score=None if marks is None else round(float(np.mean(marks)), 2),
        lowest=None if marks is None else round(min(marks), 2),
        speech_s=round(sum(len(wave) for _, wave in said) / SAMPLE_RATE, 1),
        took_s=round(time.monotonic() - began, 1),
    )  # fmt: skip
    return figures, judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table; a voice that cannot speak here is left out, with the reason on standard error."""
    parser = argparse.ArgumentParser("benchmarks.voices", description="Measure how voices are understood.")
    parser.add_argument("voices", nargs="*", metavar="ENGINE/VOICE", help=f"else: {', '.join(VOICES)}")
    parser.add_argument("--json", action="store_true", help="print a JSON document for each voice")
    parser.add_argument("--misheard", action="store_true", help="print what was misheard as well")
    parser.add_argument("--only-words", action="store_true", help="leave the score out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="phrases at a time")
    parser.add_argument("--out", type=Path, help="where the MP3s stay; else they are removed")
    asked = parser.parse_args(arguments)
    if not asked.json:
        print(HEAD)
    if not asked.only_words and (reason := no_score()):
        print(f"benchmarks.voices: {reason}", file=sys.stderr)
    measured = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.voices or VOICES:
            try:
                figures, judged = measure(
                    name, asked.out or Path(folder), asked.jobs, only_words=asked.only_words
                )
            except AudioguideError as error:
                print(f"benchmarks.voices: {name}: {error}", file=sys.stderr)
                continue
            measured += 1
            print(json.dumps(asdict(figures)) if asked.json else figures.row, flush=True)
            for each in judged if asked.misheard else ():
                if each.longest:
                    print(f"  {each.longest}: {each.text!r} -> {each.heard!r}", file=sys.stderr)
    return 0 if measured else 1


if __name__ == "__main__":
    sys.exit(main())
