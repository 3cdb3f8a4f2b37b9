"""The public API. `import audioguide as ag` loads each of these names when it is first used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from audioguide.audio.clip import Clip
from audioguide.compiler.compile import compile as unrolled
from audioguide.compiler.estimate import estimated
from audioguide.errors import AudioguideError, UsageError
from audioguide.fitting.slack import to_length
from audioguide.lint.finding import Finding
from audioguide.lint.table import lint
from audioguide.listener.layers import Layer
from audioguide.listener.options import NOTHING, Options
from audioguide.listener.request import request
from audioguide.pipeline.build import build
from audioguide.pipeline.gather import Progress
from audioguide.pipeline.gather import measured as measured_lengths
from audioguide.pipeline.output import MP3, Output
from audioguide.pipeline.receipt import Receipt
from audioguide.pipeline.render import render as render_script
from audioguide.pipeline.stream import Stream, stream
from audioguide.routine.library import SHIPPED_LIBRARY, Library
from audioguide.routine.load import Routine, load_text
from audioguide.routine.load import load as load_file
from audioguide.routine.source import as_yaml
from audioguide.script.layout import Timeline
from audioguide.script.script import Script
from audioguide.sound.own_sound import from_segment, to_segment
from audioguide.storage.cache import Cache, user_cache
from audioguide.verifier.proof import Proof, prove, script_beside

__all__ = [
    "AudioguideError", "Clip", "Finding", "Library", "Options", "Output", "Proof", "Receipt", "Routine",
    "Script", "Stream", "Timeline", "check", "compile", "find", "fit", "from_segment", "load", "render",
    "stream", "timeline", "to_segment", "verify",
]  # fmt: skip


def find(name: str, library: Library = SHIPPED_LIBRARY) -> Path:
    """Return the file of a routine: by name among those of `library`, or by path.

    Raises UsageError for an unknown name, RoutineError for a path that leads nowhere.
    """
    return library.find(name)


def load(
    source: str | Path | Mapping[str, Any], library: Library = SHIPPED_LIBRARY, *, name: str = "routine"
) -> Routine:
    """Return a checked routine: of a name or path, or of a mapping built in code, which needs no file.

    A mapping has the keys of the routine language; `name` then names the routine and its files.
    Raises RoutineError with every fault, UsageError for an unknown name.
    """
    if isinstance(source, Mapping):
        return load_text(as_yaml(source), Path(f"{name}.yaml"), library)
    return load_file(library.find(str(source)), library)


def compile(routine: Routine, options: Options = NOTHING) -> Script:
    """Return the script of `routine` with these options, as `audioguide compile` makes it.

    It lasts what `options.fit` says, else the `length` of the routine where it has one, by estimated lengths
    of phrases. Notes of the script say which options have no effect. Raises UsageError, and RoutineError for
    settings out of bounds and for a length that cannot be.
    """
    return build(request(routine, [Layer("Options", options)]))


def fit(routine: Routine, length: str, options: Options = NOTHING) -> Script:
    """Compile `routine` so that it lasts `length`, such as "12m", by estimated lengths of phrases.

    Settings change inside their bounds, then pauses grow; `script.fit` says by how much. Raises UsageError
    for what is not a time, RoutineError with the shortest and the longest possible length.
    """
    if length.strip().lower() == "none":
        raise UsageError("fit needs a time, such as 12m; to keep the routine as written, call `compile`")
    return compile(routine, replace(options, fit=length))


def timeline(script: Script, *, measured: bool = False) -> Timeline:
    """Return every cue of `script` at its tick, with estimated lengths, or as `measured` from the voice.

    Raises RoutineError for marks that do not fit, EngineError where the voice cannot speak.
    """
    if not measured:
        return estimated(script)
    return to_length(script, measured_lengths(script, user_cache()).lengths)


def check(routine: Routine, options: Options = NOTHING) -> tuple[Finding, ...]:
    """Return what the checks find in `routine` for closed eyes and for safety, in the order of the file.

    Raises RoutineError where it cannot be compiled.
    """
    return lint(routine, unrolled(routine, options))


def render(
    script: Script,
    out: str | Path | IO[bytes],
    output: Output = MP3,
    *,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    prove_words: bool = False,
) -> Receipt:
    """Speak and encode `script` to the folder `out`, with its timed script; to an open file, the sound alone.

    `output` says in which format, and which other files are written. Spoken phrases and encoded sounds are
    kept in `cache`, the user's own unless given; one that cannot be written does not matter. All files appear
    whole, or none. `progress` is called with what is done, how much of it, and how much there is. With
    `prove_words`, what a recogniser mishears is spoken again another way; it needs the extra `ears`. Raises
    UsageError, RoutineError, EngineError, OutputError.
    """
    place = Path(out) if isinstance(out, str) else out
    cache = cache or user_cache()
    prover = None
    if prove_words:
        from audioguide.pipeline.proving import prover as make_prover

        prover = make_prover(cache, workers=workers or os.cpu_count() or 1, progress=progress)
    return render_script(
        script, place, output, cache=cache, workers=workers, progress=progress, prover=prover
    )


def verify(sound: Path, script: Path | None = None, *, words: bool = False) -> Proof:
    """Decode the MP3 `sound` and measure it against its timed `script`: the one beside it unless given.

    Where there is none, the proof says only how it sounds. With `words`, a recogniser listens to each phrase
    as well; it needs the extra `ears`. Raises OutputError where it cannot be decoded, RoutineError where the
    script cannot be read; UsageError or EngineError where words cannot be checked.
    """
    script = script or script_beside(sound)
    if words and script is None:
        raise UsageError(f"there is no timed script next to {sound}: words cannot be checked without one")
    proof = prove(sound, script)
    if not words or script is None:
        return proof
    from audioguide.verifier.understood import understood

    return proof.with_words(understood(sound, script, workers=os.cpu_count() or 1))
