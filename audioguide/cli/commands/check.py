"""`audioguide check`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from audioguide.cli.envelope import print_json
from audioguide.cli.options import Choices
from audioguide.cli.piped import PIPE, check_once, is_pipe, piped_routine
from audioguide.cli.prepare import is_timed_script, read_call
from audioguide.cli.streams import unheard
from audioguide.compiler.compile import compile
from audioguide.errors import AudioguideError, Fault, RoutineError, UsageError
from audioguide.lint.comments import cut_texts
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint, warnings_of
from audioguide.listener.files import Overlay, read_defaults, read_overlay
from audioguide.listener.layers import Layer, layered
from audioguide.listener.overlay import check_overlay, is_overlay, routine_of
from audioguide.pipeline.idle import idle
from audioguide.routine.language.checks import CHECKS
from audioguide.routine.library import Library
from audioguide.routine.load import Routine, load
from audioguide.routine.said import files_of
from audioguide.routine.source import read_source
from audioguide.script.script import Script

PERIOD = 0.5  # seconds
Stamp = tuple[int, int] | None  # time and size; None where there is no such file

REFUSED = RoutineError.exit_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of one file: its title, what was found, or the error that came first; all files read.

    A `note` is nothing wrong, but good to know.
    """

    name: str
    title: str = ""
    findings: tuple[Finding, ...] = ()
    error: AudioguideError | None = None
    paths: tuple[Path, ...] = ()
    note: str = ""

    def code(self, *, strict: bool) -> int:
        """Return the exit code for this file."""
        if self.error is not None:
            return self.error.exit_code
        return REFUSED if any(strict or finding.level == "error" for finding in self.findings) else 0

    @property
    def summary(self) -> str:
        """Say in one line how it is."""
        levels = [finding.level for finding in self.findings]
        counts = [(level, levels.count(level)) for level in ("error", "warning") if level in levels]
        counted = ", ".join(f"{count} {level}{'s' * (count != 1)}" for level, count in counts)
        return f"{self.name}: {counted or 'fine'} ({self.title})"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        faults = self.error.faults if isinstance(self.error, RoutineError) else ()
        return {
            "file": self.name, "title": self.title,
            "findings": [finding.as_json() for finding in self.findings],
            "error": str(self.error) if self.error else None, "note": self.note,
            "faults": [
                {
                    "file": fault.file, "line": fault.line, "column": fault.column, "found": fault.found,
                    "remedy": fault.allowed,
                }
                for fault in faults
            ],
            "ok": self.error is None and not self.findings,
            "problems": list(self.problems()),
        }  # fmt: skip

    def problems(self) -> Iterator[dict[str, Any]]:
        """Yield everything that is wrong in one form, so that a program can correct its own file."""
        faults = self.error.faults if isinstance(self.error, RoutineError) else ()
        for fault in faults:
            yield {**_place(fault), "code": "language", "level": "error", **_remedy(fault)}
        if self.error is not None and not faults:
            yield {
                "file": self.name, "line": None, "column": None, "text": "", "found": str(self.error),
                "code": "file", "level": "error", "allowed": "", "fix": self.error.hint or "",
            }  # fmt: skip
        for finding in self.findings:
            check = CHECKS[finding.rule]
            yield {
                **_place(finding.fault), "code": finding.rule, "level": finding.level,
                "allowed": check.why, "fix": check.fix,
            }  # fmt: skip


def _remedy(fault: Fault) -> dict[str, str]:
    """Return what is allowed and how to fix it; a short fault says so in what it found."""
    meant = re.search(r"did you mean '([^']+)'", fault.found)
    no_such = re.search(r"is not (an? .+)$", fault.found)
    allowed = fault.allowed or (no_such[1] if no_such else "")
    fix = f"write {meant[1]}" if meant else fault.hint or allowed
    return {"allowed": allowed, "fix": fix or fault.found}


def _place(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file, "line": fault.line, "column": fault.column, "text": fault.source,
        "found": fault.found,
    }  # fmt: skip


def check_files(files: Sequence[str] | None, *, strict: bool = False, as_json: bool = False) -> None:
    """Check every file, report on each, and end with the first exit code that is not 0."""
    call = read_call(Choices())
    check_once(call.names(files))
    checked = [check_one(name, call.listener.library) for name in call.names(files)]
    report(checked, strict=strict, as_json=as_json)
    if code := _code(checked, strict=strict):
        raise typer.Exit(code)


def _code(checked: Sequence[Checked], *, strict: bool) -> int:
    return next((code for each in checked if (code := each.code(strict=strict))), 0)


def _errors(checked: Sequence[Checked], *, strict: bool) -> Iterator[dict[str, Any]]:
    """Yield the problems that make the exit code."""
    for each in checked:
        for problem in each.problems():
            if strict or problem["level"] == "error":
                place = {key: problem[key] for key in ("file", "line", "column")}
                yield {"code": problem["code"], "message": problem["found"], **place}


