"""An engine from another package: the one that the documentation shows, installed as a package is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import EngineError
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import engine_names, make_engine

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
PHRASE = Phrase("One two three four.", "en-us", 120, 50)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of installed packages."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("morse_voice", "broken_voice"):
        sys.modules.pop(name, None)


def _install(site: Path, module: str, code: str, name: str, attribute: str) -> None:
    (site / f"{module}.py").write_text(code, encoding="utf-8")
    about = site / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[audioguide.engines]\n{name} = {module}:{attribute}\n")


def _shown() -> str:
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


def test_the_engine_of_the_page_has_thirty_lines_at_most() -> None:
    assert len(_shown().strip().splitlines()) <= 30


def test_the_engine_of_the_page_speaks(site: Path) -> None:
    _install(site, "morse_voice", _shown(), "morse", "MorseEngine")
    assert engine_names()[-1] == "morse"
    with closing(make_engine("morse")) as engine:
        clip = engine.speak(PHRASE)
        assert clip.ticks > 500
        assert np.abs(clip.samples.astype(int)).max() > 500
        assert engine.obstacle([PHRASE]) == ""
        assert engine.voices()
        assert engine.fingerprint("x") == engine.fingerprint("x")


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ("import nothing_of_the_kind", "cannot be loaded: ModuleNotFoundError"),
        ("Engine = None", "cannot be loaded: TypeError"),
        ("class Engine: name = 'odd'", "is not an engine: it has no traits, no fingerprint"),
    ],
)
def test_a_broken_plug_in_is_one_line_with_its_package(site: Path, code: str, reported: str) -> None:
    _install(site, "broken_voice", code, "odd", "Engine")
    with pytest.raises(
        EngineError, match=f"^the engine 'odd' of the package broken_voice {reported}"
    ) as raised:
        make_engine("odd")
    assert "\n" not in str(raised.value)
    assert make_engine("tone").name == "tone"


def test_a_plug_in_cannot_take_the_place_of_an_engine(site: Path) -> None:
    _install(site, "broken_voice", "raise SystemExit", "pyttsx3", "Engine")
    assert make_engine("pyttsx3").name == "pyttsx3"
