from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from audioguide.errors import EngineError, OutputError
from audioguide.speech.voices.add import UNFINISHED, add, leftovers, remove
from audioguide.speech.voices.catalogue import Offer
from audioguide.speech.voices.folder import Installed, damaged, engines, installed
from audioguide.speech.voices.source import VoiceSource, find_source
from tests.faults.failing import Failing
from tests.slow import first
from tests.speech.voices.conftest import VECTORS, Hub, everything

NAME = "xf_test"


@pytest.fixture
def source(offered: Offer) -> VoiceSource:
    return find_source(offered.id)


def test_a_voice_is_there_whole_with_what_is_known_of_it(source: VoiceSource, voices: Path) -> None:
    added = add(source)
    assert installed("kokoro") == (added,)
    assert engines() == ("kokoro",)
    assert (added.id, added.language, added.licence, added.source) == (
        NAME, "en-us", "CC0-1.0", source.places[0],
    )  # fmt: skip
    assert added.files[0][0].read_bytes() == VECTORS
    assert added.wrong_files() == ()
    assert everything(voices) == ["kokoro/xf_test/voice.json", "kokoro/xf_test/xf_test.bin"]
    assert not (voices / UNFINISHED).exists()


def test_the_voice_is_tried_before_it_is_there(source: VoiceSource, voices: Path) -> None:
    def trial(voice: Installed) -> None:
        assert voice.files[0][0].read_bytes() == VECTORS
        assert installed("kokoro") == ()
        raise EngineError("it cannot speak")

    with pytest.raises(EngineError, match="it cannot speak"):
        add(source, trial=trial)
    assert installed("kokoro") == ()
    assert damaged("kokoro") == ()
    assert leftovers() == ()


def test_a_voice_that_is_added_again_is_replaced_only_by_one_that_speaks(source: VoiceSource) -> None:
    before = add(source)

    def refuse(_: Installed) -> None:
        raise EngineError("no")

    with pytest.raises(EngineError):
        add(source, trial=refuse)
    assert installed("kokoro") == (before,)
    before.files[0][0].write_bytes(b"short")
    assert installed("kokoro") == ()
    assert damaged("kokoro") == (before.home,)
    assert add(source) == before
    assert installed("kokoro") == (before,)
    assert leftovers() == ()


def test_a_wrong_checksum_adds_nothing_and_starts_over(hub: Hub, source: VoiceSource, voices: Path) -> None:
    good = hub.files["xf_test.bin"]
    hub.files["xf_test.bin"] = bytes(len(good))
    with pytest.raises(
        OutputError, match=r"is not the known version of xf_test: its sha256 is .*; nothing was added"
    ):
        add(source)
    assert everything(voices) == []
    hub.files["xf_test.bin"] = good
    assert add(source).id == NAME


def test_a_connection_that_breaks_leaves_a_part_and_no_voice(
    hub: Hub, source: VoiceSource, voices: Path
) -> None:
    hub.breaks_after = 500_000
    with pytest.raises(OutputError, match=r"stopped at 0\.5 of 1\.0 MB: the same command continues"):
        add(source)
    assert installed("kokoro") == ()
    assert leftovers() == (voices / UNFINISHED,)
    assert add(source).id == NAME
    assert hub.ranges == ["", "bytes=500000-"]
    assert leftovers() == ()


def test_two_addresses_with_one_file_name_do_not_mix(hub: Hub, voices: Path) -> None:
    hub.breaks_after = 500_000
    first = find_source(hub.url("xf_test.bin"), language="en-us", sha256="0" * 64)
    with pytest.raises(OutputError, match="stopped"):
        add(first)
    second = replace(first, places=(hub.url("xf_test.bin?other"),))
    second = replace(second, offer=replace(second.offer, files=(replace(second.offer.files[0], sha256=""),)))
    add(second)
    assert hub.ranges == ["", ""]


