"""What a routine that ships still lacks, and what to do about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from audioguide.compiler.compile import compile
from audioguide.compiler.load import bounds_of
from audioguide.errors import AudioguideError
from audioguide.lint.table import lint
from audioguide.routine.language.document import Document
from audioguide.routine.language.model import Action, Hold
from audioguide.routine.language.values import Ref
from audioguide.routine.library import SHIPPED, SHIPPED_LIBRARY
from audioguide.routine.load import Routine, load
from audioguide.script.script import Script
from audioguide.web.feed.dates import published_names
from library.made import script_is_kept, sound_rows, unspoken
from library.numbers import stray_numbers

# The two articles that the first routines come from have no address here, and notes in place of numbers.
WITHOUT_ADDRESS = ("How to relax back muscles (article)", "Back Relaxation (exercise page)")
STILL = ("arrive", "rest")  # phases in which nobody holds a position with effort
RESTFUL = ("rest", "still", "quiet", "lie", "lying", "walk", "sleep")
SOME = 3  # phrases that are shown


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: `what` it is about, what was found, and the command or change that helps."""

    what: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.what}: {self.found}" + (f" -> {self.remedy}" if self.remedy else "")


@dataclass(frozen=True)
class Candidate:
    """A routine that ships, read and compiled once for all that looks at it."""

    name: str

    @cached_property
    def routine(self) -> Routine:
        """Return it checked. Raises RoutineError."""
        return load(SHIPPED_LIBRARY.find(self.name))

    @property
    def document(self) -> Document:
        """Return what it says."""
        return self.routine.document

    @cached_property
    def script(self) -> Script:
        """Return it compiled as it is written. Raises RoutineError."""
        return compile(self.routine)

    @property
    def can_be_read(self) -> bool:
        """Return whether it has no fault that keeps it from being read and compiled."""
        with suppress(AudioguideError):
            return bool(self.script.cues)
        return False


def missing(candidate: Candidate, *, all_phrases: bool = False) -> list[Lack]:
    """Return everything that a routine lacks; what keeps it from being read comes alone.

    With `all_phrases`, the voice pack is asked for every phrase that any setting brings.
    """
    try:
        found = [lack for look in LOOKS for lack in look(candidate)]
        return found + list(_phrases(candidate, every=all_phrases))
    except AudioguideError as error:
        return [Lack("file", str(error), f"audioguide check {candidate.name}")]


def fields(candidate: Candidate) -> Iterator[Lack]:
    """Yield the keys that a routine that ships needs and that are not written."""
    document = candidate.document
    for key in ("summary", "position", "body", "level", "phase"):
        if not getattr(document, key):
            yield Lack(key, "is not written")
    if not document.safety.rules:
        yield Lack("safety", "has no `rules`", "see docs/language.md")
    if "notice" not in document.safety.model_fields_set:
        yield Lack("safety", "has no `notice`")
    if not document.safety.avoid_with and document.phase not in STILL:
        yield Lack("safety", "has no `avoid_with`: whom is it not for?")
    for name, setting in document.settings.items():
        absent = [key for key in ("min", "max", "label", "source") if getattr(setting, key) is None]
        if absent:
            yield Lack(f"settings.{name}", f"has no {', '.join(absent)}")


def sources(candidate: Candidate) -> Iterator[Lack]:
    """Yield what its sources do not say of themselves, and numbers that come from none of them."""
    document = candidate.document
    if not document.sources:
        yield Lack("source", "is not written")
    for source in document.sources:
        if not any(name in source.name for name in WITHOUT_ADDRESS):
            absent = [key for key in ("address", "says") if getattr(source, key) is None]
            if absent:
                yield Lack("source", f'"{source.name}" has no {" and no ".join(absent)}')
    for stray in stray_numbers(document):
        yield Lack(f"number {stray.where}", stray.why)


def load_bounds(candidate: Candidate) -> Iterator[Lack]:
    """Yield the holds that do not say how long the body may be in their position."""
    document = candidate.document
    if document.phase in STILL:
        return
    for hold in _holds(document.steps):
        setting = hold.hold.name if isinstance(hold.hold, Ref) else ""
        if bounds_of(hold, document) is None and not _is_rest(document, setting):
            yield Lack(f"hold {setting}".strip(), "has no load bounds", "write load: {min: …, max: …}")


def _is_rest(document: Document, setting: str) -> bool:
    """Return whether the label of a setting says that nobody holds a position with effort for so long."""
    label = (document.settings[setting].label or "").lower() if setting else ""
    return any(word in label for word in RESTFUL)


def _holds(steps: Sequence[Action]) -> Iterator[Hold]:
    for step in steps:
        if isinstance(step, Hold):
            yield step
        yield from _holds(getattr(step, "steps", ()))


def findings(candidate: Candidate) -> Iterator[Lack]:
    """Yield what `check --strict` finds, unknown words among it."""
    for finding in lint(candidate.routine, candidate.script):
        yield Lack("check", str(finding).splitlines()[0].removeprefix(f"{SHIPPED}/"))


def feed_date(candidate: Candidate) -> Iterator[Lack]:
    """Yield it where the podcast feed has no date for it."""
    if candidate.name not in published_names():
        yield Lack("feed", "has no date", "python -m library --write")


def script(candidate: Candidate) -> Iterator[Lack]:
    """Yield it where `scripts/` does not have its timed script as it is now."""
    if not script_is_kept(candidate.routine):
        yield Lack("script", "is not the one in scripts/", "python -m library --write")


def sound(candidate: Candidate) -> Iterator[Lack]:
    """Yield it where `docs/sound.md` has no measurement of it."""
    if candidate.name not in sound_rows():
        yield Lack("docs/sound.md", "has no row", "python docs/sound.py")


def _phrases(candidate: Candidate, *, every: bool) -> Iterator[Lack]:
    absent = unspoken(candidate.routine, every=every)
    if absent:
        shown = ", ".join(f'"{text}"' for text in absent[:SOME]) + (" …" if len(absent) > SOME else "")
        yield Lack(
            "voice pack", f"lacks {len(absent)} phrases: {shown}", "python -m sounds.make_voice af_heart"
        )


LOOKS: tuple[Callable[[Candidate], Iterator[Lack]], ...] = (
    fields, sources, load_bounds, findings, feed_date, script, sound,
)  # fmt: skip
