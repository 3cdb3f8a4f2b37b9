"""The same input gives the same bytes: whatever the cache holds, on however many cores, by every way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.compiler.compile import compile
from audioguide.compiler.edited import read_script
from audioguide.containers.formats import FORMATS
from audioguide.listener.options import NOTHING, Options
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render, write_script
from audioguide.pipeline.stream import stream
from audioguide.routine.library import SHIPPED
from audioguide.routine.load import load
from audioguide.script.script import Script
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import make_engine
from audioguide.storage.cache import Cache
from tests.conftest import Write
from tests.slow import first
from tests.speech.conftest import PIPER_VOICE, added_voices, needs_weights, speaker, takes

__all__ = ["added_voices", "speaker", "takes"]

HEAD = "title: Short\nsafety: {notice: none, closing: none}\nchimes: {explain: false}\nsteps:\n"
SHORT = f"""{HEAD}  - say: Lift. And lower.
  - hold: 5s
  - say: Lift.
"""
ROUTINES = {
    "short": Options(voice="en-us+f3"),
    "knee-to-chest": Options(settings={"hold": "20s"}),
    "back-relaxation": Options(voice="en-us+f3", bed="brown", warm=True),
    "bedtime": Options(voice="en-gb", profile="sleep"),
}
ANYTHING = ("pyttsx3", "tone")  # what they speak needs neither weights nor takes
CASES = [(name, engine) for name in ROUTINES for engine in ANYTHING]
NATURAL = {"kokoro": "hazel", "piper": PIPER_VOICE}  # the weights of these take a while
FOREIGN = {"recorded": "anna", "command": "en-us"}  # of somebody: takes, a program
# In the words of `TAKES`, so that every engine can say them.
SAME_WORDS = {
    "holds": f"{HEAD}  - say: Bend your right knee.\n  - hold: 5s\n    marks: {{halfway: tick}}\n"
    "  - say: Slowly return, and breathe out.\n",
    "rounds": f"{HEAD}  - repeat: 3\n    rest: 2s\n    steps:\n      - say: Bend your right knee.\n"
    "        short: Rest.\n      - hold: 4s\n        chime: none\n",
    "bed": f"bed: rain\nprofile: sleep\n{HEAD}  - say: Rest.\n  - say: Slowly return, and breathe out.\n"
    "    gap: 3s\n  - breathe: {in: 2s, out: 3s, cycles: 2, voice: none}\n",
}


@pytest.fixture
def script(name: str, engine: str, write: Write, request: pytest.FixtureRequest) -> Script:
    """Compile one of the routines for one of the engines."""
    texts = {"short": SHORT, **SAME_WORDS}
    path = write(texts[name], f"{name}.yaml") if name in texts else SHIPPED / f"{name}.yaml"
    options = replace(ROUTINES.get(name, NOTHING), engine=engine)
    if engine == "pack":
        # By its own name or by the language: both are in the script, and make the same again.
        options = replace(options, voice="af_heart" if name == "knee-to-chest" else "en-us", warm=None)
    if engine in FOREIGN:
        patch = request.getfixturevalue("monkeypatch")
        patch.setenv("AUDIOGUIDE_RECORDINGS", str(request.getfixturevalue("takes")))
        patch.setenv("AUDIOGUIDE_VOICE_COMMAND", request.getfixturevalue("speaker"))
        options = replace(options, voice=FOREIGN[engine])
    if engine in NATURAL:
        folder = request.getfixturevalue("added_voices")
        request.getfixturevalue("monkeypatch").setenv("AUDIOGUIDE_VOICES_DIR", str(folder))
        options = replace(options, voice=NATURAL[engine])
    return compile(load(path), options)


def files(folder: Path) -> dict[str, bytes]:
    """Return what is in `folder`."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "engine"),
    [
        *first(len(ANYTHING), CASES),
        ("knee-to-chest", "pack"),
        *(pytest.param(name, "pack", marks=pytest.mark.slow) for name in ("back-relaxation", "bedtime")),
        *first(2, [(name, engine) for name in SAME_WORDS for engine in FOREIGN]),
        *(
            pytest.param(name, engine, marks=[pytest.mark.slow, needs_weights])
            for name in SAME_WORDS
            for engine in NATURAL
        ),
    ],
)
def test_cold_is_warm_is_one_core_is_many_is_streamed_is_exported(script: Script, tmp_path: Path) -> None:
    def rendered(way: str, cache: str, workers: int) -> dict[str, bytes]:
        render(script, tmp_path / way, cache=Cache(tmp_path / cache), workers=workers)
        return files(tmp_path / way)

    cold = rendered("cold", "of the cold one", 2)
    assert len(cold) == 3
    assert rendered("warm", "of the cold one", 2) == cold
    assert rendered("one core", "of one core", 1) == cold
    assert rendered("five cores", "of five cores", 5) == cold
    mp3 = cold.pop(f"{script.name}.mp3")
    heard = stream(script, cache=Cache(tmp_path / "of the stream"), workers=2).mp3
    assert b"".join(heard.read(0, heard.size)) == mp3
    exported = list(write_script(script, tmp_path / "exported", cache=Cache(tmp_path / "of the export")))
    assert files(tmp_path / "exported") == cold
    again = io.BytesIO()
    render(read_script(exported[0]), again, cache=Cache(tmp_path / "of the script"), workers=2)
    assert again.getvalue() == mp3


@pytest.mark.parametrize("engine", ANYTHING)
def test_a_phrase_is_the_same_whatever_the_voice_has_said_before(engine: str) -> None:
    """It was not: the wavering and the breath of espeak-ng go on from one phrase to the next."""

    def clips(phrases: list[Phrase]) -> Iterator[tuple[Phrase, bytes]]:
        with closing(make_engine(engine)) as made:
            for phrase in phrases:
                yield phrase, made.speak(phrase).samples.tobytes()

    phrases = [
        Phrase(text, voice, 120, 50)
        for voice in ("en-us", "en-us+f2")
        for text in ("Slowly return.", "Hold your right knee.", "Other side.")
    ]
    once = dict(clips(phrases))
    assert dict(clips(phrases[::-1])) == once
    assert dict(clips(phrases[2:])) == {phrase: once[phrase] for phrase in phrases[2:]}


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("name", "engine"), [("knee-to-chest", "pyttsx3")])
def test_every_format_is_the_same_twice(script: Script, tmp_path: Path, format_: str) -> None:
    def rendered(way: str) -> dict[str, bytes]:
        render(script, tmp_path / way, Output(format=format_), cache=Cache(tmp_path / f"cache of {way}"))
        return files(tmp_path / way)

    assert rendered("once") == rendered("again")
