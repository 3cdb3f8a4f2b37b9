"""The file itself: HTML with everything in it, which fetches nothing and runs nothing from elsewhere."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from audioguide.export.handout.moments import Moment, moments
from audioguide.export.languages import two_letters
from audioguide.export.metadata import Metadata, avoided
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.script.chapters import chapters_of
from audioguide.script.layout import Timeline
from audioguide.script.text import one_line
from audioguide.units import clock, seconds

SUFFIX = ".html"
LARGEST_MAIL = 20_000_000  # bytes; mail servers take 20 to 25 MB with what they add
_PIECE = 3 * 256 * 1024  # bytes that become Base64 at once: a multiple of 3, so that the pieces join
_BREATHS = ("in", "out", "full", "empty")
_ICONS = {
    "go": '<path d="M8 5v14l11-7z"/>',
    "pause": '<path d="M6 5h4v14H6zm8 0h4v14h-4z"/>',
    "again": '<path d="M6 5h2.5v14H6zM20 5v14L9.5 12z"/>',
    "next": '<path d="M15.5 5H18v14h-2.5zM4 5v14l10.5-7z"/>',
}


def handout(timeline: Timeline, sound: Iterable[bytes], about: Metadata | None = None) -> Iterator[str]:
    """Yield one HTML page with `sound`, the bytes of an MP3, in it; it opens offline, from a disk or a mail.

    Its script shows words in step with the sound, counts holds down and breathes a circle; without it the
    page still has the player of the browser and all words. Texts are escaped. Nothing else may load or run
    (Content Security Policy Level 3, with the hash of the script).
    """
    script = timeline.script
    title = escape(one_line(script.title))
    language = two_letters(script.voice) or "und"
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src '{_hash(_part('page.js'))}'; "
        "media-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    yield (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
        f"<style>{_part('page.css')}</style></head><body>\n"
    )
    yield "".join(_head(timeline, title, about or Metadata(), language))
    yield '<main><section class="player" aria-label="Player"><audio id="audio" controls preload="auto" src="'
    yield from _address(sound)
    yield f'"></audio>\n{_player()}</section>\n'
    yield '<section aria-labelledby="said"><h2 id="said">Words</h2>\n'
    yield f'<ol class="words" id="words" lang="{language}">\n'
    yield from _words(timeline)
    yield (
        f"</ol></section></main>\n<footer><p>{escape(DISCLAIMER)} Stop if it hurts.</p></footer>\n"
        f'<script type="application/json" id="data">{_data(timeline)}</script>\n'
        f"<script>{_part('page.js')}</script>\n</body></html>\n"
    )


def _head(timeline: Timeline, title: str, about: Metadata, language: str) -> Iterator[str]:
    script = timeline.script
    yield f'<header><h1 lang="{language}">{title}</h1>\n<p class="length">{clock(timeline.length)}'
    yield "".join(f" · {_text(name)} {_text(value)}" for name, value in about.facts if value)
    yield "</p>\n"
    if script.remark:
        yield f'<p class="note">{_text(script.remark)}</p>\n'
    if script.beyond_bounds:
        beyond = _text(", ".join(script.beyond_bounds))
        yield f'<p class="safety">Beyond the bounds of the routine: {beyond}</p>\n'
    if avoid := avoided(script):
        yield f'<p class="safety">Not with: {_text(avoid)}.</p>\n'
    yield "</header>\n"


def _address(sound: Iterable[bytes]) -> Iterator[str]:
    """Yield the sound as an address that has all of it (RFC 2397)."""
    yield "data:audio/mpeg;base64,"
    waiting = b""
    for piece in sound:
        waiting += piece
        if len(waiting) >= _PIECE:
            whole = len(waiting) - len(waiting) % 3
            yield b64encode(waiting[:whole]).decode("ascii")
            waiting = waiting[whole:]
    yield b64encode(waiting).decode("ascii")


def _player() -> str:
    def button(name: str, kind: str, label: str, inside: str) -> str:
        named = f' aria-label="{label}"' if label else ""
        return f'<button type="button" id="{name}" class="{kind}"{named}>{inside}</button>'

    def icon(name: str, kind: str = "") -> str:
        return f'<svg viewBox="0 0 24 24" aria-hidden="true"{kind}>{_ICONS[name]}</svg>'

    play = icon("go", ' class="go"') + icon("pause", ' class="pause"')
    return (
        '<div id="player" hidden>\n<div class="stage" aria-hidden="true"><svg viewBox="0 0 100 100">'
        '<circle class="track" cx="50" cy="50" r="46"/>'
        '<circle id="circle" class="circle" cx="50" cy="50" r="44"/>'
        '<circle id="ring" class="ring" cx="50" cy="50" r="46" pathLength="1" stroke-dasharray="1 1"/></svg>'
        '<div class="count" id="count"></div></div>\n<p class="now" id="now" aria-hidden="true"></p>\n'
        '<input type="range" id="seek" min="0" max="1" step="0.1" value="0" aria-label="Position">\n'
        '<p class="times"><span id="at">0:00</span><span id="left"></span></p>\n<div class="buttons">'
        + button("back", "round", "15 seconds back", "\N{MINUS SIGN}15")
        + button("play", "big", "Play", play)
        + button("on", "round", "15 seconds on", "+15")
        + '</div>\n<div class="buttons">'
        + button("again", "wide", "", f"{icon('again')} This part again")
        + button("next", "wide", "", f"{icon('next')} Next part")
        + '</div>\n<p class="fault" id="fault" role="alert"></p></div>\n'
    )


def _words(timeline: Timeline) -> Iterator[str]:
    breathing = False
    for each in moments(timeline):
        if each.kind not in _BREATHS:
            breathing = breathing and each.kind == "say"
            yield _line(each, each.kind, f"{each.text}, {each.about}" if each.about else each.text)
        elif not breathing:  # one line for a run of breaths
            breathing = True
            yield _line(each, "hold", "Breathe with the tones")


def _line(each: Moment, kind: str, text: str) -> str:
    return f'<li><span class="{kind}" data-at="{seconds(each.start)}">{_text(text)}</span></li>\n'


def _data(timeline: Timeline) -> str:
    data = {
        "length": seconds(timeline.length), "moments": [each.as_json() for each in moments(timeline)],
        "chapters": [{"s": seconds(each.start), "t": each.title} for each in chapters_of(timeline)],
    }  # fmt: skip
    # "<" cannot end the script, nor begin a comment in it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@cache
def _part(name: str) -> str:
    return files("audioguide.export.handout").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}"


def _text(text: str) -> str:
    return escape(one_line(text))
