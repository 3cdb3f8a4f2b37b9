"""`audioguide voices add` and `remove`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from audioguide.cli.downloading import downloading
from audioguide.cli.envelope import print_json
from audioguide.cli.tables import table
from audioguide.errors import EngineError, OutputError, UsageError
from audioguide.speech.voices.add import Trial, add, remove, without_network
from audioguide.speech.voices.catalogue import Offer, catalogue
from audioguide.speech.voices.choose import plain, speaks
from audioguide.speech.voices.download import Unreachable, size_at
from audioguide.speech.voices.folder import Installed, damaged, engines, installed, voices_folder
from audioguide.speech.voices.source import VoiceSource, find_source
from audioguide.speech.voices.trial import missing_for, try_voice

REFUSED = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to add, as it was asked for."""

    what: str
    folder: Path | None = None
    sha256: str = ""
    language: str = ""


def add_voice(wanted: Wanted, *, yes: bool, as_json: bool) -> None:
    """Show what would be added, ask, and add it. Raises UsageError, EngineError, OutputError."""
    source = find_source(wanted.what, wanted.folder, sha256=wanted.sha256, language=wanted.language)
    if here := _whole_already(source.offer):
        _report(here, "is installed already", as_json=as_json)
        return
    if missing := missing_for(source.offer.engine):
        raise EngineError(f"the voice could not be tried: {missing}")
    source = _measured(source)
    _show(source)
    if not (yes or _agreed()):
        typer.echo("nothing was added", err=True)
        raise typer.Exit(REFUSED)
    with downloading(source.offer.id, quiet=as_json) as fetched:
        voice = add(source, fetched, _tried(as_json))
    _report(voice, "was added", as_json=as_json)


def remove_voice(name: str) -> None:
    """Remove the added voice `name`, damaged ones too. Raises UsageError, OutputError."""
    homes = [
        home
        for engine in engines()
        for home in (*(voice.home for voice in installed(engine)), *damaged(engine))
    ]
    found = [home for home in homes if plain(home.name) == plain(name)]
    if not found:
        have = ", ".join(home.name for home in homes) or "none"
        raise UsageError(f"no voice '{name}' is in {voices_folder()}: it has {have}")
    for home in found:
        remove(home)
        typer.echo(f"removed {home.name} from {home.parent}")


def list_offers(engine_or_name: str | None, language: str, *, as_json: bool) -> None:
    """Print the table of voices that can be added; of a `language` alone where one is given."""
    here = {(voice.engine, voice.id) for engine in engines() for voice in installed(engine)}
    offers = [
        offer
        for offer in catalogue().values()
        if (not language or speaks(plain(offer.language), plain(language)))
        and (not engine_or_name or plain(engine_or_name) in plain(f"{offer.engine} {offer.id}"))
    ]
    if as_json:
        print_json("voices add", {"voices": [_entry(offer, here) for offer in offers]}, indent=2)
        return
    if not offers:
        raise UsageError("no voice in the table matches: `audioguide voices add --list` shows all of it")
    rows = [
        (
            offer.id, offer.engine, offer.language, f"{offer.size / 1e6:.1f}",
            f"{offer.about}{' (installed)' if (offer.engine, offer.id) in here else ''}", offer.licence,
        )
        for offer in offers
    ]  # fmt: skip
    table(("voice", "engine", "language", "MB", "what", "licence"), rows, right=(3,))


def _entry(offer: Offer, here: set[tuple[str, str]]) -> dict[str, object]:
    return {
        "id": offer.id, "engine": offer.engine, "language": offer.language, "about": offer.about,
        "licence": offer.licence, "size_bytes": offer.size,
        "installed": (offer.engine, offer.id) in here,
        "files": [{"url": file.url, "size": file.size, "sha256": file.sha256} for file in offer.files],
    }  # fmt: skip


def _whole_already(offer: Offer) -> Installed | None:
    """Return the voice where it is installed with the very files of the table, and not damaged."""
    here = next((each for each in installed(offer.engine) if plain(each.id) == plain(offer.id)), None)
    sums = [file.sha256 for file in offer.files]
    if here is None or not all(sums) or [sha256 for _, _, sha256 in here.files] != sums:
        return None
    return here if not here.wrong_files() else None


def _measured(source: VoiceSource) -> VoiceSource:
    """Return `source` with the sizes of files that are not in the table."""
    files = list(source.offer.files)
    for index, (file, place) in enumerate(zip(files, source.places, strict=True)):
        if file.size:
            continue
        try:
            size = size_at(place) if "://" in place else _size_of(Path(place))
        except Unreachable as error:
            raise OutputError(f"{error}: {without_network(source.offer)}") from error
        files[index] = replace(file, size=size)
    return replace(source, offer=replace(source.offer, files=tuple(files)))


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _show(source: VoiceSource) -> None:
    offer = source.offer
    size = f"{offer.size / 1e6:.1f} MB" if all(file.size for file in offer.files) else "unknown"
    checked = "known, checked before use" if all(file.sha256 for file in offer.files) else "not known"
    for key, value in (
        ("voice", f"{offer.id} ({offer.about}), language {offer.language}, engine {offer.engine}"),
        ("size", size),
        ("source", ", ".join(_distinct(source.places))),
        ("licence", offer.licence),
        ("checksum", checked),
        ("goes to", str(voices_folder() / offer.engine / offer.id)),
    ):
        typer.echo(f"{key:<9} {value}", err=True)


def _distinct(places: tuple[str, ...]) -> Iterator[str]:
    yield from dict.fromkeys(places)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("nothing was added: there is no terminal to ask on; --yes adds it without asking")
    return typer.confirm("add it?", err=True)


def _tried(as_json: bool) -> Trial:
    def trial(voice: Installed) -> None:
        if not as_json:
            typer.echo(f"{voice.id}: trying it", err=True)
        try_voice(voice)

    return trial


def _report(voice: Installed, what: str, *, as_json: bool) -> None:
    if as_json:
        document = {
            "id": voice.id, "engine": voice.engine, "language": voice.language, "size_bytes": voice.size,
            "licence": voice.licence, "source": voice.source, "folder": str(voice.home), "result": what,
        }  # fmt: skip
        print_json("voices add", document)
        return
    typer.echo(f"the voice {voice.id} {what}: {voice.home}")
    typer.echo(f'hear it with `audioguide voices --voice {voice.id} --say "Breathe in slowly."`')
