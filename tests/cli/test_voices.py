"""`audioguide voices`: the list, adding and removing, samples, comparing, what to record."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mutagen.id3
import pytest
import soundfile

from audioguide.cli.commands.voices import add as command
from audioguide.errors import EngineError
from audioguide.speech import engines
from audioguide.speech.engine import Phrase, Traits, Voice
from audioguide.speech.recorded import take_name
from audioguide.speech.tone import ToneEngine
from audioguide.speech.voices.add import add
from audioguide.speech.voices.catalogue import Offer
from audioguide.speech.voices.folder import Installed, installed
from audioguide.speech.voices.source import find_source
from audioguide.units import SAMPLE_RATE
from tests.cli.conftest import Run
from tests.slow import first
from tests.speech.conftest import TAKES, added_voices, equipped, needs_weights, speaker, takes
from tests.speech.voices.conftest import VECTORS, Hub, everything, hub, offered, voices

__all__ = ["added_voices", "equipped", "hub", "offered", "speaker", "takes", "voices"]

NAME = "xf_test"


class Sweet(ToneEngine):
    """A voice that knows all words, without weights."""

    name = "sweet"
    traits = Traits(stable=True)

    def voices(self) -> tuple[Voice, ...]:
        """Have two voices."""
        return Voice("xf_ann", "Ann, female", ("en-us",)), Voice("xm_bob", "Bob, male", ("de",))

    def voice_for(self, name: str) -> str:
        """Know its voices and a language."""
        for voice in self.voices():
            if name in (voice.id, *voice.languages):
                return voice.id
        raise EngineError(f"sweet has no voice '{name}'")


class Shy(Sweet):
    """Says one sentence, and no name."""

    name = "shy"

    def voices(self) -> tuple[Voice, ...]:
        """Have one voice."""
        return (Voice("xf_shy", "Shy", ("en-us",)),)

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Refuse all but one sentence."""
        return (
            ""
            if all(phrase.text == "Rest." for phrase in phrases)
            else "it only knows 'Rest.'\n  and no more"
        )


