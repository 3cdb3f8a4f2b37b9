"""Text with its moments for players and editors: WebVTT, SubRip, LRC, labels for Audacity. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from audioguide.drawing.shapes import sound_name
from audioguide.export.captions import captions, held_line
from audioguide.export.spoken import spoken
from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timeline
from audioguide.script.text import one_line
from audioguide.units import TICK_MS, TICKS_PER_SECOND, format_stamp

_ARROW = "-->"
_ANGLES = str.maketrans(
    "<>", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)


def vtt(timeline: Timeline) -> Iterator[str]:
    """Yield a WebVTT file (W3C, "WebVTT: The Web Video Text Tracks Format"); texts are escaped."""
    title = escape(one_line(timeline.script.title), quote=False)
    yield f"WEBVTT\n\nNOTE {title}\n"
    for number, each in enumerate(captions(timeline), start=1):
        text = escape(each.text, quote=False)
        yield f"\n{number}\n{format_stamp(each.start)} {_ARROW} {format_stamp(each.end)}\n{text}\n"


def srt(timeline: Timeline) -> Iterator[str]:
    """Yield a SubRip file. It cannot escape: brackets that players read as tags become others."""
    for number, each in enumerate(captions(timeline), start=1):
        text = _angled(each.text).replace("{\\", "(\\")  # such as {\\an8}, which moves the line
        yield f"{number}\n{format_stamp(each.start, ',')} {_ARROW} {format_stamp(each.end, ',')}\n{text}\n\n"


def lrc(timeline: Timeline) -> Iterator[str]:
    """Yield an LRC file, the lyrics that players on phones show; moments are in hundredths of a second.

    Square brackets, which stand for moments and tags, become round ones; angle brackets, which stand for the
    moments of words, become quotation marks.
    """
    script = timeline.script
    head = {"ti": script.title, "ar": "audioguide", "al": script.album, "length": _short(timeline.length)}
    for name, text in head.items():
        yield f"[{name}:{_round(one_line(text))}]\n"
    behind = 0
    for each in captions(timeline):
        if behind and each.start - behind > 5 * TICKS_PER_SECOND:
            yield f"[{_hundredths(behind)}]\n"  # else the last line would stay through a long rest
        yield f"[{_hundredths(each.start)}]{_round(each.text)}\n"
        behind = each.end
    if behind:
        yield f"[{_hundredths(behind)}]\n"


def labels(timeline: Timeline) -> Iterator[str]:
    """Yield labels for Audacity: start, end and text between tabs, times in seconds.

    Phrases, holds and breaths have their length; sounds and chapters are points.
    """
    rows = [(each.start, each.end, each.text) for each in spoken(timeline)]
    for timed in timeline.cues:
        cue = timed.cue
        if cue.kind == "hold":
            rows.append((timed.start, timed.end, held_line(timed)))
        if cue.tone:
            rows.append((timed.start, timed.end, f"(breath {cue.tone.phase})"))
        if cue.sound:
            rows.append((timed.start, timed.start, f"[{one_line(sound_name(cue.sound))}]"))
    rows += [(each.start, each.start, f"# {one_line(each.title)}") for each in chapters_of(timeline)]
    for start, end, text in sorted(rows):
        yield f"{start / TICKS_PER_SECOND:.6f}\t{end / TICKS_PER_SECOND:.6f}\t{text}\n"


def _hundredths(ticks: int) -> str:
    minutes, rest = divmod(ticks * TICK_MS // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"


def _short(ticks: int) -> str:
    return _hundredths(ticks)[:-3]


def _round(text: str) -> str:
    return _angled(text.replace("[", "(").replace("]", ")"))


def _angled(text: str) -> str:
    return text.translate(_ANGLES)
