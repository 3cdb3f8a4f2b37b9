"""Several voices in one file, one after the other: what `audioguide voices compare` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import IO

from audioguide.audio.clip import Clip
from audioguide.compiler.pauses import GAP, HEAD, TAIL
from audioguide.containers.formats import Format
from audioguide.errors import EngineError
from audioguide.mixer.sound import Sound
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.mp3.job import Mp3Job
from audioguide.pipeline.gather import Progress
from audioguide.reading.lexicon import AS_WRITTEN, SayAs
from audioguide.reading.marks import marked, shown
from audioguide.reading.read import is_spoken, reading_for
from audioguide.script.script import VoiceChoice
from audioguide.script.tags import ChapterMark, LyricLine, Tags
from audioguide.speech.engine import Phrase
from audioguide.speech.engines import make_engine
from audioguide.speech.pool import Speakers, Unspoken
from audioguide.speech.roster import Speaker, obstacle_of
from audioguide.speech.voices.samples import spoken_name
from audioguide.storage.cache import Cache
from audioguide.units import TICKS_PER_SECOND, to_frame

BETWEEN = 3 * TICKS_PER_SECOND // 2  # between two voices
ARTIST = "audioguide"


@dataclass(frozen=True, slots=True)
class SpeakerPart:
    """What a `speaker` says of `texts`: its name, then the sentence; the name alone may be missing."""

    speaker: Speaker
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A part with its clips, from the tick `start` on."""

    part: SpeakerPart
    start: int
    clips: tuple[tuple[int, Clip], ...]


@dataclass(frozen=True, slots=True)
class VoiceComparison:
    """The `turns` in a file of `length` ticks; who was `left_out`, and why."""

    turns: tuple[Turn, ...]
    length: int
    left_out: tuple[tuple[Speaker, str], ...] = ()


def gather_turns(
    texts: Mapping[Speaker, str],
    voice: VoiceChoice,
    cache: Cache,
    *,
    say_as: SayAs = AS_WRITTEN,
    strict: bool = True,
    progress: Progress | None = None,
) -> VoiceComparison:
    """Let each speaker say its name and its text, at the pace of `voice`; the first one comes first.

    `strict` raises EngineError for the first speaker who cannot; otherwise it is left out, and EngineError
    is raised where nobody is left.
    """
    parts, left_out = _parts(texts, voice, say_as)
    said: dict[SpeakerPart, tuple[Clip, ...]] = {}
    done = 0
    total = sum(len(part.texts) for part in parts)

    def heard() -> None:
        nonlocal done
        done = min(done + 1, total)  # after a failure, some are heard again
        if progress:
            progress("speaking", done, total)

    for engine in dict.fromkeys(part.speaker.engine for part in parts):
        theirs = [part for part in parts if part.speaker.engine == engine]
        with closing(Speakers(lambda engine=engine: make_engine(engine), cache)) as speakers:  # type: ignore[misc]
            while theirs and not (strict and left_out):
                try:
                    said |= _said(theirs, voice, say_as, speakers, heard)
                except _Failed as failure:
                    theirs.remove(failure.part)
                    left_out.append((failure.part.speaker, str(failure.error)))
                    continue
                break
    if left_out and (strict or not said):
        speaker, reason = left_out[0]
        raise EngineError(f"{speaker}: {reason}")
    turns = tuple(_laid_out([(part, said[part]) for part in parts if part in said]))
    length = turns[-1].clips[-1][0] + turns[-1].clips[-1][1].ticks + TAIL
    return VoiceComparison(turns, length, tuple(left_out))


def write_comparison(
    comparison: VoiceComparison,
    file: IO[bytes],
    format_: Format,
    cache: Cache,
    progress: Progress | None = None,
) -> None:
    """Write `comparison` as a file of `format_`, with a chapter for each voice. Raises OutputError."""
    counted = (lambda done, of: progress("encoding", done, of)) if progress else None
    sounds, tags = tuple(_sounds(comparison.turns)), _tags(comparison)
    if format_.name != "mp3":
        from audioguide.containers.write import write_sound  # with encoders that take time to load

        write_sound(file, sounds, comparison.length, format_, tags, progress=counted)
        return
    islands = cut(sounds, comparison.length)
    job = Mp3Job(bitrate=format_.usual, cache=cache, progress=counted)
    encoded = encode_islands(islands, job)
    write_mp3(file, islands, comparison.length, encoded=encoded.of, bitrate=job.bitrate, id3=id3_bytes(tags))


