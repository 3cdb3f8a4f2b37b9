"""The engine `recorded`: a teacher's own takes, one sound file a phrase, in a folder for each voice."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.errors import EngineError
from audioguide.reading.marks import shown
from audioguide.reading.speakable import clean
from audioguide.speech.decode import RECIPE, decode
from audioguide.speech.engine import Engine, Phrase, Traits, Voice
from audioguide.speech.settings import recordings_folder
from audioguide.speech.takes import check_plausible
from audioguide.speech.versions import version
from audioguide.speech.voices.choose import plain

READABLE = (".wav", ".flac", ".ogg", ".mp3", ".aiff", ".aif", ".m4a", ".mp4", ".aac", ".opus")
EVERYDAY_RATE = 150
PLAUSIBLE = (0.15, 6.0)  # a teacher takes the time that the exercise needs
LONGEST_NAME = 60
MOST_LISTED = 60
_WORDS = re.compile(r"[^\W_]+")


class RecordedEngine(Engine):
    """Speaks the phrases of which there is a take, and lists all others."""

    name = "recorded"
    traits = Traits(rate=False, pitch=False, stable=True, words_a_minute=EVERYDAY_RATE)

    def __init__(self, folder: Path | None = None) -> None:
        """Look for takes in `folder`, the configured one unless given: a folder for each voice."""
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return the folder that has a folder for each voice."""
        return self._folder or recordings_folder()

    def fingerprint(self, voice: str = "") -> str:
        """Name all takes of the voice, with their sizes and times."""
        takes = _takes(self.home(voice))
        found = {(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in takes.values()}
        digest = hashlib.sha256(repr(sorted(found)).encode()).hexdigest()
        return "; ".join([RECIPE, self.name, digest, f"soxr {version('soxr')}"])

    def voices(self) -> tuple[Voice, ...]:
        """List the folders. Raises EngineError where there is none."""
        if not (homes := self._homes()):
            raise EngineError(self._none())
        return tuple(Voice(home.name, f"{len(set(_takes(home).values()))} takes", ()) for home in homes)

    def home(self, voice: str) -> Path:
        """Return the folder of `voice`; of the only one there is, whatever it is called."""
        homes = self._homes()
        named = [home for home in homes if plain(home.name) == plain(voice)]
        return next(iter(named or (homes if len(homes) == 1 else ())), self.folder / voice)

    def voice_for(self, name: str) -> str:
        """Return the name of the folder."""
        return self.home(name).name

    def take(self, voice: str, text: str) -> Path | None:
        """Return the file in which `voice` says `text`, None where there is none."""
        return _takes(self.home(voice)).get(take_name(text))

    def obstacle(self, phrases: Sequence[Phrase]) -> str:
        """Return a list of all takes that are missing."""
        wanted: dict[str, str] = {}
        for phrase in phrases:
            if name := take_name(phrase.text):
                wanted.setdefault(name, shown(phrase.text))
        if not wanted:
            return ""
        if not self._homes():
            return self._none()
        home = self.home(phrases[0].voice)
        takes, others = _takes(home), _unreadable(home)
        missing = {name: text for name, text in wanted.items() if name not in takes}
        if not missing:
            return ""
        lines = [
            f"  {others[name]} is there, but cannot be read: save it as {name}.wav"
            if name in others
            else f"  {name}.wav  {text}"
            for name, text in missing.items()
        ]
        more = [f"  and {len(lines) - MOST_LISTED} more"] if len(lines) > MOST_LISTED else []
        head = (
            f"{len(missing)} of {len(wanted)} phrases have no recording in {home} "
            "(`audioguide voices record-list ROUTINE` prints what to read):"
        )
        return "\n".join([head, *lines[:MOST_LISTED], *more])

    def about(self) -> Mapping[str, str]:
        """Return the folder. Raises EngineError where it has no voice."""
        return {"recordings": f"{self.folder}: {', '.join(voice.id for voice in self.voices())}"}

    def speak(self, phrase: Phrase) -> Clip:
        """Return the take of the phrase, trimmed and at the voice's level. Raises EngineError."""
        text = clean(phrase.text)
        if obstacle := self.obstacle([phrase]):
            raise EngineError(obstacle)
        path = _takes(self.home(phrase.voice))[take_name(text)]
        try:
            take = decode(path).trimmed()
            check_plausible(take, text, EVERYDAY_RATE, PLAUSIBLE)
            return take.clip(warm=phrase.warm)
        except ValueError as error:
            raise EngineError(f'the recording of "{text}" in {path} cannot be used: {error}') from error

    def close(self) -> None:
        """Do nothing: files are closed once they are read."""

    def _homes(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.is_dir() and path.name[0] != ".")
        except OSError:
            return []

    def _none(self) -> str:
        return (
            f"there are no recordings in {self.folder}: make a folder for the voice there "
            "(`audioguide voices record-list ROUTINE` prints what to read)"
        )


def take_name(text: str) -> str:
    """Return the name of the take of `text`, without its ending: its words, joined by hyphens.

    Marks and capitals make no difference. A long name ends in eight digits that stand for the rest; "" is
    returned where there is no word.
    """
    name = _joined(shown(text))
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[:LONGEST_NAME].rstrip('-')}-{digest}"


def _joined(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().replace("'", "").replace("\u2019", "")
    return "-".join(_WORDS.findall(folded))


def _takes(home: Path) -> dict[str, Path]:
    return {name: path for path in _files(home) if path.suffix.lower() in READABLE for name in _names(path)}


def _unreadable(home: Path) -> dict[str, str]:
    others = [path for path in _files(home) if path.suffix.lower() not in READABLE]
    return {name: path.name for path in others for name in _names(path)}


def _names(path: Path) -> set[str]:
    # As it was printed, cut and with digits; or all its words, written by hand.
    return {_joined(path.stem), take_name(path.stem)}


def _files(home: Path) -> list[Path]:
    try:
        return sorted(path for path in home.iterdir() if path.is_file() and path.name[0] != ".")
    except OSError:
        return []
