"""The ID3 tag in front of a file. The only place that knows mutagen."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import mutagen.id3

from audioguide.script.tags import ChapterMark, Tags
from audioguide.script.text import one_line
from audioguide.units import TICK_MS

_id3: Any = mutagen.id3  # it says that it is typed, but its functions are not

MOST_CHILDREN = 255  # a table of contents counts its entries in one byte (ID3v2 Chapter Frame Addendum 1.0)
_TOP_LEVEL, _ORDERED = 2, 1
_NO_OFFSET = 0xFFFFFFFF
_FRONT_COVER = 3
_LYRICS, _MILLISECONDS = 1, 2


def id3_bytes(tags: Tags) -> bytes:
    """Return an ID3v2.3 tag (what old players and Windows read best); the same tags give the same bytes.

    Moments are written in milliseconds. More than 255 chapters are parts of at most 255.
    """
    words = {
        _id3.TIT2: tags.title, _id3.TPE1: tags.artist, _id3.TALB: tags.album, _id3.TRCK: tags.track,
        _id3.TCON: tags.genre, _id3.TYER: tags.year, _id3.TLAN: tags.language,
        _id3.TLEN: "" if tags.length is None else str(tags.length * TICK_MS),
    }  # fmt: skip
    frames = [kind(**_text(text)) for kind, text in words.items() if text]
    frames += [*_long_texts(tags), *_contents(tags.chapters), *([_cover(tags.cover)] if tags.cover else [])]
    body = b"".join(map(_frame_bytes, frames))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _frame_bytes(frame: Any) -> bytes:
    # One by one: a whole tag is written sorted by size, and some players take chapters as they come.
    tag = _id3.ID3()
    tag.add(frame)
    file = io.BytesIO()
    tag.save(file, v2_version=3, padding=lambda _info: 0)
    return file.getvalue()[10:]


def _long_texts(tags: Tags) -> Iterator[Any]:
    language = tags.language or "und"
    if tags.comment:
        yield _id3.COMM(lang=language, desc="", **_text(tags.comment, lines=True))
    if tags.lines:
        text = _text(tags.text, lines=True)
        yield _id3.USLT(lang=language, desc="", encoding=text["encoding"], text=text["text"][0])
        timed = [(one_line(line.text), line.start * TICK_MS) for line in tags.lines]
        encoding = _encoding("".join(text for text, _ in timed))
        yield _id3.SYLT(
            lang=language, desc="", format=_MILLISECONDS, type=_LYRICS, encoding=encoding, text=timed
        )  # fmt: skip


def _cover(png: bytes) -> Any:
    return _id3.APIC(
        encoding=_id3.Encoding.LATIN1, mime="image/png", type=_FRONT_COVER, desc="Cover", data=png
    )  # fmt: skip


def _contents(chapters: Sequence[ChapterMark]) -> Iterator[Any]:
    if not chapters:
        return
    names = [f"ch{number}" for number in range(1, len(chapters) + 1)]
    for name, chapter in zip(names, chapters, strict=True):
        yield _id3.CHAP(
            element_id=name, start_time=chapter.start * TICK_MS, end_time=chapter.end * TICK_MS,
            start_offset=_NO_OFFSET, end_offset=_NO_OFFSET, sub_frames=[_titled(chapter.title)],
        )  # fmt: skip
    if len(names) <= MOST_CHILDREN:
        yield _table("toc", names, "Chapters", top=True)
        return
    parts = _parts(len(names))
    for number, (first, behind) in enumerate(parts, start=1):
        title = f"{chapters[first].title} \N{EN DASH} {chapters[behind - 1].title}"
        yield _table(f"toc{number}", names[first:behind], title, top=False)
    yield _table("toc", [f"toc{number}" for number in range(1, len(parts) + 1)], "Chapters", top=True)


def _parts(count: int) -> list[tuple[int, int]]:
    """Divide `count` chapters into parts of about equal size, with no more children than a table has."""
    number = -(-count // MOST_CHILDREN)
    borders = [count * part // number for part in range(number + 1)]
    return list(itertools.pairwise(borders))


def _table(name: str, children: Sequence[str], title: str, *, top: bool) -> Any:
    # Players of Apple show no chapters of a table without a title.
    return _id3.CTOC(
        element_id=name, flags=_ORDERED | (_TOP_LEVEL if top else 0), child_element_ids=list(children),
        sub_frames=[_titled(title)],
    )  # fmt: skip


def _titled(text: str) -> Any:
    return _id3.TIT2(**_text(text))


def _text(text: str, *, lines: bool = False) -> dict[str, Any]:
    # A NUL would end the field early, and only long texts may hold lines (ID3v2.3, 4.2).
    kept = "\n".join(map(one_line, text.split("\n"))) if lines else one_line(text)
    return {"encoding": _encoding(kept), "text": [kept]}


def _encoding(text: str) -> Any:
    return _id3.Encoding.LATIN1 if text.isascii() else _id3.Encoding.UTF16