class _Failed(Exception):  # noqa: N818
    def __init__(self, part: SpeakerPart, error: EngineError) -> None:
        super().__init__(str(error))
        self.part = part
        self.error = error


def _parts(
    texts: Mapping[Speaker, str], voice: VoiceChoice, say_as: SayAs
) -> tuple[list[SpeakerPart], list[tuple[Speaker, str]]]:
    parts: list[SpeakerPart] = []
    left_out: list[tuple[Speaker, str]] = []
    for speaker, text in texts.items():
        name = f"{spoken_name(speaker.voice, speaker.name)}."
        both = SpeakerPart(speaker, (name, text))
        try:
            whole = obstacle_of(speaker, _phrases(both, voice, say_as))
            alone = whole and obstacle_of(speaker, _phrases(replace(both, texts=(text,)), voice, say_as))
        except EngineError as error:
            alone = whole = str(error)
        if alone:
            left_out.append((speaker, alone.splitlines()[0]))
        else:  # who has no clip of its own name still says the sentence
            parts.append(replace(both, texts=(text,)) if whole else both)
    return parts, left_out


def _phrases(part: SpeakerPart, voice: VoiceChoice, say_as: SayAs) -> list[Phrase]:
    reads = reading_for(part.speaker.voice, part.speaker.engine, say_as)
    asked = [reads(marked(text)) for text in part.texts]
    if not is_spoken(asked[-1]):
        raise EngineError(f"{part.texts[-1]!r} cannot be spoken")
    return [Phrase(text, part.speaker.voice, voice.rate, voice.pitch, voice.warm) for text in asked]


def _said(
    parts: Sequence[SpeakerPart],
    voice: VoiceChoice,
    say_as: SayAs,
    speakers: Speakers,
    heard: Callable[[], None],
) -> dict[SpeakerPart, tuple[Clip, ...]]:
    places = [part for part in parts for _ in part.texts]
    phrases = [phrase for part in parts for phrase in _phrases(part, voice, say_as)]
    found = {place: speakers.find(phrase) for place, phrase in enumerate(phrases)}
    clips = {place: clip for place, clip in found.items() if clip is not None}
    missing = [place for place in found if place not in clips]

    def arrived(index: int, clip: Clip) -> None:
        clips[missing[index]] = clip
        heard()

    for _ in clips:
        heard()
    try:
        speakers.speak([phrases[place] for place in missing], arrived)
    except Unspoken as error:
        raise _Failed(places[missing[error.place]], error) from error
    return {
        part: tuple(clips[place] for place, owner in enumerate(places) if owner is part) for part in parts
    }


def _laid_out(said: Iterable[tuple[SpeakerPart, tuple[Clip, ...]]]) -> Iterator[Turn]:
    clock = HEAD + to_frame(HEAD)
    for part, clips in said:
        placed: list[tuple[int, Clip]] = []
        for clip in clips:
            placed.append((clock, clip))
            clock += clip.ticks + GAP
            clock += to_frame(clock)
        yield Turn(part, placed[0][0], tuple(placed))
        clock += BETWEEN - GAP
        clock += to_frame(clock)


def _sounds(turns: Iterable[Turn]) -> Iterator[Sound]:
    for turn in turns:
        for start, clip in turn.clips:
            yield Sound(start=start, key=clip.key, clip=clip, words=True)


def _tags(comparison: VoiceComparison) -> Tags:
    turns = comparison.turns
    ends = [*(turn.start for turn in turns[1:]), comparison.length]
    starts = [0, *ends[:-1]]
    chapters = tuple(
        ChapterMark(start, end, str(turn.part.speaker))
        for turn, start, end in zip(turns, starts, ends, strict=True)
    )
    lines = tuple(
        LyricLine(start, shown(marked(text)))
        for turn in turns
        for (start, _), text in zip(turn.clips, turn.part.texts, strict=True)
    )
    return Tags(
        title="Voices", artist=ARTIST, album=ARTIST, genre="Speech", language="und", lines=lines,
        chapters=chapters, length=comparison.length,
    )  # fmt: skip
