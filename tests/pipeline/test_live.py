"""What is heard while it is still being spoken is the start of the file that `render` writes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError, RoutineError
from audioguide.mp3.frames import frame_bytes
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.pipeline.gather import gather
from audioguide.pipeline.live import Live, live_of, why_not_live
from audioguide.pipeline.mixdown import mixdown
from audioguide.pipeline.speaking import Speaking
from audioguide.pipeline.stream import stream
from audioguide.script.choices import Profile
from audioguide.script.layout import lay_out
from audioguide.script.script import ClipRef, Fit, Script, Spoken, VoiceChoice
from audioguide.storage.cache import Cache
from tests.slow import first

STEPS = """
  - say: Lie on your back.
  - chapter: Left
  - say: Bend your left knee.
    settle: 2s
  - hold: 9s
    marks: {at: {2s: Two.}, before_end: {2.5s: Almost.}}
  - say: Rest.
  - rest: 4s
  - breathe: {in: 2s, out: 3s, cycles: 2}
  - say: Bend your right knee, and hold it with both hands.
  - hold: 5s
  - say: You have finished.
"""
SIZE = frame_bytes(96_000)


@pytest.fixture
def tones(script: Callable[..., Script]) -> Script:
    return replace(script(STEPS), voice=VoiceChoice(engine="tone"))


def _clips(script: Script, cache: Cache) -> dict[ClipRef, Clip]:
    with Speaking(script, cache) as speakers:
        return dict(gather(script, speakers).clips)


def _none(_: Live) -> None:
    return


class Listening:
    """Reads a live file as it grows; it is never ahead of what is certain."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.error: BaseException | None = None
        self._pieces: list[bytes] = []
        self._thread = Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        try:
            self._pieces.extend(self._iterated())
        except BaseException as error:  # noqa: BLE001 - looked at by the test
            self.error = error

    def _iterated(self) -> Iterator[bytes]:
        for piece in self.live.file.read(0, self.live.file.size):
            self._pieces.append(piece)
            yield b""

    def end(self) -> bytes:
        self._thread.join(60)
        assert not self._thread.is_alive()
        return b"".join(self._pieces)