@pytest.fixture
def sweet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.ENGINES, "sweet", Sweet)
    monkeypatch.setitem(engines.ENGINES, "shy", Shy)


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add voices without weights: nothing is installed here that could try them."""
    monkeypatch.setattr(command, "missing_for", lambda _: "")
    monkeypatch.setattr(command, "try_voice", lambda _: None)


# --- the list


@pytest.mark.usefixtures("sweet")
def test_every_engine_is_listed_and_what_auto_would_choose(run: Run) -> None:
    ran = run("voices")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert any(line.split() == ["sweet", "xf_ann", "en-us", "Ann,", "female"] for line in lines)
    [folded] = [line for line in lines if line.startswith("pyttsx3")]
    assert "voices" in folded
    assert "`audioguide voices --engine pyttsx3` lists them" in folded
    assert any(line.startswith("  command: the engine command needs a command") for line in lines)
    assert "auto, asked for the voice 'en-us', chooses" in lines
    assert any(line.startswith("  not pack: ") for line in lines)
    assert "without --engine, tone speaks" in lines


@pytest.mark.usefixtures("sweet")
def test_one_engine_is_listed_in_full(run: Run) -> None:
    lines = run("voices", "--engine", "pyttsx3").out.splitlines()
    assert len(lines) > 100
    assert not any("auto chooses" in line for line in lines)
    assert run("voices", "--engine", "sweet").out.splitlines()[1].startswith("sweet   xf_ann")
    ran = run("voices", "--engine", "swet")
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert "did you mean sweet?" in ran.err


@pytest.mark.usefixtures("sweet")
def test_the_list_is_data_too(run: Run) -> None:
    document = json.loads(run("voices", "--json").out)
    assert document["engine"] == "tone"
    assert set(document["auto"]) == {"engine", "voice", "passed_over"}
    assert [each["engine"] for each in document["auto_for_own_words"]["passed_over"]][:1] == ["pack"]
    assert all(each["why"] for each in document["auto_for_own_words"]["passed_over"])
    found = {each["engine"]: each for each in document["engines"]}
    assert found["sweet"]["voices"][1] == {"id": "xm_bob", "name": "Bob, male", "languages": ["de"]}
    assert found["command"]["obstacle"]
    only = json.loads(run("voices", "--json", "--engine", "sweet").out)
    assert [each["engine"] for each in only["engines"]] == ["sweet"]


def test_options_of_a_command_go_after_its_name(run: Run) -> None:
    ran = run("voices", "--json", "remove", "x")
    assert (ran.code, ran.err) == (2, "audioguide: options of `voices remove` go after its name\n")
    assert run("voices", "nothing").code == 2


# --- samples


@pytest.mark.usefixtures("sweet")
def test_a_sample_is_spoken_by_the_engine_that_has_the_voice(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AUDIOGUIDE_ENGINE")
    ran = run("voices", "--say", "One two. Three four.", "--voice", "xf_ann")
    assert ran.out == f"{Path('out/sample.wav')} (2.61 s, engine sweet, voice xf_ann)\n"
    samples, rate = soundfile.read("out/sample.wav")
    assert len(samples) / rate == pytest.approx(2.6, abs=0.01)
    ran = run("voices", "--say", "Hello.", "--engine", "sweet", "--voice", "de", "-o", "made/a.mp3")
    assert ran.out.endswith("engine sweet, voice xm_bob)\n")
    assert Path("made/a.mp3").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "code", "reported"),
    [
        (["--say", " "], 2, "there is nothing to say"),
        (["--say", ""], 2, "there is nothing to say"),
        (["--say", "s'" * 100], 4, "a word of 200 characters is over 40"),
        (["--say", "Вдох.", "--engine", "sweet", "--voice", "nobody"], 4, "sweet has no voice 'nobody'"),
        (["--say", "Rest.", "-o", "a.ogg"], 2, "cannot be written as"),
        (["-o", "a.wav"], 2, "-o is for a sample: add --say TEXT"),
        (["--say", "Rest.", "--json"], 2, "--json lists the voices"),
    ],
)
@pytest.mark.usefixtures("sweet")
def test_a_sample_that_cannot_be_made_is_one_line(
    run: Run, arguments: list[str], code: int, reported: str
) -> None:
    ran = run("voices", *arguments)
    assert (ran.code, ran.err.count("\n")) == (code, 1), ran.err
    assert reported in ran.err
    assert not Path("out").exists()


@needs_weights
@pytest.mark.parametrize("text", ["Вдох и выдох.", "吸气"])
def test_a_text_for_another_voice_is_one_line(run: Run, text: str) -> None:
    ran = run("voices", "--say", text, "--voice", "hazel", "--engine", "kokoro")
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert "the voice hazel reads en-us, not" in ran.err


# --- adding


@pytest.mark.usefixtures("untried")
def test_a_voice_is_shown_then_fetched_and_there(run: Run, offered: Offer, voices: Path) -> None:
    ran = run("voices", "add", NAME, "--yes")
    assert ran.code == 0
    said = ran.err.splitlines()
    assert said[0] == "voice     xf_test (A voice for tests), language en-us, engine kokoro"
    assert said[1] == "size      1.0 MB"
    assert said[2] == f"source    {offered.files[0].url}"
    assert said[3] == "licence   CC0-1.0"
    assert said[6:] == ["xf_test: downloading 1.0 MB", "xf_test: trying it"]
    assert ran.out.startswith(f"the voice xf_test was added: {voices / 'kokoro' / NAME}\n")
    again = run("voices", "add", NAME)
    assert (again.code, again.err) == (0, "")
    assert "the voice xf_test is installed already" in again.out


@pytest.mark.usefixtures("untried", "offered")
def test_nothing_is_added_unless_somebody_agrees(
    run: Run, hub: Hub, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("voices", "add", NAME)
    assert ran.code == 2
    assert ran.err.splitlines()[-1].endswith("there is no terminal to ask on; --yes adds it without asking")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    for answer, code in ((False, 1), (True, 0)):
        monkeypatch.setattr("typer.confirm", lambda *_, answer=answer, **__: answer)
        assert run("voices", "add", NAME).code == code
        assert bool(installed("kokoro")) is answer
        assert bool(hub.ranges) is answer


@pytest.mark.usefixtures("untried", "offered")
def test_a_damaged_voice_is_added_again(run: Run, voices: Path) -> None:
    run("voices", "add", NAME, "--yes")
    path = voices / "kokoro" / NAME / f"{NAME}.bin"
    path.write_bytes(VECTORS[:-1] + b"x")  # as long as before
    assert "was added" in run("voices", "add", NAME, "--yes").out
    assert path.read_bytes() == VECTORS


@pytest.mark.usefixtures("untried", "voices")
def test_a_file_outside_the_table_is_measured_before_it_is_asked_for(run: Run, hub: Hub) -> None:
    url = hub.url("xf_test.bin")
    ran = run("voices", "add", url, "--language", "en-us")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--sha256" in ran.err
    found = hub.offer("xf_test.bin").files[0].sha256
    ran = run("voices", "add", url, "--language", "en-us", "--sha256", found, "--yes", "--json")
    assert ran.code == 0
    assert "size      1.0 MB\n" in ran.err
    assert "licence   unknown: ask the person who made it" in ran.err
    reported = json.loads(ran.out)
    assert (reported["id"], reported["size_bytes"], reported["result"]) == (NAME, len(VECTORS), "was added")


@pytest.mark.usefixtures("untried", "voices")
def test_without_network_there_is_one_clear_line(run: Run) -> None:
    ran = run(
        "voices", "add", "http://127.0.0.1:9/xf_a.bin", "--sha256", "0" * 64, "--language", "en-us", "--yes"
    )
    assert (ran.code, ran.err.count("\n")) == (5, 1)
    assert ran.err.startswith("audioguide: 127.0.0.1 cannot be reached (")
    assert ran.err.endswith("then run `audioguide voices add PATH/xf_a.bin`\n")


@pytest.mark.usefixtures("voices", "offered")
def test_without_the_extra_nothing_is_fetched(run: Run, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = "the engine kokoro needs onnxruntime: pip install 'audioguide[natural]'"
    monkeypatch.setattr(command, "missing_for", lambda _: needs)
    ran = run("voices", "add", NAME, "--yes")
    assert (ran.code, ran.err) == (4, f"audioguide: the voice could not be tried: {needs}\n")
    assert hub.ranges == []


@pytest.mark.usefixtures("untried", "offered")
def test_a_voice_that_cannot_speak_is_not_added(
    run: Run, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(voice: Installed) -> None:
        raise EngineError(f"the voice {voice.id} was not added, because it cannot speak: no")

    monkeypatch.setattr(command, "try_voice", fails)
    ran = run("voices", "add", NAME, "--yes")
    assert ran.code == 4
    assert ran.err.endswith("audioguide: the voice xf_test was not added, because it cannot speak: no\n")
    assert everything(voices) == []


def test_the_table_is_listed_and_narrowed_down(run: Run) -> None:
    lines = run("voices", "add", "--list").out.splitlines()
    assert lines[0].split() == ["voice", "engine", "language", "MB", "what", "licence"]
    assert len(lines) > 40
    german = run("voices", "add", "--list", "--language", "de").out.splitlines()[1:]
    assert german
    assert all(line.split()[2] == "de" for line in german)
    [heart] = json.loads(run("voices", "add", "--list", "af_heart", "--json").out)["voices"]
    assert (heart["licence"], heart["installed"]) == ("Apache-2.0", False)
    ran = run("voices", "add", "--list", "--language", "tlh")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert run("voices", "add").code == 2


@pytest.mark.usefixtures("offered")
def test_a_voice_is_removed_even_if_it_is_damaged(run: Run, voices: Path) -> None:
    add(find_source(NAME))
    (voices / "kokoro" / NAME / "voice.json").unlink()
    assert run("voices", "remove", "XF-TEST").out == f"removed xf_test from {voices / 'kokoro'}\n"
    assert everything(voices) == []
    ran = run("voices", "remove", NAME)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "it has none" in ran.err


# --- comparing


@pytest.mark.usefixtures("sweet")
def test_each_voice_says_its_name_and_the_phrase(run: Run) -> None:
    ran = run("voices", "compare", "xf_ann", "sweet/xm_bob", "xf_shy", "--say", "Rest.", "--json")
    assert ran.code == 0, ran.err
    reported = json.loads(ran.out)
    assert [each["texts"] for each in reported["voices"]] == [["Ann.", "Rest."], ["Bob.", "Rest."], ["Rest."]]
    assert [each["engine"] for each in reported["voices"]] == ["sweet", "sweet", "shy"]
    tags: Any = mutagen.id3.ID3(reported["file"])  # type: ignore[no-untyped-call]
    titles = [
        tags[f"CHAP:{name}"].sub_frames["TIT2"].text[0] for name in tags.getall("CTOC")[0].child_element_ids
    ]
    assert titles == ["sweet/xf_ann", "sweet/xm_bob", "shy/xf_shy"]
    samples, rate = soundfile.read(reported["file"])
    assert rate == SAMPLE_RATE
    # 0.6 s of silence, then words of 0.5 s with 0.6 s between them and 1.5 s between voices, 2 s at the end.
    assert len(samples) / rate == pytest.approx(0.6 + 1.6 + 1.5 + 1.6 + 1.5 + 0.5 + 2, abs=0.2)


@pytest.mark.usefixtures("sweet")
@pytest.mark.parametrize("suffix", first(1, ["wav", "opus"]))
def test_a_comparison_may_be_another_kind_of_file(run: Run, suffix: str) -> None:
    ran = run("voices", "compare", "xf_ann", "xm_bob", "-o", f"made/both.{suffix}")
    assert ran.out.splitlines()[0].startswith(f"{Path('made') / f'both.{suffix}'} (00:")
    assert [line.split()[1] for line in ran.out.splitlines()[1:]] == ["sweet/xf_ann", "sweet/xm_bob"]
    assert Path(f"made/both.{suffix}").stat().st_size > 1000


@pytest.mark.usefixtures("sweet")
def test_a_comparison_has_the_same_bytes_again(run: Run) -> None:
    for name in ("a", "b"):
        assert run("voices", "compare", "xf_ann", "xm_bob", "-o", f"{name}.mp3").code == 0
    assert Path("a.mp3").read_bytes() == Path("b.mp3").read_bytes()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no engines but these."""
    kept = {name: engines.ENGINES[name] for name in ("pyttsx3", "tone", "command")}
    monkeypatch.setattr(engines, "ENGINES", {**kept, "sweet": Sweet, "shy": Shy})


