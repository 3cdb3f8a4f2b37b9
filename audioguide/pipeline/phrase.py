"""One phrase as a sound file: what `audioguide say` writes."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import IO

from audioguide.compiler.pauses import GAP
from audioguide.errors import UsageError
from audioguide.pipeline.gather import Progress
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render
from audioguide.reading.language import language_of
from audioguide.reading.lexicon import AS_WRITTEN, SayAs, wrong_sayings
from audioguide.reading.marks import has_marks, marked, shown
from audioguide.script.layout import Timeline
from audioguide.script.script import PHRASE, Cue, Script, VoiceChoice
from audioguide.script.sentences import sentences
from audioguide.script.text import one_line
from audioguide.storage.atomic import opened_atomically

LONGEST_TITLE = 80


def phrase_script(text: str, voice: VoiceChoice, say_as: SayAs = AS_WRITTEN) -> Script:
    """Return a script that says `text`, sentence by sentence, 0.6 s apart; `{word|said}` as in a routine.

    Raises UsageError for what cannot be said.
    """
    for written, why in wrong_sayings(text):
        raise UsageError(f"{written}: {why}")
    cues: list[Cue] = []
    for sentence in sentences(marked(text), language_of(voice.name)):
        if cues:
            cues.append(Cue(kind="gap", step=PHRASE, length=GAP))
        words = one_line(shown(sentence))
        cues.append(
            Cue(kind="say", step=PHRASE, text=words, spoken=sentence if has_marks(sentence) else None)
        )
    title = one_line(shown(marked(text)))[:LONGEST_TITLE]
    return Script(name="text", title=title, cues=tuple(cues), voice=voice, say_as=say_as)


def write_phrase(
    script: Script, out: Path | IO[bytes], format_: str, *, progress: Progress | None = None
) -> Timeline:
    """Speak `script` into the file `out`, or an open one, in the format `format_`; return its timeline.

    Raises UsageError for an unknown format, EngineError, OutputError.
    """
    output = Output(format=format_)
    with opened_atomically(out) if isinstance(out, Path) else nullcontext(out) as file:
        return render(script, file, output, progress=progress).timeline
