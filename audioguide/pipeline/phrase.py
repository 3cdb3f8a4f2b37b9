"""One phrase as a sound file: what `audioguide say` writes."""

from __future__ import annotations

from pathlib import Path

from audioguide.compiler.pauses import GAP
from audioguide.containers.formats import format_of
from audioguide.errors import UsageError
from audioguide.pipeline.gather import Progress
from audioguide.pipeline.output import Output
from audioguide.pipeline.render import render
from audioguide.reading.lexicon import AS_WRITTEN, SayAs, wrong_sayings
from audioguide.reading.marks import has_marks, marked, shown
from audioguide.script.layout import Timeline
from audioguide.script.script import Cue, Script, VoiceChoice
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
    output = Output(format=format_of(path.suffix).name)
    with opened_atomically(path) as file:
        return render(script, file, output, progress=progress).timeline