@pytest.mark.usefixtures("few")
def test_unless_voices_are_named_all_natural_ones_speak_and_the_last_resort(run: Run) -> None:
    reported = json.loads(run("voices", "compare", "--json").out)
    assert [f"{each['engine']}/{each['voice']}" for each in reported["voices"]] == [
        "sweet/xf_ann", "sweet/xm_bob", "pyttsx3/en-us",
    ]  # fmt: skip
    assert reported["left_out"] == [{"voice": "shy/xf_shy", "why": "it only knows 'Rest.'"}]
    assert reported["voices"][1]["texts"][1].startswith("Beweg dich langsam")


@pytest.mark.parametrize(
    ("arguments", "code", "reported"),
    [
        (["xf_ann", "nobody"], 4, "there is no voice 'nobody'"),
        (["xf_ann", "xf_shy", "--say", "Stand up."], 4, "shy/xf_shy: it only knows 'Rest.'"),
        (["xf_ann", "--say", ""], 2, "there is nothing to say"),
        (["xf_ann", "--say", "s'" * 100], 4, "a word of 200 characters is over 40"),
        (["--engine", "command"], 4, "the engine command needs a command"),
        (["xf_ann", "-o", "a.txt"], 2, "cannot be written as"),
    ],
)
@pytest.mark.usefixtures("sweet")
def test_a_comparison_that_cannot_be_made_is_one_line(
    run: Run, arguments: list[str], code: int, reported: str
) -> None:
    ran = run("voices", "compare", *arguments)
    said = [line for line in ran.err.splitlines() if line.startswith("audioguide:")]
    assert (ran.code, len(said)) == (code, 1), ran.err
    assert reported in said[0]
    assert not Path("out").exists()


