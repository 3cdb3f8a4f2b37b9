"""All that is looked at, in order."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.doctor import parts, places
from audioguide.doctor.finding import Diagnosis, guarded
from audioguide.script.script import VoiceChoice


def examine(choice: VoiceChoice) -> Iterator[Diagnosis]:
    """Look at one part after the other, with the voice of `choice`; none keeps the next from its turn."""
    yield from guarded("python", parts.python, "")
    yield from guarded("libraries", parts.libraries, "pip install audioguide anew")
    yield from guarded("voice", lambda: parts.voice(choice), "`audioguide voices` lists what can speak")
    yield from guarded("encoder", parts.encoder, "pip install --force-reinstall av")
    yield from guarded("cache", places.cache, "`audioguide cache clear` empties it")
    yield from guarded("disk", places.disks, "")
    yield from guarded("defaults", places.own, "mend the file, or move it away")
    yield from guarded("self-test", lambda: _trial(choice), "mend what stands above, and try again")


def _trial(choice: VoiceChoice) -> Iterator[Diagnosis]:
    from audioguide.doctor.trial import trial  # the whole program: where a part is missing, it cannot load

    yield from trial(choice)
