"""What somebody wants to add: a name of the table, a file, or an address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from audioguide.errors import UsageError
from audioguide.speech.voices.catalogue import Offer, VoiceFile, catalogue
from audioguide.speech.voices.choose import plain

MODEL, SETTINGS, VECTORS = ".onnx", ".onnx.json", ".bin"
UNKNOWN = "unknown: ask the person who made it"
_LOCALE = re.compile(r"([a-z]{2,3})_([A-Z]{2})(?=-)")
_SUM = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[\w-][\w.-]*")


@dataclass(frozen=True, slots=True)
class VoiceSource:
    """A voice to add, and where each of its files comes from: a path, or an address."""

    offer: Offer
    places: tuple[str, ...]

    @property
    def where(self) -> str:
        """Return the place of the first file, for people."""
        return self.places[0]


def find_source(
    what: str, folder: Path | None = None, *, sha256: str = "", language: str = ""
) -> VoiceSource:
    """Return what `what` is: a voice of the table, a file of this machine, or an address.

    In a `folder`, the files of a voice of the table are looked for instead of downloaded. A file that is not
    in the table must have the checksum `sha256` where one is given. Raises UsageError.
    """
    if sha256 and not _SUM.fullmatch(sha256.lower()):
        raise UsageError(f"--sha256 takes 64 hexadecimal digits; found '{sha256}'")
    offer = next((each for name, each in catalogue().items() if plain(name) == plain(what)), None)
    if offer:
        return VoiceSource(
            offer, _in_folder(offer, folder) if folder else tuple(file.url for file in offer.files)
        )
    if folder:
        raise UsageError(f"'{what}' is not in the table of voices: name the file instead of using --from")
    if urlsplit(what).scheme in ("http", "https"):
        return _unlisted([what], sha256, language)
    path = Path(what).expanduser()
    if not path.is_file():
        raise UsageError(f"'{what}' is neither a voice in the table nor a file: {_near(what)}")
    return _unlisted([str(path)], sha256, language)


def _in_folder(offer: Offer, folder: Path) -> tuple[str, ...]:
    places = []
    for file in offer.files:
        here = [
            folder / file.name,
            folder / offer.id / file.name,
            folder / offer.engine / offer.id / file.name,
        ]
        place = next((each for each in here if each.is_file()), None)
        if place is None:
            wanted = ", ".join(each.name for each in offer.files)
            raise UsageError(f"{folder} has no file {file.name}: the voice {offer.id} needs {wanted}")
        places.append(str(place))
    return tuple(places)


def _unlisted(places: Sequence[str], sha256: str, language: str) -> VoiceSource:
    name = VoiceFile(places[0]).name
    suffix = next((each for each in (SETTINGS, MODEL, VECTORS) if name.endswith(each)), "")
    if suffix == SETTINGS:
        raise UsageError(f"{name} is the second file of a voice: name {name.removesuffix('.json')}")
    if not suffix or not _ID.fullmatch(name):
        raise UsageError(f"'{name}' is not a voice: a Piper voice ends in .onnx, a voice of Kokoro in .bin")
    if known := _listed(name):
        both = [places[0], f"{places[0]}.json"] if suffix == MODEL else places
        return VoiceSource(known, tuple(both))
    return _stranger(name, suffix, places[0], sha256.lower(), language)


def _stranger(name: str, suffix: str, place: str, sha256: str, language: str) -> VoiceSource:
    if urlsplit(place).scheme == "http" and not sha256:
        raise UsageError(
            f"{place} is not https, so it could be changed on the way, and is not in the table: give the "
            f"expected checksum with --sha256"
        )
    ending, engine = (MODEL, "piper") if suffix == MODEL else (VECTORS, "kokoro")
    spoken = language or _language_in(name)
    if not spoken:
        raise UsageError(f"the name {name} does not say its language: add --language, such as en-us")
    files = [VoiceFile(place, sha256=sha256)]
    if suffix == MODEL:
        files.append(VoiceFile(f"{place}.json"))
    offer = Offer(
        id=name.removesuffix(ending), engine=engine, language=spoken, about=name.removesuffix(ending),
        licence=UNKNOWN, files=tuple(files),
    )  # fmt: skip
    return VoiceSource(offer, tuple(file.url for file in files))


def _listed(name: str) -> Offer | None:
    return next((each for each in catalogue().values() if each.files[0].name == name), None)


def _language_in(name: str) -> str:
    if match := _LOCALE.match(name):
        return f"{match[1]}-{match[2].lower()}"
    letters = {each.id[0]: each.language for each in catalogue().values() if each.engine == "kokoro"}
    return letters.get(name[0], "") if re.match(r"[a-z][fm]_", name) else ""


def _near(what: str) -> str:
    import difflib

    near = difflib.get_close_matches(what, catalogue(), n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else "`audioguide voices add --list` shows the table"


def with_sums(offer: Offer, paths: Sequence[Path]) -> Offer:
    """Return `offer` with size and checksum of each file as found in `paths`."""
    files = []
    for file, path in zip(offer.files, paths, strict=True):
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        files.append(replace(file, size=path.stat().st_size, sha256=digest))
    return replace(offer, files=tuple(files))