# --- what to record

ROUTINE = f"""\
title: Test
safety: {{notice: none, closing: none}}
steps:
  - say: {TAKES[0]} Rest.
  - say: Lie in {{corpse pose|savasana}} for 10s. Close your eyes. REST!
"""


@pytest.fixture
def mine() -> Path:
    """Write a routine, once the test has a folder of its own."""
    path = Path("mine.yaml")
    path.write_text(ROUTINE, encoding="utf-8")
    return path


def test_what_to_read_is_numbered_with_its_file_and_whether_it_is_there(
    run: Run, takes: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(takes))
    ran = run("voices", "record-list", str(mine))
    assert ran.code == 0, ran.err
    rows = [line.split(maxsplit=3) for line in ran.out.splitlines()]
    assert rows[1:5] == [
        ["1", "there", f"{take_name(TAKES[0])}.flac", TAKES[0]],
        ["2", "there", "rest.flac", "Rest."],
        ["3", "missing", "lie-in-corpse-pose-for-10s.wav", "Lie in corpse pose for 10s."],
        ["4", "missing", "close-your-eyes.wav", "Close your eyes."],
    ]
    assert f"4 phrases, 2 recordings missing in {takes / 'anna'}" in ran.out
    only = json.loads(run("voices", "record-list", str(mine), "--missing", "--json").out)
    assert [line["number"] for line in only["lines"]] == [3, 4]
    assert (only["voice"], only["phrases"], only["missing"]) == ("anna", 4, 2)


