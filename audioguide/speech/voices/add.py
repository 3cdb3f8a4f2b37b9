"""Adding a voice: fetched, checked, tried, and only then there."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from audioguide.errors import AudioguideError, OutputError
from audioguide.speech.voices.catalogue import Offer, VoiceFile
from audioguide.speech.voices.download import Fetched, Unreachable, download
from audioguide.speech.voices.folder import MANIFEST, Installed, installed, manifest_of, voices_folder
from audioguide.speech.voices.source import Source, with_sums

UNFINISHED = ".unfinished"  # downloads to go on with
Trial = Callable[[Installed], None]


def add(source: Source, fetched: Fetched | None = None, trial: Trial | None = None) -> Installed:
    """Get all files of `source`, check their sums, let `trial` try the voice, and put it in its place.

    Raises OutputError, and what `trial` raises; the voice is then not there, or as it was before.
    """
    folder = voices_folder()
    _check_room(folder, source.offer)
    home = folder / source.offer.engine / source.offer.id
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{source.offer.id}.", dir=home.parent) as name:
            return _finished(source, Path(name), home, fetched, trial)
    except OSError as error:
        if isinstance(error, AudioguideError):
            raise
        if error.errno == errno.ENOSPC:
            _drop(folder, source.offer)  # a disk that is full is not left full
        raise OutputError(f"cannot add the voice in {home.parent}: {error.strerror or error}") from error


def remove(voice: Installed) -> None:
    """Remove an added voice. Raises OutputError."""
    try:
        shutil.rmtree(voices_folder() / voice.engine / voice.id)
    except OSError as error:
        raise OutputError(f"cannot remove the voice {voice.id}: {error.strerror or error}") from error


def _finished(
    source: Source, new: Path, home: Path, fetched: Fetched | None, trial: Trial | None
) -> Installed:
    for file, place in zip(source.offer.files, source.places, strict=True):
        _bring(file, place, new / file.name, source.offer, fetched)
    known = with_sums(source.offer, [new / file.name for file in source.offer.files])
    voice = Installed(
        id=known.id, engine=known.engine, language=known.language, about=known.about, licence=known.licence,
        source=source.where, files=tuple((new / file.name, file.size, file.sha256) for file in known.files),
    )  # fmt: skip
    if trial:
        trial(voice)
    (new / MANIFEST).write_bytes(manifest_of(voice))
    new.chmod(0o755)
    old = new.with_name(f"{new.name}.old")
    with suppress(FileNotFoundError):
        home.rename(old)
    try:
        new.rename(home)
    except OSError:
        with suppress(OSError):
            old.rename(home)
        raise
    shutil.rmtree(old, ignore_errors=True)
    new.mkdir()  # the temporary folder is removed by its name
    _drop(voices_folder(), source.offer)
    return next(each for each in installed(known.engine) if each.id == known.id)


def _bring(file: VoiceFile, place: str, to: Path, offer: Offer, fetched: Fetched | None) -> None:
    if "://" not in place:
        _copied(Path(place), to)
        _check(file, to, f"{place} is not {offer.id} as it is known")
        return
    part = _part(voices_folder(), offer, file)
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        download(place, part, file.size, fetched)
    except Unreachable as error:
        names = " and ".join(each.name for each in offer.files)
        raise OutputError(
            f"{error}: without network, bring {names} from another machine, "
            f"then `audioguide voices add {offer.id} --from FOLDER`"
        ) from error
    except OutputError:
        if shutil.disk_usage(part.parent).free < file.size - (part.stat().st_size if part.exists() else 0):
            part.unlink(missing_ok=True)
        raise
    try:
        _check(file, part, f"what {place} gave is not {offer.id} as it is known")
    except OutputError:
        part.unlink()
        raise
    part.rename(to)


def _copied(source: Path, to: Path) -> None:
    if not source.is_file():
        raise OutputError(f"there is no file {source}: a Piper voice has two, the model and its JSON")
    shutil.copyfile(source, to)


def _check(file: VoiceFile, path: Path, what: str) -> None:
    import hashlib

    size = path.stat().st_size
    if file.size and size != file.size:
        raise OutputError(f"{what}: it has {size} bytes, and not {file.size}; nothing was added")
    if not file.sha256:
        return
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != file.sha256:
        raise OutputError(
            f"{what}: its sha256 is {found[:16]}…, and not {file.sha256[:16]}…; nothing was added"
        )


def _part(folder: Path, offer: Offer, file: VoiceFile) -> Path:
    return folder / UNFINISHED / f"{offer.id}-{file.sha256[:8]}" / file.name


def _drop(folder: Path, offer: Offer) -> None:
    for file in offer.files:
        shutil.rmtree(_part(folder, offer, file).parent, ignore_errors=True)
    with suppress(OSError):
        (folder / UNFINISHED).rmdir()


def _check_room(folder: Path, offer: Offer) -> None:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < offer.size:
        raise OutputError(
            f"the voice {offer.id} needs {offer.size / 1e6:.1f} MB, and {there} has {free / 1e6:.1f} MB free"
        )
