"""The chapters of a file: those that the routine names, else one for each side and rep. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audioguide.script.layout import Timed, Timeline
from audioguide.script.script import PLAYER_CHECK, SOFT, Cue
from audioguide.script.tags import ChapterMark
from audioguide.script.text import one_line
from audioguide.units import TICKS_PER_SECOND

MOST_FOUND = 99  # a longer list is no help: reps then share one chapter
_LATE = 1 * TICKS_PER_SECOND  # a named chapter that starts later leaves an opening before it
_SHORT = 15 * TICKS_PER_SECOND  # reps that are shorter on average are one chapter
_LONGEST_TITLE = 48
_SIDES = {"left": "Left side", "right": "Right side", "both": "Both sides"}
OPENING, CLOSING = "Opening", "Closing"


def chapters_of(timeline: Timeline) -> tuple[ChapterMark, ...]:
    """Return the chapters of `timeline` in order; each lasts until the next begins.

    The routine's own win, those that start together as one. Without any, there is one for each side
    and rep of a step, for what is between such steps, and for the notice that opens the file.
    """
    starts = list(_opened(named(timeline))) or list(_found(timeline))
    ends = [*(start for start, _ in starts), timeline.length][1:]
    return tuple(
        ChapterMark(start, end, title)
        for (start, title), end in zip(starts, ends, strict=True)
        if end > start or len(starts) == 1
    )


def named(timeline: Timeline) -> dict[int, str]:
    """Return the titles of the routine's own chapters by their starts, in order."""
    titles: dict[int, str] = {}
    for timed in timeline.cues:
        if timed.cue.kind == "chapter" and (title := one_line(timed.cue.text or "")):
            before = titles.get(timed.start)
            titles[timed.start] = f"{before} · {title}" if before else title
    return titles


def _opened(titles: dict[int, str]) -> Iterator[tuple[int, str]]:
    if titles and min(titles) > _LATE:
        yield 0, OPENING
    yield from titles.items()


@dataclass(slots=True)
class _Part:
    """Cues that belong together: of one step (`top`), on one side, in one rep."""

    top: str
    side: str | None
    rep: int | None
    start: int
    cues: list[Cue] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Return whether it lies between steps that have sides or reps."""
        return not self.top

    def goes_on(self, cue: Cue) -> bool:
        top = _top(cue)
        if self.plain and not top:
            done = self.cues[-1].kind in ("hold", "breath", "chime") and any(
                before.kind in ("hold", "breath") for before in self.cues
            )
            return not (cue.kind == "say" and done)
        # The rep of a breath counts breaths.
        rep = self.rep if cue.kind == "breath" else cue.rep
        return (top, cue.side, rep) == (self.top, self.side, self.rep)


def _top(cue: Cue) -> str:
    if cue.step == PLAYER_CHECK:
        return "opening"
    top, nested, _ = cue.step.partition(".")
    return top if nested or top in ("opening", "closing") else ""


def _found(timeline: Timeline) -> Iterator[tuple[int, str]]:
    parts = _coarse(_led_in(_parts(timeline.cues)), timeline.length)
    for index, part in enumerate(parts):
        yield part.start if index else 0, _title(part, parts, timeline.script.title)


def _parts(cues: Sequence[Timed]) -> list[_Part]:
    parts: list[_Part] = []
    for timed in cues:
        cue = timed.cue
        if not cue.advances or cue.kind in SOFT or cue.kind == "chapter":
            continue
        if parts and parts[-1].top != "opening" and _top(cue) == "opening":
            continue  # the rest of the notice, in the middle of a first step
        if not parts or not parts[-1].goes_on(cue):
            rep = None if cue.kind == "breath" else cue.rep
            parts.append(_Part(_top(cue), cue.side, rep, timed.start))
        parts[-1].cues.append(cue)
    return parts


def _led_in(parts: list[_Part]) -> list[_Part]:
    """Return `parts` with the words that begin a rep in the part of its first side."""
    kept: list[_Part] = []
    for part in parts:
        last = kept[-1] if kept else None
        if last and _leads(last, part):
            last.side, last.cues = part.side, last.cues + part.cues
        else:
            kept.append(part)
    return kept


def _leads(words: _Part, part: _Part) -> bool:
    rep = bool(words.top) and words.rep is not None and (words.top, words.rep) == (part.top, part.rep)
    return rep and words.side is None and part.side is not None and all(c.kind == "say" for c in words.cues)


def _coarse(parts: list[_Part], length: int) -> list[_Part]:
    """Return `parts` with the reps of a step as one where they are short, or very many in all."""
    ends = [*(part.start for part in parts), length][1:]
    times: dict[str, list[int]] = {}
    for part, end in zip(parts, ends, strict=True):
        times.setdefault(part.top, []).append(end - part.start)
    many = len(parts) > MOST_FOUND
    short = {top for top, all_ in times.items() if many or sum(all_) < _SHORT * len(all_)}
    joined: list[_Part] = []
    for part in parts:
        rep = None if part.top and part.top in short else part.rep
        last = joined[-1] if joined else None
        if last and part.top and (last.top, last.side, last.rep) == (part.top, part.side, rep):
            last.cues += part.cues
        else:
            joined.append(replace(part, rep=rep))
    return joined


def _title(part: _Part, parts: Sequence[_Part], title: str) -> str:
    if part.top in ("opening", "closing"):
        return OPENING if part.top == "opening" else CLOSING
    reps = max((each.rep or 1 for each in parts if each.top == part.top), default=1)
    words = [_SIDES.get(part.side, part.side)] if part.side else []
    if part.rep and reps > 1:
        words.append(f"rep {part.rep} of {reps}")
    if words:
        return f"{words[0][0].upper()}{words[0][1:]}" + "".join(f", {word}" for word in words[1:])
    first = next(each for each in parts if each.top not in ("opening", "closing"))
    return one_line(title) if part is first else _words(part.cues)


def _words(cues: Sequence[Cue]) -> str:
    said = next((cue.text for cue in cues if cue.text), None)
    if said is None:
        kinds = {cue.kind for cue in cues}
        return "Breathing" if "breath" in kinds else "Hold" if "hold" in kinds else "Sound"
    return shortened(one_line(said).rstrip(".:,;"))


def shortened(text: str) -> str:
    """Return `text` with as many whole words as a list of chapters has room for."""
    if len(text) <= _LONGEST_TITLE:
        return text
    kept = text[:_LONGEST_TITLE].rpartition(" ")[0] or text[:_LONGEST_TITLE]
    return f"{kept.rstrip('.:,;')}…"
