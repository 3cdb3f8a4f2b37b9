"""From sounds at exact ticks to a file of any format but MP3, streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from audioguide.audio.clip import Wave
from audioguide.containers.formats import Format
from audioguide.errors import UsageError
from audioguide.mixer.pcm import blocks_in, mixed
from audioguide.mixer.sound import Sound
from audioguide.mp3.job import Counted
from audioguide.script.tags import Tags
from audioguide.sound.beds.bed import Bed


def write_sound(
    file: IO[bytes],
    sounds: Iterable[Sound],
    length_ticks: int,
    format_: Format,
    tags: Tags,
    *,
    bed: Bed | None = None,
    bitrate: int | None = None,
    progress: Counted | None = None,
) -> None:
    """Write `sounds`, over `bed`, as a file of `format_` that lasts `length_ticks`.

    In FLAC and WAV each sample is where it was put; in Opus and M4B it is within one of it, after
    the delays that those formats tell their decoders. The same input gives the same bytes. Raises
    OutputError where it cannot be encoded.
    """
    rate = format_.bitrate(bitrate)
    blocks = _counted(mixed(sounds, length_ticks, bed), blocks_in(length_ticks), progress)
    if format_.name == "wav":
        from audioguide.containers.wav import write_wav

        write_wav(file, blocks, length_ticks, tags)
    elif format_.name == "flac":
        from audioguide.containers.flac import write_flac

        write_flac(file, blocks, length_ticks, tags)
    elif format_.name == "opus":
        from audioguide.containers.opus import write_opus

        write_opus(file, blocks, rate, tags)
    elif format_.name == "m4b":
        from audioguide.containers.m4b import write_m4b

        write_m4b(file, blocks, rate, tags)
    else:
        raise UsageError(f"{format_.name} cannot be written")


def _counted(blocks: Iterable[Wave], total: int, progress: Counted | None) -> Iterator[Wave]:
    for done, block in enumerate(blocks):
        if progress:
            progress(done, total)
        yield block
    if progress:
        progress(total, total)
