"""What may lie beside a sound file: its timeline as text for players, editors, podcasts and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audioguide.errors import UsageError
from audioguide.export.metadata import Metadata
from audioguide.script.layout import Timeline
from audioguide.script.script_file import SUFFIX

ALL = "all"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A file beside the sound: `suffix` follows the routine's name, `what` says what it is for."""

    name: str
    suffix: str
    what: str
    made: Callable[[Timeline, Metadata, str], Iterator[str]]

    def text(self, timeline: Timeline, about: Metadata | None = None, sound: str = ".mp3") -> Iterator[str]:
        """Yield the file piece by piece; `sound` is the suffix of the sound file that it is next to."""
        return self.made(timeline, about or Metadata(), sound)


def _vtt(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.timed_text import vtt

    return vtt(timeline)


def _srt(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.timed_text import srt

    return srt(timeline)


def _lrc(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.timed_text import lrc

    return lrc(timeline)


def _labels(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.timed_text import labels

    return labels(timeline)


def _chapters(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.chapters_json import chapters_json

    return chapters_json(timeline)


def _playlist(timeline: Timeline, _about: Metadata, sound: str) -> Iterator[str]:
    from audioguide.export.overview import entry

    yield "#EXTM3U\n"
    yield entry(timeline.script.title, f"{timeline.script.name}{sound}", timeline.length)


def _text(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.script_text import text_lines

    return text_lines(timeline)


def _script(timeline: Timeline, _about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.script_json import dumped

    return dumped(timeline)


def _sheet(timeline: Timeline, about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.sheet import sheet

    yield sheet(timeline, about)


def _picture(timeline: Timeline, about: Metadata, _sound: str) -> Iterator[str]:
    from audioguide.export.picture.page import picture

    yield picture(timeline, about).svg


WITH_FILES = {
    each.name: each
    for each in (
        Sidecar("vtt", ".vtt", "captions for web pages (WebVTT)", _vtt),
        Sidecar("srt", ".srt", "captions for video players (SubRip)", _srt),
        Sidecar("lrc", ".lrc", "lyrics, line by line, for phone players", _lrc),
        Sidecar("labels", ".labels.txt", "labels for Audacity", _labels),
        Sidecar("chapters", ".chapters.json", "chapters for podcasts", _chapters),
        Sidecar("m3u8", ".m3u8", "a playlist", _playlist),
        Sidecar("sheet", ".sheet.html", "a page to print", _sheet),
        Sidecar("picture", ".svg", "the timeline as a picture", _picture),
    )
}
# A render writes these two anyway.
ALWAYS = {
    each.name: each
    for each in (
        Sidecar("json", SUFFIX, "the timed script for machines", _script),
        Sidecar("txt", ".txt", "the timed script for people", _text),
    )
}


def named_sidecars(names: Sequence[str], *, alone: bool = False) -> tuple[Sidecar, ...]:
    """Return the files of those names, each once; "all" is all. Raises UsageError for any other.

    `alone` means that no render writes the two that it always does.
    """
    known = WITH_FILES | ALWAYS
    wanted: dict[str, None] = {}
    for name in names:
        if name != ALL and name not in known:
            raise UsageError(f"unknown file '{name}'; choose from {', '.join((ALL, *known))}")
        wanted |= dict.fromkeys(known if name == ALL else [name])
    return tuple(known[name] for name in wanted if alone or name not in ALWAYS)
