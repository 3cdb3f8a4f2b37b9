"""All that is looked at, in order."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.doctor import parts, voices
from audioguide.doctor.finding import Diagnosis, guarded
from audioguide.script.script import VoiceChoice

_AGAIN = "pip install --force-reinstall 'audioguide[natural]'"
_ADD = "`audioguide voices add NAME` adds the voice again"


def examine(choice: VoiceChoice, *, checksums: bool = False) -> Iterator[Diagnosis]:
    """Look at one part after the other, with the voice of `choice`; none keeps the next from its turn.

    With `checksums`, every byte of the voices is compared with what was installed.
    """
    yield from guarded("python", parts.python, "")
    yield from guarded("libraries", parts.libraries, "pip install --force-reinstall audioguide")
    yield from guarded("extras", voices.extras, "")
    yield from guarded("voice", lambda: voices.speaking(choice), "`audioguide voices` lists what can speak")
    yield from guarded("espeak-ng", lambda: voices.espeak(choice), "pip install espeakng-loader")
    yield from guarded("weights", lambda: voices.weights(checksums=checksums), _AGAIN)
    yield from guarded("added voices", lambda: voices.added(checksums=checksums), _ADD)
    yield from guarded("voices", voices.listed, "`audioguide voices` lists what can speak")
    yield from guarded("encoder", parts.encoder, "pip install --force-reinstall av")
    yield from guarded("cache", lambda: _place("cache"), "`audioguide cache clear` clears it")
    yield from guarded("disk", lambda: _place("disks"), "")
    yield from guarded("defaults", lambda: _place("own"), "fix the file, or move it away")
    yield from guarded("self-test", lambda: _trial(choice), "fix what is listed above, and try again")


def _place(name: str) -> Iterator[Diagnosis]:
    from audioguide.doctor import places  # what reads YAML: where a part is missing, it cannot load

    look: Iterator[Diagnosis] = getattr(places, name)()
    yield from look


def _trial(choice: VoiceChoice) -> Iterator[Diagnosis]:
    from audioguide.doctor.trial import trial  # the whole program: where a part is missing, it cannot load

    yield from trial(choice)
