"""Opus in Ogg, with comments, chapters and the cover among them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import IO

from audioguide.audio.clip import Wave
from audioguide.containers.encode import write_ogg_opus
from audioguide.containers.vorbis import comments, picture_block
from audioguide.script.tags import Tags


def write_opus(file: IO[bytes], blocks: Iterable[Wave], bitrate: int, tags: Tags) -> None:
    """Write Opus at `bitrate` bits a second (RFC 7845). Raises OutputError where it cannot be encoded."""
    words = dict(comments(tags))
    if tags.cover:
        words["METADATA_BLOCK_PICTURE"] = base64.b64encode(picture_block(tags.cover)).decode()
    write_ogg_opus(file, blocks, bitrate, words)
