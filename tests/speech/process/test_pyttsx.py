"""The process of pyttsx3: its library, its data, its voices, its manners."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import espeakng_loader
import pytest

from audioguide.speech.child import Child, ChildLost
from audioguide.speech.driver import program
from audioguide.speech.process.jobs import COPIES, FOLDER_PREFIX
from audioguide.speech.process.library import DATA_NAME, DATA_VARIABLE, LIBRARY_VARIABLE

COMMAND = program("audioguide.speech.process.pyttsx")


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    started = _start()
    yield started
    started.end()


def _start() -> Child:
    child = Child(COMMAND, FOLDER_PREFIX)
    child.greet(30)
    return child


def _speak(child: Child, text: str = "Rest.", voice: str = "en-us", rate: object = 120) -> dict[str, Any]:
    path = str(child.folder / "a.wav")
    return child.ask(
        {"op": "speak", "text": text, "voice": voice, "rate": rate, "pitch": 50, "path": path}, 10
    )


def _length(child: Child) -> int:
    with wave.open(str(child.folder / "a.wav"), "rb") as file:
        return file.getnframes()


def test_it_reports_that_it_is_ready(child: Child) -> None:
    assert child.greeting["ready"] is True
    assert child.greeting["version"].startswith("1.")


@pytest.mark.skipif(not COPIES, reason="each phrase has a process of its own here")
def test_the_list_of_voices_is_read_once_and_not_for_each_phrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / DATA_NAME
    data.mkdir()
    for each in Path(espeakng_loader.get_data_path()).iterdir():
        if each.name == "lang":
            shutil.copytree(each, data / each.name)
        else:
            (data / each.name).symlink_to(each)
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    child = _start()
    try:
        before = child.ask({"op": "voices"}, 10)["voices"]
        shutil.rmtree(data / "lang" / "roa")
        assert "error" not in _speak(child)
        assert child.ask({"op": "voices"}, 10)["voices"] == before
    finally:
        child.end()


def test_it_knows_its_voices(child: Child) -> None:
    voices = child.ask({"op": "voices"}, 10)["voices"]
    assert {"id": "gmw/en-us", "name": "English (America)", "languages": ["en-us"]} in voices
    assert len(voices) > 100


def test_a_voice_has_many_names(child: Child) -> None:
    lengths = set()
    for name in ("en-us", "EN_US", "gmw/en-US", "English (America)", " en-us "):
        assert _speak(child, "Lie flat on your back.", name) == {"done": True}
        lengths.add(round(_length(child), -3))
    assert max(lengths) - min(lengths) <= 1_000
    for name in ("en-gb", "en-us+f3", "EN-US+F3", "en-us+Mr serious", "de"):
        assert _speak(child, voice=name) == {"done": True}


@pytest.mark.parametrize(
    ("name", "near"),
    [("en-uk", "en-gb"), ("en-us+f33", "f3"), ("Germann", "german"), ("", "en-us"), ("\u2603", "en-us")],
)
def test_an_unknown_voice_is_an_answer_of_its_own_kind(child: Child, name: str, near: str) -> None:
    answer = _speak(child, voice=name)
    assert answer["kind"] == "voice"
    assert near in re.split(", | or |try |write ", answer["error"])


def test_a_bad_job_is_answered_and_the_next_one_works(child: Child) -> None:
    assert _speak(child, rate="fast")["kind"] == "speech"
    assert child.ask({"op": "speak"}, 10)["kind"] == "speech"
    assert _speak(child) == {"done": True}


@pytest.mark.parametrize("path", ["/no/such/folder/a.wav", "/dev/full"])
def test_a_file_that_cannot_be_written_is_reported_and_the_next_job_works(child: Child, path: str) -> None:
    job = {"op": "speak", "text": "Rest.", "voice": "en-us", "rate": 120, "pitch": 50, "path": path}
    answer = child.ask(job, 10)
    assert answer["kind"] == "speech"
    assert "Error saving WAV file" in answer["error"]
    assert _speak(child) == {"done": True}


def test_settings_never_stick_and_never_get_lost(child: Child) -> None:
    lengths: dict[tuple[str, int], list[int]] = {}
    for turn in range(4):
        # 175 is espeak-ng's own default: it must not be taken for set already.
        for voice, rate in [("en-us", 120), ("en-us", 175), ("en-us+f3", 120), ("de", 175), ("de", 90)]:
            for _ in range(1 + turn % 2):
                assert _speak(child, "Lie flat on your back.", voice, rate) == {"done": True}
                lengths.setdefault((voice, rate), []).append(_length(child))
    for found in lengths.values():
        assert max(found) < 1.02 * min(found)
    for voice, slow in (("en-us", 120), ("de", 90)):
        # The pause at the end, 0.3 s and more, is part of these recordings.
        assert min(lengths[voice, slow]) > 1.2 * max(lengths[voice, 175])


# As on a Mac and on Windows: no copies, and one job for each process.
ALONE = (*COMMAND[:-1], f"import sys; sys.platform = 'darwin'; {COMMAND[-1]}")


def _samples(command: tuple[str, ...], jobs: list[tuple[str, str]]) -> list[bytes]:
    """Speak `jobs`, each a text and a voice, and return the samples of each."""
    child, found = None, []
    for text, voice in jobs:
        if child is None or child.greeting["once"]:
            child = Child(command, FOLDER_PREFIX)
            child.greet(30)
        assert _speak(child, text, voice) == {"done": True}
        found.append((child.folder / "a.wav").read_bytes())
        if child.greeting["once"]:
            child.end()
    if child:
        child.end()
    return found


@pytest.mark.parametrize("command", [COMMAND, ALONE], ids=["copies", "alone"])
def test_the_same_job_gives_the_same_samples_whatever_was_said_before(command: tuple[str, ...]) -> None:
    # f3 and whisper breathe by chance, which espeak-ng begins with the clock: one comes a second later.
    jobs = [(text, voice) for voice in ("en-us", "en-us+f3", "de+whisper") for text in ("Rest.", "Lift.")]
    once, again = _samples(command, jobs), _samples(command, jobs[::-1] + jobs)
    assert again[len(jobs) - 1 :: -1] == again[len(jobs) :] == once
    time.sleep(1.1 if command == COMMAND else 0)
    assert _samples(command, jobs[2:3]) == once[2:3]
    assert len(set(once)) == len(jobs)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_the_parent_does_not_wait_for_the_copy_of_a_child_that_was_killed(tmp_path: Path) -> None:
    child, pipe = _start(), tmp_path / "a.wav"
    os.mkfifo(pipe)  # anyone who writes into it waits for a reader
    threading.Timer(0.3, os.kill, (child.pid, signal.SIGKILL)).start()
    job = {"op": "speak", "text": "Rest.", "voice": "en-us", "rate": 120, "pitch": 50, "path": str(pipe)}
    with pytest.raises(ChildLost, match="signal 9"):
        child.ask(job, 20)
    assert not child.folder.exists()
    with pipe.open("rb") as left:  # lets the copy end
        assert left.read(4) == b"RIFF"


def test_text_that_aborts_espeak_ng_ends_the_child_alone() -> None:
    doomed = _start()
    with pytest.raises(ChildLost, match="the voice process ended"):
        _speak(doomed, "s'" * 100)
    assert not doomed.folder.exists()


def test_a_data_path_over_160_characters_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("long" * 20) / ("longer" * 20)
    deep.mkdir(parents=True)
    (deep / DATA_NAME).symlink_to(espeakng_loader.get_data_path())
    assert len(str(deep)) > 200
    monkeypatch.setenv(DATA_VARIABLE, str(deep))
    child = _start()
    assert child.greeting.get("ready"), child.greeting
    assert _speak(child) == {"done": True}
    child.end()


def test_a_folder_without_data_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    child = _start()
    assert child.greeting["kind"] == "start"
    assert f"{tmp_path} has no espeak-ng data" in child.greeting["error"]
    child.end()


def test_an_own_library_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / Path(espeakng_loader.get_library_path()).name
    own.symlink_to(espeakng_loader.get_library_path())
    (tmp_path / DATA_NAME).symlink_to(espeakng_loader.get_data_path())
    monkeypatch.setenv(LIBRARY_VARIABLE, str(own))
    child = _start()
    assert _speak(child) == {"done": True}
    child.end()


def test_a_missing_library_is_reported_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, "/no/such/libespeak-ng.so.1")
    child = _start()
    assert child.greeting["kind"] == "start"
    for expected in ("pip install espeakng-loader", LIBRARY_VARIABLE, "/no/such/libespeak-ng.so.1"):
        assert expected in child.greeting["hint"]
    child.end()


def test_files_in_the_current_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "wave", "pyttsx3", "audioguide"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a file of the user was run')")
    monkeypatch.chdir(tmp_path)
    child = _start()
    assert _speak(child) == {"done": True}
    child.end()


def test_it_cleans_up_when_its_parent_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / f"{FOLDER_PREFIX}x"
    folder.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    for own in (folder, other):
        done = subprocess.run([*COMMAND, str(own)], input="", capture_output=True, text=True, check=True)
        assert done.stdout.count("\n") == 1
    assert not folder.exists()
    assert other.exists()
