"""What a recogniser made of each phrase of a pack: kept beside the phrases in `heard.json`.

A phrase counts as heard while its file has the bytes that were listened to. So hearing goes on where it
stopped, and a phrase that is spoken again is heard again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from audioguide.ears.compare import Comparison, compare
from audioguide.ears.sounds import Speller
from audioguide.ears.words import without_fillers, words_of
from audioguide.reading.read import Reading
from audioguide.speech.pack.catalogue import INDEX

RECORD = "heard.json"


@dataclass(frozen=True, slots=True)
class Misheard:
    """A phrase, what was `heard` in its place, and the words that differ."""

    text: str
    heard: str
    comparison: Comparison

    @property
    def first(self) -> bool:
        """Return whether its first word is false, or a word came before it."""
        written = self.comparison.written
        return any(
            not run.start or (bool(run.written) and run.written[0] is written[0])
            for run in self.comparison.runs
        )

    @property
    def rank(self) -> tuple[bool, int]:
        """Return how bad it is: the lowest is the best."""
        return self.first, self.comparison.differing

    def __str__(self) -> str:
        """Return one line for a person."""
        words = "; ".join(run.as_text for run in self.comparison.runs)
        return f'{"FIRST WORD" if self.first else "":10}  {self.text}  heard "{self.heard}": {words}'


@dataclass(slots=True)
class Record:
    """What was `heard` of each phrase, with a digest of what was listened to; and today's `files`."""

    home: Path
    files: Mapping[str, Path]
    heard: dict[str, tuple[str, str]]

    @classmethod
    def read(cls, home: Path) -> Record:
        """Return what is kept in the folder `home`, of phrases whose files are as they were."""
        path, files = home / RECORD, files_of(home)
        rows = json.loads(path.read_bytes()) if path.exists() else []
        kept = {text: (digest, heard) for text, digest, heard in rows if text in files}
        return cls(home, files, {text: row for text, row in kept.items() if row[0] == digest_of(files[text])})

    def add(self, text: str, heard: str) -> None:
        """Note what was heard of the phrase `text`, as its file is now."""
        self.heard[text] = digest_of(self.files[text]), heard

    def unheard(self) -> list[str]:
        """Return the phrases that were not listened to as they are now."""
        return [text for text in self.files if text not in self.heard]

    def write(self) -> None:
        """Keep it: one line for each phrase, so that a change shows in a diff."""
        rows = [json.dumps([text, *self.heard[text]], ensure_ascii=False) for text in sorted(self.heard)]
        (self.home / RECORD).write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")

    def misheard(self, reads: Reading, sounds: Speller) -> list[Misheard]:
        """Return the phrases of which other words were heard, the worst first. Raises EngineError."""
        found = (judged(text, heard, reads, sounds) for text, (_, heard) in sorted(self.heard.items()))
        return sorted(
            (each for each in found if each.comparison.runs), key=lambda each: each.rank, reverse=True
        )


def judged(text: str, heard: str, reads: Reading, sounds: Speller) -> Misheard:
    """Compare a phrase with what was heard of it. Raises EngineError."""
    written, said = (words_of(each, reads, sounds) for each in (text, heard))
    return Misheard(text, heard, compare(written, without_fillers(said)))


def files_of(home: Path) -> Mapping[str, Path]:
    """Return the file of each phrase of the pack in `home`."""
    return {text: home / file for text, file, _ in json.loads((home / INDEX).read_bytes())["phrases"]}


def digest_of(path: Path) -> str:
    """Return what names the bytes of a file."""
    return sha256(path.read_bytes()).hexdigest()[:12]
