"""One phrase as a sound file: what `audioguide say` writes."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.pauses import GAP
from audioguide.containers.formats import DEFAULT, format_of
from audioguide.containers.write import write_sound
from audioguide.errors import UsageError
from audioguide.export.languages import three_letters
from audioguide.mixer.placed import sounds
from audioguide.mp3.assemble import write_mp3
from audioguide.mp3.id3 import id3_bytes
from audioguide.mp3.island_cache import encode_islands
from audioguide.mp3.islands import cut
from audioguide.pipeline.gather import Progress, gather, lengths, speakers_of
from audioguide.reading.lexicon import NOTHING, SayAs, wrong_sayings
from audioguide.reading.marks import has_marks, marked, shown
from audioguide.storage.atomic import opened_atomically
from audioguide.storage.cache import user_cache
from audioguide.timeline.layout import Timeline, lay_out
from audioguide.timeline.script import Cue, Script, VoiceChoice
from audioguide.timeline.tags import Tags
from audioguide.timeline.text import one_line, sentences

LONGEST_TITLE = 80


def phrase_script(text: str, voice: VoiceChoice, say_as: SayAs = NOTHING) -> Script:
    """Return a script that says `text`, sentence by sentence, 0.6 s apart; `{word|said}` as in a routine.

    Raises UsageError for what cannot be said.
    """
    for written, why in wrong_sayings(text):
        raise UsageError(f"{written}: {why}")
    cues: list[Cue] = []
    for sentence in sentences(marked(text)):
        if cues:
            cues.append(Cue(kind="gap", step="text", length=GAP))
        words = one_line(shown(sentence))
        cues.append(
            Cue(kind="say", step="text", text=words, spoken=sentence if has_marks(sentence) else None)
        )
    title = one_line(shown(marked(text)))[:LONGEST_TITLE]
    return Script(name="text", title=title, cues=tuple(cues), voice=voice, say_as=say_as)


def write_phrase(script: Script, path: Path, *, progress: Progress | None = None) -> Timeline:
    """Speak `script` into the file `path`, in the format of its suffix; return when each sentence is said.

    Raises UsageError for a suffix that is not a format, EngineError, OutputError.
    """
    kind = format_of(path.suffix)
    cache = user_cache()
    with speakers_of(script, cache) as speakers:
        clips = gather(script, speakers, progress)
    timeline = lay_out(script, lengths(clips))
    heard = list(sounds(timeline, clips))
    tags = Tags(title=script.title, language=three_letters(script.voice), length=timeline.length)
    with opened_atomically(path) as file:
        if kind.name == DEFAULT:
            islands = cut(heard, timeline.length)
            encoded = encode_islands(islands, kind.usual, cache=cache)
            write_mp3(
                file, islands, timeline.length, encoded=encoded.of, bitrate=kind.usual, id3=id3_bytes(tags)
            )
        else:
            write_sound(file, heard, timeline.length, kind, tags)
    return timeline
