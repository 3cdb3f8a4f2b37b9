from __future__ import annotations

import shlex
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.errors import EngineError
from audioguide.reading.marks import mark
from audioguide.speech.command import CommandEngine
from audioguide.speech.engine import Phrase
from audioguide.speech.settings import EngineSettings, configure
from tests.tables import every

PHRASE = Phrase("Slowly return, and breathe out.", "en-us", 120, 50)


def _python(program: str) -> str:
    return shlex.join([sys.executable, "-c", program])


def test_a_program_may_write_a_file_instead(speaker: str) -> None:
    with closing(CommandEngine(speaker)) as piped, closing(CommandEngine(f"{speaker} {{wav}}")) as filed:
        assert filed.speak(PHRASE).ticks == pytest.approx(piped.speak(PHRASE).ticks, abs=6)


def test_voice_rate_and_pitch_are_handed_on(speaker: str) -> None:
    program = "import sys; sys.exit(' '.join(sys.argv[1:]))"
    engine = CommandEngine(f"{_python(program)} -v{{voice}} -s {{rate}} -p {{pitch}}")
    with pytest.raises(EngineError, match=r"ended with code 1: -ven-us -s 120 -p 50$"):
        engine.speak(PHRASE)


def test_the_program_gets_words_and_not_how_a_name_is_said() -> None:
    engine = CommandEngine(_python("import sys; sys.exit(sys.stdin.read().strip())"))
    with pytest.raises(EngineError, match=r"ended with code 1: Rest in savasana\.$"):
        engine.speak(replace(PHRASE, text=f"Rest in {mark('savasana', 'ʃəvɑːsənə')}."))


@every(
    ("template", "reported"),
    [
        ("", "needs a command: set `voice_command` in config.yaml, or AUDIOGUIDE_VOICE_COMMAND"),
        ("no-such-program --stdin", "cannot find the program 'no-such-program'"),
        ("'unclosed", "cannot find the program"),
        (_python("import sys; sys.exit('no licence')"), "ended with code 1: no licence"),
        (_python("pass"), "produced no sound"),
        (_python("print('hello')"), "is not a sound file"),
    ],
)
def test_what_goes_wrong_is_one_line(template: str, reported: str) -> None:
    with pytest.raises(EngineError, match=reported) as raised:
        CommandEngine(template).speak(PHRASE)
    assert "\n" not in str(raised.value)


@pytest.mark.slow
def test_a_program_that_hangs_is_ended() -> None:
    engine = CommandEngine(_python("import time; time.sleep(600)"), patience=0.1)
    with pytest.raises(EngineError, match=r"took longer than 6\.3 s"):
        engine.speak(PHRASE)


def test_a_program_is_ended_when_the_engine_is_closed() -> None:
    engine = CommandEngine(_python("import time; time.sleep(600)"))
    timer = threading.Timer(0.5, engine.close)
    timer.start()
    began = time.monotonic()
    with pytest.raises(EngineError):
        engine.speak(PHRASE)
    assert time.monotonic() - began < 20
    timer.join()


def test_the_fingerprint_follows_command_and_program(tmp_path: Path) -> None:
    program = tmp_path / "speak"
    prints = set()
    for content in ("#!/bin/sh\n", "#!/bin/sh\nexit 1\n"):
        program.write_text(content)
        program.chmod(0o755)
        prints |= {CommandEngine(str(program)).fingerprint(), CommandEngine(f"{program} -x").fingerprint()}
    assert len(prints) == 4


def test_the_environment_overrides_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(EngineSettings(command="from-defaults"))
    try:
        assert "from-defaults" in CommandEngine().fingerprint()
        monkeypatch.setenv("AUDIOGUIDE_VOICE_COMMAND", "from-environment")
        assert "from-environment" in CommandEngine().fingerprint()
    finally:
        configure(EngineSettings())
