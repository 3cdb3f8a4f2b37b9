"""What the page that builds shows of a text: cards, findings at their cards, length and timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path as File
from typing import Any

from audioguide.compiler.estimate import estimated
from audioguide.errors import AudioguideError, Fault
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.layers import Layer
from audioguide.listener.options import Options
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.routine.editing.edits import Edit
from audioguide.routine.editing.splice import edited
from audioguide.routine.editing.tree import Path, Tree, steps_of, tree_of
from audioguide.routine.library import Library
from audioguide.routine.load import Routine
from audioguide.script.layout import Timeline
from audioguide.web import own_routines
from audioguide.web.building.cards import cards, times_of
from audioguide.web.building.fixes import fixes, place_of, step_of
from audioguide.web.pages.outline import outline

WRITTEN = "written~"  # no name of a file in the library begins so


@dataclass(frozen=True, slots=True)
class Built:
    """A text after an edit: its `state` as JSON data; the routine, where it has no fault."""

    text: str
    state: dict[str, Any]
    routine: Routine | None = None


def after(text: str, edit: Edit | None, path: File, library: Library, options: Options) -> Built:
    """Return `text` as it is after `edit`, with all that the page shows of it.

    A fault of the text is a part of the state. Raises UsageError for an edit that leads nowhere, RoutineError
    for one of a text that cannot be read.
    """
    text = text.replace("\r\n", "\n")
    if edit:
        text = edited(text, edit, str(path))
    try:
        tree = tree_of(text, str(path))
    except AudioguideError as error:
        return Built(text, {"text": text, "findings": _faults(error, path, None), "cards": None})
    routine, timeline, findings = _looked_over(text, tree, path, library, options)
    data = tree.data if isinstance(tree.data, dict) else {}
    state: dict[str, Any] = {
        "text": text, "findings": findings,
        "routine": {key: value for key, value in data.items() if key != "steps"},
        "cards": cards(tree, times_of(timeline) if timeline else {}),
    }  # fmt: skip
    if routine is None or timeline is None:
        return Built(text, state)
    view = outline(timeline)
    state |= {"heard": name_of(text), **{key: view[key] for key in ("strip", "clock", "length")}}
    return Built(text, state, replace(routine, name=name_of(text)))


def name_of(text: str) -> str:
    """Return the name that a text is heard by before it is saved."""
    return f"{WRITTEN}{sha256(text.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _looked_over(
    text: str, tree: Tree, path: File, library: Library, options: Options
) -> tuple[Routine | None, Timeline | None, list[dict[str, Any]]]:
    routine = None
    try:
        routine = own_routines.read_own(library, text, path)
        script = build(request(routine, [Layer("defaults", options)]))
        timeline = estimated(script)
        found = lint(routine, script)
    except AudioguideError as error:
        return routine, None, _faults(error, path, tree)
    return routine, timeline, [_finding(each, path, tree) for each in found]


def _faults(error: AudioguideError, path: File, tree: Tree | None) -> list[dict[str, Any]]:
    faults: tuple[Fault, ...] = getattr(error, "faults", ())
    if not faults:
        said = own_routines.without_path(error.message, path)
        return [{"level": "error", "said": said, "line": 1, "column": 1, "path": [], "key": "", "fixes": []}]
    return [_placed(fault, "error", "", path, tree) for fault in faults]


def _finding(finding: Finding, path: File, tree: Tree) -> dict[str, Any]:
    return _placed(finding.fault, finding.level, finding.rule, path, tree)


def _placed(fault: Fault, level: str, rule: str, path: File, tree: Tree | None) -> dict[str, Any]:
    said = f"{fault.found} ({fault.allowed})" if fault.allowed else fault.found
    found: dict[str, Any] = {
        "level": level,
        "rule": rule,
        "line": 1,
        "column": 1,
        "path": [],
        "key": "",
        "fixes": [],
    }
    if File(fault.file) != path:
        said = f"{File(fault.file).name}: {said}"
        found["path"] = list(_including(fault, tree)) if tree else []
    else:
        found |= {"line": fault.line, "column": fault.column}
        if tree:
            place, _ = place_of(tree, fault)
            step = step_of(tree, place)
            found |= {
                "path": list(step), "key": str(place[len(step)]) if len(place) > len(step) else "",
                "fixes": fixes(tree, fault, rule if level == "warning" else ""),
            }  # fmt: skip
    return {**found, "said": own_routines.without_path(said, path)}


def _including(fault: Fault, tree: Tree) -> Path:
    """Return the step that includes the file of a fault; () where that is deeper, in another file."""
    name = File(fault.file).stem
    included = ((path, step.get("include")) for path, step in steps_of(tree.data) if isinstance(step, dict))
    return next((path for path, each in included if isinstance(each, str) and File(each).stem == name), ())