@pytest.mark.usefixtures("voices")
def test_without_network_one_line_says_what_to_bring(source: VoiceSource) -> None:
    away = replace(source, places=("http://127.0.0.1:9/voices/xf_test.bin",))
    with pytest.raises(OutputError) as raised:
        add(away)
    reported = str(raised.value)
    assert "\n" not in reported
    assert reported.startswith("127.0.0.1 cannot be reached (")
    assert reported.endswith(
        "without network, copy xf_test.bin from another machine, "
        "then run `audioguide voices add xf_test --from FOLDER`"
    )
    assert installed("kokoro") == ()


@pytest.mark.parametrize("nested", ["", "xf_test", "kokoro/xf_test"])
def test_a_folder_with_the_files_is_enough(
    offered: Offer, voices: Path, tmp_path: Path, nested: str, hub: Hub
) -> None:
    stick = tmp_path / "stick"
    (stick / nested).mkdir(parents=True)
    (stick / nested / "xf_test.bin").write_bytes(VECTORS)
    assert add(find_source(offered.id, stick)).files[0][0].read_bytes() == VECTORS
    assert hub.ranges == []


def test_a_damaged_file_in_the_folder_adds_nothing(offered: Offer, voices: Path, tmp_path: Path) -> None:
    (tmp_path / "xf_test.bin").write_bytes(VECTORS[:-1])
    with pytest.raises(OutputError, match=r"it has 1023999 bytes, and not 1024000; nothing was added"):
        add(find_source(offered.id, tmp_path))
    assert everything(voices) == []


def test_a_disk_without_room_is_reported_before_the_download(
    source: VoiceSource, hub: Hub, monkeypatch: pytest.MonkeyPatch, voices: Path
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(OutputError, match=r"xf_test needs 1\.0 MB, and .* has 0\.0 MB free"):
        add(source)
    assert hub.ranges == []


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_disk_that_fills_up_keeps_nothing(source: VoiceSource, voices: Path, number: int) -> None:
    # Each write in turn: of the version, of the blocks.
    failing = Failing("write", number, errno.ENOSPC, for_ever=True)
    with pytest.MonkeyPatch.context() as patch:
        failing.into(patch)
        with pytest.raises(OutputError) as raised:
            add(source)
    assert failing.failed
    assert "No space left on device" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert everything(voices) == []
    assert installed("kokoro") == ()


@pytest.mark.parametrize("kind", first(1, ["write", "mkdir", "open"]))
def test_a_disk_that_fails_adds_all_or_nothing(source: VoiceSource, voices: Path, kind: str) -> None:
    for number in range(1, 8):
        shutil.rmtree(voices, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            Failing(kind, number, errno.EIO).into(patch)
            with suppress(OutputError):  # anything else fails the test
                add(source)
        assert damaged("kokoro") == ()
        assert all(voice.wrong_files() == () for voice in installed("kokoro"))


def test_a_voice_of_two_files_needs_both(hub: Hub, voices: Path, tmp_path: Path) -> None:
    (tmp_path / "xx_XX-own-low.onnx").write_bytes(b"model")
    source = find_source(str(tmp_path / "xx_XX-own-low.onnx"))
    assert source.offer.language == "xx-xx"
    with pytest.raises(OutputError, match=r"there is no file .*\.onnx\.json: a Piper voice has two"):
        add(source)
    (tmp_path / "xx_XX-own-low.onnx.json").write_bytes(b"{}")
    assert [path.name for path, _, _ in add(source).files] == [
        "xx_XX-own-low.onnx",
        "xx_XX-own-low.onnx.json",
    ]


def test_a_voice_is_removed_whole(source: VoiceSource, voices: Path) -> None:
    remove(add(source).home)
    assert installed("kokoro") == ()
    assert everything(voices) == []
    with pytest.raises(OutputError, match="cannot remove the voice"):
        remove(voices / "kokoro" / NAME)


def test_what_an_interrupted_call_left_is_found(source: VoiceSource, voices: Path) -> None:
    voice = add(source)
    hidden = voice.home.with_name(".xf_test.abc")
    hidden.mkdir()
    assert installed("kokoro") == (voice,)
    assert leftovers() == (hidden,)
