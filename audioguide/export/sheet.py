"""A page to print and to lay beside the mat: what is done, how long, how often, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from audioguide.export.languages import two_letters
from audioguide.export.metadata import Metadata, avoided
from audioguide.export.picture.holds import summary
from audioguide.export.ribbon import ribbon
from audioguide.export.rows import Row, rows
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import PLAYER_CHECK
from audioguide.script.text import one_line
from audioguide.speech.pace import shown_voice
from audioguide.units import amount, clock

_STYLE = """
@page { size: auto; margin: 14mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.35 "DejaVu Sans", Verdana, Arial, Helvetica, sans-serif; color: #1f2933;
  max-width: 182mm; margin: 8mm auto; padding: 0 4mm }
h1 { font-size: 20pt; line-height: 1.15; margin: 0 0 1mm; overflow-wrap: anywhere }
p { margin: 0 0 2mm }
.facts, .foot { color: #52606d; font-size: 9pt }
.beyond { color: #9b1c1c; font-weight: bold }
.safety { border: .4mm solid #1f2933; border-radius: 1.5mm; padding: 2mm 3mm; margin: 3mm 0 }
.safety p:last-child { margin: 0 }
svg { display: block; width: 100%; height: auto; margin: 3mm 0 }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
th, td { border-bottom: .2mm solid #b8c1cb; padding: 1mm 2mm 1mm 0; text-align: left; vertical-align: top }
th { color: #52606d; font-weight: normal; font-size: 8.5pt }
td { overflow-wrap: anywhere }
td.at { white-space: nowrap; font-variant-numeric: tabular-nums }
td.long, td.side, td.often { white-space: nowrap }
.then { color: #52606d }
tr.chapter th { color: #1f2933; font-weight: bold; font-size: inherit; padding-top: 2.5mm }
.tight table { font-size: 7.8pt; line-height: 1.22 }
.tight th, .tight td { padding-top: .5mm; padding-bottom: .5mm }
.tight .safety { padding: 1.2mm 2.5mm; margin: 2mm 0; font-size: 9pt }
tr, .safety, svg { break-inside: avoid }
thead { display: table-header-group }
.foot { margin-top: 3mm }
@media print { body { margin: 0; max-width: none; padding: 0 } }
"""
_LETTERS, _BORDER = 70, 0.6  # of a line of the widest column; lines between two rows
_ROOM = 34  # lines of usual size; more are set smaller, to stay on one page


def sheet(timeline: Timeline, about: Metadata | None = None) -> str:
    """Return a page of HTML that prints on A4 and on Letter; it has no script and fetches nothing.

    Its numbers are those of the timeline. Texts are escaped.
    """
    about = about or Metadata()
    script = timeline.script
    title = escape(one_line(script.title))
    body = "\n".join([*_head(timeline, about), ribbon(timeline), *_table(timeline), *_foot(timeline)])
    language = two_letters(script.voice) or "und"
    tight = ' class="tight"' if _rows_high(timeline) > _ROOM else ""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style></head><body{tight}>\n<h1>{title}</h1>\n{body}\n</body></html>\n"
    )


def _head(timeline: Timeline, about: Metadata) -> Iterator[str]:
    script = timeline.script
    holds = summary(_holds(timeline))
    settings = ", ".join(f"{name} {value}" for name, value in script.settings.items())
    facts = [("length", clock(timeline.length)), *about.facts, ("holds", holds), ("settings", settings)]
    shown = " · ".join(f"{name} {_text(value)}" for name, value in facts if value)
    yield f'<p class="facts">{shown}</p>'
    if script.beyond_bounds:
        beyond = _text(", ".join(script.beyond_bounds))
        yield f'<p class="beyond">Beyond the bounds of the routine: {beyond}</p>'
    opening = [timed.cue.text for timed in timeline.cues if timed.cue.step == "opening" and timed.cue.text]
    notice = [_text(" ".join(opening))] if opening else []
    if avoid := avoided(script):
        notice.append(f"Not with: {_text(avoid)}.")
    notice.append(f"{escape(DISCLAIMER)} Stop if it hurts.")
    yield '<div class="safety">' + "".join(f"<p>{each}</p>" for each in notice) + "</div>"


def _table(timeline: Timeline) -> Iterator[str]:
    found = rows(timeline)
    if not found:
        return
    yield (
        "<table><thead><tr><th>at</th><th>what</th><th>side</th><th>how long</th><th>times</th></tr></thead>"
        "<tbody>"
    )
    for row in found:
        yield _row(row)
    yield "</tbody></table>"


def _row(row: Row) -> str:
    if row.heading:
        return f'<tr class="chapter"><th>{clock(row.start)}</th><th colspan="4">{_text(row.what)}</th></tr>'
    often = f"{row.times} \N{MULTIPLICATION SIGN}" if row.long else ""
    then = f' <span class="then">Then: {_text(row.then)}</span>' if row.then else ""
    cells = (
        ("at", clock(row.start)), ("what", _text(row.what) + then), ("side", row.side or ""),
        ("long", row.long), ("often", often),
    )  # fmt: skip
    return "<tr>" + "".join(f'<td class="{name}">{text}</td>' for name, text in cells) + "</tr>"


def _rows_high(timeline: Timeline) -> float:
    """Return about how many lines the table has."""
    return sum(-(-len(row.what + row.then) // _LETTERS) + _BORDER for row in rows(timeline))


def _foot(timeline: Timeline) -> Iterator[str]:
    script = timeline.script
    held = sum(timed.length for timed in _holds(timeline))
    parts = [f"{amount(held)} of holds in all"] if held else []
    voice = script.voice
    parts.append(f"voice {shown_voice(voice.name, voice.engine, voice.rate)}")
    for other in script.other_voices:
        speaks = script.speaks(other)
        parts.append(f"{other} {shown_voice(speaks.name, speaks.engine, speaks.rate)}")
    exact = "Holds and breaths last exactly as long in the sound file. In parentheses: silence."
    yield f'<p class="foot">{_text("; ".join(parts))}. {exact}</p>'


def _holds(timeline: Timeline) -> list[Timed]:
    return [timed for timed in timeline.cues if timed.cue.kind == "hold" and timed.cue.step != PLAYER_CHECK]


def _text(text: str) -> str:
    return escape(one_line(text))
