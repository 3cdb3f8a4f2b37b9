"""A paragraph in any language that the voices speak is rendered, and found again in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.reading.language import language_of
from tests.cli.conftest import Run
from tests.instructions import joined
from tests.paragraphs import PARAGRAPHS
from tests.slow import first

HEAD = "title: T\nsafety: {notice: none, closing: none}\n"
FEW = ("fr-fr", "hi", "cmn", "ar", "vi")


@pytest.fixture(autouse=True)
def _with_the_voice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIOGUIDE_ENGINE")


@pytest.mark.parametrize("voice", first(len(FEW), dict.fromkeys([*FEW, *PARAGRAPHS])))
def test_a_paragraph_renders_and_verifies(run: Run, tmp_path: Path, voice: str) -> None:
    text = joined(language_of(voice), list(PARAGRAPHS[voice]))
    (tmp_path / "one.yaml").write_text(
        f'{HEAD}voice: {{name: {voice}}}\nsteps:\n  - say: "{text}"\n', encoding="utf-8"
    )
    assert run("render", "one.yaml").code == 0
    ran = run("verify", "out/one.mp3")
    assert (ran.code, ran.err) == (0, ""), ran.out


@pytest.mark.slow
def test_a_pause_at_a_stop_is_no_hole(run: Run, tmp_path: Path) -> None:
    steps = "  - hold: 20s\n    marks: {halfway: Inspirez. « Bien. » Expirez!  Ça va}\n"
    (tmp_path / "one.yaml").write_text(f"{HEAD}voice: {{name: fr}}\nsteps:\n{steps}", encoding="utf-8")
    assert run("render", "one.yaml").code == 0
    ran = run("verify", "out/one.mp3")
    assert ran.code == 0, ran.out


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("ja", "深く 息を 吸います。"),
        ("ja", "Move slowly, and listen to your body."),
        ("ky", "Pain means stop."),
    ],
)
def test_what_a_voice_names_letter_by_letter_is_rendered(
    run: Run, tmp_path: Path, voice: str, text: str
) -> None:
    steps = f"  - say: {text}\n"
    (tmp_path / "one.yaml").write_text(f"{HEAD}voice: {{name: {voice}}}\nsteps:\n{steps}", encoding="utf-8")
    assert run("render", "one.yaml").code == 0
    assert run("verify", "out/one.mp3").code == 0
