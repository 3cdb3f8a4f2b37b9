"""Every key of the language: what is written is heard, or named in its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import event, given, settings

from audioguide.compiler.compile import compile
from audioguide.errors import RoutineError
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.routine.language.document import Document
from audioguide.routine.load import Routine, load_text
from tests.property.every_key import SOUNDS, documents, folder_for, keys_of, keys_of_schema, one_of_each
from tests.property.strategies import PROPERTY, Step
from tests.property.test_nothing_is_lost import GUIDANCE, SILENT, TEXT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_for(tmp_path_factory.mktemp("every") / "key")


@pytest.mark.slow
@settings(PROPERTY, max_examples=300)
@given(document=documents())
def test_every_text_and_sound_is_heard_or_named_in_many(folder: Path, document: Step) -> None:
    _check(folder, document)


@settings(PROPERTY, max_examples=20)
@given(document=documents())
def test_every_text_and_sound_is_heard_or_named(folder: Path, document: Step) -> None:
    _check(folder, document)


def _check(folder: Path, document: Step) -> None:
    written = json.dumps(document, indent=1)
    refused: RoutineError | None = None
    try:
        routine = load_text(written, folder / "routine.yaml")
        findings = lint(routine, compile(routine))
    except RoutineError as error:
        refused = error
    if refused:
        event("refused")
        assert refused.faults, "an error that names no place"
        return
    assert lost(written, routine, findings) == [], (written, [str(each) for each in findings])


@settings(PROPERTY, max_examples=3)
@given(document=one_of_each())
def test_no_key_is_refused(document: Step) -> None:
    Document.model_validate(document)


@pytest.mark.slow
def test_every_key_of_the_language_is_tried_and_none_is_refused() -> None:
    seen: set[tuple[str, str]] = set()

    @settings(PROPERTY, max_examples=40)
    @given(document=one_of_each())
    def takes(document: Step) -> None:
        seen.update(keys_of(Document.model_validate(document)))

    takes()
    assert keys_of_schema() - seen == set()


def lost(written: str, routine: Routine, findings: Sequence[Finding]) -> list[str]:
    """Return what is neither heard nor named, where it stands or around it."""
    named = {finding.fault.line for finding in findings if finding.rule in SILENT}
    heard = _heard(routine)
    places: dict[str, set[int]] = {}
    around: list[tuple[int, int]] = []  # the lines that the present one is inside of: (indent, number)
    for number, line in enumerate(written.splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        around = [each for each in around if each[0] < indent] + [(indent, number)]
        for what in (*TEXT.findall(line), *(name for name in SOUNDS if f'"{name}"' in line)):
            places.setdefault(what, set()).update(at for _, at in around)
    return [what for what, lines in places.items() if what not in heard and not lines & named]


def _heard(routine: Routine) -> set[str]:
    heard: set[str] = set()
    most = {name: str(each.max) for name, each in routine.document.settings.items() if each.max}
    for values in ({}, most):
        for guidance in GUIDANCE:
            for session in (1, 2):
                heard |= _in(routine, Options(guidance=guidance, settings=values, session=session))
    return heard


def _in(routine: Routine, options: Options) -> set[str]:
    try:
        cues = compile(routine, options).cues
    except RoutineError:  # a mark outside of the hold that a listener chose
        return set()
    texts = {text for cue in cues for text in TEXT.findall(cue.text or "")}
    return texts | {Path(cue.sound).stem for cue in cues if cue.sound}
