"""Run many phrases through the recogniser and print the misheard ones.

    python -m benchmarks.voices.heard LIST.tsv      # each line: the text, a tab, a WAV or MP3 file
    python -m benchmarks.voices.heard FOLDER        # NAME.txt beside NAME.wav (or .mp3) holds the text
    python -m benchmarks.voices.heard sounds/voices/af_heart        # a voice of the pack: all its phrases
    ... --all --json --jobs 2 --run 2               # every phrase; data; two at a time; only longer runs

Or from Python: `for each in heard([(text, path), (text, (samples, rate)), ...]): each.longest, each.heard`,
where samples are (n,) float32 at full scale 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.ears.compare import Comparison, compare
from audioguide.ears.recogniser import Recogniser
from audioguide.ears.sounds import Speller
from audioguide.ears.words import without_fillers, words_of
from audioguide.errors import AudioguideError, UsageError
from audioguide.reading.read import Reading, reading_for
from audioguide.speech.pack.catalogue import INDEX
from audioguide.units import SAMPLE_RATE
from audioguide.verifier.measure.decode import sound

Sound = Path | str | tuple[NDArray[np.float32], int]
SOUNDS = (".wav", ".mp3", ".flac", ".opus", ".m4b")


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase, what was `heard` of it, and the words that differ."""

    text: str
    name: str
    heard: str
    comparison: Comparison

    @property
    def longest(self) -> int:
        """Return the length of the longest run of differing words; 0 where all is understood."""
        return self.comparison.longest

    @property
    def error_rate(self) -> float:
        """Return the share of words that differ."""
        return self.comparison.differing / max(1, len(self.comparison.written))

    def as_json(self) -> dict[str, object]:
        """Return it as JSON data."""
        return {
            "text": self.text, "sound": self.name, "heard": self.heard, "longest_run": self.longest,
            "words": len(self.comparison.written), "differing": self.comparison.differing,
            "runs": [run.as_text for run in self.comparison.runs],
        }  # fmt: skip


def heard(
    phrases: Iterable[tuple[str, Sound]], *, jobs: int = 1, reads: Reading | None = None
) -> Iterator[Judged]:
    """Yield what the recogniser makes of each (text, sound), in order; `jobs` at a time.

    A sound is a file, or samples and their rate. Raises EngineError, OutputError.
    """
    reading = reads or reading_for("en-us", "kokoro")
    recogniser, lock = Recogniser(workers=jobs), threading.Lock()
    with Speller() as sounds, ThreadPoolExecutor(jobs) as pool:

        def judge(phrase: tuple[str, Sound]) -> Judged:
            text, source = phrase
            samples, rate = source if isinstance(source, tuple) else (sound(Path(source)), SAMPLE_RATE)
            found = recogniser.hear(samples, rate).text
            with lock:
                written, said = (words_of(each, reading, sounds) for each in (text, found))
            name = "" if isinstance(source, tuple) else str(source)
            return Judged(text, name, found, compare(written, without_fillers(said)))

        yield from pool.map(judge, phrases)


def phrases_in(path: Path) -> list[tuple[str, Path]]:
    """Return the texts and sounds that `path` names: a list with tabs, or a folder. Raises UsageError."""
    if (path / INDEX).is_file():
        packed = json.loads((path / INDEX).read_bytes())["phrases"]
        return [(text, path / file) for text, file, _ in packed]
    if path.is_dir():
        return [
            (text.read_text(encoding="utf-8").strip(), file)
            for text in sorted(path.rglob("*.txt"))
            for file in [text.with_suffix(suffix) for suffix in SOUNDS]
            if file.is_file()
        ]
    lines = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    found = []
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        text, tab, name = line.rpartition("\t")
        if not tab:
            raise UsageError(f"{path}, line {number}: write the text, a tab, and the sound file")
        found.append((text.strip(), path.parent / name.strip()))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the misheard phrases; the exit code is 1 where there are any."""
    parser = argparse.ArgumentParser(
        "benchmarks.voices.heard", description="Print which phrases are misheard."
    )
    what = (
        "a list (text, tab, sound file), - for standard input, a voice of the pack, or a folder with "
        "NAME.txt and NAME.wav"
    )
    parser.add_argument("source", type=Path, help=what)
    parser.add_argument("--all", action="store_true", help="print every phrase")
    parser.add_argument("--json", action="store_true", help="print a JSON document for each phrase")
    parser.add_argument("--jobs", type=int, default=1, help="phrases at a time")
    parser.add_argument("--run", type=int, default=1, help="print runs of at least this many words")
    chosen = parser.parse_args(arguments)
    words = wrong = count = missed = 0
    try:
        for each in heard(phrases_in(chosen.source), jobs=chosen.jobs):
            count += 1
            words += len(each.comparison.written)
            wrong += each.comparison.differing
            bad = each.longest >= chosen.run
            missed += bad
            if bad or chosen.all:
                print(
                    json.dumps(each.as_json(), ensure_ascii=False) if chosen.json else line(each), flush=True
                )
    except AudioguideError as error:
        print(f"heard: {error}", file=sys.stderr)
        return error.exit_code
    print(
        f"{missed} of {count} phrases misheard; {100 * wrong / max(1, words):.1f} % of {words} words",
        file=sys.stderr,
    )
    return 1 if missed else 0


def line(each: Judged) -> str:
    """Return one line for a phrase: the longest run, the text, what was heard, and the sound file."""
    return "\t".join((str(each.longest), each.text, each.heard, each.name))


if __name__ == "__main__":
    sys.exit(main())