@pytest.mark.parametrize(
    ("bed", "profile"),
    first(2, [(None, "standard"), ("brown", "standard"), ("drone", "quiet"), ("air", "standard")]),
)
def test_after_each_phrase_the_frames_are_those_of_the_whole_file(
    bed: str | None, profile: Profile, tones: Script, tmp_path: Path
) -> None:
    script, cache = replace(tones, bed=bed, profile=profile), Cache(tmp_path)
    clips = _clips(script, cache)
    whole = mixdown(script, cache)
    file = stream(script, cache=cache).mp3
    exact = b"".join(file.read(0, file.size))
    live = live_of(script, Mp3Job(cache=cache), _none)
    assert live
    made = live._made
    lengths: list[int] = []
    heard = b""
    phrases = [ref for ref in script.clips if isinstance(ref, Spoken)]
    known = {ref: clip for ref, clip in clips.items() if ref not in phrases}
    for ref in phrases:
        heard += b"".join(made.before(*live._known(known)))
        lengths.append(len(heard) // SIZE)
        known[ref] = clips[ref]
    heard += b"".join(made.rest(whole.sounds, whole.timeline.length))
    assert heard == exact[file.size - SIZE - len(heard) : -SIZE]
    assert lengths == sorted(lengths)
    assert lengths[-1] * 6 > whole.timeline.length / 2
    if not bed:  # all up to the phrase that is missing, but for a chime that rings on under it
        starts = [next(at.start for at in whole.timeline.placements if at.ref == ref) // 6 for ref in phrases]
        islands = cut(whole.sounds, whole.timeline.length)
        assert lengths == [
            next(each.first_frame for each in islands if each.first_frame <= start < each.behind)
            for start in starts
        ]


def test_a_phrase_is_read_before_the_next_is_spoken_and_all_of_it_in_the_end(
    tones: Script, tmp_path: Path
) -> None:
    heard: list[Listening] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "speaking" and done == total - 1:  # waits until it is there
            at = _certain_bytes(heard[0].live)
            assert list(heard[0].live.file.read(at - 1, at))

    made = stream(
        tones, cache=Cache(tmp_path), begun=lambda live: heard.append(Listening(live)), progress=progress
    )
    live = heard[0].end()
    body = live[len(heard[0].live.head) :]
    exact = b"".join(made.mp3.read(0, made.mp3.size))
    assert heard[0].error is None
    assert body == exact[-SIZE - len(body) : -SIZE]


def _certain_bytes(live: Live) -> int:
    glimpse = live.glimpse()
    assert glimpse
    missing = next(each for each in glimpse.timeline.cues if each.start == glimpse.certain)
    assert missing.cue.text
    before = max(each.start for each in glimpse.timeline.cues if each.cue.text and each.start < missing.start)
    return len(live.head) + before // 6 * SIZE


def test_what_was_spoken_before_is_there_at_once_without_a_live_file(tones: Script, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    _clips(tones, cache)
    stream(tones, cache=cache, begun=lambda _: pytest.fail("nothing has to be spoken"))


def test_its_head_names_the_routine_and_promises_no_length(tones: Script) -> None:
    live = live_of(tones, Mp3Job(), _none)
    assert live
    head = live.head
    assert head.startswith(b"ID3")
    assert b"Test" in head
    assert b"CHAP" not in head
    assert b"TLEN" not in head
    at = head.index(b"Info")
    assert struct.unpack(">I", head[at + 4 : at + 8])[0] & 0x07 == 0  # no frames, no bytes, no table


def test_a_glimpse_is_exact_up_to_the_first_missing_phrase(tones: Script, tmp_path: Path) -> None:
    clips = _clips(tones, Cache(tmp_path))
    exact = lay_out(tones, {ref: clip.ticks for ref, clip in clips.items()})
    live = live_of(tones, Mp3Job(), _none)
    assert live
    for ref, clip in clips.items():
        if ref != Spoken("Rest."):
            live.ready(ref, clip)
    glimpse = live.glimpse()
    assert glimpse
    before = [each for each in exact.cues if each.start < glimpse.certain]
    assert list(glimpse.timeline.cues[: len(before)]) == before
    assert exact.cues[len(before)].cue.text == "Rest."


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"profile": "sleep"}, "softer towards its end"),
        ({"bed": "/music/mine.mp3"}, "background sound is a file"),
        ({"fit": Fit(asked=9000, changed={}, added=0)}, "is fitted to a length"),
    ],
)
def test_where_the_start_depends_on_the_end_nothing_is_heard_early(
    change: dict[str, object], why: str, tones: Script
) -> None:
    script = replace(tones, **change)  # type: ignore[arg-type]
    assert why in why_not_live(script)
    assert live_of(script, Mp3Job(), _none) is None


def test_who_reads_gets_the_failure_of_the_voice(tones: Script) -> None:
    live = live_of(tones, Mp3Job(), _none)
    assert live
    listening = Listening(live)
    live.fail(EngineError("the voice is gone"))
    assert listening.end() == live.head
    assert isinstance(listening.error, EngineError)


def test_marks_that_do_not_fit_end_the_speaking_early(script: Callable[..., Script], tmp_path: Path) -> None:
    steps = "  - hold: 5s\n    marks: {before_end: {1s: Many words at once.}}\n" + "".join(
        f"  - say: Number {count}.\n" for count in range(30)
    )
    heard: list[Listening] = []
    after: list[int] = []

    def progress(stage: str, done: int, total: int) -> None:
        if Spoken("Many words at once.") in heard[0].live._clips:
            heard[0].end()  # by now it is known that it does not fit
            after.append(done)

    with pytest.raises(RoutineError, match="still be sounding"):
        stream(
            replace(script(steps), voice=VoiceChoice(engine="tone")), cache=Cache(tmp_path),
            begun=lambda live: heard.append(Listening(live)), progress=progress,
        )  # fmt: skip
    assert len(after) == 1
