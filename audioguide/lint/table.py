"""All checks, run over one routine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audioguide.errors import faulty
from audioguide.lint.allowed import idle_allowances
from audioguide.lint.chimes import chimes
from audioguide.lint.comments import comments
from audioguide.lint.finding import Finding
from audioguide.lint.foreign import foreign
from audioguide.lint.hearing import hearing
from audioguide.lint.included import included
from audioguide.lint.load import load
from audioguide.lint.lost import lost
from audioguide.lint.markup import markup
from audioguide.lint.places import places
from audioguide.lint.reach import reach
from audioguide.lint.safety import safety
from audioguide.lint.sides import sides
from audioguide.lint.silent import silent
from audioguide.lint.slips import slips
from audioguide.lint.subject import Subject, subject_of
from audioguide.lint.timing import timing
from audioguide.lint.vocabulary import unknown_words
from audioguide.lint.words import words
from audioguide.routine.load import Routine
from audioguide.script.script import Script

THEMES: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    words, comments, markup, foreign, sides, timing, load, places, hearing, chimes, safety, silent, slips,
    included, lost, reach, unknown_words,
)  # fmt: skip


def lint(routine: Routine, script: Script) -> tuple[Finding, ...]:
    """Return what the checks find in `routine`, in all that it includes, and in `script` made of it.

    In the order of the files, each place and check once; without what a file, or the routine that
    includes it, allows. Moments are estimated: no voice is needed. Raises RoutineError or OutputError
    for a sound that cannot be loaded.
    """
    subject = subject_of(routine, script)
    allowed = {str(each.path): each.document.allow for each in subject.files}
    everything = [*_found(subject)]
    everything += idle_allowances(subject, everything, _found)
    found = {
        (finding.fault.file, finding.fault.line, finding.fault.column, finding.rule): finding
        for finding in reversed(everything)
        if finding.level == "error" or not _allows(finding, routine, allowed[finding.fault.file])
    }
    order = {str(each.path): number for number, each in enumerate(subject.files)}
    return tuple(found[key] for key in sorted(found, key=lambda key: (order[key[0]], key)))


def warnings_of(routine: Routine, script: Script, *, strict: bool = False) -> tuple[Finding, ...]:
    """Return the warnings of `lint`. Raises RoutineError for errors, and if `strict` for warnings too."""
    findings = lint(routine, script)
    if faults := [finding.as_fault for finding in findings if strict or finding.level == "error"]:
        raise faulty(str(routine.path), faults)
    return findings


def _found(subject: Subject) -> Iterator[Finding]:
    for theme in THEMES:
        yield from theme(subject)


def _allows(finding: Finding, routine: Routine, own: dict[str, str]) -> bool:
    return finding.rule in own or finding.rule in routine.document.allow
