"""Adding a voice: fetched, checked, tried, and only then there."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from audioguide.errors import AudioguideError, OutputError
from audioguide.speech.voices.catalogue import Offer, VoiceFile, catalogue
from audioguide.speech.voices.download import Fetched, Unreachable, download
from audioguide.speech.voices.folder import MANIFEST, Installed, installed, manifest_of, voices_folder
from audioguide.speech.voices.source import VoiceSource, with_sums

UNFINISHED = ".unfinished"  # downloads to go on with
Trial = Callable[[Installed], None]


def add(source: VoiceSource, fetched: Fetched | None = None, trial: Trial | None = None) -> Installed:
    """Get all files of `source`, check their sums, let `trial` try the voice, and put it in its place.

    Raises OutputError, and what `trial` raises; the voice is then not there, or as it was before.
    """
    folder = voices_folder()
    _check_room(folder, source)
    home = folder / source.offer.engine / source.offer.id
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{source.offer.id}.", dir=home.parent) as name:
            return _finished(source, Path(name), home, fetched, trial)
    except OSError as error:
        if isinstance(error, AudioguideError):
            raise
        if error.errno == errno.ENOSPC:
            _drop(folder, source)  # a full disk is not left full
        raise OutputError(f"cannot add the voice in {home.parent}: {error.strerror or error}") from error


def remove(home: Path) -> None:
    """Remove the folder of an added voice, whole or not at all. Raises OutputError."""
    old = home.with_name(f".{home.name}.removed")
    try:
        shutil.rmtree(old, ignore_errors=True)
        home.rename(old)
    except OSError as error:
        raise OutputError(f"cannot remove the voice in {home}: {error.strerror or error}") from error
    shutil.rmtree(old, ignore_errors=True)


def leftovers() -> tuple[Path, ...]:
    """Return what interrupted calls left: unfinished downloads, and hidden folders beside the voices."""
    folder = voices_folder()
    try:
        engines = [path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."]
        hidden = [path for engine in engines for path in engine.iterdir() if path.name[0] == "."]
    except OSError:
        return ()
    unfinished = folder / UNFINISHED
    return tuple(sorted([*([unfinished] if unfinished.is_dir() else []), *hidden]))


def _finished(
    source: VoiceSource, new: Path, home: Path, fetched: Fetched | None, trial: Trial | None
) -> Installed:
    for file, place in zip(source.offer.files, source.places, strict=True):
        _bring(file, place, new / file.name, source, fetched)
    known = with_sums(source.offer, [new / file.name for file in source.offer.files])
    voice = Installed(
        id=known.id, engine=known.engine, language=known.language, about=known.about, licence=known.licence,
        source=source.where, files=tuple((new / file.name, file.size, file.sha256) for file in known.files),
    )  # fmt: skip
    try:
        if trial:
            trial(voice)
    finally:
        _drop(voices_folder(), source)  # all files are here by now
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
    return next(each for each in installed(known.engine) if each.id == known.id)


def _bring(file: VoiceFile, place: str, to: Path, source: VoiceSource, fetched: Fetched | None) -> None:
    offer = source.offer
    if "://" not in place:
        _copied(Path(place), to)
        _check(file, to, f"{place} is not the known version of {offer.id}")
        return
    part = _part(voices_folder(), offer, file, place)
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        download(place, part, file.size, fetched, checked=bool(file.sha256))
    except Unreachable as error:
        raise OutputError(f"{error}: {without_network(offer)}") from error
    except OutputError as error:
        if getattr(error.__cause__, "errno", None) == errno.ENOSPC:
            _drop(voices_folder(), source)
        raise
    try:
        _check(file, part, f"the file from {place} is not the known version of {offer.id}")
    except OutputError:
        _drop_part(part)
        raise
    part.rename(to)


def without_network(offer: Offer) -> str:
    """Return how `offer` is added on a machine without network."""
    names = " and ".join(each.name for each in offer.files)
    call = f"{offer.id} --from FOLDER" if offer.id in catalogue() else f"PATH/{offer.files[0].name}"
    return f"without network, copy {names} from another machine, then run `audioguide voices add {call}`"


def _copied(source: Path, to: Path) -> None:
    if not source.is_file():
        raise OutputError(f"there is no file {source}: a Piper voice has two, the model and its JSON")
    shutil.copyfile(source, to)


def _check(file: VoiceFile, path: Path, what: str) -> None:
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


def _part(folder: Path, offer: Offer, file: VoiceFile, place: str) -> Path:
    # Two addresses may give files of the same name: neither continues the other.
    origin = file.sha256 or hashlib.sha256(place.encode()).hexdigest()
    return folder / UNFINISHED / f"{offer.id}-{origin[:8]}" / file.name


def _parts(folder: Path, source: VoiceSource) -> list[Path]:
    files = zip(source.offer.files, source.places, strict=True)
    return [_part(folder, source.offer, file, place) for file, place in files]


def _drop(folder: Path, source: VoiceSource) -> None:
    for part in _parts(folder, source):
        _drop_part(part)


def _drop_part(part: Path) -> None:
    shutil.rmtree(part.parent, ignore_errors=True)
    with suppress(OSError):
        part.parent.parent.rmdir()


def _check_room(folder: Path, source: VoiceSource) -> None:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free
    begun = sum(part.stat().st_size for part in _parts(folder, source) if part.is_file())
    if free < source.offer.size - begun:
        raise OutputError(
            f"the voice {source.offer.id} needs {source.offer.size / 1e6:.1f} MB, "
            f"and {there} has {free / 1e6:.1f} MB free"
        )
