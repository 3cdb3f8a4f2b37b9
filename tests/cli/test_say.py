"""`audioguide say`: one text into a file, or how it is read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import Run
from tests.tables import every

TEXT = "Close your eyes. Lie in {corpse pose|savasana} for 10s."


@pytest.fixture
def run_espeak(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("AUDIOGUIDE_ENGINE", "pyttsx3")
    return run


def test_the_text_is_printed_as_it_goes_to_the_voice(run_espeak: Run) -> None:
    ran = run_espeak("say", TEXT, "--text")
    assert (ran.code, ran.out) == (0, "Cloze your eyes.\nLie in savasana for 10 seconds.\n")
    assert not Path("out").exists()


def test_names_go_to_the_voice_as_its_phonemes(run_espeak: Run) -> None:
    assert run_espeak("say", "Savasana.", "--text").out == "[[SA:v'A:s|@n|@]].\n"


def test_phonemes_are_those_of_the_voice(run_espeak: Run) -> None:
    ran = run_espeak("say", "Close it. Savasana.", "--phonemes", "--voice", "en-gb")
    assert ran.out.splitlines() == ["klˈəʊz ɪt", "ʃɑːvˈɑːsənə"]


def test_sentences_are_those_of_the_language(run_espeak: Run) -> None:
    ran = run_espeak("say", "Die 2. Runde mit dem re. Arm. Los.", "--text", "--voice", "de")
    assert ran.out.splitlines() == ["Die zweite Runde mit dem rechten Arm.", "Los."]


def test_phonemes_are_there_whatever_speaks(run: Run) -> None:
    assert run("say", "Use it.", "--phonemes", "--engine", "tone").out == "jˈuːz ɪt\n"


def test_the_page_shows_what_is_printed(run_espeak: Run) -> None:
    page = (Path(__file__).parents[2] / "docs/words.md").read_text(encoding="utf-8")
    calls = re.findall(r'^\$ audioguide say "(.+)" (--\w+)\n(.+)$', page, re.MULTILINE)
    assert len(calls) == 2
    for text, option, printed in calls:
        assert run_espeak("say", text, option).out.splitlines() == [printed]


@pytest.mark.parametrize("suffix", ["wav", "mp3", "flac", "opus"])
def test_a_file_is_written_in_the_format_of_its_name(run: Run, suffix: str) -> None:
    ran = run("say", TEXT, "-o", f"made/it.{suffix}")
    assert ran.code == 0
    assert ran.out.startswith(f"{Path('made') / f'it.{suffix}'} (")
    assert Path(f"made/it.{suffix}").stat().st_size > 1000


def test_it_goes_to_out_unless_said_otherwise(run: Run) -> None:
    assert run("say", "Two words. Two more.").code == 0
    samples, rate = soundfile.read("out/say.wav")
    # Two words each of half a second at 120 a minute, and 0.6 s between.
    assert len(samples) / rate == pytest.approx(2.6, abs=0.01)


def test_it_goes_into_a_folder_or_through_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("say", "Rest.", "-o", "made/").out.startswith(f"{Path('made') / 'say.wav'} (")
    monkeypatch.setenv("HOME", str(Path.cwd() / "home"))
    monkeypatch.setenv("USERPROFILE", str(Path.cwd() / "home"))
    assert run("say", "Rest.", "-o", "~/it.flac").code == 0
    assert Path("home/it.flac").is_file()
    called = [sys.executable, "-m", "audioguide", "say", "Rest.", "-o", "-"]
    piped = subprocess.run(called, capture_output=True, check=True)
    assert piped.stdout == Path("made/say.wav").read_bytes()
    assert piped.stderr.startswith(b"standard output (")


@every(
    ("arguments", "code", "reported"),
    [
        (["say", " "], 2, "there is nothing to say"),
        (["say", "🧘"], 4, "'🧘' cannot be spoken"),
        (["say", "a" * 600], 4, "a phrase of 600 characters is over 500"),
        (["say", "🧘", "--text"], 4, "'🧘' cannot be spoken"),
        (["say", "Rest [pause 3s] now."], 2, "'[pause 3s]' is a pause tag"),
        (["say", "Rest [pause 10s] now."], 2, "write `- gap: 10s`"),
        (["say", "A {b|shh-VAH}."], 2, "{b|shh-VAH}: the syllable 'shh' has no vowel"),
        (["say", "Rest.", "-o", "it.ogg"], 2, "use .flac, .m4b, .mp3, .opus, .wav"),
    ],
)
def test_what_cannot_be_said_is_reported_in_one_line(
    run: Run, arguments: list[str], code: int, reported: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err.count("\n")) == (code, 1)
    assert "text: " not in ran.err
    assert reported in ran.err
    assert not Path("out").exists()
