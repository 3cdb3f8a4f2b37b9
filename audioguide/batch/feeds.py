"""A private feed for each client: a folder of plain files that any web server or bucket can serve."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from importlib import resources
from pathlib import Path

from audioguide.batch.manifest import Manifest, ManifestLine
from audioguide.batch.orders import Order
from audioguide.errors import OutputError, UsageError
from audioguide.routine.language.notices import DISCLAIMER
from audioguide.storage.atomic import make_folder, opened_atomically, write_atomically
from audioguide.units import TICKS_PER_SECOND
from audioguide.web.addresses import part
from audioguide.web.feed.dates import distinct
from audioguide.web.feed.rss import Channel, rss

FOLDER = "feeds"
KEY = "feeds.key"
NEEDED = ("vtt", "chapters")  # files beside the sound that a feed names
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Item:
    """A sound as an episode; `place` is its number in a plan."""

    line: ManifestLine
    date: datetime

    @property
    def title(self) -> str:
        return self.line.title

    @property
    def summary(self) -> str:
        return self.line.title

    @property
    def number(self) -> int | None:
        return self.line.part if self.line.of > 1 else None

    @property
    def guid(self) -> str:
        # It stays when the file is made again, so that a player replaces it.
        return f"audioguide:{hashlib.sha256(self.line.sound.path.encode()).hexdigest()[:32]}"

    def file(self, kind: str) -> str:
        return f"{part(self._stem)}.{kind}"

    @property
    def _stem(self) -> str:
        return Path(self.line.sound.path).name.rpartition(".")[0]


def check_url(url: str) -> str:
    """Return the address that feeds are served at, without a slash at its end. Raises UsageError."""
    if not url.startswith(("https://", "http://")) or "?" in url or "#" in url:
        like = "such as https://example.org/feeds"
        raise UsageError(f"--feed {url}: write the address at which {FOLDER}/ will be published, {like}")
    return url.rstrip("/")


def write_feeds(folder: Path, url: str, orders: Sequence[Order], manifest: Manifest) -> list[tuple[str, str]]:
    """Write feeds/TOKEN/ for each client: feed.xml, index.html, sounds. Return (client, address) pairs.

    The token is in no list and cannot be guessed; it stays the same in later runs, by the key in `folder`.
    Raises UsageError for an address that cannot be, OutputError.
    """
    base = check_url(url)
    key = _key(folder / KEY)
    result: list[tuple[str, str]] = []
    for client, lines in _by_client(orders, manifest).items():
        token = _token(key, client)
        home = folder / FOLDER / token
        for line in lines:
            for each in line.files:
                _placed(folder / each.path, home / Path(each.path).name)
        address = f"{base}/{token}"
        items = _items(folder, lines)
        cover = resources.files("audioguide.web").joinpath("static/icon-512.png").read_bytes()
        write_atomically(home / "cover.png", cover)
        channel = Channel(
            title="Your routines", about="To follow with your eyes closed.", home=address, base=address,
            link=f"{address}/feed.xml",
        )  # fmt: skip
        sized = [
            (each, (each.line.sound.size, round(each.line.length_s * TICKS_PER_SECOND))) for each in items
        ]
        write_atomically(home / "feed.xml", rss(channel, sized))
        write_atomically(home / "index.html", _page(items).encode())
        result.append((client, f"{address}/feed.xml"))
    return result


def _by_client(orders: Sequence[Order], manifest: Manifest) -> dict[str, list[ManifestLine]]:
    found: dict[str, list[ManifestLine]] = {}
    for order in orders:
        parts = manifest.known.files.get(order.hash, {})
        found.setdefault(order.client, []).extend(parts[number] for number in sorted(parts))
    return {client: lines for client, lines in found.items() if lines}


def _items(folder: Path, lines: Sequence[ManifestLine]) -> list[_Item]:
    dates = [
        datetime.fromtimestamp(int((folder / line.sound.path).stat().st_mtime), UTC)
        - timedelta(minutes=line.of - line.part)
        for line in lines
    ]
    newest = sorted(zip(distinct(dates), lines, strict=True), key=lambda each: each[0], reverse=True)
    return [_Item(line, date) for date, line in newest]


def _key(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        key = secrets.token_bytes(32)
        write_atomically(path, key.hex().encode() + b"\n")
        path.chmod(0o600)
        return key
    except (OSError, ValueError) as error:
        raise OutputError(
            f"cannot read {path}: {error}; if you remove it, every client gets a new address"
        ) from error


def _token(key: bytes, client: str) -> str:
    digest = hmac.new(key, client.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return digest.hexdigest()[: 2 * _TOKEN_BYTES]


def _placed(source: Path, target: Path) -> None:
    """Let `target` be the file `source`: the same one on disk where that can be, else a copy."""
    try:
        if target.exists() and target.samefile(source):
            return
        make_folder(target.parent)
        fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
        fresh.unlink(missing_ok=True)
        try:
            os.link(source, fresh)
            os.replace(fresh, target)
        except OSError:  # another disk, or one without links
            with opened_atomically(target) as file, source.open("rb") as data:
                shutil.copyfileobj(data, file, 1024 * 1024)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error


def _page(items: Sequence[_Item]) -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Your routines</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="alternate" type="application/rss+xml" href="feed.xml">
<style>
body {{ font: 1.1rem/1.5 sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem; color: #111 }}
audio {{ width: 100% }}
</style></head><body>
<h1>Your routines</h1>
<p>To get them in a podcast app, give it the address of this page with <code>feed.xml</code> in place of the
last part.</p>
{"".join(_entries(items))}<p>{escape(DISCLAIMER)}</p>
</body></html>
"""


def _entries(items: Sequence[_Item]) -> Iterator[str]:
    for each in items:
        length = round(each.line.length_s / 60)
        sound = each.file("mp3")
        yield (
            f'<h2>{escape(each.title)}</h2>\n<p>{length} minutes. <a href="{sound}" download>Save</a></p>\n'
            f'<audio controls preload="none" src="{sound}"></audio>\n'
        )
