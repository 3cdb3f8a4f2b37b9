"""The parts of a routine by name: ids, chapters, included routines. Names survive an edit, numbers do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from audioguide.reading.marks import shown
from audioguide.routine.language import model
from audioguide.routine.load import Routine
from audioguide.routine.names import slug

NUMBER = re.compile(r"steps\[\d+\](\.(include\.)?steps\[\d+\])*")  # of a step: "steps[2].steps[0]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one name stands for: `steps` as the script names them, and the included routines it is `within`.

    `title` is for people; `others` are other names of an included routine: its title, its path.
    """

    name: str
    title: str
    steps: frozenset[str]
    within: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Return the name with those of the included routines around it: "knee-to-chest/left-side"."""
        return "/".join((*self.within, self.name))

    def is_called(self, name: str) -> bool:
        """Return whether `name` is its own, with or without the routines around it."""
        *around, last = (slug(each) for each in name.split("/"))
        return name in self.others or (last in (self.name, *self.others) and _in_order(around, self.within))

    def is_meant(self, name: str) -> bool:
        """Return whether its name has the words of `name`, one after another: "bridge" in "bridge-pose"."""
        return bool(name) and f"-{name}-" in f"-{self.name}-"


def parts_of(routine: Routine) -> tuple[Part, ...]:
    """Return all parts of `routine` and of what it includes, in order; equal names are one part."""
    found: dict[str, Part] = {}
    for part in _parts(routine, "", ()):
        known = found.get(part.whole)
        if known is None:
            found[part.whole] = part
        elif part.others and not known.others:  # it stands where the routine is, not its words
            del found[part.whole]
            found[part.whole] = replace(part, steps=known.steps | part.steps)
        else:
            found[part.whole] = replace(known, steps=known.steps | part.steps)
    return tuple(found.values())


def fingerprint(routine: Routine) -> str:
    """Return what stands for the exact text of `routine` and of what it includes: "sha256:" and 12 digits."""
    digest = sha256()
    for each in routine.whole():
        text = "\n".join(each.source.lines)
        digest.update(f"{len(text)}\n{text}".encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()[:12]}"


def _in_order(wanted: Sequence[str], among: Sequence[str]) -> bool:
    left = iter(among)
    return all(each in left for each in wanted)


def _parts(routine: Routine, prefix: str, within: tuple[str, ...]) -> Iterator[Part]:
    yield from _listed(routine.document.steps, routine, prefix, within)


def _listed(
    steps: Sequence[model.Action], routine: Routine, prefix: str, within: tuple[str, ...]
) -> Iterator[Part]:
    for index, step in enumerate(steps):
        place = f"{prefix}steps[{index}]"
        reach = [f"{prefix}steps[{each}]" for each in range(index, chapter_end(steps, index))]
        own = frozenset(reach if isinstance(step, model.Chapter) else [place])
        if step.id is not None:
            yield Part(name=slug(step.id), title=_as_title(step.id), steps=own, within=within)
        if isinstance(step, model.Chapter) and (name := slug(step.chapter)) and "{" not in step.chapter:
            yield Part(name=name, title=shown(step.chapter), steps=own, within=within)
        if isinstance(step, model.Include):
            included = routine.includes[step.include]
            name, title = slug(included.name), included.document.title
            others = (slug(title), step.include)
            yield Part(name=name, title=title, steps=own, within=within, others=others)
            yield from _parts(included, f"{place}.include.", (*within, name))
        yield from _listed(getattr(step, "steps", ()), routine, f"{place}.", within)


def chapter_end(steps: Sequence[model.Action], start: int) -> int:
    """Return the index after the last step of the chapter that begins at `start`.

    It ends before the next chapter; before an included routine, too, where it has exercises of its own.
    """
    own = False
    for index in range(start + 1, len(steps)):
        if isinstance(steps[index], model.Chapter) or (own and isinstance(steps[index], model.Include)):
            return index
        own = own or isinstance(
            steps[index], model.Hold | model.Counted | model.Breathe | model.Repeat | model.Sides
        )
    return len(steps)


def _as_title(name: str) -> str:
    text = name.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]
