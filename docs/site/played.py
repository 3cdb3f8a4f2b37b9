"""A player below each routine that a page shows: what is written there, as it sounds."""

from __future__ import annotations

import re
from pathlib import Path

import audioguide as ag
from docs.site.listen import BIT_RATE, FOLDER
from docs.site.stage import Page

PAGES = ("language", "words", "own-routine")
QUICK = "pyttsx3"  # speaks any text at once; a natural voice takes a second and more for each phrase
_ROUTINE = re.compile(r"```yaml\n(title:.*?)```\n", re.DOTALL)


def played(page: Page, extra: Path, *, quick: bool) -> Page:
    """Return `page` with a player below each routine, and write their MP3s into the folder of sounds.

    Raises RoutineError for a routine that cannot be rendered.
    """
    folder = extra / FOLDER
    folder.mkdir(exist_ok=True)
    count = 0

    def with_player(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        file = f"{page.name}-{count}"
        title = _render(match[1], folder / f"{file}.mp3", quick=quick)
        player = f'<audio controls preload="none" src="{FOLDER}/{file}.mp3" aria-label="{title}"></audio>'
        return f"{match[0]}\n{player}\n"

    return Page(page.name, _ROUTINE.sub(with_player, page.text), page.section)


def _render(text: str, mp3: Path, *, quick: bool) -> str:
    """Render the routine `text`, and return its title."""
    source = mp3.with_suffix(".yaml")
    source.write_text(text, encoding="utf-8")
    routine = ag.load(source)
    source.unlink()
    script = ag.compile(routine, ag.Options(engine=QUICK if quick else None))
    with mp3.open("wb") as file:
        ag.render(script, file, ag.Output(bitrate=BIT_RATE))
    return script.title
