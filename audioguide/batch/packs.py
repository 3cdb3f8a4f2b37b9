"""A pack for each client: everything in their folder as one ZIP file to send."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from audioguide.batch.manifest import Manifest
from audioguide.batch.orders import Order
from audioguide.storage.atomic import opened_atomically

# The earliest moment that the format knows: the same files make the same pack, whenever that is.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
# Sound does not get smaller; texts do.
_AS_IT_IS = frozenset({".mp3", ".m4b", ".opus", ".flac", ".png"})


def write_packs(folder: Path, orders: Sequence[Order], manifest: Manifest) -> list[Path]:
    """Write FOLDER.zip beside the folder of each client, with the files of all their rows.

    Only what the manifest has belongs to it: nothing else that is in the folder. A client for whom something
    is still missing gets none, and one that has all files already stays. Raises OutputError.
    """
    packs: list[Path] = []
    missing = {order.folder for order in orders if order.hash not in manifest.known.files}
    for client, files in client_files(orders, manifest).items():
        pack = folder / f"{client}.zip"
        if client in missing:
            pack.unlink(missing_ok=True)  # an older one would be taken for the whole
            continue
        if _is_newer(pack, [folder / path for path in files]):
            continue
        packs.append(pack)
        with opened_atomically(pack) as file, zipfile.ZipFile(file, "w") as archive:
            for path in files:
                _add(archive, folder, path)
    return packs


def client_files(orders: Sequence[Order], manifest: Manifest) -> dict[str, list[str]]:
    """Return the finished files of each client's folder, by their paths below the target, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for order in orders:
        for line in manifest.known.files.get(order.hash, {}).values():
            found[order.folder].update(each.path for each in line.files)
    return {client: sorted(files) for client, files in sorted(found.items())}


def _is_newer(pack: Path, files: Sequence[Path]) -> bool:
    try:
        made = pack.stat().st_mtime_ns
        names = zipfile.ZipFile(pack).namelist()
        return names == [path.relative_to(pack.parent).as_posix() for path in files] and all(
            path.stat().st_mtime_ns <= made for path in files
        )
    except (OSError, zipfile.BadZipFile):
        return False


def _add(archive: zipfile.ZipFile, folder: Path, path: str) -> None:
    source = folder / path
    entry = zipfile.ZipInfo(path, _MOMENT)
    entry.external_attr = _READABLE
    stored = source.suffix.lower() in _AS_IT_IS
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.file_size = source.stat().st_size
    with source.open("rb") as data, archive.open(entry, "w") as packed:
        while piece := data.read(1024 * 1024):
            packed.write(piece)
