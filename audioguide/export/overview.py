"""A plan on paper and for the player: the printable overview and the playlist."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from audioguide.listener.plan import Planned
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.script.text import one_line
from audioguide.units import format_clock, seconds
from audioguide.untrusted.characters import escaped


def playlist(planned: Sequence[Planned]) -> str:
    """Return an extended M3U8 playlist; lengths are in whole seconds, as the format wants them."""
    return "#EXTM3U\n" + "".join(entry(each.title, each.file, each.length) for each in planned)


def entry(title: str, file: str, length: int) -> str:
    """Return the two lines of a file in a playlist; `length` is in ticks."""
    return f"#EXTINF:{round(seconds(length))},{one_line(title)}\n{playable(file)}\n"


def playable(file: str) -> str:
    """Return the name of a file as a line of a playlist that every player reads as that name.

    A line that begins with "#" is a comment, spaces at its ends are dropped, and "mailto:x" is an address:
    such a name begins with "./". What cannot be in a line at all is written as in an address, as %0A.
    """
    if file != escaped(file) or "\n" in file or "\t" in file:
        parts = (each if each == escaped(each) and each not in "\n\t" else _percent(each) for each in file)
        file = "".join(parts)
    return f"./{file}" if file.startswith(("#", " ")) or ":" in file else file


def _percent(character: str) -> str:
    data = character.encode("utf-8", "surrogateescape")  # as the system wrote it
    return "".join(f"%{byte:02X}" for byte in data)


def overview(title: str, planned: Sequence[Planned], note: str = "") -> str:
    """Return a page to print: one row a session, with a box to tick."""
    names = list(planned[0].session.settings)
    head = "".join(
        f"<th>{escape(name)}</th>" for name in ("week", "session", *names, "length", "file", "done")
    )
    rows = "\n".join(_row(each, names) for each in planned)
    weeks = planned[-1].session.week
    beyond = ", ".join(dict.fromkeys(name for each in planned for name in each.beyond))
    warning = (
        f"<p><strong>Beyond the bounds of the routine: {escape(beyond)}.</strong></p>\n" if beyond else ""
    )
    remark = f"<p>{escape(one_line(note))}</p>\n" if note else ""
    title = one_line(title)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}: a plan</title>
<style>
body {{ font: 12pt/1.4 sans-serif; margin: 2em auto; max-width: 48em; color: #111 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #999; padding: .3em .6em; text-align: left }}
tr {{ break-inside: avoid }}
.done {{ font-size: 130% }}
@page {{ margin: 1.5cm }}
</style></head><body>
<h1>{escape(title)}</h1>
<p>{len(planned)} sessions in {weeks} week{"s" * (weeks != 1)}.</p>
{warning}{remark}<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table>
<p>{escape(DISCLAIMER)}</p>
</body></html>
"""


def _row(each: Planned, names: Sequence[str]) -> str:
    session = each.session
    cells = [
        str(session.week),
        str(session.number),
        *(str(session.settings[name]) for name in names),
        format_clock(each.length).split(".")[0],
        each.file,
    ]
    shown = "".join(f"<td>{escape(one_line(cell))}</td>" for cell in cells)
    return f'<tr>{shown}<td class="done">\N{BALLOT BOX}</td></tr>'
