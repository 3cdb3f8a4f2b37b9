"""Twelve usual forms of practice: each is checked, rendered and verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.lint.table import lint
from audioguide.listener.options import Options
from audioguide.pipeline.render import render
from audioguide.routine.load import load
from audioguide.script.script import VoiceChoice
from audioguide.storage.cache import Cache
from audioguide.verifier.proof import Proof, prove
from tests.slow import first

HERE = Path(__file__).parent
FORMS = sorted(path.stem for path in HERE.glob("*.yaml"))
# Values that make a file short; each is inside its bounds.
SHORT = {
    "tabata": {"rounds": "4"}, "emom": {"minutes": "3"}, "amrap": {"time": "3m"}, "box": {"time": "2m"},
    "nadi-shodhana": {"rounds": "3"}, "yin": {"hold": "3m"}, "physiotherapy": {"reps": "4"},
    "pilates": {"rounds": "4"},
}  # fmt: skip
every_form = pytest.mark.parametrize("form", FORMS)
some_forms = pytest.mark.parametrize("form", first(1, FORMS))


def proof_of(form: str, folder: Path, engine: str, settings: dict[str, str]) -> Proof:
    script = compile(load(HERE / f"{form}.yaml"), Options(settings=settings))
    script = replace(script, voice=VoiceChoice(engine=engine))
    made = render(script, folder, cache=Cache(folder / "cache"))
    return prove(made.mp3, made.script)


def test_the_twelve_are_here() -> None:
    assert len(FORMS) == 12


@every_form
def test_a_form_has_no_faults(form: str) -> None:
    routine = load(HERE / f"{form}.yaml")
    assert [finding.line for finding in lint(routine, compile(routine)) if finding.level == "error"] == []


@some_forms
def test_a_form_is_heard_as_it_is_written(form: str, tmp_path: Path) -> None:
    proof = proof_of(form, tmp_path, "tone", SHORT.get(form, {}))
    assert proof.stands(), proof.faults
    assert all(hold.stands is not False for hold in proof.holds)


@pytest.mark.slow
@every_form
def test_a_form_is_spoken_as_it_is_written(form: str, tmp_path: Path) -> None:
    proof = proof_of(form, tmp_path, "pyttsx3", {})
    assert proof.stands(), proof.faults
