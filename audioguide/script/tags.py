"""What a sound file says of itself, whatever its format; times are in ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A part of the file that a player can jump to, from the tick `start` up to `end`."""

    start: int
    end: int
    title: str


def few(chapters: Sequence[ChapterMark], most: int) -> Sequence[ChapterMark]:
    """Return `chapters`; where they are more than `most`, some of them, evenly."""
    return chapters[:: -(-len(chapters) // most) or 1]


@dataclass(frozen=True, slots=True)
class LyricLine:
    """A line of text that is shown from the tick `start` on."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Fields for a player; empty ones are left out.

    `track` is a number or "2/12", `language` a code of ISO 639-2 such as "eng", `cover` a PNG.
    `lines` are the text line by line at its moments, `length` is that of the file.
    """

    title: str
    artist: str = ""
    album: str = ""
    track: str = ""
    genre: str = ""
    year: str = ""
    language: str = "eng"
    comment: str = ""
    cover: bytes = b""
    lines: tuple[LyricLine, ...] = ()
    chapters: tuple[ChapterMark, ...] = ()
    length: int | None = None

    @property
    def text(self) -> str:
        """Return the whole text, one line a row, below the titles of its chapters.

        A title that the line below it says again is left out.
        """
        starts = [(chapter.start, index, chapter.title) for index, chapter in enumerate(self.chapters)]
        rows: list[str] = []
        waiting = sorted(starts, reverse=True)
        for line in self.lines:
            while waiting and waiting[-1][0] <= line.start:
                title = waiting.pop()[2]
                again = line.text.rstrip(".").startswith(title.rstrip("…"))
                rows += ([""] if rows else []) + ([] if again else [title])
            rows.append(line.text)
        return "\n".join(rows)