def report(checked: Sequence[Checked], *, strict: bool = False, as_json: bool) -> None:
    """Print a line for each file, and on standard error all that was found."""
    if as_json:
        files = [each.as_json() for each in checked]
        print_json(
            "check", {"files": files}, _errors(checked, strict=strict), ok=_code(checked, strict=strict) == 0
        )
        return
    for each in checked:
        if each.note:
            typer.echo(f"audioguide: note: {each.note}", err=True)
        if each.error is not None:
            typer.echo(f"audioguide: {each.error}", err=True)
            continue
        typer.echo(each.summary)
        for finding in each.findings:
            typer.echo(str(finding), err=True)


def check_one(name: str, library: Library) -> Checked:
    """Check one routine as it is written, with no options, or one timed script."""
    path = Path(name)
    try:
        if is_pipe(name):
            return _piped(library)
        if is_timed_script(name):
            return Checked(name=name, title=_timed_script(path), paths=(path,))
        path = library.find(name)
        if is_overlay(read_source(path).data):
            return _overlay(name, path, library)
        routine = load(path, library)
        findings = lint(routine, compile(routine))
    except AudioguideError as error:
        faulty = [Path(fault.file) for fault in getattr(error, "faults", ())]
        return Checked(name=name, error=error, paths=(path, *faulty))
    paths = tuple(each.path for each in files_of(routine).values())
    return Checked(
        name=name, title=routine.document.title, findings=findings, paths=paths, note=library.shadowed(path)
    )


def _piped(library: Library) -> Checked:
    """Check the routine on standard input."""
    routine = piped_routine(library)
    findings = lint(routine, compile(routine))
    return Checked(name=PIPE, title=routine.document.title, findings=findings)


def _overlay(name: str, path: Path, library: Library) -> Checked:
    """Check an overlay, and what it makes of its routine, if it names one."""
    overlay = read_overlay(path)
    of = routine_of(overlay)
    if of is None:
        return Checked(name=name, title="an overlay for any routine", paths=(path,))
    routine = load(library.find(of), library)
    check_overlay(overlay, routine, library)
    script = compile(routine, overlay.options)
    title = f"an overlay for {routine.name}"
    paths = (path, *(each.path for each in files_of(routine).values()))
    findings = (*_of_overlay(overlay, routine, script), *warnings_of(routine, script))
    return Checked(
        name=name, title=title, findings=findings, paths=paths,
        note="; ".join(script.notes),
    )  # fmt: skip


def _of_overlay(overlay: Overlay, routine: Routine, script: Script) -> Iterator[Finding]:
    """Yield what the overlay asks for and nobody hears."""
    source, bed = overlay.source, read_defaults().options.bed
    for keys, found, _, _ in cut_texts(source):
        yield Finding("cut-text", "", source.fault(keys, found, CHECKS["cut-text"].fix))
    options = replace(overlay.options, bed=overlay.options.bed or bed)
    asked = layered([Layer(str(overlay.path), options)])
    for keys, found in idle(routine, asked.options, script, asked.origins):
        yield Finding("no-effect", "", source.fault(keys, found, CHECKS["no-effect"].fix))


def _timed_script(path: Path) -> str:
    from audioguide.compiler.edited import read_script
    from audioguide.compiler.estimate import estimated

    script = read_script(path)
    try:
        estimated(script)
    except RoutineError as error:
        # The voice was not measured, so this may turn out well: a warning.
        typer.echo(f"audioguide: with estimated lengths, {error}", err=True)
    return script.title


def watch(files: Sequence[str] | None, *, as_json: bool = False) -> None:
    """Check every file, and again whenever it or a routine that it includes changes, until interrupted."""
    call = read_call(Choices())
    names, library = call.names(files), call.listener.library
    if PIPE in names:
        raise UsageError("--watch needs a file: standard input cannot be watched")
    seen: dict[str, dict[Path, Stamp]] = {}
    while not unheard():
        changed = [name for name in names if seen.get(name) != _stamps(seen.get(name, {}))]
        for name in changed:
            # Taken before the files are read: what is written meanwhile is seen the next time.
            before = _stamps(seen.get(name, {Path(name): None}))
            checked = check_one(name, library)
            report([checked], as_json=as_json)
            # What could not be read any more may come back.
            paths = {*checked.paths, *(before if checked.error else ())}
            seen[name] = {path: before[path] if path in before else _stamp(path) for path in paths}
        if changed and not as_json:
            count = len({path for stamps in seen.values() for path in stamps})
            typer.echo(f"watching {count} file{'s' * (count != 1)}; Ctrl-C ends", err=True)
        time.sleep(PERIOD)


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
