"""Safe and unique names of folders and files, the same in every run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256

from audioguide.untrusted.characters import file_stem

# Not allowed in names on Windows, or special to some file system, shell or bucket.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%#\x00-\x1f\x7f]')
# Devices on Windows, with any ending (Naming Files, Paths, and Namespaces; learn.microsoft.com).
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
MOST_BYTES = 120  # in UTF-8; with the longest ending of a file, well below the 255 of most file systems
_DIGITS = 6
# What a batch itself writes beside the folders of the clients.
_PACK = ".zip"
_RESERVED = frozenset(
    {"manifest.jsonl", "failures.csv", "failures.jsonl", "failures.yaml", "feeds", "feeds.key"}
)


def safe_name(text: str) -> str:
    """Return `text` as the name of a file or a folder on every system; a long one ends with its hash."""
    name = unicodedata.normalize("NFC", file_stem(text) if text.strip("._~- \t\n") else "")
    name = " ".join(_FORBIDDEN.sub("_", name).split())
    name = re.sub(r"^[.~\-_ ]+(?=\w)", "", name).lstrip(".").rstrip(". ")
    if not any(map(str.isprintable, name.strip("_ ."))):  # nothing, or nothing that anybody sees
        name = f"client-{_short(text)}"
    if _DEVICE.match(name):
        name = f"_{name}"
    if len(name.encode()) > MOST_BYTES:
        kept = name.encode()[: MOST_BYTES - _DIGITS - 1].decode("utf-8", "ignore").rstrip(". ")
        name = f"{kept}-{_short(text)}"
    return name


def folders(clients: Iterable[str]) -> dict[str, str]:
    """Map each client to a folder of their own.

    Two texts that would share one, such as "A/B" and "A_B", or "anna" and "Anna" where a disk does not tell
    them apart, do not: all but the first end with a hash of the text. So does one that would be in the place
    of the manifest, of another file of the batch, or of the pack (ZIP) of another client.
    """
    found: dict[str, str] = {}
    taken: set[str] = set(_RESERVED)
    for client in dict.fromkeys(clients):
        name = safe_name(client)
        if name.casefold() in taken or name.casefold().endswith(_PACK):
            name = f"{name}-{_short(client)}"
        taken.add(name.casefold())
        found[client] = name
    return found


def unique(names: Sequence[tuple[str, str]]) -> list[str]:
    """Return a name for each `(folder, name)`: the second of a folder ends with -2, and so on."""
    taken: set[tuple[str, str]] = {(folder, name.casefold()) for folder, name in names}
    seen: set[tuple[str, str]] = set()
    result: list[str] = []
    for folder, name in names:
        chosen, number = name, 2
        while (folder, chosen.casefold()) in seen or (
            chosen != name and (folder, chosen.casefold()) in taken
        ):
            chosen = f"{name}-{number}"
            number += 1
        seen.add((folder, chosen.casefold()))
        result.append(chosen)
    return result


def named_for(routine: str, client: str) -> str:
    """Return what the files of a row without a name are called, as those of an overlay client.yaml are."""
    stem = safe_name(client)
    return safe_name(stem if stem.startswith(f"{routine}-") else f"{routine}-{stem}")


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