def test_a_folder_that_was_filled_as_listed_speaks_the_routine(
    run: Run, takes: Path, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "recordings"
    shutil.copytree(takes, folder)
    monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(folder))
    spoken = folder / "anna" / f"{take_name(TAKES[0])}.flac"
    for line in json.loads(run("voices", "record-list", str(mine), "--missing", "--json").out)["lines"]:
        shutil.copy(spoken, (folder / "anna" / line["file"]).with_suffix(".flac"))
    assert "all recordings are there" in run("voices", "record-list", str(mine)).out
    assert run("render", str(mine), "--engine", "recorded").code == 0


def test_without_recordings_a_folder_is_proposed(
    run: Run, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_RECORDINGS", str(tmp_path / "none"))
    assert (
        f"4 recordings missing in {tmp_path / 'none' / 'my-voice'}"
        in run("voices", "record-list", str(mine)).out
    )
    for name in ("anna", "ben"):
        (tmp_path / "none" / name).mkdir(parents=True)
    ran = run("voices", "record-list", str(mine))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "has recordings of anna, ben: choose one with --voice" in ran.err
    assert "missing in" in run("voices", "record-list", str(mine), "--voice", "ben").out


def test_the_list_follows_the_options_and_can_be_for_all(run: Run) -> None:
    def count(*arguments: str) -> int:
        return int(json.loads(run("voices", "record-list", *arguments, "--json").out)["phrases"])

    assert count("cat-stretch", "--guidance", "chimes") == 0
    assert 0 < count("cat-stretch") < count("cat-stretch", "bedtime")
    assert run("voices", "record-list").code == 2
    assert run("voices", "record-list", "cat-stretch", "--all").code == 2
